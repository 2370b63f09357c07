"""Stopping: one question, one button, ten minutes to undo it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.journeys.ending import UNDO, stop, undo
from ampersand.journeys.views.shared import SALT, THE_TWO, cookie_for, may_undo, own_pair
from ampersand.pairs.models import PairState
from ampersand.pairs.queries import name_in
from ampersand.people.access import PersonRequest, open_to
from ampersand.people.rules import Refused


@open_to(THE_TWO)
@require_http_methods(["GET", "POST"])
def stop_pair(request: PersonRequest, pk: int) -> HttpResponse:
    """Stop, after one question and without another."""
    found = own_pair(request, pk)
    if found.state == PairState.ENDED:
        return redirect("journeys:pair", pk=pk)
    if request.method == "GET":
        other = name_in(found, found.other(request.user))
        return render(request, "journeys/stop.html", {"pair": found, "scheme": found.scheme, "other": other})
    ended_at = stop(pair=found)
    response = redirect("journeys:pair", pk=pk)
    # Who stopped is known to their own browser alone: nothing of it is stored here.
    response.set_signed_cookie(
        cookie_for(found),
        f"{request.user.pk} {ended_at.isoformat()}",
        salt=SALT,
        max_age=UNDO,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return response


@open_to(THE_TWO)
@require_POST
def undo_stop(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one's own ending back while there is time."""
    found = own_pair(request, pk)
    response = redirect("journeys:pair", pk=pk)
    if not may_undo(request, found):
        return response
    try:
        undo(pair=found)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return response
    response.delete_cookie(cookie_for(found), samesite="Lax")
    messages.success(request, _("Your mentoring goes on as before. No letter has been sent."))
    return response
