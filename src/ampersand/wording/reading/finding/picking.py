"""Options that stand one to a line, without a box of their own: under "Please choose one:", under a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ampersand.wording.reading.finding.options import SCALE, are_options, of_one_sort
from ampersand.wording.reading.kinds import FIELD
from ampersand.wording.reading.lines import BOX, Line, marker_shape

_PICK = re.compile(
    r"\?\s[^?]*\b(?:options|suggestions|choices)\b[^?]*:\W*$|\b(?:choose|select|tick|circle|check|pick|mark) (?:only )?(?:one|all that apply|any that apply|which(?:ever)? appl\w+)\b(?:[^:]*:\W*$|\)$)",
    re.I,
)
_PICK_BELOW = re.compile(
    r"^\W*(?:please )?(?:place|put|tick|mark|check|select|choose|circle|highlight)\b.{0,30}\b(?:one of the (?:boxes|options)|one box|one option|the boxes|below)\b.{0,20}$",
    re.IGNORECASE,
)


_PICK_ABOVE = re.compile(
    r"^\W*(?:please )?(?:tick|mark|check|select|choose|circle|pick)\b.{0,40}\b(?:from the list|above)\W*$",
    re.IGNORECASE,
)
_ROW_BEFORE = re.compile(r"_{2,10}\s*(?=[^\W_])")
_PLAIN = re.compile(r"\s*[A-ZÀ-Þ0-9][\w’'/ (),-]*")
_MOST_WORDS = 6
_FEWEST = 3


def with_listed_options(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Short points under "Please choose one:", or lines that begin with a short row there, as boxes to tick."""
    result: list[Line] = []
    picking, below, shape = False, False, ""
    for line in lines:
        ruled = _ROW_BEFORE.match(line.text) if picking or below else None
        short = (line.words <= 7 or bool(ruled)) and BOX not in line.text
        plain = (
            below
            and line.words <= 5
            and not (line.marker or line.heading or re.search(r"[.:?;_]\s*$", line.text))
        )
        same = (bool(line.marker) or bool(ruled)) and marker_shape(line.marker) == (
            shape or marker_shape(line.marker)
        )
        option = short and ((picking and same) or plain)
        shape = marker_shape(line.marker) if option and line.marker else ""
        text = line.text[ruled.end() :] if ruled else line.text
        result.append(replace(line, text=f"{BOX} {text}", marker="") if option else line)
        picking = (option and not plain) or bool(_PICK.search(line.text))
        below = (plain and not line.gap) or bool(_PICK_BELOW.search(line.text))
    return _under_questions(_on_a_scale(_in_pairs(_above_the_asking(_points_below(result)))))


def _points_below(lines: list[Line]) -> list[Line]:
    """Short points below points that ask, as boxes, if those below one of them are answers of one sort."""
    groups = [
        (start, end)
        for start in range(1, len(lines))
        if lines[start - 1].marker and lines[start - 1].text.rstrip(" *_").endswith("?")
        for end in (_points_end(lines, start),)
        if end - start >= 2
    ]
    if any(of_one_sort([line.text for line in lines[start:end]]) for start, end in groups):
        for start, end in groups:
            for index in range(start, end):
                lines[index] = replace(lines[index], text=f"{BOX} {lines[index].text.strip()}", marker="")
    return lines


def _points_end(lines: Sequence[Line], start: int) -> int:
    end = start
    while (
        end < len(lines)
        and lines[end].marker
        and lines[end].depth > lines[start - 1].depth
        and lines[end].words <= _MOST_WORDS
        and BOX not in lines[end].text
        and not re.search(r"[?:_.]\W*$", lines[end].text)
    ):
        end += 1
    return end


def _above_the_asking(lines: list[Line]) -> list[Line]:
    """Short lines of one sort right above "Select one from the list" as boxes."""
    for end in (number for number, line in enumerate(lines) if _PICK_ABOVE.match(line.text)):
        start = end
        while (
            start and _is_answer(lines[start - 1]) and of_one_sort([o.text for o in lines[start - 1 : end]])
        ):
            start -= 1
        if end - start >= 2:
            for index in range(start, end):
                lines[index] = replace(lines[index], text=f"{BOX} {lines[index].text.strip()}")
    return lines


def _on_a_scale(lines: list[Line]) -> list[Line]:
    """The same few short lines under one statement after the other, "Disagree", "Agree", as boxes for each."""
    start = 1
    while start < len(lines):
        end = start
        while end < len(lines) and _is_scaled(lines[start : end + 1]) and _is_answer(lines[end]):
            end += 1
        if end - start >= _FEWEST and not _is_answer(lines[start - 1]):
            for index in range(start, end):
                lines[index] = replace(lines[index], text=f"{BOX} {lines[index].text.strip()}")
        start = max(end, start + 1)
    return lines


def _is_scaled(lines: Sequence[Line]) -> bool:
    return SCALE.fullmatch(lines[-1].text.strip().lower()) is not None and of_one_sort(
        [line.text for line in lines]
    )


def _in_pairs(lines: list[Line]) -> list[Line]:
    """ "____ Yes, …" over "____ No, …" as two boxes."""
    for index in range(len(lines) - 1):
        one, other = (_ROW_BEFORE.match(lines[number].text) for number in (index, index + 1))
        if one and other:
            texts = (lines[index].text[one.end() :], lines[index + 1].text[other.end() :])
            if are_against(*texts):
                for number, text in enumerate(texts, index):
                    lines[number] = replace(lines[number], text=f"{BOX} {text}", marker="")
    return lines


def are_against(one: str, other: str) -> bool:
    """Whether two sentences begin with yes and no, or say that something is and is not so."""
    for size in range(1, 4):
        for more in range(size, size + 3):
            options = (_first(one, size), _first(other, more))
            if all(options) and are_options(options):
                return True
    return False


def _first(text: str, count: int) -> str:
    return " ".join(re.findall(r"[\w’'-]+", text)[:count])


def _under_questions(lines: list[Line]) -> tuple[Line, ...]:
    """Short lines right under a question as boxes, if they are of one sort or several questions have such lines."""
    groups = [
        (start, end)
        for start in range(1, len(lines))
        for end in (_answers(lines, start),)
        if end - start >= 2
    ]
    for start, end in groups:
        sure = of_one_sort([line.text for line in lines[start:end]]) or are_against(
            lines[start].text, lines[start + 1].text
        )
        if sure or len(groups) > 1:
            for index in range(start, end):
                lines[index] = replace(lines[index], text=f"{BOX} {lines[index].text.strip()}")
    return tuple(lines)


def _answers(lines: Sequence[Line], start: int) -> int:
    """Where the short lines end that begin at `start` right below a question; `start` if there are none."""
    asking = lines[start - 1]
    if (
        not re.search(r"\?(?: \([^()]*\))?[\s*:]*$", asking.text)
        or asking.gap
        or asking.quoted
        or asking.contents
    ):
        return start
    end = start
    while end < len(lines) and _is_answer(lines[end]) and not (end > start and lines[end - 1].gap):
        end += 1
    asked = end < len(lines) and lines[end - 1].gap == 0 and not lines[end].text.rstrip().endswith("?")
    return start if asked and not of_one_sort([line.text for line in lines[start:end]]) else end


def _is_answer(line: Line) -> bool:
    if (
        line.words > _MOST_WORDS
        or line.marker
        or line.heading
        or line.table
        or not _PLAIN.fullmatch(line.text)
    ):
        return False
    labelled = (
        FIELD.search(line.text)
        and not re.match(r"(?:by|in|at|via) ", line.text, re.IGNORECASE)
        and not re.search(r"\b(?:other|year|time)\b", line.text, re.IGNORECASE)
    )
    return not labelled
