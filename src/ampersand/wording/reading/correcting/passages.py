"""Words within a clause, counted, and what can be made of them: a blank, an either/or, text that depends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ampersand.wording.ids import options_for
from ampersand.wording.reading.correcting.tree import (
    CannotCorrect,
    clause_of,
    field_of,
    new_field_id,
    tidied,
    with_clauses,
    with_field,
    with_parts,
)
from ampersand.wording.template import Choice, Clause, Condition, Field, Gap, Kind, Part, Template, Words

_AROUND = re.compile(r"^[(\[“\"‘]*(.*?)[)\]”\"’.,;:!?]*$", re.DOTALL)


@dataclass(frozen=True)
class Word:
    """A word of a clause, counted from 1 over all its words; where it stands in which of its parts."""

    number: int
    text: str
    part: int
    start: int
    end: int


def counted(clause: Clause) -> tuple[Word, ...]:
    """The words of a clause in order. Blanks and either/ors are none, and are not counted."""
    found: list[Word] = []
    for place, part in enumerate(clause.parts):
        if isinstance(part, Words):
            for word in re.finditer(r"\S+", part.text):
                found.append(Word(len(found) + 1, word[0], place, word.start(), word.end()))
    return tuple(found)


def _between(clause: Clause, first: int, last: int) -> tuple[Word, Word]:
    words = counted(clause)
    if not 1 <= first <= last <= len(words):
        raise CannotCorrect("Choose a first and a last word of this clause, the first before the last.")
    return words[first - 1], words[last - 1]


def _passage(clause: Clause, first: int, last: int) -> tuple[int, int, int]:
    """In which part some words stand, from where to where, without the signs around them."""
    begins, ends = _between(clause, first, last)
    if begins.part != ends.part:
        raise CannotCorrect("There is a blank between these words. Choose words that stand together.")
    text = clause.parts[begins.part]
    assert isinstance(text, Words)
    inner = _AROUND.match(text.text[begins.start : ends.end])
    assert inner is not None
    if not inner[1]:
        return begins.part, begins.start, ends.end
    return begins.part, begins.start + inner.start(1), begins.start + inner.end(1)


def _put(clause: Clause, place: tuple[int, int, int], part: Part) -> list[Part]:
    """The clause's parts with one in place of some words."""
    number, start, end = place
    text = clause.parts[number]
    assert isinstance(text, Words)
    inside = replace(part, when=text.when)
    around: list[Part] = [Words(text.text[:start], text.when), inside, Words(text.text[end:], text.when)]
    return [*clause.parts[:number], *around, *clause.parts[number + 1 :]]


def blank(
    template: Template, *, clause: str, first: int, last: int, where: str = "instead", label: str = ""
) -> Template:
    """Words become a blank, or one comes after them (`where` is "instead" or "after")."""
    there = clause_of(template, clause)
    number, start, end = _passage(there, first, last)
    text = there.parts[number]
    assert isinstance(text, Words)
    words = text.text[start:end]
    label = " ".join((label or re.sub(r"[_.…\W]+", " ", words)).split())[:90] or "Blank"
    field = Field(new_field_id(template, label), Kind.TEXT, label)
    if where == "after":
        end = counted(there)[last - 1].end
        parts = _put(there, (number, end, end), Gap(field.id))
        at = number + 1
        parts[at - 1] = Words(f"{text.text[:end]} ", text.when)
        if text.text[end : end + 1] not in ("", " "):
            parts[at + 1] = Words(f" {text.text[end:]}", text.when)
    else:
        parts = _put(there, (number, start, end), Gap(field.id))
    return with_parts(with_field(template, field), clause, parts)


def choice(
    template: Template, *, clause: str, first: int, last: int, options: Sequence[str] = (), label: str = ""
) -> Template:
    """Words such as “will/will not” become an either/or."""
    there = clause_of(template, clause)
    place = _passage(there, first, last)
    text = there.parts[place[0]]
    assert isinstance(text, Words)
    words = text.text[place[1] : place[2]]
    given = tuple(" ".join(option.split()) for option in options if option.strip()) or tuple(parted(words))
    if len({option.casefold() for option in given}) < 2:
        raise CannotCorrect("An either/or needs at least two options. Write each on a line of its own.")
    label = " ".join(label.split())[:90] or " or ".join(given)[:90]
    field = Field(new_field_id(template, label), Kind.CHOICE, label, options=options_for(given))
    parts = _put(there, place, Choice(field.id))
    return with_parts(with_field(template, field), clause, parts)


def parted(words: str) -> list[str]:
    """The options in some words: “will/will not”, “mentor or mentee”."""
    pieces = words.split("/") if "/" in words else re.split(r"\s+or\s+|\s*,\s*", words)
    return list(dict.fromkeys(" ".join(piece.split()) for piece in pieces if piece.strip()))


def depends(
    template: Template,
    *,
    clause: str,
    blank: str,
    value: str = "",
    negated: bool = False,
    first: int | None = None,
    last: int | None = None,
) -> Template:
    """A clause, or some words of it, apply only if something further up is chosen or filled in."""
    field_of(template, blank)
    there = clause_of(template, clause)
    condition = Condition(blank, value, negated)
    if first is None or last is None:
        return with_clauses(template, clause, [replace(there, when=condition)])
    begins, ends = _between(there, first, last)
    parts: list[Part] = []
    for number, part in enumerate(there.parts):
        if not begins.part <= number <= ends.part:
            parts.append(part)
            continue
        if part.when is not None:
            raise CannotCorrect(
                "Some of these words depend on something already. First let them stand always."
            )
        if not isinstance(part, Words):
            parts.append(replace(part, when=condition))
            continue
        start = begins.start if number == begins.part else 0
        end = ends.end if number == ends.part else len(part.text)
        parts += [Words(part.text[:start]), Words(part.text[start:end], condition), Words(part.text[end:])]
    return with_parts(template, clause, parts)


def always(template: Template, *, clause: str) -> Template:
    """A clause, with all its words, depends on nothing any longer."""
    there = clause_of(template, clause)
    parts = tidied(replace(part, when=None) for part in there.parts)
    return with_clauses(template, clause, [replace(there, when=None, parts=parts)])
