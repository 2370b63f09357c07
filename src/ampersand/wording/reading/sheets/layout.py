"""From marks on a page to rows, and from rows to paragraphs, as a reader's eye does it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from ampersand.wording.reading.kinds import SIGNATURE
from ampersand.wording.reading.lines import BOX, FILL, RULE, WIDE, Fill, Line, is_step, split_marker
from ampersand.wording.reading.sheets.marks import Mark

_ENDS = re.compile(r"[.!?:;]['\"”’)]?\s*$")
_LABEL = re.compile(r"[\w’'/() -]{2,40}:\s*(?:\ue000|_|\.{3}|…|$)")
_SIGNS = (FILL, RULE)
_APART = 8.0


@dataclass
class Row:
    """Marks that stand on one line, from left to right."""

    marks: list[Mark] = field(default_factory=list)
    column: int = 0
    page: int = 0

    @cached_property
    def baseline(self) -> float:
        """Where most of its letters stand."""
        return median(mark.baseline for mark in self.marks)

    @cached_property
    def size(self) -> float:
        """How high its letters are."""
        return median(mark.size for mark in self._letters())

    @cached_property
    def x0(self) -> float:
        """Its left edge."""
        return min(mark.x0 for mark in self.marks)

    @cached_property
    def x1(self) -> float:
        """Its right edge."""
        return max(mark.x1 for mark in self.marks)

    @cached_property
    def pieces(self) -> list[tuple[float, float]]:
        """Its stretches of text from left to right, each ended by a space of eight points or more."""
        pieces: list[tuple[float, float]] = []
        for mark in sorted(self.marks, key=lambda mark: mark.x0):
            if pieces and mark.x0 - pieces[-1][1] < _APART:
                pieces[-1] = (pieces[-1][0], max(pieces[-1][1], mark.x1))
            else:
                pieces.append((mark.x0, mark.x1))
        return pieces

    @cached_property
    def bold(self) -> bool:
        """Whether most of its letters are bold."""
        letters = self._letters()
        return sum(mark.bold for mark in letters) > 0.8 * len(letters)

    def _letters(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.text not in _SIGNS] or self.marks

    @cached_property
    def text(self) -> str:
        """Its words; wide spaces between columns kept as one mark."""
        text, end, size = "", None, self.size
        for mark in sorted(self.marks, key=lambda mark: mark.x0):
            if end is not None:
                apart = mark.x0 - end
                if (text.endswith(_SIGNS) and mark.text in _SIGNS) or (
                    apart > 2.5 * size and not text.endswith(FILL) and mark.text not in _SIGNS
                ):
                    text += WIDE
                elif apart > 0.2 * size or mark.after_space:
                    text += " " if not text.endswith((" ", WIDE)) else ""
            text += "________" if mark.text == RULE else mark.text
            end = mark.x1 if end is None else max(end, mark.x1)
        return text.strip()

    @cached_property
    def fills(self) -> tuple[Fill, ...]:
        """What is known of its places to fill in, from left to right."""
        return tuple(mark.fill for mark in sorted(self.marks, key=lambda mark: mark.x0) if mark.fill)


def rows_of(marks: Sequence[Mark]) -> list[Row]:
    """Marks gathered into rows, from the top down."""
    rows: list[Row] = []
    letters = [mark for mark in marks if mark.text not in _SIGNS]
    for mark in sorted(letters, key=lambda mark: (-mark.baseline, mark.x0)):
        if rows and abs(rows[-1].marks[0].baseline - mark.baseline) <= 0.3 * max(
            mark.size, rows[-1].marks[0].size
        ):
            rows[-1].marks.append(mark)
        else:
            rows.append(Row([mark]))
    for mark in marks:
        if mark.text in _SIGNS:
            near = [row for row in rows if abs(row.marks[0].baseline - mark.baseline) <= 5]
            if near:
                min(near, key=lambda row: abs(row.marks[0].baseline - mark.baseline)).marks.append(mark)
            else:
                rows.append(Row([mark]))
    return sorted(rows, key=lambda row: -row.baseline)


def without_ornaments(rows: Sequence[Row]) -> list[Row]:
    """Leaves out lines drawn in the middle between two parts of a text, unless someone is to sign on them."""
    kept = []
    left, right = min(row.x0 for row in rows), max(row.x1 for row in rows)
    for row, below in zip(rows, [*rows[1:], None], strict=True):
        drawn = len(row.marks) == 1 and row.marks[0].text in _SIGNS and row.marks[0].fill in (None, Fill())
        width, wide = row.x1 - row.x0, right - left
        centred = abs(row.x0 + row.x1 - left - right) <= 0.03 * wide and 0.15 * wide <= width <= 0.7 * wide
        signed = below is not None and len(below.text.split()) <= 9 and SIGNATURE.search(below.text)
        if not (drawn and centred and not signed):
            kept.append(row)
    return kept


@dataclass(frozen=True)
class Setting:
    """How a document is set: the size of its running text, its largest size, the step from row to row."""

    body: float
    largest: float
    leading: float


def setting_of(rows: Sequence[Row]) -> Setting:
    """The setting of a document, from all its rows."""
    sizes = sorted(size for row in rows for size in [row.size] * (1 + len(row.text) // 10)) or [12.0]
    body = sizes[len(sizes) // 2]
    steps = sorted(
        step
        for a, b in pairwise(rows)
        if 0.8 * body < (step := a.baseline - b.baseline) < 3 * body
        and a.column == b.column
        and a.page == b.page
    )
    leading = _usual(steps) if steps else 1.2 * body
    return Setting(body, max(sizes), min(leading, 1.9 * body))


def _usual(steps: Sequence[float]) -> float:
    """The smallest step from row to row that is no exception: paragraphs of one row may be more than those of several."""
    fewest = max(3, 0.06 * len(steps))
    for step in steps[: len(steps) // 4]:
        if sum(step <= other <= step + 0.6 for other in steps) >= fewest:
            return step
    return steps[len(steps) // 4]


def paragraphs(rows: Sequence[Row], setting: Setting) -> list[Line]:
    """Rows joined to the paragraphs they were before the page was set."""
    rows = [row for row in rows if row.text]
    edges = {row.column: _edges(rows, row.column) for row in rows}
    lines: list[Line] = []
    for index, row in enumerate(rows):
        before = rows[index - 1] if index else None
        line = _line(row, edges[row.column][0], setting)
        if before is not None and _goes_on(before, row, setting.leading, *edges[before.column]):
            lines[-1] = _joined(lines[-1], line)
            continue
        if before is not None:
            lines[-1] = replace(lines[-1], gap=_gap(before, row, setting.leading))
        lines.append(line)
    return _with_depth(lines)


def _edges(rows: Sequence[Row], column: int) -> tuple[float, float]:
    own = [row for row in rows if row.column == column]
    usual = median(row.size for row in own)
    running = [row for row in own if row.size <= 1.15 * usual]  # a title may reach further
    return min(row.x0 for row in own), max(row.x1 for row in running)


def _line(row: Row, left: float, setting: Setting) -> Line:
    heading = 0
    if row.size >= 1.12 * setting.body and len(row.text.split()) <= 16 and FILL not in row.text:
        heading = 1 if row.size >= 0.95 * setting.largest else 2
    return Line(text=row.text, heading=heading, bold=row.bold, depth=int(row.x0 - left), fills=row.fills)


def _gap(row: Row, following: Row, leading: float) -> int:
    apart = row.baseline - following.baseline
    return max(0, min(round(apart / max(leading, 1.0)) - 1, 20))


def _goes_on(row: Row, following: Row, leading: float, left: float, right: float) -> bool:
    """Whether the sentence of one row runs on in the next."""
    apart = row.baseline - following.baseline
    text, after = row.text, following.text
    if row.column != following.column:
        return (
            after[:1].islower()
            and not _ENDS.search(text)
            and abs(row.size - following.size) <= 0.12 * row.size
        )
    if apart <= 0 or apart > 1.22 * leading + 0.5 or abs(row.size - following.size) > 0.12 * row.size:
        return False
    if text.endswith("\xad"):
        return True
    if BOX in text and not after[:1].islower():
        return False
    if split_marker(after)[0] or is_step(after):
        return False
    full = _is_full(row, left, right)
    if row.bold != following.bold and not (full and _is_open(text, after)):
        return False
    return _reads_on(row, following, left, right)


def _reads_on(row: Row, following: Row, left: float, right: float) -> bool:
    """Whether one row's words read on in the next, which stands right below and looks alike."""
    text, after = row.text, following.text
    unfinished = (
        re.search(r"[^\W\d_]$", text) and text[-1].islower() and row.x1 >= left + 0.9 * (right - left)
    )
    continued = after[:1].islower() and len(after.split()) >= 3
    if _LABEL.match(after) and not (unfinished or continued):
        return False
    if text.strip(FILL + "_ \t") == "" or after.strip(FILL + "_ \t") == "" or WIDE in after:
        return False
    if _ENDS.search(text) and row.x1 < right - 0.12 * (right - left):
        return False
    if text.endswith((FILL, "_")) and not after[:1].islower():
        return False
    return after[:1].islower() or bool(unfinished and after[:1] == "[") or _is_full(row, left, right)


def _is_full(row: Row, left: float, right: float) -> bool:
    return row.x1 >= left + 0.78 * (right - left)


def _is_open(text: str, after: str) -> bool:
    """Whether words cannot end here: within brackets, after a comma, before a small letter."""
    return text.count("(") > text.count(")") or text.endswith(",") or after[:1].islower()


def _joined(line: Line, more: Line) -> Line:
    if line.text.endswith("\xad"):
        text = (
            line.text[:-1].removesuffix("-") + more.text
            if more.text[:1].islower()
            else line.text[:-1] + more.text
        )
    elif re.search(r"\w-$", line.text):
        text = line.text + more.text
    else:
        text = f"{line.text} {more.text}"
    return replace(line, text=text.replace("\xad", ""), fills=line.fills + more.fills)


def _with_depth(lines: list[Line]) -> list[Line]:
    """How far points are set in, as depth."""
    lines = [replace(line, text=line.text.replace("\xad", "")) for line in lines]
    edges: list[int] = []
    for edge in sorted({line.depth for line in lines if split_marker(line.text)[0]}):
        if not edges or edge - edges[-1] >= 8:
            edges.append(edge)
    return [
        replace(line, depth=max((n for n, edge in enumerate(edges) if edge <= line.depth), default=0))
        for line in lines
    ]
