"""Counting the clauses: 1. 2. … throughout or by section, (a) (b) … and (i) (ii) … within."""

from __future__ import annotations

from dataclasses import replace

from ampersand.wording.template import Clause, Mark, Section

_STEP = {"en": "Step {}:"}
_ROMAN = ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def numbered(
    sections: tuple[Section, ...], language: str, *, by_section: bool = False
) -> tuple[Section, ...]:
    """The sections with each clause's number set to what is printed before it."""
    counts = [0, 0, 0]
    steps = 0
    result = []
    for section in sections:
        counts = [0, 0, 0] if by_section else counts
        clauses: list[Clause] = []
        for clause in section.clauses:
            number = ""
            if clause.mark is Mark.STEP:
                steps += 1
                number = _STEP.get(language.split("-")[0], "{}.").format(steps)
            elif clause.binds:
                counts[clause.depth + 1 :] = [0] * (2 - clause.depth)
            if clause.mark is Mark.NUMBERED:
                counts[clause.depth] += 1
                number = (f"{counts[0]}.", f"({_letters(counts[1])})", f"({_roman(counts[2])})")[clause.depth]
            clauses.append(replace(clause, number=number))
        result.append(replace(section, clauses=tuple(clauses)))
    return tuple(result)


def _letters(count: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    text = ""
    while count:
        count, rest = divmod(count - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _roman(count: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while count >= value:
            text += letters
            count -= value
    return text
