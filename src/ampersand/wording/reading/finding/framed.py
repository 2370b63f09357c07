"""Labels and questions with a frame below them to answer in: set as code or quoted, it holds only hints and marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from ampersand.wording.reading.finding.gaps import Gap
from ampersand.wording.reading.lines import Line

_HINT = re.compile(r"\[[^\[\]]*\]|\(?\d{1,2}[.)]|[-–*•]")
_POINT = re.compile(r"[-–*•]")


def framed_prompts(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], taken: set[int]) -> list[Gap]:
    """A prompt for each label over such a frame, and for each label within one that has empty points below it."""
    return [
        Gap(index, len(line.text), len(line.text), "prompt")
        for index, line in enumerate(lines)
        if not (gaps.get(index) or index in taken or line.heading)
        and line.text.rstrip(" *_").endswith((":", "?"))
        and _has_frame(lines, index)
    ]


def _has_frame(lines: Sequence[Line], index: int) -> bool:
    below = [line.text.strip() for line in takewhile(lambda other: other.quoted, lines[index + 1 :])]
    if lines[index].quoted:
        return bool(below) and bool(_POINT.fullmatch(below[0]))
    return bool(below) and all(_HINT.fullmatch(text) for text in below)
