"""When somebody can, against an oracle that goes minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ampersand.calendars import Away, Extra, Span, Weekly, full_weeks, open_times, shows, starts
from tests.calendars.oracle import open_minutes
from tests.figures import Figure

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ZONES = [
    ZoneInfo(key)
    for key in (
        "Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns",
        "Africa/Casablanca", "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Chatham", "Asia/Tehran", "UTC",
    )
]  # fmt: skip
# Clocks jump on most of these days, in one or more of the zones.
JUMPS = [
    date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1), date(2026, 4, 5),
    date(2026, 10, 4), date(2018, 11, 4), date(2024, 2, 29), date(2022, 3, 22), date(2025, 12, 31),
]  # fmt: skip

times_of_day = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 15, 30, 45, 59]))
near = st.builds(lambda day, days: day + DAY * days, st.sampled_from(JUMPS), st.integers(-1, 1))


@st.composite
def questions(draw: st.DrawFn) -> tuple[list[Weekly | Extra | Away], list[Span], Span, timedelta]:
    """Draw what somebody has said about their time, what is taken, and which days are asked about."""
    day = draw(near)
    days = st.integers(-3, 3).map(lambda n: day + DAY * n)
    zones = st.sampled_from(draw(st.lists(st.sampled_from(ZONES), min_size=1, max_size=2)))
    limits = st.none() | st.none() | days
    weekdays = st.integers(-1, 1).map(lambda n: (day.weekday() + n) % 7)
    rule = st.one_of(
        st.builds(Weekly, weekdays, times_of_day, times_of_day, zones, limits, limits),
        st.builds(Extra, days, times_of_day, times_of_day, zones),
        st.builds(
            lambda first, more, zone: Away(first, first + DAY * more, zone), days, st.integers(0, 2), zones
        ),
    )
    midnight = datetime.combine(day, time(), UTC)
    instants = st.integers(-24 * 60, 12 * 60).map(lambda minutes: midnight + MINUTE * minutes)
    taken = st.builds(lambda at, minutes: Span(at, at + MINUTE * minutes), instants, st.integers(1, 300))
    begins = draw(instants)
    within = Span(begins, begins + MINUTE * draw(st.integers(12 * 60, 48 * 60)))
    buffer = MINUTE * draw(st.sampled_from([0, 0, 10, 90]))
    return draw(st.lists(rule, min_size=1, max_size=6)), draw(st.lists(taken, max_size=3)), within, buffer


def agrees(asked: tuple[list[Weekly | Extra | Away], list[Span], Span, timedelta]) -> bool:
    """Say whether both ways of working it out come to the same minutes; fails if they do not."""
    times, taken, within, buffer = asked
    found = open_times(times, taken, within=within, buffer=buffer)
    minutes = {span.starts + MINUTE * n for span in found for n in range(int(span.lasts / MINUTE))}
    assert minutes == open_minutes(times, taken, within, buffer)
    assert all(one.ends < other.starts for one, other in pairwise(found))
    return bool(found)


def compared(most: int) -> int:
    """Compare as many random questions; give how many of them had some time left."""
    some = 0

    @settings(max_examples=most, deadline=None, database=None, derandomize=True)
    @given(questions())
    def compare(asked: tuple[list[Weekly | Extra | Away], list[Span], Span, timedelta]) -> None:
        nonlocal some
        some += agrees(asked)

    compare()
    return some


def test_random_rules_in_random_zones_leave_the_same_minutes_as_the_oracle(figure: Figure) -> None:
    some = compared(40)
    assert some > 5
    figure("questions about free time answered like the oracle, of 40", 40, goal="40")


@pytest.mark.prove
def test_ten_thousand_random_rules_leave_the_same_minutes_as_the_oracle(figure: Figure) -> None:
    some = compared(10_000)
    assert some > 1_500
    figure("questions about free time answered like the oracle, of 10,000", 10_000, goal="10,000")


def open_on(*times: Weekly | Extra | Away, since: datetime, until: datetime) -> list[tuple[str, str]]:
    spans = open_times(times, within=Span(since, until))
    return [(f"{span.starts:%d %H:%M}", f"{span.ends:%d %H:%M}") for span in spans]


def test_an_evening_stays_at_its_hour_when_the_clocks_go_forward_and_back() -> None:
    sundays = Weekly(6, time(18), time(20), LONDON)
    spring = open_on(
        sundays, since=datetime(2026, 3, 22, tzinfo=UTC), until=datetime(2026, 3, 30, tzinfo=UTC)
    )
    assert spring == [("22 18:00", "22 20:00"), ("29 17:00", "29 19:00")]
    autumn = open_on(
        sundays, since=datetime(2026, 10, 18, tzinfo=UTC), until=datetime(2026, 10, 26, tzinfo=UTC)
    )
    assert autumn == [("18 17:00", "18 19:00"), ("25 18:00", "25 20:00")]


def test_the_hour_that_the_clocks_skip_cannot_be_had_and_the_one_they_repeat_can_be_had_twice() -> None:
    night = Weekly(6, time(0, 30), time(3), LONDON)
    spring = open_on(night, since=datetime(2026, 3, 28, tzinfo=UTC), until=datetime(2026, 3, 30, tzinfo=UTC))
    assert spring == [("29 00:30", "29 02:00")]
    autumn = open_on(
        night, since=datetime(2026, 10, 24, tzinfo=UTC), until=datetime(2026, 10, 26, tzinfo=UTC)
    )
    assert autumn == [("24 23:30", "25 03:00")]
    skipped = Weekly(6, time(1, 10), time(1, 50), LONDON)
    assert not open_on(
        skipped, since=datetime(2026, 3, 28, tzinfo=UTC), until=datetime(2026, 3, 30, tzinfo=UTC)
    )


def test_a_day_that_an_island_left_out_offers_nothing() -> None:
    friday = Weekly(4, time(9), time(17), ZoneInfo("Pacific/Apia"))
    week = Span(datetime(2011, 12, 26, tzinfo=UTC), datetime(2012, 1, 2, tzinfo=UTC))
    assert open_times([friday], within=week) == []


def test_an_evening_across_midnight_ends_where_a_day_away_begins() -> None:
    late = Weekly(4, time(22), time(2), LONDON)
    away = Away(date(2026, 1, 10), date(2026, 1, 10), LONDON)
    week = {"since": datetime(2026, 1, 5, tzinfo=UTC), "until": datetime(2026, 1, 12, tzinfo=UTC)}
    assert open_on(late, **week) == [("09 22:00", "10 02:00")]
    assert open_on(late, away, **week) == [("09 22:00", "10 00:00")]


def test_somebody_who_moves_keeps_their_hours_by_the_new_clock() -> None:
    before = Weekly(1, time(9), time(10), LONDON, last=date(2026, 1, 12))
    after = Weekly(1, time(9), time(10), NEW_YORK, first=date(2026, 1, 13))
    both = open_on(
        before, after, since=datetime(2026, 1, 5, tzinfo=UTC), until=datetime(2026, 1, 14, tzinfo=UTC)
    )
    assert both == [("06 09:00", "06 10:00"), ("13 14:00", "13 15:00")]


def test_the_29th_of_february_is_a_day_like_others() -> None:
    leap = Extra(date(2028, 2, 29), time(9), time(10), LONDON)
    assert open_on(leap, since=datetime(2028, 2, 28, tzinfo=UTC), until=datetime(2028, 3, 2, tzinfo=UTC)) == [
        ("29 09:00", "29 10:00")
    ]


def test_meetings_begin_at_round_times_of_the_clock_and_end_while_it_is_open() -> None:
    kathmandu = ZoneInfo("Asia/Kathmandu")
    opened = Span(datetime(2026, 1, 5, 9, 7, tzinfo=UTC), datetime(2026, 1, 5, 10, 10, tzinfo=UTC))
    begins = list(starts([opened], lasting=30 * MINUTE, zone=kathmandu))
    assert [f"{shows(at, kathmandu):%H:%M}" for at in begins] == ["15:00", "15:15"]
    assert list(starts([opened], lasting=2 * HOUR, zone=kathmandu)) == []


def test_a_week_with_enough_meetings_is_full_from_its_own_first_day() -> None:
    sunday, monday = datetime(2026, 1, 4, 12, tzinfo=UTC), datetime(2026, 1, 5, 12, tzinfo=UTC)
    meetings = [Span(at, at + HOUR) for at in (sunday, monday)]
    assert full_weeks(meetings, most=2, zone=LONDON) == []
    from_sunday = full_weeks(meetings, most=2, zone=LONDON, week_starts=6)
    assert from_sunday == [Span(datetime(2026, 1, 4, tzinfo=UTC), datetime(2026, 1, 11, tzinfo=UTC))]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Span(datetime(2026, 1, 5), datetime(2026, 1, 6)),
        lambda: Span(datetime(2026, 1, 6, tzinfo=UTC), datetime(2026, 1, 6, tzinfo=UTC)),
        lambda: Weekly(7, time(9), time(10), LONDON),
        lambda: list(starts([], lasting=timedelta(), zone=LONDON)),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        wrong()  # type: ignore[operator]
