"""Booking a meeting, moving it, saying where it is, cancelling it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from ampersand.calendars import Span, shows
from ampersand.meetings.actions.looking import look_soon
from ampersand.meetings.actions.taking import (
    give_seats_back,
    lock,
    locked,
    move_seats,
    take_seats,
    tried_again,
)
from ampersand.meetings.models import HELD_FOR, Meeting, MeetingState, Suggestion
from ampersand.meetings.notices.inviting import tell_booked, tell_cancelled, tell_changed
from ampersand.meetings.queries.diaries import diaries_of
from ampersand.meetings.queries.meetings import counted, is_late, way_in, way_we_found
from ampersand.meetings.queries.policies import Policy, policy_of
from ampersand.meetings.rules import (
    HoldIsOver,
    check_is_free,
    check_is_held,
    check_lies_ahead,
    check_may_cancel,
    check_may_meet,
    check_may_move,
    check_sets_up,
    check_way,
)
from ampersand.meetings.tasks import rooms_follow
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.record.states import By


@tried_again
def hold(*, pair: Pair, starts: datetime, by: Person) -> Meeting:
    """Hold a free time for ten minutes, until it is booked; what the same person held before is let go."""
    meeting = _held(pair, starts, by)
    note_down(verb=Verb.MEETING_TIME_HELD, by=by.pk, about=f"person:{by.pk}")
    return meeting


@tried_again
def book(*, meeting: Meeting, way: str, by: Person, place: str = "") -> Meeting:
    """Book a time that is held. Both are invited, and both their times are taken."""
    meeting = locked(meeting)
    if meeting.state == MeetingState.BOOKED:
        return meeting
    check_way(way, place)
    check_is_held(meeting)
    policy = policy_of(meeting.pair)
    check_may_meet(meeting.pair, policy, counted(meeting.pair_id))
    check_sets_up(meeting.pair, policy, by)
    check_lies_ahead(meeting.pair, meeting.when)
    settle(meeting, way=way, place=place, by=by)
    return meeting


@tried_again
def book_at(*, pair: Pair, starts: datetime, way: str, by: Person, place: str = "") -> Meeting:
    """Book a free time in one step."""
    check_way(way, place)
    meeting = _held(pair, starts, by)
    settle(meeting, way=way, place=place, by=by)
    return meeting


@tried_again
def move(*, meeting: Meeting, starts: datetime, by: Person) -> Meeting:
    """Move a meeting to another free time. It stays as long as it was booked for; late moving is counted."""
    meeting = locked(meeting)
    check_may_move(meeting)
    pair = meeting.pair
    check_sets_up(pair, policy_of(pair), by)
    if meeting.starts == starts:
        return meeting
    when = Span(starts, starts + timedelta(minutes=meeting.minutes))
    check_lies_ahead(pair, when)
    _check_free(pair, when, by, but=meeting)
    for suggestion in Suggestion.objects.still_open().filter(meeting=meeting):
        Suggestion.moves.make(suggestion, Verb.SUGGESTION_WITHDRAWN, by=By.EITHER)
        suggestion.save(update_fields=["state"])
    shift(meeting, when, ZoneInfo(by.time_zone), by)
    return meeting


@tried_again
def change_place(*, meeting: Meeting, way: str, by: Person, place: str = "") -> Meeting:
    """Say that a meeting is held in another way, or elsewhere. Either of the two may."""
    meeting = locked(meeting)
    check_may_move(meeting)
    check_way(way, place)
    if meeting.way == way and (place.strip() or way_we_found(meeting)) == meeting.place:
        return meeting
    Meeting.moves.make(meeting, Verb.MEETING_PLACE_CHANGED, by=By.EITHER)
    meeting.way, meeting.place = way, way_in(meeting.pair, way, place)
    meeting.sequence += 1
    meeting.save()
    tell_changed(meeting, meeting.pair.party_of(by))
    rooms_follow(meeting)
    note(Verb.MEETING_PLACE_CHANGED, meeting, by)
    return meeting


@tried_again
def cancel(*, meeting: Meeting, by: Person) -> Meeting:
    """Cancel a meeting; later than the agreed notice is counted, never refused, and nobody is asked why."""
    try:
        meeting = locked(meeting)
    except HoldIsOver:
        return meeting
    if meeting.state == MeetingState.CANCELLED:
        return meeting
    if meeting.state == MeetingState.HELD:
        meeting.delete()
        return meeting
    check_may_cancel(meeting)
    now = timezone.now()
    Meeting.moves.make(meeting, Verb.MEETING_CANCELLED, by=By.EITHER)
    meeting.cancelled_at, meeting.cancelled_late = now, is_late(meeting, now)
    meeting.sequence += 1
    meeting.save()
    give_seats_back([meeting])
    Suggestion.objects.still_open().filter(meeting=meeting).update(meeting=None)  # they are for the next one
    tell_cancelled(meeting, meeting.pair.party_of(by))
    rooms_follow(meeting)
    look_soon(meeting.pair_id)
    note(Verb.MEETING_CANCELLED, meeting, by)
    return meeting


def begun(pair: Pair, when: Span, zone: ZoneInfo, by: Person, policy: Policy) -> Meeting:
    """Make a meeting that holds a time, with what the agreement says just now."""
    meeting = Meeting(
        pair=pair,
        state=Meeting.moves.begin(Verb.MEETING_TIME_HELD, by=By.EITHER),
        held_until=timezone.now() + HELD_FOR,
        minutes=policy.minutes,
        notice_days=policy.notice_days,
        missed_final=policy.missed_final,
        booked_by=pair.party_of(by),
    )
    put(meeting, when, zone)
    meeting.save()
    return meeting


def settle(meeting: Meeting, *, way: str, place: str, by: Person, picked: bool = False) -> None:
    """Let a held meeting be booked, invite both, and note it down."""
    Meeting.moves.make(meeting, Verb.MEETING_BOOKED, by=By.EITHER)
    meeting.way, meeting.place = way, way_in(meeting.pair, way, place)
    meeting.booked_by, meeting.booked_at = meeting.pair.party_of(by), timezone.now()
    meeting.held_until = None
    meeting.save()
    tell_booked(meeting, picked=picked)
    rooms_follow(meeting)
    look_soon(meeting.pair_id)
    note(Verb.MEETING_BOOKED, meeting, by)


def shift(meeting: Meeting, when: Span, zone: ZoneInfo, by: Person) -> None:
    """Move a booked meeting, tell both, and note it down; its length, its place and its name stay."""
    Meeting.moves.make(meeting, Verb.MEETING_MOVED, by=By.EITHER)
    now = timezone.now()
    meeting.moved_at, meeting.moved_late = now, meeting.moved_late + is_late(meeting, now)
    put(meeting, when, zone)
    meeting.sequence += 1
    meeting.save()
    move_seats(meeting)
    tell_changed(meeting, meeting.pair.party_of(by))
    rooms_follow(meeting)
    look_soon(meeting.pair_id)
    note(Verb.MEETING_MOVED, meeting, by)


def put(meeting: Meeting, when: Span, zone: ZoneInfo) -> None:
    """Put a meeting at a time, and keep what the clock shows then: that is what was agreed."""
    shown = shows(when.starts, zone)
    meeting.starts, meeting.ends, meeting.zone = when.starts, when.ends, zone.key
    meeting.agreed_day, meeting.agreed_time = shown.date(), shown.time()


def note(verb: Verb, meeting: Meeting, by: Person | None) -> None:
    """Enter in the record what became of a meeting."""
    who = by.pk if by else None
    note_down(verb=verb, by=who, about=f"meeting:{meeting.pk}", scheme=meeting.pair.scheme_id)


def _held(pair: Pair, starts: datetime, by: Person) -> Meeting:
    """Take the time of both for a meeting that is not booked yet; what the same person held is let go."""
    pair = lock(pair)
    policy = policy_of(pair)
    check_may_meet(pair, policy, counted(pair.pk))
    check_sets_up(pair, policy, by)
    when = Span(starts, starts + timedelta(minutes=policy.minutes))
    check_lies_ahead(pair, when)
    _check_free(pair, when, by)
    pair.meetings.filter(state=MeetingState.HELD, booked_by=pair.party_of(by)).delete()
    meeting = begun(pair, when, ZoneInfo(by.time_zone), by, policy)
    take_seats(meeting)
    return meeting


def _check_free(pair: Pair, when: Span, by: Person, but: Meeting | None = None) -> None:
    own, theirs = diaries_of(by, pair.other(by), when, pair=pair, party=pair.party_of(by), but=but)
    check_is_free(pair, when, own, theirs)
