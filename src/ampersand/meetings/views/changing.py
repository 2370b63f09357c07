"""Moving a meeting, and cancelling one: whether the agreed notice is kept, and never why."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ampersand.calendars import Span
from ampersand.meetings.actions import booking
from ampersand.meetings.forms.booking import SlotForm
from ampersand.meetings.models import Meeting, MeetingState
from ampersand.meetings.queries.diaries import FARTHEST, free_slots
from ampersand.meetings.queries.meetings import is_late
from ampersand.meetings.queries.policies import policy_of
from ampersand.meetings.rules import check_may_cancel, check_may_move, check_sets_up
from ampersand.meetings.views.shared import THE_TWO, Slot, about, own_meeting, private, week_of
from ampersand.people.access import PersonRequest, open_to
from ampersand.people.rules import Refused


@open_to(THE_TWO)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the times to which a meeting could move; the one chosen is asked about once more."""
    found = own_meeting(request, pk)
    form = SlotForm({"starts": request.GET.get("to", "")} if request.method != "POST" else request.POST)
    refused = ""
    try:
        check_may_move(found)
        if request.method == "POST" and form.is_valid():
            booking.move(meeting=found, starts=form.cleaned_data["starts"], by=request.user)
            return redirect("meetings:booked", pk)
    except Refused as refusal:
        refused = refusal.sentence
    if found.state != MeetingState.BOOKED or found.starts <= timezone.now():
        messages.warning(request, refused)
        return redirect("meetings:meetings", found.pair_id)
    context = _context(request, found) | {"refused": refused}
    if context["may_move"] and not refused and form.is_valid():
        context["to"] = Slot(form.cleaned_data["starts"], context["zone"])
    elif context["may_move"]:
        context["week"] = _free(request, found)
    return private(render(request, "meetings/move.html", context, status=422 if refused else 200))


def _free(request: PersonRequest, found: Meeting) -> Any:
    now, zone = timezone.now(), found.pair.other(request.user).time_zone
    free = free_slots(found.pair, request.user, Span(now, now + FARTHEST), moving=found)
    its_own = timezone.localtime(found.starts).date().isoformat()
    others = [each for each in free if each != found.starts]
    return week_of(others, asked=request.GET.get("week", its_own), zone=zone)


@open_to(THE_TWO)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: PersonRequest, pk: int) -> HttpResponse:
    """Cancel, after one question and without another."""
    found = own_meeting(request, pk)
    try:
        check_may_cancel(found)
        if request.method == "POST":
            booking.cancel(meeting=found, by=request.user)
            return redirect("meetings:booked", pk)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("meetings:meetings", found.pair_id)
    if found.state == MeetingState.CANCELLED:
        return redirect("meetings:booked", pk)
    return private(render(request, "meetings/cancel.html", _context(request, found)))


def _context(request: PersonRequest, found: Meeting) -> dict[str, Any]:
    """Give what both pages say, with whether the agreed notice is kept now."""
    context = about(found.pair, request.user) | {"meeting": found, "kept": not is_late(found, timezone.now())}
    try:
        check_sets_up(found.pair, policy_of(found.pair), request.user)
    except Refused as refusal:
        return context | {"may_move": False, "why_not": refusal.sentence}
    return context | {"may_move": True}
