"""Suggesting up to three times, of which the other picks one."""

import re
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.meetings.actions import suggesting
from ampersand.meetings.forms.booking import PickForm, SuggestForm
from ampersand.meetings.models import Meeting, MeetingWay, Suggestion
from ampersand.meetings.queries.meetings import counted, open_suggestion, suggestion_for
from ampersand.meetings.queries.policies import policy_of
from ampersand.meetings.rules import check_may_move
from ampersand.meetings.views.shared import (
    THE_TWO,
    about,
    both_clocks,
    offered_ways,
    own_pair,
    private,
    what_may,
)
from ampersand.pairs.models import Pair
from ampersand.people.access import PersonRequest, kept_typing, open_to
from ampersand.people.rules import Refused


@open_to(THE_TWO)
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: PersonRequest, pk: int) -> HttpResponse:
    """Take up to three times, by the clock of whoever suggests them; for a new meeting, or to move one."""
    pair = own_pair(request, pk)
    instead = _to_move(request, pair)
    why_not = _why_not(request, pair, instead)
    if why_not:
        messages.warning(request, why_not)
        return redirect("meetings:meetings", pk)
    form = SuggestForm(
        request.POST or None,
        zone=ZoneInfo(request.user.time_zone),
        instead=instead is not None,
        initial={"way": MeetingWay.VIDEO, **kept_typing(request)},
        **offered_ways(pair),
    )
    if request.method == "POST" and form.is_valid():
        try:
            if instead:
                made = suggesting.suggest_instead(meeting=instead, by=request.user, **form.suggested())
            else:
                made = suggesting.suggest(pair=pair, by=request.user, **form.suggested())
            return redirect("meetings:pick", made.pk)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    context = about(pair, request.user) | {
        "form": form,
        "instead": instead,
        "minutes": instead.minutes if instead else policy_of(pair).minutes,
        "replaces": open_suggestion(pair),
    }
    return private(render(request, "meetings/suggest.html", context, status=422 if form.errors else 200))


def _to_move(request: PersonRequest, pair: Pair) -> Meeting | None:
    """Find the meeting of this pair that is named in the address."""
    named = request.GET.get("instead", "")
    return pair.meetings.filter(pk=int(named)).first() if re.fullmatch(r"\d{1,18}", named) else None


def _why_not(request: PersonRequest, pair: Pair, instead: Meeting | None) -> str:
    if instead is None:
        may = what_may(pair, request.user, policy_of(pair), counted(pair.pk))
        return "" if may["may_suggest"] else str(may["why_not"])
    try:
        check_may_move(instead)
    except Refused as refused:
        return refused.sentence
    return ""


@open_to(THE_TWO)
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: PersonRequest, pk: int) -> HttpResponse:
    """Show times that are suggested: to the one to pick from, to the other to wait or take back."""
    found = _own(request, pk)
    context = about(found.pair, request.user)
    own = found.by == context["party"]
    times = [(each.pk, both_clocks(each.starts, context["zone"])) for each in found.times.all()]
    form = PickForm(request.POST if request.method == "POST" else None, times=times)
    if request.method == "POST" and form.is_valid():
        chosen = found.times.select_related("suggestion__pair").get(pk=form.cleaned_data["time"])
        try:
            made = suggesting.pick(time=chosen, by=request.user)
            return redirect("meetings:booked", made.pk)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    context |= {"suggestion": found, "own": own, "times": times, "form": form}
    minutes = found.meeting.minutes if found.meeting else policy_of(found.pair).minutes
    context |= {"minutes": minutes, "way": found.get_way_display()}
    context["steps"] = [
        _("%(name)s gets a letter with these times, and picks one or suggests others.")
        % {"name": context["other"]},
        _("Once one is picked, both of you get an invitation for your calendars."),
    ]
    context["meanwhile"] = (
        _("keep these times free. The meeting stays where it is until one is picked.")
        if found.meeting
        else _("keep these times free. Nothing is booked yet.")
    )
    return private(render(request, "meetings/suggestion.html", context, status=422 if form.errors else 200))


@open_to(THE_TWO)
@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take back what one suggested."""
    found = _own(request, pk)
    try:
        suggesting.withdraw(suggestion=found, by=request.user)
        words = _("Taken back. The meeting stays.") if found.meeting else _("Taken back. Nothing is booked.")
        messages.success(request, words)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("meetings:meetings", found.pair_id)


def _own(request: PersonRequest, pk: int) -> Suggestion:
    found = suggestion_for(request.user, pk)
    if found is None:
        raise Http404
    return found
