"""Stopping: one question, one button, ten minutes to undo it; for either of the two, or for an organiser."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.journeys.ending import UNDO, stop, undo
from ampersand.journeys.views.shared import SALT, THE_TWO, cookie_for, may_undo, own_pair
from ampersand.meetings.queries.meetings import cancelled_with
from ampersand.pairs.models import Pair, PairState
from ampersand.pairs.queries import name_in
from ampersand.people.access import PersonRequest, open_to
from ampersand.people.rules import Refused
from ampersand.record.states import By
from ampersand.schemes.models import Scheme
from ampersand.schemes.views.organising import for_organisers


@open_to("whoever is half of a pair")
@require_GET
def stop_one(request: PersonRequest) -> HttpResponse:
    """Lead from the account to the button: straight to it, if there is only one mentoring to stop."""
    running = list(Pair.objects.of(request.user).running().values_list("pk", flat=True)[:2])
    return redirect("journeys:stop", pk=running[0]) if len(running) == 1 else redirect("journeys:pairs")


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
    return _stopped(request, found, stop(pair=found))


@open_to(THE_TWO)
@require_POST
def undo_stop(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one's own ending back while there is time."""
    return _undone(request, own_pair(request, pk))


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def end_for_them(request: PersonRequest, scheme: Scheme, pk: int) -> HttpResponse:
    """Let an organiser end a pair, with the same letters as any ending."""
    found = _pair_of(scheme, pk)
    if found.state == PairState.ENDED:
        return redirect("journeys:pair", pk=pk)
    if request.method != "POST":
        return render(request, "journeys/end_for_them.html", {"pair": found, "scheme": scheme})
    return _stopped(request, found, stop(pair=found, by=By.ORGANISER))


@for_organisers
@require_POST
def undo_for_them(request: PersonRequest, scheme: Scheme, pk: int) -> HttpResponse:
    """Let an organiser take back the ending that they made themselves."""
    return _undone(request, _pair_of(scheme, pk))


def _pair_of(scheme: Scheme, pk: int) -> Pair:
    found = scheme.pairs.select_related("mentor", "mentee", "scheme").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _stopped(request: PersonRequest, found: Pair, ended_at: datetime) -> HttpResponse:
    response = redirect("journeys:pair", pk=found.pk)
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


def _undone(request: PersonRequest, found: Pair) -> HttpResponse:
    response = redirect("journeys:pair", pk=found.pk)
    if not may_undo(request, found):
        return response
    try:
        undo(pair=found)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return response
    response.delete_cookie(cookie_for(found), samesite="Lax")
    messages.success(request, _("The mentoring goes on as before. No letter has been sent."))
    if found.ended_at and cancelled_with(found, found.ended_at).exists():
        words = _("A meeting whose time has been taken meanwhile stays cancelled: both of you are told.")
        messages.warning(request, words)
    return response
