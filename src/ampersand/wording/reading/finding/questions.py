"""Questions put one after the other for the two people to answer, with no room drawn for the answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise

from ampersand.wording.reading.finding.gaps import Gap
from ampersand.wording.reading.kinds import is_field
from ampersand.wording.reading.lines import FILL, Line, is_bullet, marker_shape

_FEWEST = 3
_TELLING = 14
_FORM = re.compile(
    r"\b(?:agreement|contract|compact|charter|template|form|worksheet|plan|vereinbarung|acuerdo|contrat|accord)\b",
    re.IGNORECASE,
)
_TO_COMPLETE = re.compile(
    r"\b(?:complete[ds]?|answer(?:s|ed)?|fill(?:ed)? (?:(?:them|it|this|these) )?(?:in|out)|write (?:down|in)|record(?:ed)?|document(?:ing|ed)?|sign(?:ed)?|agreed upon|your responses)\b",
    re.IGNORECASE,
)
_ONLY_ADVICE = re.compile(
    r"\bmay (?:help|want|wish|be helpful)|\bcan help you|conversation (?:starter|guide)|(?:suggested|possible|sample|potential) (?:topics|questions)|things to (?:think about|consider)"
    r"|(?:topics|questions) (?:to consider|for discussion|you (?:may|might|could))|frequently asked|\bfaqs?\b|tips for|here are some|(?:some|few) (?:good|useful|helpful) questions|for example:\W*$",
    re.IGNORECASE,
)
_HINTED = re.compile(
    r"\(|\*?e\.?\s?g\b|\*?\W?(?:some )?examples?\b|for example\b|such as\b|\*?(?:please )?(?:place|put|tick|mark|select|choose|circle)\b",
    re.I,
)
_HINT_BEHIND = re.compile(
    r"\((?:e\.?\s?g\b|for example|how|what|when|where|who|which)[^()]*\)$", re.IGNORECASE
)
_SCALED = re.compile(r"\(\s?[01]\s?(?:[-–—]|to)\s?\d+\s?\)$")
"""A scale to give a number on: "How tired we are (1-5)"."""

_TOLD_TO = re.compile(r"(?:please )?(?:provide|describe|list|explain|name|tell us)\b", re.IGNORECASE)
_TERM = re.compile(r"\b(?:is|are|will|shall|must|may|should|can|has|have|agrees?|do|does|we|I|you)\b|[.;]$")
_ANSWER = re.compile(r"(?:summary|answer|response|reply|outcome|decision|agreed|notes?):", re.IGNORECASE)
"""A label that stands below a question for its answer, so that the answer is not written beside the question."""

_AFTER = r"(?:\s*[_*]*\([^()]*\)[_*.]*|\s*\bsee\b.*|\s*(?:please|list|describe|explain|name)\b[^.?!]{3,60}[.:]?)?\s*$"
_QUESTION = re.compile(
    rf"\?[_*\"”’']*{_AFTER}|^(?:what|how|who|when|where|which|why)\b[^.?!]*\([^()]*\?\)\W*$", re.IGNORECASE
)

_TOLD = re.compile(
    r"(?:(?:please|very|briefly) )*(?:list|describe|summari[sz]e|explain|outline|provide feedback)\b[^.?!:;]{5,200}(?:\.|$)",
    re.IGNORECASE,
)
"""What a form tells people to write, as a paragraph of its own: "Summarize your long-term goals"."""


def open_questions(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], taken: set[int]) -> list[Gap]:
    """A prompt for each question of a list that stands to be answered, and for what stands among them in the list."""
    asked = [
        index for index in range(len(lines)) if _is_open(lines, gaps, index) or _is_told(lines, gaps, index)
    ]
    among = {index for index in asked if _is_among_prompts(lines, gaps, index)}
    many = len(asked) >= _FEWEST or (len(asked) > 1 and _prompts(gaps) >= _FEWEST)
    if many and _is_form(lines, gaps, asked):
        among |= _siblings(lines, gaps, asked) | _field_points(lines, gaps, asked)
        among |= {index for index in asked if _stands_alone(lines, index)}
        beside = {other for index in asked for other in (index - 1, index + 1) if 0 <= other < len(lines)}
        among |= {index for index in beside if _SCALED.search(lines[index].text) and not gaps.get(index)}
    among |= _hinted_points(lines, gaps)
    ends = {index: len(lines[index].text) for index in among - taken}
    return [
        Gap(index, end, end, "prompt", label=_asked_at(lines, index)) for index, end in sorted(ends.items())
    ]


def _asked_at(lines: Sequence[Line], index: int) -> str:
    """What is asked: the heading of a paragraph of several questions, else what the line itself asks."""
    text = lines[index].text
    headed = index > 0 and lines[index - 1].heading and not lines[index].marker
    several = headed and text.count("?") > 1 and lines[index].words > _TELLING and ":" not in text
    return lines[index - 1].text.strip() if several else _label(text)


def _label(text: str) -> str:
    """What is asked: the label a point begins with, or its first question."""
    first = re.split(r"(?<=[.?])\s|\s[_*]*\(", text.strip())[0].strip(" _*")
    told = first.endswith(".") and re.search(r"\b(?:is|are|will|should|may|can|has|have)\b", first)
    if "?" in first or (len(first.split()) <= 8 and not told):
        return first
    question = re.search(r"[^.?!]*\?", text)
    return question[0].strip(" _*") if question else first


def _prompts(gaps: Mapping[int, list[Gap]]) -> int:
    return sum(gap.form in ("prompt", "colon", "row", "fill") for own in gaps.values() for gap in own)


def _is_among_prompts(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int) -> bool:
    """Whether a question stands between labels that are asked in the same way."""
    beside = [gaps.get(other, []) for other in (index - 1, index + 1) if 0 <= other < len(lines)]
    return len(beside) == 2 and all(any(gap.form == "prompt" for gap in own) for own in beside)


def _is_question(line: Line) -> bool:
    return bool(_QUESTION.search(line.text)) and not (line.quoted or line.contents) and line.words <= 100


def _is_open(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int) -> bool:
    """Whether a question has no answer below it and no place for one of its own."""
    if not _is_question(lines[index]) or gaps.get(index):
        return False
    if any(gap.form == "boxes" for gap in gaps.get(index + 1, [])):
        return False
    if any(
        gap.form == "boxes" for other in range(index + 1, index + 4) for gap in gaps.get(other, [])
    ) and all(
        _HINTED.match(lines[other].text.strip()) or gaps.get(other)
        for other in range(index + 1, min(index + 3, len(lines)))
    ):
        return False
    below = gaps.get(index + 1, [])
    if _is_answered_by_labels(lines[index], lines[index + 1 : index + 2], below):
        return False
    if below and not re.search(r"[^\W_]", lines[index + 1].text.replace(FILL, "")):
        return False
    return not _is_answered(lines, index)


def _is_answered_by_labels(line: Line, following: Sequence[Line], below: Sequence[Gap]) -> bool:
    """Whether short labels are listed below a question, each with its own answer: "Anna:", "Bert:"."""
    listed = any(bool(other.marker) and other.words <= 4 for other in following) and not line.marker
    return listed and any(gap.form == "prompt" for gap in below)


def _is_told(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int) -> bool:
    """Whether a paragraph tells people to write something, right under a heading or beside another that does."""
    line = lines[index]
    if not _TOLD.fullmatch(line.text.strip()) or gaps.get(index) or gaps.get(index + 1):
        return False
    if not index or line.marker or line.heading or line.table or line.quoted:
        return False
    return all(
        other.heading or _TOLD.fullmatch(other.text.strip()) or _is_question(other)
        for other in (lines[index - 1], *lines[index + 1 : index + 2])
    )


def _is_answered(lines: Sequence[Line], index: int) -> bool:
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is not None and _ANSWER.fullmatch(following.text.strip(" *_")):
        return True
    if following is not None and following.quoted:
        return not following.text.strip().startswith("(")
    if following is not None and _goes_on_below(lines[index], following):
        return True
    if following is not None and is_bullet(following.marker) and not lines[index].marker:
        beyond = lines[index + 2 : index + 3]
        told = not re.search(r"[:?…_]\W*$|\ue000|☐|___", following.text) and not _HINTED.match(following.text)
        return told and not any(line.marker for line in beyond)
    return (
        following is not None
        and not (lines[index].marker and lines[index].gap > 1)
        and not _HINTED.match(following.text.strip())
        and not (
            following.marker
            or following.heading
            or _is_question(following)
            or following.text.rstrip().endswith(":")
        )
        and following.words >= 5
        and lines[index].gap <= 2
        and bool(re.search(r"[.!]\W*$", following.text))
    )


def _goes_on_below(line: Line, following: Line) -> bool:
    """Whether the points right below a question, or the cells beside it, answer it or ask it piece by piece."""
    beside = bool(line.table) and line.table == following.table
    below = bool(line.marker and following.marker) and following.depth > line.depth
    return (beside or below) and not (_is_question(following) or _HINTED.match(following.text.strip()))


def _is_form(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], asked: Sequence[int]) -> bool:
    """Whether the document is to be completed, rather than one that gives advice or answers its own questions."""
    words = [line.text for line in lines if "?" not in line.text]
    if any(_ONLY_ADVICE.search(text) for text in words):
        return False
    answered = sum(_is_question(line) and _is_answered(lines, index) for index, line in enumerate(lines))
    if answered > len(asked) / 3:
        return False
    named = any(_FORM.search(text) for text in words[:6])
    blanks = any(gap.form != "choice" for own in gaps.values() for gap in own)
    completed = named and (blanks or any(_TO_COMPLETE.search(text) for text in words))
    return completed or _is_nothing_but_questions(lines, asked, blanks=blanks)


def _is_nothing_but_questions(lines: Sequence[Line], asked: Sequence[int], *, blanks: bool) -> bool:
    """Whether questions without an answer are nearly all that a page holds, beside its headings."""
    points = [line for line in lines if line.marker and not line.heading and not line.depth]
    told = [line for line in lines if line.words > _TELLING and "?" not in line.text]
    most = 0.5 if blanks else 0.8
    own = sum(bool(lines[index].marker) for index in asked)
    headed = sum(line.heading > 0 for line in lines) >= 2
    return headed and len(asked) > _FEWEST and own >= most * max(len(points), 1) and len(told) <= 2


def _siblings(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], asked: Sequence[int]) -> set[int]:
    """The points of the lists in which most points are questions."""
    found: set[int] = set()
    for run in _lists(lines):
        own = [index for index in run if index in asked]
        if len(own) >= 2 and len(own) >= 0.5 * len(run):
            whole = [
                index
                for index in run
                if not (
                    gaps.get(index) or (gaps.get(index + 1, [])[:1] and gaps[index + 1][0].form == "boxes")
                )
                and not re.search(r"[.;]$", lines[index].text)
            ]
            found.update(own if is_bullet(lines[run[0]].marker) else {*own, *whole})
    return found


def _field_points(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], asked: Sequence[int]) -> set[int]:
    """The numbered points beside questions that only name what to write, or tell to: "Last name", "Describe your work"."""
    found: set[int] = set()
    for run in _lists(lines):
        free = [index for index in run if not gaps.get(index) and not re.search(r"[:;]$", lines[index].text)]
        if is_bullet(lines[run[0]].marker):
            continue
        short = [index for index in free if lines[index].words <= 4]
        if sum(is_field(lines[index].text.strip()) for index in short) >= _FEWEST:
            found.update(short)
        if sum(index in asked for index in run) >= 2:
            found.update(index for index in free if _TOLD_TO.match(lines[index].text))
    return found


def _hinted_points(lines: Sequence[Line], gaps: Mapping[int, list[Gap]]) -> set[int]:
    """The points of a list that only name what is to be agreed, most with a hint in brackets: "Place (which room?)"."""
    found: set[int] = set()
    for _, run in groupby(
        range(len(lines)), key=lambda index: (marker_shape(lines[index].marker), lines[index].depth)
    ):
        points = list(run)
        hints = [_HINT_BEHIND.search(lines[index].text) for index in points]
        told = [re.sub(r"\([^()]*\)", "", lines[index].text) for index in points]
        open_ended = (
            any(hint and "?" in hint[0] for hint in hints) and sum(map(bool, hints)) >= len(hints) / 2
        )
        if len(points) >= _FEWEST and open_ended and not any(_TERM.search(text) for text in told):
            found.update(index for index in points if lines[index].marker and not gaps.get(index))
    return found


def _lists(lines: Sequence[Line]) -> list[list[int]]:
    """The points of each list: those of one depth, whatever headings and deeper points stand between them."""
    marked = [
        index for index, line in enumerate(lines) if line.marker and not line.heading and not line.quoted
    ]
    runs: list[list[int]] = [[marked[0]]] if marked else []
    for before, index in pairwise(marked):
        apart = any(
            not lines[between].marker and lines[between].words > 12 for between in range(before + 1, index)
        )
        same = is_bullet(lines[before].marker) == is_bullet(lines[index].marker)
        if apart or not same:
            runs.append([])
        runs[-1].append(index)
    return runs


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Whether a question is a paragraph of its own, not one of several sentences that tell something."""
    line = lines[index]
    questions, sentences = line.text.count("?"), len(re.findall(r"[.?!](?:\s|$)", line.text.split("(")[0]))
    headed = index > 0 and lines[index - 1].heading > 0 and questions > 1
    return (
        bool(line.marker or _TOLD.fullmatch(line.text.strip()))
        or questions == sentences
        or (headed and 2 * questions >= sentences)
    )
