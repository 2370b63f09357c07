"""Who must not be brought together, as they declared themselves beforehand. Nobody is told."""

from collections.abc import Collection, Iterable

from ampersand.boundaries.models import DeclaredConflict, Identifier, Kind, ProfessionalNumber
from ampersand.boundaries.queries.recognising import alike_email, alike_name, keyed
from ampersand.people.models import Person


def apart_from(person: Person, others: Iterable[Person]) -> set[int]:
    """Give who must not meet this person: whoever declared them, and those of the others whom they declared.

    The others are looked at only if this person declared anyone.
    """
    own = _marks([person])[person.pk]
    declared_me = DeclaredConflict.objects.filter(keyed_hash__in=own).values_list("declared_by", flat=True)
    declared = set(DeclaredConflict.objects.filter(declared_by=person).values_list("keyed_hash", flat=True))
    marks = _marks(list(others)) if declared else {}
    return {*declared_me, *(pk for pk, theirs in marks.items() if not theirs.isdisjoint(declared))}


def _marks(people: Collection[Person]) -> dict[int, set[str]]:
    """Give everything each is recognised by: here a name to be called by counts, to be on the safe side."""
    marks = {person.pk: {keyed(Kind.EMAIL, alike_email(person.email))} for person in people}
    for person in people:
        name = alike_name(person.called)
        marks[person.pk] |= {keyed(Kind.NAME, name)} if name else set()
    numbers = ProfessionalNumber.objects.filter(person__in=marks).values_list("person", "keyed_hash")
    names = Identifier.objects.filter(subject__person__in=marks).values_list("subject__person", "keyed_hash")
    for pk, keyed_hash in [*numbers, *names]:
        marks[pk].add(keyed_hash)
    return marks
