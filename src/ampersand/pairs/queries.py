"""Reading pairs."""

from django.db.models import QuerySet

from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.questions import Question
from ampersand.schemes.models import Role


def _with_everyone(pk: int, person: int) -> QuerySet[Pair]:
    rows = Pair.objects.visible_to(Person(pk=person)).filter(pk=pk)
    return rows.select_related("mentor", "mentee", "scheme")


WITH_EVERYONE = Question(_with_everyone, int, int)


def pair_for(person: Person, pk: int) -> Pair | None:
    """Find a pair that a person is half of or, as an organiser, looks after."""
    return next(iter(WITH_EVERYONE.ask(pk, person.pk)), None)


def name_in(pair: Pair, person: Person) -> str:
    """Give what a person is called within their pair; never their address."""
    return person.called or str(Role(pair.party_of(person)).label)


def people_of(pair: Pair) -> dict[str, Person]:
    """Give the two people of a pair by party."""
    return {"mentor": pair.mentor, "mentee": pair.mentee}
