"""Writing a template as text: `parse(write(template)) == template`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from ampersand.wording.problems import escape
from ampersand.wording.template import (
    OPENING,
    TOGETHER,
    Choice,
    Clause,
    Condition,
    Field,
    Gap,
    Kind,
    Mark,
    Occasion,
    Part,
    Section,
    Template,
    Words,
)

WIDTH = 96
"""Letters after which a clause goes on in the next line."""

_BLOCK_START = re.compile(r"#+|[-*>]|>.*|\d{1,4}[.)]")


def write(template: Template, *, instead: Mapping[str, str] | None = None) -> str:
    """The template as text, ids and all: `parse(write(t)) == t`.

    `instead` are words to write in place of some clauses' own, by id, as `words_of` gives them.
    """
    return "\n".join([*_front(template), "", *_body(template, instead or {})]) + "\n"


def words_of(template: Template, id: str) -> str:
    """The words of one clause as they are written, blanks in brackets, without its id and terms."""
    said: set[str] = set()
    for clause in template.clauses():
        words = _parts(clause, template, said)
        if clause.id == id:
            return words
    raise KeyError(id)


def settings_of(template: Template) -> dict[str, tuple[str, str]]:
    """What is written besides the words: by a key, the part's name for people and the line that sets it."""
    everyone = tuple(party.key for party in template.parties)
    settings = {
        "entered": ("entered", str(template.entered)),
        "language": ("language", template.language),
        "parties": ("parties", "; ".join(f"{p.key}: {p.label}" for p in template.parties)),
        "copies": ("copies", ", ".join(template.copies)),
    }
    settings |= {f"declaration {d.term}": ("declarations", d.sentence) for d in template.declarations}
    settings |= {f"signature {o.key}": ("signatures", _occasion(o, everyone)) for o in template.occasions}
    settings |= {f"blank {field.id}": (field.label, _blank(field)) for field in template.blanks}
    settings |= {
        f"clause {clause.id}": (f"#{clause.id}", _mark(clause))
        for clause in template.clauses()
        if clause.when or clause.states
    }
    return settings


def _front(template: Template) -> Iterator[str]:
    yield "---"
    yield f"id: {template.id}"
    yield f"version: {template.version}"
    yield f"language: {template.language}"
    yield f"entered: {template.entered}"
    if template.by_section:
        yield "numbers: by section"
    yield from _list("parties", [f"{p.key}: {escape(p.label, '')}" for p in template.parties])
    yield from _list("declarations", [f"{d.term}: {escape(d.sentence, '')}" for d in template.declarations])
    everyone = tuple(party.key for party in template.parties)
    yield from _list("signatures", [_occasion(occasion, everyone) for occasion in template.occasions])
    yield from _list("copies", list(template.copies))
    yield from _list("blanks", [_blank(field) for field in template.blanks])
    yield "---"


def _list(name: str, entries: list[str]) -> Iterator[str]:
    if entries:
        yield f"{name}:"
        yield from (f"- {entry}" for entry in entries)


def _occasion(occasion: Occasion, everyone: tuple[str, ...]) -> str:
    signers = "" if occasion.signers == everyone else "; " + ", ".join(occasion.signers)
    return f"{occasion.key}: {escape(occasion.label, ';')}{signers}"


def _blank(field: Field) -> str:
    pieces = [escape(field.label, ";"), _kind(field)]
    if field.term:
        pieces.append(f"term {field.term}")
    if field.by != TOGETHER:
        pieces.append(f"by {field.by}")
    if field.longest is not None:
        pieces.append(f"at most {field.longest} letters")
    if field.suggestion:
        pieces.append(f"suggest {escape(field.suggestion, ';')}")
    if not field.needed:
        pieces.append("optional")
    return f"{field.id}: " + "; ".join(pieces)


def _kind(field: Field) -> str:
    if field.kind is Kind.CHOICE:
        return "choice " + " / ".join(option.key for option in field.options)
    if field.kind is not Kind.NUMBER:
        return str(field.kind)
    bounds = ""
    if field.low is not None and field.high is not None:
        bounds = f" {field.low} to {field.high}"
    elif field.low is not None:
        bounds = f" from {field.low}"
    elif field.high is not None:
        bounds = f" up to {field.high}"
    unit = f"({field.unit})" if field.said and field.unit else field.unit
    return f"number{bounds} {unit}".rstrip()


def _body(template: Template, instead: Mapping[str, str]) -> Iterator[str]:
    yield f"# {escape(template.title, '')}"
    said: set[str] = set()
    for section in template.sections:
        yield from _heading(section)
        for clause in section.clauses:
            yield ""
            words = _parts(clause, template, said)
            words = " ".join(instead[clause.id].split()) if clause.id in instead else words
            yield from _wrapped(_lead(clause), [*words.split(" "), _mark(clause)])


def _heading(section: Section) -> Iterator[str]:
    if section.id != OPENING:
        yield ""
        yield f"{'#' * section.level} {escape(section.heading, '{')} {{#{section.id}}}"


def _lead(clause: Clause) -> str:
    """What stands before a clause's words."""
    if clause.mark is Mark.NUMBERED:
        return "   " * clause.depth + "1. "
    if clause.mark is Mark.BULLET:
        return "   " * clause.depth + "- "
    return {Mark.STEP: "> 1. ", Mark.NOTE: "> "}.get(clause.mark, "")


def _mark(clause: Clause) -> str:
    pieces = [f"#{clause.id}"]
    if clause.when:
        pieces.append(_condition(clause.when))
    for stated in clause.states:
        value = "" if stated.value == "yes" else f" = {escape(stated.value, ';{}')}"
        pieces.append(stated.term + value)
    return "{" + "; ".join(pieces) + "}"


def _condition(condition: Condition) -> str:
    verb = "is not" if condition.negated else "is"
    value = escape(condition.value, ";:{}") or "filled"
    return f"if {condition.field} {verb} {value}"


def _parts(clause: Clause, template: Template, said: set[str]) -> str:
    text = ""
    for when, group in groupby(clause.parts, key=lambda part: part.when):
        inner = "".join(_part(part, template, said) for part in group)
        if when is None:
            text += inner
            continue
        if inner.startswith(" "):
            inner = "\\" + inner
        if inner.endswith(" ") and inner != "\\ ":
            inner = inner[:-1] + "\\ "
        text += f"{{{_condition(when)}: {inner}}}"
    return text


def _part(part: Part, template: Template, said: set[str]) -> str:
    if isinstance(part, Words):
        return escape(part.text, "[]{}")
    if isinstance(part, Gap):
        return f"[{part.field}]"
    if not isinstance(part, Choice):
        return f"{{scheme.{part.key}}}"
    if part.field in said:
        return f"[{part.field}]"
    said.add(part.field)
    options = template.field(part.field).options
    return f"[{part.field}: " + " / ".join(escape(option.words, "/[]{}") for option in options) + "]"


def _wrapped(lead: str, words: list[str]) -> Iterator[str]:
    """The words in lines, none of which begins like a clause or heading of its own."""
    follow = "> " if lead.startswith(">") else " " * len(lead)
    line = lead
    for word in words:
        full = len(line) + len(word) > WIDTH and line.strip() != lead.strip()
        if full and not _BLOCK_START.fullmatch(word) and not line.endswith("\\ "):
            yield line.rstrip(" ")
            line = follow
        elif line == lead and lead in ("", "> ") and _BLOCK_START.fullmatch(word):
            word = re.sub(r"([.)])", r"\\\1", word) if word[0].isdigit() else f"\\{word}"
        line += word + " "
    yield line[:-1]
