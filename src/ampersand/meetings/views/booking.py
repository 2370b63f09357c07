"""Booking a meeting: a free time, then where, then it is booked."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ampersand.calendars import Span
from ampersand.meetings.actions import booking
from ampersand.meetings.forms.booking import PlaceForm, SlotForm
from ampersand.meetings.models import Meeting, MeetingState, MeetingWay
from ampersand.meetings.queries.diaries import FARTHEST, free_slots
from ampersand.meetings.queries.meetings import counted, meeting_for, notice_until, number_of
from ampersand.meetings.queries.policies import policy_of
from ampersand.meetings.rules import HoldIsOver
from ampersand.meetings.views.shared import (
    THE_TWO,
    about,
    in_words,
    offered_ways,
    own_meeting,
    own_pair,
    private,
    week_of,
    what_may,
)
from ampersand.pairs.models import Pair
from ampersand.pairs.queries import name_in
from ampersand.people.access import PersonRequest, open_to
from ampersand.people.rules import Refused
from ampersand.templatetags.readers import moment


@open_to(THE_TWO)
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the times at which both are free, and hold the one that is pressed."""
    pair = own_pair(request, pk)
    refused = ""
    if request.method == "POST":
        form = SlotForm(request.POST)
        try:
            if form.is_valid():
                held = booking.hold(pair=pair, starts=form.cleaned_data["starts"], by=request.user)
                return redirect(f"{reverse('meetings:place', args=[held.pk])}?pair={pk}")
            refused = _("Choose one of the times below.")
        except Refused as refusal:
            refused = refusal.sentence
    context = about(pair, request.user) | _offer(request, pair) | {"refused": refused}
    return private(render(request, "meetings/book.html", context, status=422 if refused else 200))


def _offer(request: PersonRequest, pair: Pair) -> dict[str, Any]:
    """Give what is free, a week of it, or say why this person does not book."""
    policy = policy_of(pair)
    context = what_may(pair, request.user, policy, counted(pair.pk)) | {"minutes": policy.minutes}
    if context["may_book"]:
        now = timezone.now()
        free = free_slots(pair, request.user, Span(now, now + FARTHEST), policy=policy)
        zone = pair.other(request.user).time_zone
        context["week"] = week_of(free, asked=request.GET.get("week", ""), zone=zone)
    return context


@open_to(THE_TWO)
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask how and where two people meet: to book a time that is held, or to change what is booked."""
    gone = _hold_is_gone(request, pk)
    if gone:
        return gone
    found = own_meeting(request, pk)
    if found.state == MeetingState.CANCELLED:
        return redirect("meetings:booked", pk)
    form = PlaceForm(request.POST or None, initial=_usual(found), **offered_ways(found.pair))
    if request.method == "POST" and form.is_valid():
        return _placed(request, found, form.cleaned_data)
    context = about(found.pair, request.user) | {"meeting": found, "form": form}
    return private(render(request, "meetings/place.html", context, status=422 if form.errors else 200))


def _hold_is_gone(request: PersonRequest, pk: int) -> HttpResponse | None:
    """Lead back to what is free if the time that was held has been let go since: somebody else looked."""
    pair = request.GET.get("pair", "")
    if not re.fullmatch(r"\d{1,18}", pair) or meeting_for(request.user, pk):
        return None
    found = own_pair(request, int(pair))
    messages.warning(request, HoldIsOver().sentence)
    return redirect("meetings:book", found.pk)


def _placed(request: PersonRequest, found: Meeting, answers: dict[str, Any]) -> HttpResponse:
    held, before = found.state == MeetingState.HELD, found.sequence
    try:
        if held:
            booking.book(meeting=found, by=request.user, **answers)
            return redirect("meetings:booked", found.pk)
        if booking.change_place(meeting=found, by=request.user, **answers).sequence == before:
            return redirect("meetings:booked", found.pk)  # the button was pressed twice
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("meetings:book" if held else "meetings:meetings", found.pair_id)
    words = _("Changed. You and %(name)s get a new invitation by e-mail.")
    messages.success(request, words % {"name": name_in(found.pair, found.pair.other(request.user))})
    return redirect("meetings:meetings", found.pair_id)


def _usual(meeting: Meeting) -> dict[str, str]:
    """Give what is booked; or else a meeting by video, which suits wherever two people are."""
    if meeting.way:
        return {"way": meeting.way, "place": "" if meeting.way == MeetingWay.VIDEO else meeting.place}
    return {"way": MeetingWay.VIDEO}


@open_to(THE_TWO)
@require_safe
def booked(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what has happened to a meeting, what the other gets, and what to do meanwhile."""
    found = own_meeting(request, pk)
    if found.state == MeetingState.HELD:
        return redirect("meetings:place", pk)
    context = about(found.pair, request.user) | {"meeting": found, "title": _title(found)}
    context |= (
        _cancelled(found, context["other"])
        if found.state == MeetingState.CANCELLED
        else _told(found, context["other"])
    )
    return private(render(request, "meetings/booked.html", context))


def _title(meeting: Meeting) -> str:
    if meeting.state == MeetingState.CANCELLED:
        return _("Your meeting is cancelled")
    return _("Your meeting is moved") if meeting.moved_at else _("Your meeting is booked")


def _cancelled(meeting: Meeting, other: str) -> dict[str, Any]:
    return {
        "steps": [
            _("%(name)s gets a letter, and so do you.") % {"name": other},
            _("It leaves both your calendars, if they took the invitation."),
        ],
        "meanwhile": _("nothing is left for you to do. You can book another whenever you like."),
    }


def _told(meeting: Meeting, other: str) -> dict[str, Any]:
    number = in_words(number_of(meeting))
    rows = [
        {"label": _("How long"), "value": _("%(minutes)d minutes") % {"minutes": meeting.minutes}},
        {"label": _("How"), "value": _how(meeting)},
        *([{"label": _("Where"), "value": meeting.place}] if _where(meeting) else []),
        {"label": _("Which"), "value": capfirst(number)},
    ]
    steps = [
        _("%(name)s gets the same invitation by e-mail as you.") % {"name": other},
        _("Open yours and accept it: your calendar then knows, and follows if anything changes."),
        _("On the day its page has all that you need, with the way in."),
    ]
    if meeting.missed_final:
        steps.append(_("Your agreement says that a meeting that is missed is not arranged again."))
    return {"rows": rows, "steps": steps, "meanwhile": _meanwhile(meeting)}


def _how(meeting: Meeting) -> str:
    if meeting.way == MeetingWay.VIDEO:
        return _("By video. The link is in your invitation, and on the page of the meeting.")
    return capfirst(meeting.get_way_display())


def _where(meeting: Meeting) -> bool:
    """Say whether the place is worth a line: of a video link the invitation has the lasting address."""
    return bool(meeting.place) and meeting.way != MeetingWay.VIDEO


def _meanwhile(meeting: Meeting) -> str:
    until = notice_until(meeting)
    if until is None or until <= timezone.now():
        return _("you can move or cancel it.")
    return _("you can move or cancel it. Until %(moment)s that keeps the notice you agreed.") % {
        "moment": moment(until)
    }
