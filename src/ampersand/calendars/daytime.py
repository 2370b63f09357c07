"""When a day begins and ends somewhere, and when people there are awake."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING = time(8)
"""From then on a letter disturbs nobody's sleep."""

EVENING = time(20)
"""From then on it waits for the morning."""


def day_in(moment: datetime, zone: str) -> date:
    """The day on which a moment falls somewhere."""
    return moment.astimezone(ZoneInfo(zone)).date()


def start_of(day: date, zone: str) -> datetime:
    """The first moment of a day somewhere; where clocks leap over midnight, the moment they leap."""
    return _at(day, time(0), zone)


def end_of(day: date, zone: str) -> datetime:
    """The moment a day is over somewhere, which is the first of the next."""
    return start_of(day + timedelta(days=1), zone)


def morning(day: date, zone: str) -> datetime:
    """Eight o'clock of a day somewhere."""
    return _at(day, MORNING, zone)


def next_morning(moment: datetime, zone: str) -> datetime:
    """The first eight o'clock there after a moment."""
    here = moment.astimezone(ZoneInfo(zone))
    return morning(here.date() + timedelta(days=here.time() >= MORNING), zone)


def awake(moment: datetime, zone: str) -> bool:
    """Whether people there are awake: from eight in the morning until eight in the evening."""
    return MORNING <= moment.astimezone(ZoneInfo(zone)).time() < EVENING


def waking(moment: datetime, zone: str) -> datetime:
    """The moment itself if people there are awake, or else the next morning that comes."""
    if awake(moment, zone):
        return moment.astimezone(UTC)
    here = moment.astimezone(ZoneInfo(zone))
    return morning(here.date() + timedelta(days=here.time() >= EVENING), zone)


def _at(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone)).astimezone(UTC)
