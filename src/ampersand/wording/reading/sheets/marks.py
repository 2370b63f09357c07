"""What stands on a PDF page, each thing with its place: letters, drawn lines, boxes, dots of a list."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as pdfium

from ampersand.wording.reading.lines import BOX, BULLET, FILL, RULE, Fill

Box = tuple[float, float, float, float]

_MOST_PATHS = 5000


@dataclass(frozen=True)
class Mark:
    """A letter, or a sign for something drawn, from `x0` to `x1` on a `baseline`; `size` is its height."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    after_space: bool = False
    bold: bool = False
    fill: Fill | None = None


@dataclass
class Shapes:
    """The drawn lines and rectangles of a page."""

    across: list[tuple[float, float, float]] = field(default_factory=list)
    upright: list[tuple[float, float, float]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    dots: list[Box] = field(default_factory=list)

    @property
    def may_hold_table(self) -> bool:
        """Whether there are enough rules for cells."""
        return len(self.upright) + len(self.boxes) >= 2

    def outside(self, areas: Sequence[Box]) -> Shapes:
        """The shapes that stand in none of these areas."""

        def free(x: float, y: float) -> bool:
            return not any(a[0] - 2 <= x <= a[2] + 2 and a[1] - 2 <= y <= a[3] + 2 for a in areas)

        return Shapes(
            [line for line in self.across if free((line[0] + line[1]) / 2, line[2])],
            [line for line in self.upright if free(line[0], (line[1] + line[2]) / 2)],
            [box for box in self.boxes if free((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)],
            [box for box in self.dots if free((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)],
        )

    def marks(self, glyphs: Sequence[Mark], fields: Sequence[Mark]) -> list[Mark]:
        """Lines to write on, boxes to tick, boxes to write in, and dots before points."""
        marks = [_dot(box) for box in self.dots]
        left = min((glyph.x0 for glyph in glyphs), default=0.0)
        right = max((glyph.x1 for glyph in glyphs), default=600.0)
        for x0, x1, y in _merged(self.across):
            if x1 - x0 >= 18 and not _underlines(x0, x1, y, glyphs) and not _under_field(x0, x1, y, fields):
                whole = x1 - x0 >= 0.9 * (right - left)
                sign = RULE if whole else FILL
                marks.append(
                    Mark(sign, x0, x1, y + 1.5, 10.0, after_space=True, fill=None if whole else Fill())
                )
        for box in self.boxes:
            mark = _of_box(box, glyphs, fields)
            if mark:
                marks.append(mark)
        return marks


def _dot(box: Box) -> Mark:
    return Mark(BULLET, box[0], box[2], (box[1] + box[3]) / 2 - 3, 10.0, after_space=True)


def _merged(lines: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Dashes and pieces of one line as one line."""
    merged: list[tuple[float, float, float]] = []
    for x0, x1, y in sorted(lines, key=lambda line: (round(line[2]), line[0])):
        if merged and abs(merged[-1][2] - y) < 1.5 and x0 - merged[-1][1] < 6:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1), merged[-1][2])
        else:
            merged.append((x0, x1, y))
    return merged


def _underlines(x0: float, x1: float, y: float, glyphs: Sequence[Mark]) -> bool:
    """Whether there are words on the line: then it is an underline, or is filled in."""
    on = [g for g in glyphs if -1 <= g.baseline - y <= 6 and g.x1 > x0 and g.x0 < x1 and g.text != "_"]
    wide = sum(g.x1 - g.x0 for g in on)
    left = any(-1 <= g.baseline - y <= 6 and x0 - 6 < g.x1 <= x0 + 1 for g in glyphs)
    begun = left and wide > 15 and any(g.x0 < x0 + 8 for g in on)  # the words were there first
    return begun or wide > 0.3 * (x1 - x0)


def _under_field(x0: float, x1: float, y: float, fields: Sequence[Mark]) -> bool:
    return any(field.x0 < x1 and field.x1 > x0 and -3 <= field.baseline - y <= 14 for field in fields)


def _of_box(box: Box, glyphs: Sequence[Mark], fields: Sequence[Mark]) -> Mark | None:
    width, height = box[2] - box[0], box[3] - box[1]
    inside = [
        mark
        for mark in [*glyphs, *fields]
        if box[0] - 1 <= mark.x0 and mark.x1 <= box[2] + 1 and box[1] - 2 <= mark.baseline <= box[3]
    ]
    if inside:
        return None
    if width <= 18 and height <= 18 and 0.7 <= width / height <= 1.4:
        return Mark(BOX, box[0], box[2], box[1] + height / 5, 10.0, after_space=True)
    if width >= 30 and height >= 9:
        baseline = box[1] + 4 if height < 30 else box[3] - 12
        return Mark(FILL, box[0], box[2], baseline, 10.0, after_space=True, fill=Fill())
    return None


def shapes_of(page: pypdfium2.PdfPage) -> Shapes:
    """The lines and rectangles drawn on a page."""
    shapes = Shapes()
    width, height = page.get_size()
    for number, item in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if number >= _MOST_PATHS:
            break
        x0, y0, x1, y1 = item.get_bounds()
        wide, tall = x1 - x0, y1 - y0
        if wide > 0.97 * width and tall > 0.5 * height:
            continue
        if tall <= 3 and wide >= 2 * max(tall, 0.5):
            shapes.across.append((x0, x1, (y0 + y1) / 2))
        elif wide <= 3 and tall >= 6:
            shapes.upright.append((x0, y0, y1))
        elif wide <= 6.5 and tall <= 6.5:
            if _is_filled(item):
                shapes.dots.append((x0, y0, x1, y1))
            else:
                shapes.boxes.append((x0, y0, x1, y1))
        elif wide >= 6 and tall >= 6 and _is_stroked(item):
            shapes.boxes.append((x0, y0, x1, y1))
    return shapes


def _drawn(item: pypdfium2.PdfObject) -> tuple[bool, bool]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
    return bool(fill.value), bool(stroke.value)


def _is_filled(item: pypdfium2.PdfObject) -> bool:
    return _drawn(item)[0]


def _is_stroked(item: pypdfium2.PdfObject) -> bool:
    return _drawn(item)[1]
