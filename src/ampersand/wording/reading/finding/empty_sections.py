"""Headings with nothing below them: what these sections are to say is still to be written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ampersand.wording.reading.finding.gaps import Gap
from ampersand.wording.reading.lines import Line

_FEWEST = 3
_MOST = 0.5
_BELOW_HEADINGS = 7
_LONGEST = 10
_AGREEMENT = re.compile(
    r"\b(?:agreement|contract|compact|charter|vereinbarung|acuerdo|contrato|contrat|accord)\b",
    re.IGNORECASE,
)


def empty_sections(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], taken: set[int]) -> list[Gap]:
    """A prompt for each section left empty, if most of them are, in an agreement."""
    empty = [index for index in range(1, len(lines)) if _is_empty(lines, index) and not gaps.get(index)]
    sections = sum(_level(line) > 0 for line in lines[1:])
    written = any(line.words and not _level(line) for line in lines)
    named = any(_AGREEMENT.search(line.text) for line in lines[:6])
    if len(empty) < max(_FEWEST, _MOST * sections) or not (named and written):
        return []
    return [
        Gap(index, end, end, "prompt", label=lines[index].text.strip(" *"))
        for index in empty
        if index not in taken and (end := len(lines[index].text))
    ]


def _is_empty(lines: Sequence[Line], index: int) -> bool:
    level = _level(lines[index]) if lines[index].words <= _LONGEST else 0
    following = _level(lines[index + 1]) if index + 1 < len(lines) else level
    return 0 < following <= level


def _level(line: Line) -> int:
    """How deep a heading is, one in bold letters below all others; 0 for any other line."""
    if line.heading:
        return line.heading
    numbered = re.match(r"\W*\d", line.marker) and not (line.listed or line.depth)
    named = line.bold and numbered and 0 < line.words <= _LONGEST and not re.search(r"[.,;:]\W*$", line.text)
    return _BELOW_HEADINGS if named else 0
