"""The first page: what Ampersand is, or what waits for the person signed in."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ampersand.dashboard.queries import my_pairs, things_for, what_is_theirs
from ampersand.pairs.models import Pair
from ampersand.people.access import public
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.queries import open_schemes
from ampersand.schemes.rules import check_may_make_schemes


@dataclass(frozen=True)
class Mine:
    """A pair as one of the two sees it."""

    pair: Pair
    other: Person
    role: str


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Welcome anyone; show people who are signed in what is theirs."""
    if not isinstance(request.user, Person):
        anyone = settings.WHO_MAKES_SCHEMES == "anyone"
        return render(request, "dashboard/welcome.html", {"schemes": open_schemes(), "may_make": anyone})
    person = request.user
    pairs, theirs = my_pairs(person), what_is_theirs(person)
    context = {
        "tasks": things_for(person, pairs, theirs),
        "pairs": [Mine(pair, pair.other(person), pair.party_of(person)) for pair in pairs],
        "requests": theirs["requests"],
        "organises": theirs["organises"],
        "mentors_in": theirs["mentors_in"],
        "checks": theirs["checks"],
        "schemes": open_schemes(),
        "may_make": _may_make(person),
    }
    return render(request, "dashboard/home.html", context)


def _may_make(person: Person) -> bool:
    try:
        check_may_make_schemes(person)
    except Refused:
        return False
    return True
