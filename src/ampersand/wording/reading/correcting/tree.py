"""Changing the tree of a template: finding a clause or a blank in it, putting others in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from ampersand.wording.filling import fields
from ampersand.wording.ids import free, slug
from ampersand.wording.numbering import numbered
from ampersand.wording.template import Choice, Clause, Field, Gap, Part, Section, Template, Words

Change = Mapping[str, Any]
"""What to do and with what, as plain data: {"do": "join", "clause": "notice"}."""


class CannotCorrect(ValueError):
    """A change cannot be made; `str(error)` is a sentence that helps."""


def clause_of(template: Template, id: str) -> Clause:
    """The clause of that id."""
    for clause in template.clauses():
        if clause.id == id:
            return clause
    raise CannotCorrect("This clause is no longer there: it was joined to another or left out.")


def field_of(template: Template, id: str) -> Field:
    """The blank or either/or of that id."""
    try:
        return template.field(id)
    except KeyError:
        raise CannotCorrect("This blank is no longer there.") from None


def place_of(template: Template, id: str) -> tuple[int, int]:
    """Which section, and which of its clauses."""
    for number, section in enumerate(template.sections):
        for place, clause in enumerate(section.clauses):
            if clause.id == id:
                return number, place
    clause_of(template, id)
    raise AssertionError(id)


def with_clauses(template: Template, id: str, clauses: Sequence[Clause]) -> Template:
    """The template with these clauses in place of that one."""
    clause_of(template, id)
    sections = tuple(
        replace(section, clauses=tuple(_placed(section.clauses, id, clauses)))
        for section in template.sections
    )
    return replace(
        template, sections=tuple(section for section in sections if section.heading or section.clauses)
    )


def _placed(there: Iterable[Clause], id: str, new: Sequence[Clause]) -> Iterable[Clause]:
    for clause in there:
        yield from new if clause.id == id else (clause,)


def with_parts(template: Template, id: str, parts: Iterable[Part]) -> Template:
    """The template with other words, blanks and either/ors in one clause."""
    kept = tidied(parts)
    if not kept:
        raise CannotCorrect("Nothing would be left of this clause. Leave it out instead.")
    return with_clauses(template, id, [replace(clause_of(template, id), parts=kept)])


def everywhere(template: Template, change: Callable[[Part], Part]) -> Template:
    """The template with every part changed."""
    sections = tuple(
        replace(
            section,
            clauses=tuple(
                replace(clause, parts=tidied(change(part) for part in clause.parts))
                for clause in section.clauses
            ),
        )
        for section in template.sections
    )
    return replace(template, sections=sections)


def with_field(template: Template, field: Field) -> Template:
    """The template with this blank declared so; it may be new."""
    others = [other for other in template.blanks if other.id != field.id]
    if len(others) == len(template.blanks):
        return replace(template, blanks=(*others, field))
    return replace(template, blanks=tuple(field if old.id == field.id else old for old in template.blanks))


def new_clause_id(template: Template, words: str) -> str:
    """An id for a clause that is new."""
    taken = {clause.id for clause in template.clauses()} | {section.id for section in template.sections}
    return free(slug(words), {*taken, "opening"})


def new_section_id(template: Template, words: str) -> str:
    """An id for a section that is new."""
    return free(slug(words), {"opening", *(section.id for section in template.sections)})


def new_field_id(template: Template, words: str) -> str:
    """An id for a blank that is new."""
    return free(slug(words)[:40].strip("-"), {"filled", *(field.id for field in template.blanks)})


def tidied(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts as reading them back would give them: words run together, spaces single, none at the ends."""
    merged: list[Part] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, Words) and isinstance(last, Words) and last.when == part.when:
            merged[-1] = Words(last.text + part.text, part.when)
        elif not isinstance(part, Words) or part.text:
            merged.append(part)
    single = [
        Words(re.sub(r"[ \t\n]+", " ", part.text), part.when) if isinstance(part, Words) else part
        for part in merged
    ]
    if single and isinstance(first := single[0], Words) and first.when is None:
        single[0] = Words(first.text.lstrip(" "))
    if single and isinstance(last := single[-1], Words) and last.when is None:
        single[-1] = Words(last.text.rstrip(" "))
    return tuple(part for part in single if not isinstance(part, Words) or part.text)


def settled(template: Template) -> Template:
    """Blanks in the order in which they are read, those that stand nowhere gone, clauses counted afresh."""
    sections = numbered(template.sections, template.language, by_section=template.by_section)
    return replace(template, blanks=fields(template), sections=sections)


def stood(template: Template, what: str, id: str) -> str:
    """A short word for how a clause, blank, heading or the signatures are now: another once any of it changes."""
    there: object = None
    if what == "clause":
        there = [replace(clause, number="") for clause in template.clauses() if clause.id == id]
    elif what == "blank":
        there = [field for field in template.blanks if field.id == id]
    elif what == "section":
        there = [(one.heading, one.level) for one in template.sections if one.id == id]
    elif what == "signing":
        there = (template.title, template.parties, template.occasions, template.entered, template.by_section)
    return sha256(repr(there).encode()).hexdigest()[:12]


def words_in(clause: Clause) -> str:
    """The plain words of a clause."""
    return " ".join("".join(part.text if isinstance(part, Words) else " " for part in clause.parts).split())


def read_out(template: Template, clause: Clause) -> str:
    """The words of a clause with its blanks by their labels and its either/ors by their options."""
    text = ""
    for part in clause.parts:
        if isinstance(part, Words):
            text += part.text
        elif isinstance(part, Gap):
            text += f"[{template.field(part.field).label}]"
        elif isinstance(part, Choice):
            text += " / ".join(option.words for option in template.field(part.field).options)
        else:
            text += f"{{{part.key}}}"
    return text


def section_of(template: Template, id: str) -> Section:
    """The section of that id, if it has a heading."""
    for section in template.sections:
        if section.id == id and section.heading:
            return section
    raise CannotCorrect("This heading is no longer there.")
