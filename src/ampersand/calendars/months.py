"""Counting calendar months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int, *, anchor: int = 0) -> date:
    """The same day of the month so many months later; a day that a month lacks becomes its last.

    `anchor` is the day of the month on which the counting once began: 31 January, 28 February and then
    31 March again, instead of the 28th of every month from then on. It counts only where `day` is the last
    day of a month too short for it.
    """
    wanted = day.day
    if anchor > day.day and day.day == monthrange(day.year, day.month)[1]:
        wanted = anchor
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(wanted, monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier; a day that a month lacks becomes its last."""
    return months_after(day, -months)
