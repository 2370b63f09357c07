"""Documents that lost their line ends: points, boxes and labels that run on in one long line, as lines of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ampersand.wording.reading.lines import BOX, FILL, LONGEST, Line, marked

_LONG = 60
_NUMBER = re.compile(r"(?:\s|(?<=[.;:]))(?=(\d{1,2})[.)]\s*[A-ZÀ-Þ])")
_DASH = re.compile(r"\s(?=[-•●▪]\s+[A-ZÀ-Þ])")
_RULE = re.compile(r"\s[=~*]{4,}\s")
_LABEL = re.compile(
    rf"(?<=\s)[A-ZÀ-Þ][^\W\d_]*(?:[’'/&-]\w+)?(?: [\w’'/&-]+){{0,4}}:(?=\s*(?:{BOX}|[$£€]?\s?(?:__|\.{{4}}|{FILL})))"
)


def unflattened(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those that hold several cut apart."""
    result: list[Line] = []
    whole = sum(line.words for line in lines)
    for line in lines:
        if line.empty:
            continue
        flat = line.words >= max(_LONG, 0.3 * whole)
        cuts = sorted({*(_of_points(line) if flat else ()), *_of_boxes(line)})
        result += _cut(line, cuts) if cuts and not (line.table or line.quoted) else [line]
    return tuple(piece for line in result for piece in _of_endless(line))


def _of_endless(line: Line) -> list[Line]:
    """A line that is longer than any clause in pieces, so that no rule has more than that to look through."""
    cuts, place = [], 0
    while len(line.text) - place > LONGEST:
        space = line.text.rfind(" ", place + 1, place + LONGEST)
        place = space if space > 0 else place + LONGEST
        cuts.append(place)
    return _cut(line, cuts) if cuts else [line]


def _of_points(line: Line) -> Iterator[int]:
    """Where numbers that count on from 1 begin, points after dashes, and what stands after a rule of signs."""
    expected, numbers = 1, []
    for found in _NUMBER.finditer(line.text):
        if int(found[1]) == expected:
            numbers.append(found.start())
            expected += 1
    dashes = [found.start() for found in _DASH.finditer(line.text)]
    yield from numbers if len(numbers) >= 3 else ()
    yield from dashes if len(dashes) >= 3 else ()
    yield from (found.end() - 1 for found in _RULE.finditer(line.text))


def _of_boxes(line: Line) -> Iterator[int]:
    """Where a label begins after the last option of a group of boxes: "☐ Monthly Place: ☐ Town"."""
    if line.text.count(BOX) < 3:
        return
    done = place = line.text.index(BOX)
    while found := _LABEL.search(line.text, place):
        place = found.start() + 1
        if BOX in line.text[done : found.start()] and not line.text[: found.start()].rstrip().endswith(BOX):
            yield found.start() - 1
            done = place = found.end()


def _cut(line: Line, cuts: Sequence[int]) -> list[Line]:
    pieces: list[Line] = []
    fills = list(line.fills)
    for start, end in zip([0, *cuts], [*cuts, len(line.text)], strict=True):
        text = _RULE.sub("", f"{line.text[start:end]} ").strip()
        own, fills = fills[: text.count(FILL)], fills[text.count(FILL) :]
        if text:
            piece = replace(line, text=text, fills=tuple(own), gap=0)
            pieces.append(marked(replace(piece, marker="", listed=False)) if pieces else piece)
    return [*pieces[:-1], replace(pieces[-1], gap=line.gap)] if pieces else [line]
