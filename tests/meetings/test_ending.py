"""What is booked goes with its pair and comes back with it; what is over stays for its time, nameless."""

import io
import json
import zipfile
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ampersand.journeys.ending import UNDO, run_out, stop, undo
from ampersand.journeys.keeping import apply_keeping
from ampersand.journeys.leaving import leave
from ampersand.journeys.leaving.scheme import leave_scheme
from ampersand.journeys.tasks import tell_of_ending
from ampersand.meetings.actions.booking import cancel, hold
from ampersand.meetings.actions.marking import say
from ampersand.meetings.actions.suggesting import suggest
from ampersand.meetings.actions.times import add_away, add_extra, replace_feed, wish, wishes_for
from ampersand.meetings.models import (
    BlockedTime,
    ExtraTime,
    Meeting,
    Outcome,
    Seat,
    Subscription,
    SuggestedTime,
    Suggestion,
    TimeAway,
    WeeklyTime,
    Wishes,
)
from ampersand.notifications.models import Letter
from ampersand.pairs.models import Pair
from ampersand.people.queries import archive_of
from ampersand.record.actions import sealer
from ampersand.record.queries import verify_record
from ampersand.schemes.models import Member, Role
from tests.cast import person
from tests.meetings.people import Meeters, another_pair, at, blocked, evenings, peers, refuses

TUESDAY, THURSDAY = at("2027-03-02 17:00"), at("2027-03-04 17:00")

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def pair(db: None, clock: Any) -> Meeters:
    """Two who met on Tuesday and have booked Thursday; it is Wednesday."""
    both = peers()
    evenings(both.hannah)
    both.books(TUESDAY)
    both.books(THURSDAY)
    clock.move_to(TUESDAY + timedelta(hours=18))
    return both


def states() -> list[str]:
    return list(Meeting.objects.order_by("starts").values_list("state", flat=True))


def letters(event: str) -> list[str]:
    return sorted(Letter.objects.filter(event=event).values_list("to", flat=True))


def let_letters_go(at: datetime, pair: Meeters) -> None:
    tell_of_ending(pair=pair.pair.pk, ended_at=at.isoformat())


def test_an_ending_cancels_what_is_ahead_and_the_letters_wait(pair: Meeters, clock: Any) -> None:
    held = hold(pair=pair.pair, starts=THURSDAY + timedelta(hours=1), by=pair.sam)
    ended_at = stop(pair=pair.pair)
    meeting = Meeting.objects.get(starts=THURSDAY)
    assert states() == ["booked", "cancelled"]
    assert (meeting.cancelled_at, meeting.cancelled_late, meeting.sequence) == (ended_at, False, 1)
    assert not Meeting.objects.filter(pk=held.pk).exists()
    assert Seat.objects.filter(taken=True).count() == 2
    assert letters("meetings/cancelled_with_pair") == []
    clock.shift(UNDO)
    let_letters_go(ended_at, pair)
    let_letters_go(ended_at, pair)
    assert letters("meetings/cancelled_with_pair") == ["hannah@work.example", "sam@home.example"]
    assert letters("meetings/cancelled") == []
    with refuses("This mentoring has ended, so there are no more meetings to arrange"):
        pair.books(THURSDAY)
    with refuses("This mentoring has ended"):
        suggest(pair=pair.pair, starts=[THURSDAY], way="video", by=pair.sam)


def test_taking_an_ending_back_brings_the_meeting_back(pair: Meeters, clock: Any) -> None:
    uid = Meeting.objects.get(starts=THURSDAY).uid
    ended_at = stop(pair=pair.pair)
    clock.shift(timedelta(minutes=5))
    undo(pair=pair.pair)
    meeting = Meeting.objects.get(starts=THURSDAY)
    assert (meeting.state, meeting.cancelled_at, meeting.uid, meeting.sequence) == ("booked", None, uid, 2)
    assert Seat.objects.filter(taken=True).count() == 4
    clock.shift(UNDO)
    let_letters_go(ended_at, pair)
    assert letters("meetings/cancelled_with_pair") == []


def test_what_was_cancelled_before_stays_cancelled(pair: Meeters, clock: Any) -> None:
    cancel(meeting=Meeting.objects.get(starts=THURSDAY), by=pair.sam)
    clock.shift(timedelta(seconds=1))
    stop(pair=pair.pair)
    undo(pair=pair.pair)
    assert states() == ["booked", "cancelled"]


def test_a_time_given_to_someone_else_meanwhile_does_not_come_back(pair: Meeters) -> None:
    other = Meeters(pair.two)
    first = pair.pair
    other.two.pair = another_pair(pair.two, pair.hannah, person("Tom"))
    stop(pair=first)
    taken = other.books(THURSDAY + timedelta(minutes=15), other.pair.mentee)
    undo(pair=first)
    meeting = Meeting.objects.get(starts=THURSDAY)
    assert (meeting.state, meeting.sequence, meeting.cancelled_late) == ("cancelled", 1, False)
    told = Letter.objects.filter(event="meetings/cancelled").order_by("to")
    assert [letter.to for letter in told] == ["hannah@work.example", "sam@home.example"]
    assert all("its time is no longer free" in letter.body_text for letter in told)
    assert list(Meeting.objects.filter(starts__gt=timezone.now()).booked()) == [taken]


def test_running_out_cancels_what_lies_after_the_last_day(pair: Meeters, clock: Any) -> None:
    Pair.objects.update(until=TUESDAY.date())
    assert run_out(pair=pair.pair)
    assert states() == ["booked", "cancelled"]
    assert Meeting.objects.get(starts=THURSDAY).cancelled_at == pair.pair.ended_at


def give_everything(pair: Meeters) -> None:
    """Let Hannah have said all that a person can say."""
    wish(
        person=pair.hannah,
        least_notice_hours=2,
        buffer_minutes=5,
        most_per_week=3,
        video_link="https://calls.example/unmistakable",
        telephone_ok=True,
        in_person_place="Unmistakable café",
        day_before=True,
        hour_before=True,
    )
    add_extra(person=pair.hannah, day=THURSDAY.date(), since=TUESDAY.time(), until=TUESDAY.time(), zone="UTC")
    add_away(person=pair.hannah, first=THURSDAY.date(), last=THURSDAY.date(), zone="UTC")
    blocked(pair.hannah, THURSDAY, THURSDAY + timedelta(hours=1))
    suggest(pair=pair.pair, starts=[THURSDAY], way="in_person", place="Unmistakable café", by=pair.sam)
    Meeting.objects.update(place="Unmistakable café")
    say(meeting=Meeting.objects.get(starts=TUESDAY), happened=True, by=pair.hannah)


OWN = (Wishes, ExtraTime, TimeAway, Subscription, BlockedTime, Suggestion, SuggestedTime)


def test_a_person_takes_everything_with_them(pair: Meeters) -> None:
    give_everything(pair)
    wishes_for(person=pair.hannah)
    token = replace_feed(person=pair.hannah).feed_token
    with zipfile.ZipFile(io.BytesIO(archive_of(pair.hannah))) as archive:
        text = archive.read("data.json").decode()
    told = {kind["what"]: kind["rows"] for kind in json.loads(text)["kept"]}
    assert [row["happened"] for row in told["what became of a meeting"]] == [True]
    assert len(told["seat at a meeting"]) == len(told["meeting"]) == 2
    assert told["seat at a meeting"][0]["during"] == ["2027-03-02T17:00:00Z", "2027-03-02T17:30:00Z"]
    assert {"how you like to meet", "weekly time", "days away", "busy time"} <= set(told)
    assert token not in text  # a key to a door, not something about a person


def test_erasing_someone_leaves_meetings_without_names_or_places(pair: Meeters) -> None:
    give_everything(pair)
    evenings(pair.sam, 1)
    leave(person=pair.hannah, by=pair.hannah.pk)
    assert [model for model in OWN if model.objects.exists()] == []
    assert WeeklyTime.objects.get().person == pair.sam
    assert states() == ["booked", "cancelled"]
    assert set(Meeting.objects.values_list("place", flat=True)) == {""}
    assert Outcome.objects.count() == 1
    assert verify_record(certificates=[sealer().certificate]).sound


def test_leaving_a_scheme_cancels_what_is_booked_there(pair: Meeters) -> None:
    Member.objects.create(scheme=pair.two.scheme, person=pair.hannah, role=Role.MENTOR)
    leave_scheme(scheme=pair.two.scheme, person=pair.hannah)
    assert states() == ["booked", "cancelled"]
    assert WeeklyTime.objects.filter(person=pair.hannah).exists()  # they may meet in another scheme


def test_what_has_been_kept_for_its_time_goes(pair: Meeters, clock: Any) -> None:
    give_everything(pair)
    stop(pair=pair.pair)
    ended = pair.pair.ended_at
    assert ended
    apply_keeping(now=THURSDAY + timedelta(hours=25))
    assert not BlockedTime.objects.exists()
    assert ExtraTime.objects.exists()
    apply_keeping(now=THURSDAY + timedelta(days=31))
    assert [model for model in (ExtraTime, TimeAway) if model.objects.exists()] == []
    apply_keeping(now=THURSDAY + timedelta(days=91))
    assert [model for model in (Suggestion, SuggestedTime) if model.objects.exists()] == []
    apply_keeping(now=ended.replace(year=2028) - timedelta(seconds=1))
    assert (Meeting.objects.count(), Seat.objects.count(), Outcome.objects.count()) == (2, 4, 1)
    apply_keeping(now=ended.replace(year=2028))
    assert (Meeting.objects.count(), Seat.objects.count(), Outcome.objects.count()) == (0, 0, 0)
    assert WeeklyTime.objects.exists()


def test_a_hold_that_nobody_booked_goes_in_the_night(pair: Meeters, clock: Any) -> None:
    hold(pair=pair.pair, starts=at("2027-03-09 17:00"), by=pair.sam)
    apply_keeping(now=timezone.now() + timedelta(days=1))
    assert Meeting.objects.filter(state="held").exists()
    apply_keeping(now=timezone.now() + timedelta(days=1, minutes=10))
    assert not Meeting.objects.filter(state="held").exists()
