"""What the clock shows, and when."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from ampersand.calendars import NoSuchTime, instant, moment, shown_twice, skipped, still_agreed

LONDON, APIA = ZoneInfo("Europe/London"), ZoneInfo("Pacific/Apia")


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(NoSuchTime):
        instant(datetime(2026, 3, 29, 1, 30), LONDON)
    assert skipped(datetime(2026, 3, 29, 1, 30), LONDON)
    assert not skipped(datetime(2026, 3, 29, 2), LONDON)


def test_of_a_time_shown_twice_the_earlier_is_meant_unless_the_later_is_asked_for() -> None:
    shown = datetime(2026, 10, 25, 1, 30)
    assert shown_twice(shown, LONDON)
    assert instant(shown, LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instant(shown, LONDON, later=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert not shown_twice(datetime(2026, 10, 25, 2, 30), LONDON)


def test_the_edge_of_a_time_that_is_skipped_is_the_jump_itself() -> None:
    assert moment(datetime(2026, 3, 29, 1, 30), LONDON) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert moment(datetime(2011, 12, 30, 12), APIA) == datetime(2011, 12, 30, 10, tzinfo=UTC)


def test_what_a_clock_shows_has_no_zone_of_its_own() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        instant(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), LONDON)


def test_the_time_that_was_agreed_holds_when_a_country_changes_its_rules() -> None:
    """As if booked while winter time was still to come, in a country that then kept summer time for good."""
    shown, istanbul = datetime(2016, 12, 5, 18), ZoneInfo("Europe/Istanbul")
    as_booked = datetime(2016, 12, 5, 16, tzinfo=UTC)
    assert still_agreed(as_booked, shown, istanbul) == datetime(2016, 12, 5, 15, tzinfo=UTC)
    unchanged = datetime(2016, 12, 5, 15, tzinfo=UTC)
    assert still_agreed(unchanged, shown, istanbul) == unchanged
    nowhere = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert still_agreed(nowhere, datetime(2026, 3, 29, 1, 30), LONDON) == nowhere
