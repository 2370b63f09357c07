"""Forms copied from a web page: labels and options line by line, with neither a colon nor a box."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ampersand.wording.reading.finding.options import of_one_sort
from ampersand.wording.reading.kinds import side_by_side
from ampersand.wording.reading.lines import BOX, FILL, WIDE, Line

_FIELD = re.compile(
    r"\b(?:names?|e-?mail|(?:tele)?phone|address|signature|postcode|date)(?: \((?:if|optional)\b[^()]*\))?$",
    re.IGNORECASE,
)
_BESIDE_FIELDS = re.compile(
    r"\b(?:city|town|state|zip|county|country|school|semester|year|week|number|title|position|organi[sz]ation)$",
    re.IGNORECASE,
)
"""What stands among such labels without being one by itself."""

_ROW_WITH_LABELS = re.compile(r"\s*_{3,}(?:\s+_{3,})*\s*(?=[A-Z])")
_FEWEST = 3
_MOST_WORDS = 8


def with_fields(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, with a sign after each label of such a form and a box before each of its options."""
    result = [_under_row(line) for line in lines]
    rows = [_is_row(line) for line in lines]
    fields = [row and bool(_FIELD.search(line.text)) for row, line in zip(rows, lines, strict=True)]
    named = [
        field or (row and bool(_BESIDE_FIELDS.search(line.text)))
        for field, row, line in zip(fields, rows, lines, strict=True)
    ]
    runs = _runs(named)
    known = any(sum(fields[start:end]) >= _FEWEST for start, end in runs)
    for start, end in runs:
        if sum(fields[start:end]) >= _FEWEST or (known and all(fields[start:end])):
            for index in range(start, end):
                result[index] = replace(lines[index], text=_open(lines[index].text.strip()))
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and rows[end] and of_one_sort([line.text for line in lines[index : end + 1]]):
            end += 1
        if end - index >= _FEWEST and index and _is_label(lines[index - 1]):
            for option in range(index, end):
                result[option] = replace(lines[option], text=f"{BOX} {lines[option].text.strip()}")
        index = max(end, index + 1)
    return tuple(result)


def _under_row(line: Line) -> Line:
    """A row with several labels behind it, "______ Signature Name Date", as a place to write for each of them."""
    row = _ROW_WITH_LABELS.match(line.text)
    labels = side_by_side(line.text[row.end() :]) if row and not line.table else []
    return replace(line, text=_open(" ".join(labels)), marker="") if labels else line


def _open(text: str) -> str:
    """A label with a place to write behind it; several if there are several side by side."""
    return WIDE.join(f"{label}: {FILL}" for label in side_by_side(text) or [text])


def _is_row(line: Line) -> bool:
    """Whether a line holds a few words and no sign of any kind."""
    plain = re.fullmatch(r"\s*[A-ZÀ-Þ][\w’'/ ()-]*", line.text) is not None
    return plain and line.words <= _MOST_WORDS and not (line.marker or line.heading or line.table or line.gap)


def _is_label(line: Line) -> bool:
    return line.words <= _MOST_WORDS and not line.marker and not re.search(r"[.;,!]\s*$", line.text)


def _runs(fits: Sequence[bool]) -> list[tuple[int, int]]:
    """Where enough lines stand one after the other that fit."""
    runs, start = [], 0
    for index, fit in enumerate([*fits, False]):
        if not fit:
            runs += [(start, index)] if index - start > 1 else []
            start = index + 1
    return runs
