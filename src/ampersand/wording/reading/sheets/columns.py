"""Where a page is set in columns: one after the other, as a reader reads them, unless they are rows of a form."""

from __future__ import annotations

from collections.abc import Sequence

from ampersand.wording.reading.sheets.layout import Row, rows_of
from ampersand.wording.reading.sheets.marks import Mark

_WORST = 5
"""How much a row across a gutter tells against it, beside a row on either side that tells for it."""

_SELDOM_BESIDE = 0.5
"""The share of rows that have a row on the same height in the other column, above which they may be rows of a form."""

_FULL_PAGE = 20
"""How many rows a page has at least whose middle nothing crosses by chance."""


def columns(marks: Sequence[Mark], width: float, depth: int = 0) -> list[list[Mark]]:
    """The marks of a page in bands and columns, in reading order."""
    gutter = _gutter(marks) if depth < 2 else None
    if gutter is None:
        return [list(marks)] if marks else []
    groups: list[list[Mark]] = []
    left: list[Mark] = []
    right: list[Mark] = []
    for row in rows_of(marks):
        if _crosses(row, gutter):
            groups += [*columns(left, width, depth + 1), *columns(right, width, depth + 1)]
            groups.append(row.marks)
            left, right = [], []
        else:
            left += [mark for mark in row.marks if mark.x1 <= gutter + 1]
            right += [mark for mark in row.marks if mark.x1 > gutter + 1]
    groups += [*columns(left, width, depth + 1), *columns(right, width, depth + 1)]
    return [group for group in groups if group]


def _crosses(row: Row, gutter: float) -> bool:
    return any(x0 < gutter - 1 and x1 > gutter + 1 for x0, x1 in row.pieces)


def _gutter(marks: Sequence[Mark]) -> float | None:
    """Where a page of running text in two columns is empty, or None."""
    rows = rows_of(marks)
    if len(rows) < 8:
        return None
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    best: tuple[int, float] | None = None
    for step in range(25, 76):
        x = left + (right - left) * step / 100
        crossing = sum(_crosses(row, x) for row in rows)
        free = sum(row.x0 < x < row.x1 for row in rows) - _WORST * crossing
        if (
            crossing <= 0.3 * len(rows)
            and (best is None or free > best[0])
            and _is_running(rows, left, x, right)
        ):
            best = (free, x)
    return best[1] if best else None


def _is_running(rows: Sequence[Row], left: float, x: float, right: float) -> bool:
    """Whether text runs on both sides of x: most rows fill their column, as they do not in a form."""
    clear = [row for row in rows if not _crosses(row, x)]
    lefts = [max(end for start, end in row.pieces if start < x) for row in clear if row.x0 < x]
    rights = [[piece for piece in row.pieces if piece[0] >= x - 1] for row in clear if row.x1 > x]
    starts = [pieces[0][0] for pieces in rights if pieces]
    ends = [pieces[-1][1] for pieces in rights if pieces]
    if len(lefts) < 6 or len(ends) < 6:
        return False
    full_left = sum(end > left + 0.75 * (x - left) for end in lefts) / len(lefts)
    first = min(starts)
    full_right = sum(end > first + 0.7 * (right - first) for end in ends) / len(ends)
    if full_left >= 0.5 and full_right >= 0.5:
        return True
    beside = sum(row.x0 < x < row.x1 for row in clear) / min(len(lefts), len(ends))
    untouched = len(rows) >= _FULL_PAGE and len(rows) - len(clear) <= 0.05 * len(rows)
    amid = 0.4 <= (x - left) / (right - left) <= 0.6
    if untouched and amid and full_left >= 0.5 and beside <= _SELDOM_BESIDE:
        return True
    aligned = sum(start - first < 3 for start in starts) / len(starts)
    if beside <= _SELDOM_BESIDE and aligned >= 0.6:
        return True
    return aligned >= 0.4 and min(full_left, full_right) >= 0.2 and _are_worded(clear, x)


def _are_worded(rows: Sequence[Row], x: float) -> bool:
    """Whether there are sentences on both sides of x, not the labels and lines of a form."""
    for on_left in (True, False):
        sides = [[mark.after_space for mark in row.marks if (mark.x0 < x) is on_left] for row in rows]
        words = [sum(side) + 1 for side in sides if side]
        if sum(count >= 4 for count in words) < 0.55 * max(len(words), 1):
            return False
    return True
