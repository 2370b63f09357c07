"""The one form that every reader gives: a sheet of lines, each with the marks its format put on it.

What a format marks as a place to fill in, in whatever way (a form field, an underlined space, a tab leader, a
drawn line, an empty cell), becomes the character FILL in the text; what it marks as a box to tick becomes BOX.
So the finders see text only, and the same sentence is found alike in Word, in PDF and in plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

FILL = "\ue000"
"""A place to fill in that the format itself marks. The n-th FILL of a line is described by its n-th Fill."""

BOX = "☐"
"""A box to tick, ticked or not."""

RULE = "\ue015"
"""A line across the whole width: a place to fill in only if the words around it say so."""

WIDE = "\t"
"""A wide space within a line: what stands on both sides belongs to different columns."""


LONGEST = 5000
"""Letters of a passage that are looked through: no clause has more, and a hostile file soon has."""

TOO_MUCH = "This file takes too long or too much memory to read. Save it again, or paste its text."

TOO_MANY = "This holds far more places to fill in than an agreement has, so it was not read."


class Unreadable(ValueError):
    """The document cannot be read; `str(error)` is a sentence that a person can act on."""


@dataclass(frozen=True)
class Fill:
    """What the format says about one place to fill in: its kind and options if it names them, its own label."""

    kind: str = ""
    options: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True)
class Line:
    """A paragraph, list item, heading or table row of the document, in reading order.

    `heading` is 1 to 6 where the format says so. `marker` is what stands before a point ("1.", "(a)", "•"),
    `listed` whether the format itself made it a list point, `depth` how deep. `gap` counts the empty lines
    that follow, which tells a prompt with room for an answer from a sentence. `contents` marks code, and an
    entry of a table of contents.
    """

    text: str
    heading: int = 0
    marker: str = ""
    listed: bool = False
    depth: int = 0
    gap: int = 0
    bold: bool = False
    quoted: bool = False
    contents: bool = False
    table: int = 0
    fills: tuple[Fill, ...] = ()

    @cached_property
    def words(self) -> int:
        """How many words it has, places to fill in not counted."""
        return len(re.findall(r"\w+", self.text.replace("_", " ")))

    @property
    def empty(self) -> bool:
        """Whether nothing at all stands in it."""
        return not self.text.strip()


@dataclass(frozen=True)
class Sheet:
    """A whole document as lines. `title` is what its format calls the title, `kind` the format's short name."""

    lines: tuple[Line, ...]
    title: str = ""
    kind: str = "text"


BULLET = "•"
_BULLETS = "-*+•●○◦▪▫■□‣–—·➢➤✓✔❖»→\uf0b7\uf0a7\uf0d8\uf0fc⁃∙¨"
_ROMAN = r"(?:x{0,3}(?:ix|iv|v?i{1,3}|v|x))"
_MARKER = re.compile(
    rf"""\s*(?P<marker>
        §\s*\d+[a-z]?\.?                           # § 4
      | (?i:cl[áa]usula|clause)\s\d{{1,3}}\s?[ªº°]?\s?[.:–—-]  # Clause 4:
      | \d{{1,3}}(?:\.\d{{1,3}}){{1,3}}[.)]?       # 1.1, 2.3.4
      | \(?\d{{1,3}}[.)](?!\s?\d{{3}}[ -]\d{{4}})  # 1. 1) (1), not (123) 456-7890
      | \({_ROMAN}\) | {_ROMAN}[.)] | \({_ROMAN.upper()}\)
      | \([a-zA-Z]\) | [a-zA-Z][.)]
      | [{re.escape(_BULLETS)}]
    )(?:\s+(?=\S)|(?<!\*)(?=[A-ZÀ-Þ“"{FILL}]))""",
    re.VERBOSE,
)
_BARE_NUMBER = re.compile(r"\s*(\d{1,2})(?:\s{2,}|\t|\s(?=[A-ZÀ-Þ]))(?=\S)")
_LETTER_O = re.compile(r"\s*o(?:\s{2,}|\t)(?=\S)")
_STEP = re.compile(r"\s*(?:step|stage|schritt|étape|paso|passo)\s+\d+\s*[:.)–-]", re.IGNORECASE)
_UNIT = re.compile(r"(?:days?|weeks?|months?|years?|hours?|minutes?|am|pm)\b", re.IGNORECASE)


def is_step(text: str) -> bool:
    """Whether a line begins with "Step 1:", which tells what to do and is no point of the agreement."""
    return bool(_STEP.match(text))


def is_bullet(marker: str) -> bool:
    """Whether the marker is a dot or dash rather than a number or letter."""
    return len(marker) == 1 and not marker.isalnum()


@lru_cache(maxsize=500)
def marker_shape(marker: str) -> str:
    """The kind of marker: "1." of "12.", "(a)" of "(c)" and "(ii)", "•" of any dot or dash."""
    if is_bullet(marker):
        return BULLET
    return (
        "§" if marker.startswith("§") else re.sub(r"[ivx]+|[a-z]", "a", re.sub(r"\d+", "1", marker.lower()))
    )


def split_marker(text: str) -> tuple[str, str]:
    """What stands before a point, and the point: ("1.", "Be kind.") of "1. Be kind."; ("", text) if none."""
    found = _MARKER.match(text)
    if found:
        marker, rest = found["marker"], text[found.end() :].strip()
        dashed = marker in "-–—" and not rest[:1].isalnum() and rest[:1] not in f'"“‘(*[{{<☐_{FILL}'
        initial = re.fullmatch(r"[A-Z]\.", marker) and re.match(r"[A-Z]\.|[A-Z][a-z]+\s*$", rest)
        if rest and not dashed and not initial:
            return marker, rest
    if _LETTER_O.match(text):
        return BULLET, _LETTER_O.sub("", text).strip()
    bare = _BARE_NUMBER.match(text)
    if bare and not _UNIT.match(text[bare.end() :]):
        return bare[1], text[bare.end() :].strip()
    return "", text.strip()


def marked(line: Line) -> Line:
    """The line with the marker it begins with, if any, taken from its text; lists of the format stay as is."""
    if line.marker or is_step(line.text):
        return line
    marker, rest = split_marker(line.text)
    return replace(line, marker=marker, text=rest) if marker else line


def without_lone_numbers(lines: Sequence[Line]) -> list[Line]:
    """Gives a bare number back to its text ("12 volunteers came") unless its neighbours count along with it."""
    result = list(lines)
    counts = {int(line.marker) for line in lines if line.marker.isdigit()}
    for index, line in enumerate(result):
        if line.marker.isdigit() and not line.listed:
            number = int(line.marker)
            in_row = (number - 1 in counts) if number > 1 else (2 in counts)
            if not in_row:
                result[index] = replace(line, marker="", text=f"{line.marker} {line.text}")
    return result


_RUN_ON = re.compile(r"(?<=[.;!?])\s+(?=(\d{1,2})[.)]\s+[A-ZÀ-Þ])")
_RUN_FROM_ONE = re.compile(r"(?<=[.:;!?])\s+(?=1\.\s+[A-ZÀ-Þ])(?=.*[.;!?]\s+2\.\s+[A-ZÀ-Þ])")
_ALONE = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]|[-*•])\s*")


def without_lone_letters(lines: Sequence[Line]) -> list[Line]:
    """Gives "M." back to its text ("M. Dupont") unless the letter before or after it is a marker, too."""
    letters = {line.marker for line in lines if line.marker and re.fullmatch(r"[A-Z]\.", line.marker)}
    result = []
    for line in lines:
        if line.marker in letters and not line.listed:
            beside = {f"{chr(ord(line.marker[0]) + step)}." for step in (-1, 1)}
            if not beside & letters:
                line = replace(line, marker="", text=f"{line.marker} {line.text}")
        result.append(line)
    return result


_RUN_DEEPER = re.compile(r"\s+(?=(\d{1,2})\.(\d{1,2})[.)]?\s+[\"“A-ZÀ-Þ])")


def _split_deeper(line: Line) -> list[Line]:
    """Points that run on below their number, "1. Meeting 1.1 We meet. 1.2 We talk.", as lines of their own."""
    number, expected, pieces, start = line.marker.rstrip(".)"), 1, [], 0
    for cut in _RUN_DEEPER.finditer(line.text):
        if (cut[1], int(cut[2])) == (number, expected):
            pieces.append(line.text[start : cut.start()])
            start, expected = cut.end(), expected + 1
    if len(pieces) < 2:
        return [line]
    first, *rest = [*pieces, line.text[start:]]
    lines = [replace(line, text=first, fills=line.fills[: first.count(FILL)], gap=0)]
    done = first.count(FILL)
    for piece in rest:
        own = line.fills[done : done + piece.count(FILL)]
        lines.append(marked(replace(line, text=piece, marker="", listed=False, fills=own, gap=0)))
        done += piece.count(FILL)
    return [*lines[:-1], replace(lines[-1], gap=line.gap)]


def split_run_on(line: Line) -> list[Line]:
    """Several numbered points that run on in one paragraph, "1. Be kind. 2. Be on time.", as lines of their own."""
    begun = None if line.marker or line.heading or "1." not in line.text else _RUN_FROM_ONE.search(line.text)
    if begun:
        before, after = line.text[: begun.start()], line.text[begun.end() :]
        count = before.count(FILL)
        lead = replace(line, text=before, fills=line.fills[:count], gap=0)
        return [lead, *split_run_on(marked(replace(line, text=after, fills=line.fills[count:])))]
    if not line.marker or not re.fullmatch(r"\d{1,2}[.)]", line.marker):
        return [line]
    expected = int(line.marker[:-1]) + 1
    pieces, start = [], 0
    for cut in _RUN_ON.finditer(line.text):
        if int(cut[1]) == expected:
            pieces.append(line.text[start : cut.start()])
            start, expected = cut.end(), expected + 1
    if not pieces:
        return _split_deeper(line)
    pieces.append(line.text[start:])
    fills, result = list(line.fills), []
    for number, piece in enumerate(pieces):
        own, fills = fills[: piece.count(FILL)], fills[piece.count(FILL) :]
        last = number == len(pieces) - 1
        part = replace(line, text=piece, fills=tuple(own), gap=line.gap if last else 0)
        result += _split_deeper(part if number == 0 else marked(replace(part, marker="")))
    return result


def with_lone_markers(lines: Sequence[Line]) -> list[Line]:
    """Gives a number that stands alone on its line to the words of the next, unless several such stand together."""
    alone = [
        bool(_ALONE.fullmatch(line.text)) and not (line.marker or line.heading or line.table)
        for line in lines
    ]
    result: list[Line] = []
    number = ""
    for index, line in enumerate(lines):
        beside = alone[max(index - 1, 0) : index] + alone[index + 1 : index + 2]
        following = lines[index + 1] if index + 1 < len(lines) else None
        free = following is not None and not following.marker and bool(re.match(r"\W*\w", following.text))
        if alone[index] and not any(beside) and free and not (following and following.heading):
            number = line.text.strip()
        elif number:
            result.append(replace(line, marker=number))
            number = ""
        else:
            result.append(line)
    return result


def _with_letters_o(lines: list[Line]) -> list[Line]:
    """Points after a small "o" that stands for a ring, where several lines begin so."""
    rings = [bool(re.match(r"\s*o [A-ZÀ-Þ]", line.text)) and not line.marker for line in lines]
    if sum(rings) < 2:
        return lines
    return [
        replace(line, marker=BULLET, text=re.sub(r"^\s*o ", "", line.text)) if ring else line
        for line, ring in zip(lines, rings, strict=True)
    ]


def tidy(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The last step of every reader: markers recognised, run-on points split, empty lines counted as gaps."""
    result: list[Line] = []
    for line in _with_letters_o(list(lines)):
        if line.empty and not line.fills:
            if result:
                result[-1] = replace(result[-1], gap=result[-1].gap + 1 + line.gap)
            continue
        result += split_run_on(line if line.heading else marked(line))
    return tuple(without_lone_letters(without_lone_numbers(with_lone_markers(result))))


def squeeze(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())
