"""Forms whose labels end in a colon with room below and nothing drawn: "My aims:", "I will check in by:"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ampersand.wording.reading.finding.gaps import Gap
from ampersand.wording.reading.kinds import is_field
from ampersand.wording.reading.lines import BOX, Line

_FEWEST = 5
_TO_BE_COMPLETED = re.compile(
    r"\b(?:to be (?:completed|filled in|filled out)|fill (?:in|out)|complete) (?:by|this|here)\b",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(
    r"[A-Z][\w’'/& -]{2,40}: (?:(?:what|how|who|when|where|which)\b.*\?$|(?:identify|describe|list|explain|specify|state|outline|write)\b.*[.:]$)",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[.!?]\)?\s")


def open_labels(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], taken: set[int]) -> list[Gap]:
    """A prompt for each label left open, in a document made of such labels; and for an empty headed section."""
    spaced = any(line.gap for line in lines)
    opened = [
        index
        for index in range(len(lines))
        if index not in taken and _is_open(lines, gaps, index, spaced=spaced)
    ]
    asked = sum(any(gap.form == "prompt" for gap in own) for own in gaps.values())
    many = len(opened) + asked >= max(_FEWEST, 0.2 * len(lines))
    found = [index for index in opened if many or lines[index].heading]
    found = found if len(opened) > 1 or asked >= _FEWEST else []
    if asked + len(found) >= _FEWEST:
        found += [
            index for index in range(len(lines)) if index not in taken and _is_explained(lines, gaps, index)
        ]
    return [
        Gap(index, len(lines[index].text), len(lines[index].text), "prompt", label=_told(lines[index].text))
        for index in sorted(set(found))
    ]


def _is_explained(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int) -> bool:
    """Whether a label says after its colon what to write: "Aims: What do you hope for?", "Duties: Describe them."."""
    line = lines[index]
    own = line.quoted or line.table or line.marker or gaps.get(index)
    return not own and bool(line.gap) and bool(_EXPLAINED.match(line.text)) and line.words <= 60


def _told(text: str) -> str:
    return text.split(":")[0] + ":" if _EXPLAINED.match(text) else ""


def _is_open(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int, *, spaced: bool) -> bool:
    """Whether a label has room below; where nothing in a document has (`spaced`), as in Word, its neighbours tell."""
    line = lines[index]
    following = lines[index + 1] if index + 1 < len(lines) else None
    own = gaps.get(index, [])
    if line.quoted or line.table or BOX in line.text or (own and not _BREAK.search(line.text[own[-1].end :])):
        return False
    if line.heading:
        return index > 0 and _is_empty_section(line, following, lines, index)
    room = line.gap or not spaced or following is None or following.quoted
    if not line.text.rstrip(" *_").endswith(":") or not room:
        return False
    if following is None or following.heading or following.text.rstrip(" *_").endswith((":", "?")):
        return following is None or not gaps.get(index + 1)
    if following.quoted:
        return following.text.strip().startswith("(")
    return line.gap >= 2 and not (following.marker or following.table or BOX in following.text)


def _is_empty_section(line: Line, following: Line | None, lines: Sequence[Line], index: int) -> bool:
    """Whether a heading has nothing below it, or only a word on who completes it."""
    if following is not None and following.quoted and _TO_BE_COMPLETED.search(following.text):
        return index + 2 >= len(lines) or lines[index + 2].heading > 0
    deep = 6 if is_field(line.text) else line.heading
    ended = following is None or 0 < following.heading <= deep
    return line.heading > 1 and ended and line.text.rstrip(" *_").endswith(":")
