"""One suggests up to three times, the other picks one; nobody's diary is needed for it."""

from datetime import timedelta
from typing import Any

import pytest

from ampersand.meetings.actions.booking import cancel, move
from ampersand.meetings.actions.suggesting import pick, suggest, suggest_instead, withdraw
from ampersand.meetings.models import Suggestion
from ampersand.meetings.queries.meetings import open_suggestion, suggested_time_for, suggestion_for
from ampersand.notifications.models import Letter
from ampersand.record.models import Entry
from tests.cast import person
from tests.meetings.people import (
    MONDAY,
    Meeters,
    another_pair,
    at,
    evenings,
    lives_in,
    peers,
    refuses,
    wishes,
    with_contract,
)

TIMES = [at("2027-03-02 17:00"), at("2027-03-04 12:00"), at("2027-03-03 08:00")]

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def pair(db: None, clock: Any) -> Meeters:
    return peers()


def suggested(both: Meeters, *, times: int = 3) -> Suggestion:
    return suggest(pair=both.pair, starts=TIMES[:times], way="in_person", place="The café", by=both.hannah)


def test_the_other_picks_one_of_three_times(pair: Meeters) -> None:
    lives_in(pair.hannah, "Europe/Paris")
    suggestion = suggested(pair)
    assert [time.starts for time in suggestion.times.all()] == sorted(TIMES)
    assert open_suggestion(pair.pair) == suggestion
    assert Entry.objects.latest("number").verb == "times-suggested"
    second = suggested_time_for(pair.sam, suggestion.times.all()[1].pk)
    assert second
    meeting = pick(time=second, by=pair.sam)
    assert (meeting.state, meeting.starts, meeting.place) == ("booked", at("2027-03-03 08:00"), "The café")
    assert (meeting.zone, str(meeting.agreed_time)) == ("Europe/Paris", "09:00:00")
    assert open_suggestion(pair.pair) is None
    with refuses("These times are no longer open"):
        pick(time=second, by=pair.sam)


def test_whoever_suggested_does_not_pick_and_the_other_does_not_take_back(pair: Meeters) -> None:
    suggestion = suggested(pair)
    with refuses("You suggested these times yourself: Sam picks one"):
        pick(time=suggestion.times.all()[0], by=pair.hannah)
    with refuses("These times were suggested to you"):
        withdraw(suggestion=suggestion, by=pair.sam)
    assert withdraw(suggestion=suggestion, by=pair.hannah).state == "withdrawn"
    with refuses("no longer open"):
        withdraw(suggestion=suggestion, by=pair.hannah)


def test_other_times_take_the_place_of_those_before(pair: Meeters) -> None:
    first = suggested(pair)
    second = suggest(pair=pair.pair, starts=TIMES[:1], way="video", by=pair.sam)
    first.refresh_from_db()
    assert (first.state, open_suggestion(pair.pair)) == ("withdrawn", second)


def test_one_to_three_times_each_of_them_ahead(pair: Meeters) -> None:
    for starts, words in (
        ([], "Suggest at least one time"),
        ([*TIMES, MONDAY + timedelta(days=9)], "Suggest up to three times"),
        ([TIMES[0], TIMES[0]], "each a different one"),
        ([TIMES[0], MONDAY], "That time has passed"),
    ):
        with refuses(words):
            suggest(pair=pair.pair, starts=starts, way="video", by=pair.sam)
    assert not Suggestion.objects.exists()


def test_whoever_does_not_set_up_meetings_may_suggest(db: None) -> None:
    both = with_contract()
    meeting = pick(time=suggested(both).times.all()[0], by=both.sam)
    assert (meeting.minutes, meeting.notice_days, meeting.booked_by) == (60, 2, "mentee")
    back = suggest(pair=both.pair, starts=[TIMES[1]], way="video", by=both.sam)
    meeting = pick(time=back.times.get(), by=both.hannah)
    assert meeting.booked_by == "mentor"


def test_a_time_that_has_been_taken_meanwhile_cannot_be_picked(pair: Meeters, clock: Any) -> None:
    suggestion = suggested(pair)
    other = another_pair(pair.two, pair.hannah, person("Tom"))
    evenings(pair.hannah)
    booked = suggest(pair=other, starts=[TIMES[0] + timedelta(minutes=29)], way="video", by=other.mentee)
    pick(time=booked.times.get(), by=pair.hannah)
    first, second, third = suggestion.times.all()
    with refuses("just been taken"):
        pick(time=first, by=pair.sam)
    clock.move_to(second.starts)
    with refuses("That time has passed"):
        pick(time=second, by=pair.sam)
    assert pick(time=third, by=pair.sam).starts == third.starts


def test_only_the_two_see_what_is_suggested(pair: Meeters) -> None:
    suggestion = suggested(pair)
    assert suggestion_for(pair.sam, suggestion.pk) == suggestion
    for someone in (pair.two.olive, pair.two.outsider):
        assert suggestion_for(someone, suggestion.pk) is None
        assert suggested_time_for(someone, suggestion.times.all()[0].pk) is None


def test_times_instead_of_a_booked_meeting_move_it_once_one_is_picked(db: None) -> None:
    both = with_contract()
    evenings(both.hannah)
    meeting = both.books(TIMES[0])
    elsewhere = TIMES[0] + timedelta(days=2, hours=-9)
    made = suggest_instead(meeting=meeting, starts=[elsewhere, elsewhere + timedelta(days=1)], by=both.hannah)
    meeting.refresh_from_db()
    assert (meeting.starts, meeting.sequence) == (TIMES[0], 0)
    Letter.objects.all().delete()
    moved = pick(time=made.times.get(starts=elsewhere), by=both.sam)
    assert (moved.pk, moved.uid, moved.sequence) == (meeting.pk, meeting.uid, 1)
    assert (moved.starts, moved.minutes, moved.place) == (elsewhere, meeting.minutes, meeting.place)
    assert {seat.during.lower for seat in moved.seats.all()} == {elsewhere}
    assert set(Letter.objects.values_list("event", flat=True)) == {"meetings/changed"}
    assert Suggestion.objects.get().state == "picked"


def test_a_meeting_that_has_changed_meanwhile_is_not_moved_unawares(db: None) -> None:
    both = with_contract()
    evenings(both.hannah)
    meeting = both.books(TIMES[0])
    first = suggest_instead(meeting=meeting, starts=[TIMES[0] + timedelta(days=2)], by=both.hannah)
    move(meeting=meeting, starts=TIMES[0] + timedelta(days=1), by=both.sam)
    with refuses("These times are no longer open"):
        pick(time=first.times.get(), by=both.sam)
    second = suggest_instead(meeting=meeting, starts=[TIMES[0] + timedelta(days=3)], by=both.hannah)
    cancel(meeting=meeting, by=both.sam)
    booked = pick(time=second.times.get(), by=both.sam)
    assert (booked.pk != meeting.pk, booked.sequence, booked.state) == (True, 0, "booked")
    with refuses("This meeting has been cancelled"):
        suggest_instead(meeting=meeting, starts=[TIMES[0] + timedelta(days=4)], by=both.hannah)


def test_a_time_that_came_too_near_while_it_waited_is_not_picked(pair: Meeters, clock: Any) -> None:
    wishes(pair.hannah, least_notice_hours=24)
    near = suggest(pair=pair.pair, starts=[MONDAY + timedelta(hours=5)], way="video", by=pair.hannah)
    assert pick(time=near.times.get(), by=pair.sam).state == "booked"  # Hannah meant it
    waiting = suggested(pair)
    clock.move_to(TIMES[0] - timedelta(hours=2))
    with refuses("Hannah asks for at least 24 hours’ notice"):
        pick(time=waiting.times.get(starts=TIMES[0]), by=pair.sam)
    assert pick(time=waiting.times.get(starts=TIMES[1]), by=pair.sam).starts == TIMES[1]
