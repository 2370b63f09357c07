"""Clocks that jump, midnights, leap days, and countries that change their clocks after a booking."""

import zoneinfo
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from ampersand.journeys.tasks import follow_clocks
from ampersand.meetings.actions.clocks import follow_the_clocks
from ampersand.meetings.actions.times import add_weekly
from ampersand.meetings.ahead import after
from ampersand.meetings.models import Meeting
from ampersand.meetings.queries.meetings import notice_until
from ampersand.notifications.models import Letter
from ampersand.wording.times import Duration
from tests.cast import person
from tests.meetings.people import (
    LONDON,
    MONDAY,
    NEW_YORK,
    Meeters,
    another_pair,
    at,
    evenings,
    lives_in,
    peers,
    with_contract,
)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def pair(db: None, clock: Any) -> Meeters:
    return peers()


def starts_of(both: Meeters, days: int = 35) -> list[str]:
    """Give the first free time of each day, as it is in UTC."""
    found: dict[date, datetime] = {}
    for slot in both.slots(days=days):
        found.setdefault(slot.date(), slot)
    return [f"{slot:%d %b %H:%M}" for slot in found.values()]


def test_a_weekly_time_follows_its_own_clock_in_both_zones(pair: Meeters) -> None:
    """New York's clocks jump on 14 March, London's on 28 March; Hannah's evening stays her evening."""
    lives_in(pair.sam, NEW_YORK)
    evenings(pair.hannah, 1)
    assert starts_of(pair) == ["02 Mar 17:00", "09 Mar 17:00", "16 Mar 17:00", "23 Mar 17:00", "30 Mar 16:00"]
    add_weekly(person=pair.sam, weekday=1, since=time(13), until=time(14), zone=NEW_YORK)
    # 13:00 in New York is 18:00, 17:00 while only New York has changed, and 17:00 and 18:00 in London again.
    assert starts_of(pair) == ["02 Mar 18:00", "09 Mar 18:00", "16 Mar 17:00", "23 Mar 17:00", "30 Mar 17:00"]


def test_in_autumn_it_is_the_other_way_round(pair: Meeters, clock: Any) -> None:
    clock.move_to(at("2027-10-18 09:00"))
    evenings(pair.hannah, 1)
    assert starts_of(pair, days=21) == ["19 Oct 16:00", "26 Oct 16:00", "02 Nov 17:00"]


def test_a_night_in_which_clocks_jump_is_as_long_as_it_is(pair: Meeters, clock: Any) -> None:
    """28 March 2027: 01:00 to 02:00 is skipped. 31 October: it is there twice."""
    add_weekly(person=pair.hannah, weekday=6, since=time(0, 30), until=time(2, 30), zone=LONDON)
    clock.move_to(at("2027-03-26 09:00"))
    slots = pair.slots(days=3)
    assert [f"{slot:%H:%M}" for slot in slots] == ["00:30", "00:45", "01:00"]
    over_the_gap = pair.books(slots[1])
    assert over_the_gap.ends - over_the_gap.starts == timedelta(minutes=30)
    assert f"{over_the_gap.ends.astimezone(over_the_gap.clock):%H:%M}" == "02:15"
    clock.move_to(at("2027-10-29 09:00"))
    slots = pair.slots(days=3)
    assert (len(slots), slots[0], slots[-1]) == (11, at("2027-10-30 23:30"), at("2027-10-31 02:00"))
    later = pair.books(at("2027-10-31 01:30"))  # the clock shows 01:30 for the second time
    assert str(later.agreed) == "2027-10-31 01:30:00"
    assert follow_the_clocks() == 0


def test_a_meeting_across_midnight_takes_time_of_both_days(pair: Meeters) -> None:
    add_weekly(person=pair.hannah, weekday=0, since=time(23), until=time(1), zone=LONDON)
    meeting = pair.books(at("2027-03-08 23:45"))
    assert (meeting.agreed_day, meeting.ends) == (date(2027, 3, 8), at("2027-03-09 00:15"))
    slots = pair.slots(days=8)
    assert [f"{slot:%d %H:%M}" for slot in slots if slot.day != 1] == [
        "08 23:00",
        "08 23:15",
        "09 00:15",
        "09 00:30",
    ]


def test_a_leap_day_is_a_day(db: None, clock: Any) -> None:
    clock.move_to(at("2028-02-27 09:00"))
    both = with_contract()
    evenings(both.hannah, 1)
    assert both.slots(days=3)[0] == at("2028-02-29 17:00")
    meeting = both.books(at("2028-02-29 17:00"))
    assert notice_until(meeting) == at("2028-02-27 17:00")
    assert after(date(2028, 2, 29), Duration(1, "year")) == date(2029, 2, 28)


Country = Callable[[str], None]


@pytest.fixture
def country(tmp_path: Path) -> Iterator[Country]:
    """A zone of our own, Test/Country, whose rules become those of another zone whenever we say."""
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([tmp_path, *before])
    (tmp_path / "Test").mkdir()

    def rules_of(zone: str) -> None:
        area, city = zone.split("/")
        rules = resources.files("tzdata.zoneinfo").joinpath(area, city).read_bytes()
        (tmp_path / "Test" / "Country").write_bytes(rules)
        zoneinfo.ZoneInfo.clear_cache()

    rules_of(LONDON)
    yield rules_of
    zoneinfo.reset_tzpath(before)
    zoneinfo.ZoneInfo.clear_cache()


@pytest.fixture
def abroad(pair: Meeters, country: Country) -> Meeters:
    """Sam lives where the clocks will change; Hannah can every evening, and in the afternoon before."""
    lives_in(pair.sam, "Test/Country")
    evenings(pair.hannah, since=14)
    return pair


def test_where_a_country_changes_its_clocks_the_agreed_time_holds(abroad: Meeters, country: Country) -> None:
    meeting = abroad.books(at("2027-03-09 17:00"))
    assert follow_the_clocks() == 0
    country("Europe/Paris")
    letters = Letter.objects.count()
    follow_clocks(timestamp=0)
    meeting.refresh_from_db()
    assert (meeting.starts, meeting.ends) == (at("2027-03-09 16:00"), at("2027-03-09 16:30"))
    assert (str(meeting.agreed), meeting.sequence) == ("2027-03-09 17:00:00", 1)
    assert [seat.during.lower for seat in meeting.seats.all()] == [meeting.starts] * 2
    assert Letter.objects.count() == letters + 2
    assert follow_the_clocks() == 0
    assert Letter.objects.count() == letters + 2


def test_where_the_agreed_time_is_taken_by_then_it_stays_where_it_is(
    abroad: Meeters, country: Country
) -> None:
    meeting = abroad.books(at("2027-03-09 17:00"))
    pair = another_pair(abroad.two, abroad.hannah, person("Tom"))
    in_the_way = Meeters(abroad.two)
    in_the_way.two.pair = pair
    in_the_way.books(at("2027-03-09 16:00"), pair.mentee)
    country("Europe/Paris")
    assert follow_the_clocks() == 1
    meeting.refresh_from_db()
    assert (meeting.starts, str(meeting.agreed_time), meeting.sequence) == (
        at("2027-03-09 17:00"),
        "18:00:00",
        1,
    )
    assert follow_the_clocks() == 0


def test_what_is_over_or_cancelled_stays_as_it_was(abroad: Meeters, country: Country, clock: Any) -> None:
    abroad.books(at("2027-03-09 17:00"))
    Meeting.objects.filter(pk=abroad.books(at("2027-03-11 17:00")).pk).update(
        state="cancelled", cancelled_at=MONDAY
    )
    clock.move_to(at("2027-03-09 17:00"))
    country("Europe/Paris")
    assert follow_the_clocks() == 0
