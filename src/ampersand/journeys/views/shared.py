"""What the pages of a pair share."""

from django.http import Http404, HttpResponse
from django.utils import timezone

from ampersand.journeys.ending import UNDO
from ampersand.pairs.models import Pair
from ampersand.people.access import PersonRequest

THE_TWO = "the two people of the pair"
SALT = "ampersand.stopped"


def own_pair(request: PersonRequest, pk: int) -> Pair:
    found = Pair.objects.of(request.user).select_related("mentor", "mentee", "scheme").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def cookie_for(found: Pair) -> str:
    return f"stopped-{found.pk}"


def may_undo(request: PersonRequest, found: Pair) -> bool:
    """Say whether this person ended this pair in this browser less than ten minutes ago."""
    if found.ended_at is None or timezone.now() >= found.ended_at + UNDO:
        return False
    kept = request.get_signed_cookie(cookie_for(found), default="", salt=SALT, max_age=UNDO)
    return kept == f"{request.user.pk} {found.ended_at.isoformat()}"


def private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
