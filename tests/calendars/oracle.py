"""When somebody can, worked out minute by minute: slow, and too plain to be wrong."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from ampersand.calendars import Away, Extra, Span, Weekly

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
MARGIN = 5 * DAY


@lru_cache(maxsize=200)
def wall(first: datetime, minutes: int, zone: ZoneInfo) -> list[datetime]:
    """Give what the clock shows at each minute."""
    return [(first + MINUTE * n).astimezone(zone).replace(tzinfo=None, fold=0) for n in range(minutes)]


@lru_cache(maxsize=200)
def days_of(first: datetime, zone: ZoneInfo) -> list[date]:
    """Give every date that the clock shows; one that an island leaves out is not among them."""
    return sorted({at.date() for at in wall(first, int(2 * MARGIN / MINUTE), zone)})


def open_minutes(
    times: Sequence[Weekly | Extra | Away], taken: Sequence[Span], within: Span, buffer: timedelta
) -> set[datetime]:
    """Give every minute at which somebody can."""
    first = within.starts.replace(hour=0, minute=0) - MARGIN
    minutes = int(2 * MARGIN / MINUTE)
    can, cannot = [False] * minutes, [False] * minutes
    for rule in times:
        shown = wall(first, minutes, rule.zone)
        for day in days_of(first, rule.zone):
            if isinstance(rule, Away):
                if rule.first <= day <= rule.last:
                    mark(cannot, shown, datetime.combine(day, time()), datetime.combine(day + DAY, time()))
            elif counts_on(rule, day):
                ends = day if rule.until > rule.since else day + DAY
                mark(can, shown, datetime.combine(day, rule.since), datetime.combine(ends, rule.until))
    found = set()
    for n in range(minutes):
        if can[n] and not cannot[n]:
            at = first + MINUTE * n
            busy = any(span.starts - buffer <= at < span.ends + buffer for span in taken)
            if not busy and within.starts <= at < within.ends:
                found.add(at)
    return found


def counts_on(rule: Weekly | Extra, day: date) -> bool:
    if isinstance(rule, Extra):
        return rule.day == day
    after_first = rule.first is None or day >= rule.first
    before_last = rule.last is None or day <= rule.last
    return day.weekday() == rule.weekday and after_first and before_last


def mark(minutes: list[bool], shown: list[datetime], since: datetime, until: datetime) -> None:
    """Mark from the first minute that shows `since` or has passed it to the first that does so of `until`."""
    begins, ends = first_at(shown, since), first_at(shown, until)
    for n in range(begins, ends):
        minutes[n] = True


def first_at(shown: list[datetime], time_of_day: datetime) -> int:
    """Give the first minute that shows this or has passed it; the clock is never put back by a day."""
    sure = max(0, int((time_of_day - DAY - shown[0]) / MINUTE) - 24 * 60)
    return next((n for n in range(sure, len(shown)) if shown[n] >= time_of_day), len(shown))
