"""Reading pairs."""

from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.schemes.models import Role


def name_in(pair: Pair, person: Person) -> str:
    """Give what a person is called within their pair; never their address."""
    return person.called or str(Role(pair.party_of(person)).label)


def people_of(pair: Pair) -> dict[str, Person]:
    """Give the two people of a pair by party."""
    return {"mentor": pair.mentor, "mentee": pair.mentee}
