"""Time reminds of a meeting, asks whether it happened, tells when the next is due: once, and not at night."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ampersand.journeys.ending import stop
from ampersand.meetings.actions.booking import cancel, move
from ampersand.meetings.actions.looking import look_soon
from ampersand.meetings.actions.marking import say
from ampersand.meetings.actions.suggesting import suggest
from ampersand.meetings.models import NextLook
from ampersand.meetings.queries.looking import to_look_at, together
from ampersand.notifications.models import Letter
from ampersand.pairs.models import Pair
from ampersand.people.actions import change_account
from tests.cast import person
from tests.figures import Figure
from tests.meetings.people import (
    MONDAY,
    PARIS,
    Meeters,
    another_pair,
    at,
    evenings,
    lives_in,
    peers,
    wishes,
    with_contract,
)
from tests.meetings.rounds import round_at, rounds

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def two(db: None, clock: object) -> Meeters:
    """Two of the peer scheme: a missed meeting is final, no rhythm is agreed."""
    both = peers()
    evenings(both.hannah, since=6, until=23)
    return both


@pytest.fixture
def monthly(db: None, clock: object) -> Meeters:
    """Two with the contract: every four weeks, and the mentee sets up."""
    both = with_contract()
    evenings(both.hannah)
    look_soon(both.pair.pk)
    return both


def test_both_are_reminded_once_the_day_before_and_asked_once_afterwards(two: Meeters) -> None:
    two.books(at("2027-03-04 17:00"))
    found = rounds(MONDAY, at("2027-03-20 12:00"))
    assert found == {
        at("2027-03-03 17:00"): ["reminder hannah", "reminder sam"],
        at("2027-03-04 19:00"): ["did_it_happen hannah", "did_it_happen sam"],
    }
    assert NextLook.objects.get(pair=two.pair).at is None  # nothing lies ahead: no round looks again


def test_each_is_reminded_as_they_wish_and_by_their_own_clock(two: Meeters) -> None:
    wishes(two.hannah, day_before=False, hour_before=True)
    lives_in(two.sam, "Asia/Tokyo")
    two.books(at("2027-03-04 06:30"), by=two.hannah)  # for Sam it is 15:30
    found = rounds(MONDAY, at("2027-03-04 06:29"), every=HOUR / 2)
    assert found == {
        at("2027-03-03 06:30"): ["reminder sam"],
        at("2027-03-04 05:30"): ["reminder hannah"],  # at night, since she asked for it
    }


def test_whoever_moves_to_another_time_zone_is_reminded_by_its_mornings(two: Meeters) -> None:
    lives_in(two.sam, "Asia/Tokyo")
    two.books(at("2027-03-04 17:00"))
    assert round_at(at("2027-03-03 17:00")) == ["reminder hannah"]  # for Sam it is two at night
    assert NextLook.objects.get(pair=two.pair).at == at("2027-03-03 23:00")
    with time_machine.travel(at("2027-03-03 18:00"), tick=False):
        sam = two.sam
        sam.time_zone = "Europe/London"
        change_account(person=sam)
    assert round_at(at("2027-03-03 18:00")) == ["reminder sam"]
    then = NextLook.objects.get(pair=two.pair).at
    with time_machine.travel(at("2027-03-03 19:00"), tick=False):
        change_account(person=two.sam)
    assert NextLook.objects.get(pair=two.pair).at == then  # nothing changed that would be looked at anew


@pytest.mark.parametrize(
    ("starts", "told"),
    [
        ("2027-03-28 17:00", "2027-03-27 17:00"),  # the clocks go forward between them
        ("2027-10-31 17:00", "2027-10-30 17:00"),  # and back
    ],
)
def test_a_day_is_a_day_by_the_clock_also_when_the_clocks_change(
    two: Meeters, clock: time_machine.Traveller, starts: str, told: str
) -> None:
    for each in (two.hannah, two.sam):
        lives_in(each, PARIS)
    clock.move_to(at(starts, PARIS) - 6 * DAY)
    two.books(at(starts, PARIS))
    found = rounds(at(starts, PARIS) - 3 * DAY, at(starts, PARIS), every=HOUR)
    assert found == {at(told, PARIS): ["reminder hannah", "reminder sam"]}


def test_after_a_week_of_silence_nobody_is_reminded_of_what_is_past_but_still_asked(two: Meeters) -> None:
    meeting = two.books(at("2027-03-04 17:00"))
    assert round_at(at("2027-03-11 09:00")) == ["did_it_happen hannah", "did_it_happen sam"]
    letter = Letter.objects.filter(event="meetings/did_it_happen").latest("pk")
    assert "Thursday 4 March at 17:00 (London)" in letter.body_text
    assert f"/meetings/{meeting.pk}/" in letter.body_text


def test_nobody_is_asked_of_what_lies_further_back_than_two_weeks(two: Meeters) -> None:
    two.books(at("2027-03-04 17:00"))
    assert round_at(at("2027-03-19 09:00")) == []


def test_a_late_reminder_waits_for_the_morning_and_comes_only_if_it_is_of_use(two: Meeters) -> None:
    two.books(at("2027-03-04 17:00"))
    assert round_at(at("2027-03-04 02:00")) == []
    assert NextLook.objects.get(pair=two.pair).at == at("2027-03-04 08:00")
    assert round_at(at("2027-03-04 08:05")) == ["reminder hannah", "reminder sam"]
    letter = Letter.objects.filter(event="meetings/reminder").latest("pk")
    assert letter.good_until == at("2027-03-04 17:00")
    assert letter.subject == "Your meeting on Thursday 4 March at 17:00"


def test_moved_a_meeting_is_reminded_of_anew_and_cancelled_it_is_not(two: Meeters) -> None:
    meeting = two.books(at("2027-03-04 17:00"))
    round_at(at("2027-03-03 17:00"))
    with time_machine.travel(at("2027-03-03 18:00"), tick=False):
        meeting = move(meeting=meeting, starts=at("2027-03-08 17:00"), by=two.sam)
    assert rounds(at("2027-03-03 19:00"), at("2027-03-07 18:00")) == {
        at("2027-03-07 17:00"): ["reminder hannah", "reminder sam"]
    }
    with time_machine.travel(at("2027-03-08 09:00"), tick=False):
        cancel(meeting=meeting, by=two.hannah)
    assert rounds(at("2027-03-08 10:00"), at("2027-03-10 10:00")) == {}


def test_whoever_has_said_what_became_of_it_is_not_asked(two: Meeters) -> None:
    meeting = two.books(at("2027-03-04 17:00"))
    with time_machine.travel(at("2027-03-04 17:40"), tick=False):
        say(meeting=meeting, happened=True, by=two.sam)
    assert rounds(at("2027-03-04 18:00"), at("2027-03-05 18:00")) == {
        at("2027-03-04 19:00"): ["did_it_happen hannah"]
    }


def test_the_next_is_due_as_often_as_agreed_and_told_to_who_sets_it_up(monthly: Meeters) -> None:
    assert rounds(MONDAY, at("2027-04-30 12:00"), every=12 * HOUR) == {
        at("2027-03-22 09:00"): ["next_due sam"]  # in force on 1 March, due on the 29th
    }
    letter = Letter.objects.get(event="meetings/next_due")
    assert "agreed to meet every 4 weeks" in letter.body_text
    assert not letter.urgent


def test_nobody_is_told_while_one_is_booked_or_suggested(monthly: Meeters) -> None:
    with time_machine.travel(at("2027-03-20 12:00"), tick=False):
        suggest(pair=monthly.pair, starts=[at("2027-03-25 17:00")], way="video", by=monthly.hannah)
    assert rounds(at("2027-03-21 09:00"), at("2027-03-25 16:00"), every=6 * HOUR) == {}
    assert round_at(at("2027-03-26 09:00")) == ["next_due sam"]  # the time suggested is over
    with time_machine.travel(at("2027-03-26 12:00"), tick=False):
        meeting = monthly.books(at("2027-03-30 17:00"))
    with time_machine.travel(at("2027-03-30 19:00"), tick=False):
        for person in (monthly.hannah, monthly.sam):
            say(meeting=meeting, happened=True, by=person)
    assert rounds(at("2027-03-31 09:00"), at("2027-04-21 09:00"), every=12 * HOUR) == {
        at("2027-04-20 09:00"): ["next_due sam"]  # four weeks on is the 27th
    }


def test_after_cancelling_there_are_two_days_of_quiet(monthly: Meeters) -> None:
    with time_machine.travel(at("2027-03-20 12:00"), tick=False):
        meeting = monthly.books(at("2027-03-28 17:00"))
    with time_machine.travel(at("2027-03-27 15:00"), tick=False):
        cancel(meeting=meeting, by=monthly.hannah)
    assert rounds(at("2027-03-27 16:00"), at("2027-03-30 15:00"), every=HOUR) == {
        at("2027-03-29 15:00"): ["next_due sam"]
    }


def test_an_ended_pair_hears_nothing_more(two: Meeters) -> None:
    two.books(at("2027-03-04 17:00"))
    stop(pair=two.pair)
    assert rounds(MONDAY, at("2027-03-08 12:00"), every=6 * HOUR) == {}


def test_two_rounds_at_one_moment_write_once(two: Meeters) -> None:
    two.books(at("2027-03-04 17:00"))
    moment = at("2027-03-03 17:00")
    assert len(round_at(moment)) == 2
    look_soon(two.pair.pk)
    assert round_at(moment) == []


def test_a_round_among_100_000_pairs_reads_those_in_question_alone(two: Meeters, figure: Figure) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # rows without their pairs
        cursor.execute(
            "INSERT INTO ampersand_nextlook (pair_id, at) SELECT 1000000 + n,"
            " CASE WHEN n %% 3 = 0 THEN NULL ELSE %s + n * interval '1 minute' END"
            " FROM generate_series(1, 100000) AS n",
            [MONDAY],
        )
        cursor.execute("ANALYZE ampersand_nextlook")
    in_an_hour = to_look_at(MONDAY + HOUR).values_list("pair", flat=True)[:2000]
    assert len(in_an_hour) == 41  # theirs, and forty others
    plan = in_an_hour.explain(analyze=True)
    assert "Index" in plan
    assert "Seq Scan" not in plan
    figure("rows read by a round among 100,000 pairs", len(in_an_hour), goal="those in question")


def test_the_questions_are_as_many_for_one_pair_as_for_three(two: Meeters) -> None:
    two.books(at("2027-03-04 17:00"))

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            assert list(together(Pair.objects.all(), MONDAY))
        return len(questions)

    at_one = asked()
    for name in ("Ann", "Ben"):
        another_pair(two.two, person(name), person(f"{name}a"))
    assert Pair.objects.count() == 3
    assert asked() == at_one
