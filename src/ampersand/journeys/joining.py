"""Someone begins a scheme: the scheme, its organiser, and the first draft of its agreement."""

from django.db import transaction

from ampersand.agreements.actions.publishing import draft_from_builtin
from ampersand.people.models import Person
from ampersand.schemes.actions.making import Details, make_scheme
from ampersand.schemes.models import Scheme


@transaction.atomic
def begin_scheme(*, details: Details, agreement: str, by: Person, capacity: int = 0) -> Scheme:
    """Make a scheme with a built-in agreement as its draft; with "own", its organiser brings one.

    Nobody else sees it until it is published.
    """
    scheme = make_scheme(details=details, by=by, capacity=capacity)
    if agreement != "own":
        draft_from_builtin(scheme=scheme, key=agreement)
    return scheme
