"""Suggesting up to three times, for the other to pick one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from ampersand.calendars import Span
from ampersand.meetings.actions.booking import begun, settle, shift
from ampersand.meetings.actions.looking import look_soon
from ampersand.meetings.actions.taking import lock, locked, take_seats, tried_again
from ampersand.meetings.models import Meeting, SuggestedTime, Suggestion, Wishes
from ampersand.meetings.notices.inviting import tell_suggested, tell_withdrawn
from ampersand.meetings.queries.meetings import counted
from ampersand.meetings.queries.policies import policy_of
from ampersand.meetings.rules import (
    check_in_time,
    check_lies_ahead,
    check_may_meet,
    check_may_move,
    check_may_pick,
    check_may_withdraw,
    check_suggested,
    check_way,
)
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.record.states import By


@tried_again
def suggest(
    *, pair: Pair, starts: Sequence[datetime], way: str, by: Person, place: str = "", zone: str = ""
) -> Suggestion:
    """Suggest times to the other, whatever anyone's diary says. They take the place of any that were open."""
    pair = lock(pair)
    policy = policy_of(pair)
    check_may_meet(pair, policy, counted(pair.pk))
    check_way(way, place)
    return _suggested(pair, starts, by, policy.minutes, way=way, place=place.strip(), zone=zone)


@tried_again
def suggest_instead(*, meeting: Meeting, starts: Sequence[datetime], by: Person) -> Suggestion:
    """Suggest other times for a meeting that is booked: it stays until the other picks one, and then moves.

    Either may, whoever sets up meetings: nothing moves before both have said yes.
    """
    meeting = locked(meeting)
    check_may_move(meeting)
    return _suggested(meeting.pair, starts, by, meeting.minutes, way=meeting.way, meeting=meeting)


def _suggested(
    pair: Pair, starts: Sequence[datetime], by: Person, minutes: int, *, zone: str = "", **kept: Any
) -> Suggestion:
    check_suggested(starts)
    for start in starts:
        check_lies_ahead(pair, Span(start, start + timedelta(minutes=minutes)))
    for earlier in Suggestion.objects.still_open().filter(pair=pair):
        _close(earlier, Verb.SUGGESTION_WITHDRAWN)
    suggestion = Suggestion.objects.create(
        pair=pair,
        by=pair.party_of(by),
        **kept,
        state=Suggestion.moves.begin(Verb.TIMES_SUGGESTED, by=By.EITHER),
    )
    SuggestedTime.objects.bulk_create(
        [
            SuggestedTime(suggestion=suggestion, starts=start, zone=zone or by.time_zone)
            for start in sorted(starts)
        ]
    )
    tell_suggested(suggestion)
    look_soon(pair.pk)
    _note(Verb.TIMES_SUGGESTED, pair, by)
    return suggestion


@tried_again
def pick(*, time: SuggestedTime, by: Person) -> Meeting:
    """Pick one of the times that the other suggested: the meeting is booked. Both have said yes to it.

    Suggested for a meeting that is booked already, it moves there.
    """
    suggestion = _locked(time.suggestion)
    pair = suggestion.pair
    check_may_pick(suggestion, by)
    time.suggestion = suggestion
    check_in_time(time, Wishes.objects.select_related("person").filter(person=pair.other(by)).first())
    if suggestion.meeting:
        return _moved(suggestion, locked(suggestion.meeting), time, by)
    policy = policy_of(pair)
    check_may_meet(pair, policy, counted(pair.pk))
    when = Span(time.starts, time.starts + timedelta(minutes=policy.minutes))
    check_lies_ahead(pair, when)
    meeting = begun(pair, when, time.clock, by, policy)
    take_seats(meeting)
    _close(suggestion, Verb.MEETING_BOOKED)
    settle(meeting, way=suggestion.way, place=suggestion.place, by=by, picked=True)
    return meeting


def _moved(suggestion: Suggestion, meeting: Meeting, time: SuggestedTime, by: Person) -> Meeting:
    check_may_move(meeting)
    when = Span(time.starts, time.starts + timedelta(minutes=meeting.minutes))
    check_lies_ahead(meeting.pair, when)
    _close(suggestion, Verb.MEETING_MOVED)
    if when != meeting.when:
        shift(meeting, when, time.clock, by)
    return meeting


@tried_again
def withdraw(*, suggestion: Suggestion, by: Person) -> Suggestion:
    """Take back times that one suggested oneself."""
    suggestion = _locked(suggestion)
    check_may_withdraw(suggestion, by)
    _close(suggestion, Verb.SUGGESTION_WITHDRAWN)
    tell_withdrawn(suggestion)
    look_soon(suggestion.pair_id)
    _note(Verb.SUGGESTION_WITHDRAWN, suggestion.pair, by)
    return suggestion


def _locked(suggestion: Suggestion) -> Suggestion:
    pair = lock(suggestion.pair)
    found = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    found.pair = pair
    return found


def _close(suggestion: Suggestion, verb: Verb) -> None:
    Suggestion.moves.make(suggestion, verb, by=By.EITHER)
    suggestion.save(update_fields=["state"])


def _note(verb: Verb, pair: Pair, by: Person) -> None:
    note_down(verb=verb, by=by.pk, about=f"pair:{pair.pk}", scheme=pair.scheme_id)
