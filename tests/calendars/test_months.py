"""Counting months as people do."""

from datetime import date

import pytest

from ampersand.calendars import months_after, months_before


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 21), 12, date(2027, 11, 21)),
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


def test_a_month_earlier_is_the_same_day_or_the_last() -> None:
    assert months_before(date(2027, 3, 31), 1) == date(2027, 2, 28)
    assert months_before(date(2028, 3, 30), 1) == date(2028, 2, 29)
    assert months_before(date(2027, 1, 15), 1) == date(2026, 12, 15)


def test_a_day_cut_short_by_february_comes_back_afterwards() -> None:
    february = months_after(date(2027, 1, 31), 1)
    assert months_after(february, 1, anchor=31) == date(2027, 3, 31)
    assert months_after(february, 1) == date(2027, 3, 28)
    assert months_after(date(2029, 2, 28), 36, anchor=29) == date(2032, 2, 29)
    # Someone who began on the 28th stays on the 28th.
    assert months_after(february, 1, anchor=28) == date(2027, 3, 28)
    assert months_after(date(2027, 3, 15), 1, anchor=31) == date(2027, 4, 15)
