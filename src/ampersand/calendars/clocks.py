"""What a clock on the wall shows, and the instants at which it does.

Twice a year many clocks jump. A time they skip has no instant; a time they show twice has two. Nobody can be
asked to meet at the first, so it is refused; of the second the earlier is meant unless the later is wanted.
For the edges of when somebody can (`moment`) there is one rule for both: the first instant at which the
clock shows that time, or has passed it.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


class NoSuchTime(ValueError):
    """The clocks of this zone skip this time on this day."""


def shows(at: datetime, zone: ZoneInfo) -> datetime:
    """Give what a clock in `zone` shows at the instant `at`, as a date and time without a zone."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def skipped(shown: datetime, zone: ZoneInfo) -> bool:
    """Say whether the clocks in `zone` never show this."""
    return shows(_read(shown, zone), zone) != shown


def shown_twice(shown: datetime, zone: ZoneInfo) -> bool:
    """Say whether the clocks in `zone` show this twice, as when they are put back."""
    return not skipped(shown, zone) and _read(shown, zone) != _read(shown, zone, later=True)


def instant(shown: datetime, zone: ZoneInfo, *, later: bool = False) -> datetime:
    """Give the instant, in UTC, at which clocks in `zone` show this; the later one of two if `later`.

    Raises NoSuchTime if they never do.
    """
    if skipped(shown, zone):
        raise NoSuchTime(f"{shown:%Y-%m-%d %H:%M} does not exist in {zone.key}")
    return _read(shown, zone, later=later)


def moment(shown: datetime, zone: ZoneInfo) -> datetime:
    """Give the first instant, in UTC, at which clocks in `zone` show this or have passed it."""
    if not skipped(shown, zone):
        return _read(shown, zone)
    before, after = _read(shown, zone, later=True), _read(shown, zone)
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if shows(middle, zone) < shown:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def still_agreed(at: datetime, shown: datetime, zone: ZoneInfo) -> datetime:
    """Give the instant of a meeting that was agreed for what the clock shows, by today's rules of the zone.

    `at` is the instant as it was reckoned when the meeting was booked. Where a country has changed its rules
    since, the time that was agreed holds and the instant moves; it stays where the new rules skip that time.
    """
    if shows(at, zone) == shown or skipped(shown, zone):
        return at
    return _read(shown, zone)


def _read(shown: datetime, zone: ZoneInfo, *, later: bool = False) -> datetime:
    if shown.tzinfo is not None:
        raise ValueError("what a clock shows has no time zone of its own")
    return shown.replace(tzinfo=zone, fold=int(later)).astimezone(UTC)
