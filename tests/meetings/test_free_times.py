"""Free times: as an oracle finds them that goes minute by minute, in as many questions on any day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ampersand.calendars import Away, Extra, Span, Weekly, merged, shows
from ampersand.meetings.actions.booking import cancel
from ampersand.meetings.models import (
    BlockedTime,
    ExtraTime,
    Meeting,
    MeetingState,
    Seat,
    Subscription,
    TimeAway,
    WeeklyTime,
)
from ampersand.meetings.queries.diaries import ALWAYS, free_slots
from ampersand.meetings.queries.meetings import next_meeting
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from tests.calendars.oracle import open_minutes
from tests.calendars.test_availability import ZONES, questions
from tests.cast import person
from tests.figures import Figure
from tests.meetings.people import MONDAY, Meeters, another_pair, at, evenings, lives_in, peers, wishes

MINUTE = timedelta(minutes=1)
Rule = Weekly | Extra | Away
Asked = tuple[list[Rule], list[Span], Span, timedelta]


def keep(someone: Person, rules: Sequence[Rule], taken: Sequence[Span], elsewhere: Pair) -> None:
    """Keep what somebody said; the first time that is taken is a meeting elsewhere, later ones are busy."""
    for rule in rules:
        zone = rule.zone.key
        match rule:
            case Weekly(weekday, since, until, _zone, first, last):
                WeeklyTime.objects.create(
                    person=someone,
                    weekday=weekday,
                    since=since,
                    until=until,
                    zone=zone,
                    first=first,
                    last=last,
                )
            case Extra(day, since, until):
                ExtraTime.objects.create(person=someone, day=day, since=since, until=until, zone=zone)
            case Away(first, last):
                TimeAway.objects.create(person=someone, first=first, last=last, zone=zone)
    calendar = Subscription.objects.create(person=someone, name="Own")
    for number, span in enumerate(merged(taken)):
        if number == 0:
            sit(someone, span, elsewhere)
        else:
            BlockedTime.objects.create(subscription=calendar, starts=span.starts, ends=span.ends)


def sit(someone: Person, span: Span, elsewhere: Pair) -> None:
    meeting = Meeting.objects.create(
        pair=elsewhere,
        state=MeetingState.BOOKED,
        way="video",
        booked_at=span.starts,
        starts=span.starts,
        ends=span.ends,
        minutes=30,
        zone="UTC",
        agreed_day=span.starts.date(),
        agreed_time=span.starts.time(),
    )
    Seat.objects.create(meeting=meeting, person=someone, during=(span.starts, span.ends))


def forget() -> None:
    for model in (Meeting, WeeklyTime, ExtraTime, TimeAway, Subscription):
        model.objects.all().delete()


def possible(rules: Sequence[Rule]) -> list[Rule]:
    """Leave out weekly times that would end before they begin: the database keeps none."""
    limits = [(rule.first, rule.last) if isinstance(rule, Weekly) else (None, None) for rule in rules]
    return [
        rule
        for rule, (first, last) in zip(rules, limits, strict=True)
        if first is None or last is None or first <= last
    ]


def stated(rules: Sequence[Rule]) -> list[Rule]:
    """Who never said when can whenever the other said."""
    if any(isinstance(rule, Weekly | Extra) for rule in rules):
        return list(rules)
    return [*rules, *ALWAYS]


def agrees(two: Meeters, elsewhere: Sequence[Pair], hers: Asked, his: Asked, zone: str, hours: int) -> int:
    """Compare the free times that Sam sees with the oracle's; give how many there are."""
    forget()
    lives_in(two.sam, zone)
    within = hers[2]
    parts = ((two.hannah, hers, elsewhere[0]), (two.sam, his, elsewhere[1]))
    for someone, (rules, taken, _within, buffer), other in parts:
        keep(someone, rules, taken, other)
        wishes(someone, buffer_minutes=buffer // MINUTE, least_notice_hours=hours)
    minutes = [open_minutes(stated(rules), taken, within, buffer) for rules, taken, _w, buffer in (hers, his)]
    both = minutes[0] & minutes[1]
    said = any(stated(rules) == rules for rules in (hers[0], his[0]))
    now = within.starts - timedelta(hours=12)
    expected = [start for start in sorted(both) if said and is_a_start(start, both, zone, now, hours)]
    with time_machine.travel(now, tick=False):
        assert free_slots(two.pair, two.sam, within) == expected
    return len(expected)


def is_a_start(start: datetime, both: set[datetime], zone: str, now: datetime, hours: int) -> bool:
    """Say whether half an hour is free for both from here, a quarter hour of the reader's clock."""
    quarter = shows(start, ZoneInfo(zone)).minute % 15 == 0
    in_time = start >= now + timedelta(hours=hours)
    return quarter and in_time and all(start + MINUTE * n in both for n in range(30))


def compared(most: int) -> int:
    """Compare so many random diaries; give in how many something was free."""
    two = peers()
    elsewhere = [
        another_pair(two.two, someone, person(f"Other{n}")) for n, someone in enumerate((two.hannah, two.sam))
    ]
    some = 0

    @settings(
        max_examples=most,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(questions(), questions(), st.sampled_from(ZONES), st.sampled_from([0, 1, 13, 30]))
    def compare(hers: Asked, his: Asked, zone: ZoneInfo, hours: int) -> None:
        nonlocal some
        near = (
            possible([*hers[0][:2], *his[0]]),
            his[1],
            hers[2],
            his[3],
        )  # so that some days are theirs both
        some += bool(agrees(two, elsewhere, (possible(hers[0]), *hers[1:]), near, zone.key, hours))

    compare()
    return some


@pytest.mark.django_db
def test_two_random_diaries_leave_the_times_that_the_oracle_finds(figure: Figure) -> None:
    some = compared(40)
    assert some > 5
    figure("pairs of diaries with free times like the oracle’s, of 40", 40, goal="40")


@pytest.mark.prove
@pytest.mark.django_db
def test_two_thousand_random_diaries_leave_the_times_that_the_oracle_finds(figure: Figure) -> None:
    some = compared(2000)
    assert some > 200
    figure("pairs of diaries with free times like the oracle’s, of 2,000", 2000, goal="2,000")


@pytest.fixture
def pair(db: None) -> Meeters:
    with time_machine.travel(MONDAY, tick=False):
        both = peers()
        evenings(both.hannah, 1, 3)
        return both


def questions_of(pair: Meeters) -> list[int]:
    """Count what it costs to find free times and the next meeting."""
    counts = []
    for ask in (pair.slots, lambda: next_meeting(pair.two.pair)):
        with CaptureQueriesContext(connection) as asked:
            ask()
        counts.append(len(asked))
    return counts


def test_free_times_cost_as_many_questions_after_years_as_on_the_first_day(pair: Meeters) -> None:
    """One for the people and one for the pair in the helper; the other eight whatever there is."""
    with time_machine.travel(MONDAY, tick=False):
        before = questions_of(pair)
        evenings(pair.sam)
        for n in range(60):
            span = Span(MONDAY - timedelta(days=n + 1), MONDAY - timedelta(days=n, hours=23))
            sit(pair.hannah, span, pair.pair)
        for day in (2, 4, 9, 11):
            pair.books(at(f"2027-03-{day:02} 17:00"))
        assert questions_of(pair) == before
        assert before == [10, 1]


def test_the_next_meeting_is_the_one_that_is_on_or_comes_first(pair: Meeters) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        assert next_meeting(pair.pair) is None
        second, first = (pair.books(at(f"2027-03-{day} 17:00")) for day in ("04", "02"))
        clock.move_to(at("2027-03-02 17:29"))
        assert next_meeting(pair.pair) == first
        clock.shift(timedelta(minutes=1))
        assert next_meeting(pair.pair) == second
        cancel(meeting=second, by=pair.sam)
        assert next_meeting(pair.pair) is None
