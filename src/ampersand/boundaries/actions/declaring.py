"""What a person says of themselves: whom they must not meet, and their professional number."""

from django.db import transaction
from django.utils.translation import gettext as _

from ampersand.boundaries.actions.registering import recognised_by
from ampersand.boundaries.models import DeclaredConflict, Identifier, Kind, ProfessionalNumber, Subject
from ampersand.boundaries.queries.recognising import alike_number, keyed, read_who
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.actions import note_down
from ampersand.record.models import Verb

MOST = 50


@transaction.atomic
def declare_conflict(*, by: Person, written: str, own_word: str = "") -> DeclaredConflict:
    """Keep that two people must not be brought together. Declaring twice is declaring once."""
    marks = read_who(written).marks
    if not marks:
        raise Refused(_("Write an e-mail address, a professional number, or a first and a last name."))
    if DeclaredConflict.objects.filter(declared_by=by).count() >= MOST:
        raise Refused(
            _("You have declared %(count)d people, which is as many as fit here.") % {"count": MOST}
        )
    conflict, made = DeclaredConflict.objects.get_or_create(
        declared_by=by, keyed_hash=marks[0], defaults={"own_word": own_word}
    )
    if made:
        # Not noted under any scheme: organisers are never to learn of it.
        note_down(verb=Verb.CONFLICT_DECLARED, by=by.pk, about="conflict")
    return conflict


@transaction.atomic
def take_conflict_back(*, conflict: DeclaredConflict, by: Person) -> None:
    """Let the two be brought together again."""
    conflict.delete()
    note_down(verb=Verb.CONFLICT_TAKEN_BACK, by=by.pk, about="conflict")


@transaction.atomic
def give_number(*, person: Person, number: str) -> None:
    """Keep a professional number, or take it away. Entries of the register follow, but never lose one.

    A number typed wrongly must not bind someone else, so a new one takes the old one's place; taking it
    away leaves the register as it was signed.
    """
    number = " ".join(number.split())
    if not number:
        ProfessionalNumber.objects.filter(person=person).delete()
    elif not alike_number(number):
        raise Refused(_("A professional number has at least four letters and digits. Look at it again."))
    else:
        found = keyed(Kind.NUMBER, alike_number(number))
        ProfessionalNumber.objects.update_or_create(
            person=person, defaults={"number": number, "keyed_hash": found}
        )
        subjects = Subject.objects.filter(person=person)
        Identifier.objects.filter(subject__in=subjects, kind=Kind.NUMBER).exclude(keyed_hash=found).delete()
        for subject in subjects:
            recognised_by(subject, [(Kind.NUMBER, alike_number(number))])
    note_down(verb=Verb.NUMBER_CHANGED, by=person.pk, about=f"person:{person.pk}")
