"""A meeting's own page: before it, on the day, while it is on, and afterwards; and the way in."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ampersand.meetings.actions.marking import say
from ampersand.meetings.models import Meeting, MeetingState, MeetingWay
from ampersand.meetings.queries.meetings import is_late, meeting_for, notice_until, number_of
from ampersand.meetings.queries.page import Phase, answers_about, declined, meeting_behind, phase_of, said_of
from ampersand.pairs.models import PairState
from ampersand.pairs.queries import name_in
from ampersand.people.access import PersonRequest, open_to
from ampersand.people.models import Person
from ampersand.people.rules import Refused

THE_TWO = "the two people of the meeting"


@open_to(THE_TWO)
@require_safe
def meeting(request: PersonRequest, pk: int) -> HttpResponse:
    """Show one meeting: when, how, what to know before it, and afterwards whether it happened."""
    found = _own(request, pk)
    context = _about(found, request.user)
    if context["phase"] is Phase.AFTER:
        context["answers"] = answers_about(found, request.user)
    else:
        now = timezone.now()
        context["notice_until"] = notice_until(found)
        context["notice_kept"] = not is_late(found, now)
        context["declined"] = declined(found, found.pair.other(request.user))
        context["may_change"] = now < found.starts and context["running"]
    return _private(render(request, "meetings/meeting.html", context))


@open_to(THE_TWO)
@require_POST
def outcome(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one press: it happened, or it was missed."""
    found = _own(request, pk)
    answer = request.POST.get("happened")
    if answer in {"yes", "no"}:
        try:
            say(meeting=found, happened=answer == "yes", by=request.user)
        except Refused as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, _("Thank you. That is noted, and you can change it."))
    return redirect("meetings:meeting", pk=pk)


@open_to(THE_TWO)
@require_safe
def join(request: PersonRequest, token: str) -> HttpResponse:
    """Lead into a meeting: the address stays the same wherever the meeting moves."""
    found = meeting_behind(request.user, token)
    if found is None:
        raise Http404
    context = _about(found, request.user)
    context["host"] = urlsplit(found.place).hostname if found.way == MeetingWay.VIDEO else ""
    return _private(render(request, "meetings/join.html", context))


def _own(request: PersonRequest, pk: int) -> Meeting:
    found = meeting_for(request.user, pk)
    if found is None or found.state == MeetingState.HELD:  # what is only held is no meeting yet
        raise Http404
    return found


def _about(found: Meeting, reader: Person) -> dict[str, Any]:
    """Give what both pages say: whom one meets, when, how, and what the agreement says about it."""
    other, said = found.pair.other(reader), said_of(found.pair)
    return {
        "meeting": found,
        "pair": found.pair,
        "scheme": found.pair.scheme,
        "other": name_in(found.pair, other),
        "other_zone": other.time_zone,
        "phase": phase_of(found, timezone.now(), reader.time_zone),
        "number": number_of(found, said.policy),
        "said": said,
        "role": found.pair.party_of(reader),
        "reach": said.reach(other),
        "their_words": other.reach,
        "telephone": said.telephone(),
        "running": found.pair.state != PairState.ENDED,
    }


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
