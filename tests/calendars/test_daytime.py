"""Days and nights where people live, also when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ampersand.calendars import awake, day_in, end_of, morning, start_of, waking

LONDON, AUCKLAND, BEIRUT = "Europe/London", "Pacific/Auckland", "Asia/Beirut"


def test_a_day_of_changing_clocks_has_23_or_25_hours() -> None:
    spring, autumn = date(2027, 3, 28), date(2027, 10, 31)
    assert end_of(spring, LONDON) - start_of(spring, LONDON) == timedelta(hours=23)
    assert end_of(autumn, LONDON) - start_of(autumn, LONDON) == timedelta(hours=25)


def test_a_day_whose_midnight_does_not_exist_begins_where_the_clocks_leap() -> None:
    leaping = date(2027, 3, 28)
    assert start_of(leaping, BEIRUT).astimezone(ZoneInfo(BEIRUT)).isoformat() == "2027-03-28T01:00:00+03:00"
    assert day_in(start_of(leaping, BEIRUT) - timedelta(microseconds=1), BEIRUT) == date(2027, 3, 27)


@pytest.mark.parametrize("day", [date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 31)])
@pytest.mark.parametrize("zone", [LONDON, AUCKLAND, BEIRUT, "Asia/Kolkata", "America/St_Johns"])
def test_morning_is_eight_on_the_clock_there(day: date, zone: str) -> None:
    here = morning(day, zone).astimezone(ZoneInfo(zone))
    assert (here.date(), here.hour, here.minute) == (day, 8, 0)


def test_night_is_where_the_person_is() -> None:
    noon = datetime(2027, 1, 15, 12, tzinfo=UTC)
    assert awake(noon, LONDON)
    assert not awake(noon, AUCKLAND)  # one in the morning


@pytest.mark.parametrize("zone", [LONDON, AUCKLAND, BEIRUT])
def test_whatever_waits_for_waking_hours_is_there_within_twelve_hours(zone: str) -> None:
    moment = datetime(2027, 3, 27, tzinfo=UTC)
    for _hour in range(72):
        found = waking(moment, zone)
        assert awake(found, zone)
        assert timedelta() <= found - moment <= timedelta(hours=13)
        assert found == moment or not awake(moment, zone)
        moment += timedelta(hours=1)
