"""Blanks over the whole document, in order, each with its words and its kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ampersand.wording.reading.finding.boxes import box_groups
from ampersand.wording.reading.finding.choices import delete_as_appropriate
from ampersand.wording.reading.finding.context import with_context
from ampersand.wording.reading.finding.empty_sections import empty_sections
from ampersand.wording.reading.finding.framed import framed_prompts
from ampersand.wording.reading.finding.gaps import THREE_DOTS, Gap, gaps_in
from ampersand.wording.reading.finding.near import near_of
from ampersand.wording.reading.finding.open_forms import open_labels
from ampersand.wording.reading.finding.prompts import open_prompts
from ampersand.wording.reading.finding.questions import open_questions
from ampersand.wording.reading.finding.ruled import settle_rows
from ampersand.wording.reading.finding.to_do import left_to_do
from ampersand.wording.reading.findings import Blank
from ampersand.wording.reading.kinds import kind_of
from ampersand.wording.reading.lines import TOO_MANY, Line, Unreadable, squeeze

_MANY_DOTS = 5
"""How often three dots stand in the middle of sentences before they are taken for places to write."""

_MOST = 3000
"""More places to fill in than any agreement has: its lines would be gone through for each of them."""

_FEW_PAIRS, _LONG = 2, 25
_RULES_OUT = re.compile(r"^[\[{]|\b(?:not|no|will|shall|may|can|is|are|was|were|yes)\b", re.IGNORECASE)
_WITHIN_OPTIONS = ("row", "fill", "date", "bracket")


def find_blanks(lines: tuple[Line, ...]) -> list[Blank]:
    """Every place where someone must write, and every either/or, in document order."""
    marked = any("*" in line.text and delete_as_appropriate(line.text) for line in lines)
    groups, boxed = box_groups(lines)
    gaps = _gaps_of(lines, marked=marked)
    for gap in left_to_do(lines):
        gaps[gap.line] = [*(other for other in gaps[gap.line] if other.end <= gap.start), gap]
    for group in groups:
        before = [gap for gap in gaps[group.line] if gap.end <= group.start and gap.form != "colon"]
        after = [gap for gap in gaps[group.line] if gap.start > group.start and gap.form in _WITHIN_OPTIONS]
        gaps[group.line] = [*before, group, *after]
    labels = settle_rows(lines, gaps)
    for find in (open_prompts, framed_prompts):
        for prompt in find(lines, gaps, boxed):
            gaps[prompt.line].append(prompt)
    prompted = {index for index, own in gaps.items() if any(gap.form == "prompt" for gap in own)}
    for prompt in open_labels(lines, gaps, boxed | prompted):
        gaps[prompt.line].append(prompt)
    for find in (open_questions, empty_sections):
        for prompt in find(lines, gaps, boxed):
            gaps[prompt.line].append(prompt)
    blanks = []
    for index, line in enumerate(lines):
        for number, gap in enumerate(gaps[index]):
            near = labels.get((index, number)) or near_of(lines, gaps, index, number)
            blanks.append(_blank(line, gap, near))
    found = with_context(lines, blanks)
    return [] if not marked and _are_only_words(lines, found) else found


def _gaps_of(lines: Sequence[Line], *, marked: bool) -> dict[int, list[Gap]]:
    """What stands in each line to be filled in, by its shape. Raises Unreadable where nobody could fill it in."""
    dotted = [len(THREE_DOTS.findall(line.text)) for line in lines]
    many = sum(dotted) >= _MANY_DOTS and sum(count > 0 for count in dotted) >= _MANY_DOTS // 2
    gaps: dict[int, list[Gap]] = {}
    heads: dict[int, Line] = {}
    count = 0
    for index, line in enumerate(lines):
        head = heads.setdefault(line.table, line) if line.table else line
        code = "[" in line.text and (_names_code(line) or _names_code(head))
        gaps[index] = [] if code else gaps_in(line, index, marked=marked, dotted=many)
        count += len(gaps[index])
        if count > _MOST:
            raise Unreadable(TOO_MANY)
    return gaps


def _names_code(line: Line) -> bool:
    """Whether brackets here show how a programmer is to name things: "Branch names: [issue]-[what it is about]"."""
    return bool(_OF_CODE.search(line.text))


def _are_only_words(lines: Sequence[Line], blanks: Sequence[Blank]) -> bool:
    """Whether all that was found is a word or two with a slash in a long document that asks for nothing else."""
    if len(lines) < _LONG or len(blanks) > _FEW_PAIRS:
        return False
    told = [lines[blank.line].text for blank in blanks]
    sure = any(
        _RULES_OUT.search(text[blank.start : blank.end]) for text, blank in zip(told, blanks, strict=True)
    )
    pairs = all(blank.kind == "choice" and not blank.boxes and len(blank.options) == 2 for blank in blanks)
    return pairs and not sure and not any(delete_as_appropriate(text) for text in told)


def _blank(line: Line, gap: Gap, near: str) -> Blank:
    after = line.text[gap.end :]
    near = near.removesuffix("(").rstrip() or squeeze(gap.label) or squeeze(gap.hint)
    hint = gap.hint if not gap.options else ""
    asked = squeeze(_PLACEHOLDER.sub(" ", near)) or near
    kind = gap.kind or kind_of(asked, after, hint if _NAMED.search(asked) else _describing(hint))
    return Blank(near, kind, gap.options, _default(hint), gap.line, gap.start, gap.end, gap.form == "boxes")


_OF_CODE = re.compile(
    r"\b(?:commit messages?|(?:git )?branch(?:es)? (?:names?|styles?|naming)|name (?:of )?(?:your |the )?branch(?:es)?)\b",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(r"[\[<{]+[^\[\]<>{}]*[\]>}]+")
_NAMED = re.compile(r"\bname\W*$", re.IGNORECASE)
_SUGGESTION = re.compile(
    r"^(?:e\.?\s?g\.?[,:]?\s*)?((?:\d+|one|two|three|six|twelve)\s\w+|weekly|monthly|fortnightly|daily|every .+|once .+|twice .+)$",
    re.I,
)


def _default(hint: str) -> str:
    found = _SUGGESTION.match(hint.strip())
    return found[1] if found else ""


def _describing(hint: str) -> str:
    often = re.search(r"week|month|fortnight|daily|every|once|twice", hint, re.I)
    return "how often" if often and not re.fullmatch(r"\W*(?:the )?month\W*", hint, re.I) else hint
