"""Filling in a template: what is left, what applies, and the document that comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

from ampersand.wording.document import (
    Document,
    FilledClause,
    FilledPart,
    FilledSection,
    SignatureLine,
    SigningPlace,
)
from ampersand.wording.template import (
    Clause,
    Condition,
    Field,
    Part,
    SchemeValue,
    Template,
    Words,
)
from ampersand.wording.values import Value, WrongValue, read_value, show_value, store_value

Values = Mapping[str, Value]
"""What stands in the blanks so far, by field id, as `read_value` gave it."""


class Unfilled(ValueError):
    """Something is missing for a whole document: `fields` still open, `scheme` keys without a value."""

    def __init__(self, fields: tuple[Field, ...], scheme: tuple[str, ...]) -> None:
        self.fields = fields
        self.scheme = scheme
        missing = [field.label for field in fields] + [f"the scheme’s {key}" for key in scheme]
        super().__init__("Still to be filled in: " + "; ".join(missing) + ".")


def fields(template: Template) -> tuple[Field, ...]:
    """Every blank and either/or, once each, in the order in which they are first read."""
    return tuple(template.field(id) for id in template.places)


def applies(template: Template, condition: Condition | None, values: Values) -> bool | None:
    """Whether text under this condition applies: None while the field it depends on is still open.

    Text that depends on a field which itself stands only in text that falls away, falls away too.
    """
    return _applies(template, condition, values, frozenset())


def _applies(
    template: Template, condition: Condition | None, values: Values, asked: frozenset[str]
) -> bool | None:
    if condition is None:
        return True
    field = template.field(condition.field)
    stands = _stands(template, field.id, values, asked)
    if stands is False:
        return False
    value = values.get(field.id)
    if value is None:
        return None if field.needed or stands is None else condition.negated
    holds = not condition.value or store_value(field, value) == condition.value
    return holds is not condition.negated


def _stands(template: Template, id: str, values: Values, asked: frozenset[str] = frozenset()) -> bool | None:
    """Whether a field stands anywhere in text that applies; None if that is not yet known.

    `asked` are the fields about which this is being asked already: text that depends on one of them
    cannot be what makes it stand.
    """
    if id in asked:
        return False
    known: bool | None = False
    for clause, part in template.places.get(id, ()):
        here = _part_applies(template, clause, part, values, asked | {id})
        if here:
            return True
        known = None if here is None else known
    return known


def _part_applies(
    template: Template, clause: Clause, part: Part, values: Values, asked: frozenset[str] = frozenset()
) -> bool | None:
    both = [_applies(template, when, values, asked) for when in (clause.when, part.when)]
    if False in both:
        return False
    return None if None in both else True


def left_to_fill(template: Template, values: Values, *, by: str | None = None) -> tuple[Field, ...]:
    """The needed fields still open, in reading order; with `by`, only those ("together" or a party's key).

    A field that stands only in dependent text is left out until that text is known to apply.
    """
    return tuple(
        field
        for field in fields(template)
        if field.needed
        and field.id not in values
        and (by is None or field.by == by)
        and _stands(template, field.id, values)
    )


def fill(
    template: Template,
    values: Values,
    scheme_values: Mapping[str, str],
    *,
    partial: bool = False,
    replaces: str = "",
) -> Document:
    """The agreement with these values in it. `scheme_values` has the SCHEME_KEYS the text uses.

    `replaces` is the fingerprint of the text that this one is to take the place of.

    Raises Unfilled when something needed is missing, unless `partial`: then open fields stay as gaps, and
    dependent text stays in with its `applies`, for the page on which the agreement is filled in.
    """
    left = left_to_fill(template, values)
    missing = tuple(dict.fromkeys(key for key in _scheme_keys(template) if not scheme_values.get(key)))
    if (left or missing) and not partial:
        raise Unfilled(left, missing)
    settled = _settled(template, frozenset(scheme_values.items()))
    filler = _Filler(template, values, scheme_values, partial=partial, settled=settled)
    return Document(
        template=template.id,
        version=template.version,
        title=template.title,
        language=template.language,
        entered=template.entered,
        parties=template.parties,
        sections=tuple(filler.sections()),
        signing=tuple(
            SigningPlace(
                occasion.key,
                occasion.label,
                tuple(SignatureLine(key, template.party(key).label) for key in occasion.signers),
            )
            for occasion in template.occasions
        ),
        copies=template.copies,
        complete=not left and not missing,
        replaces=replaces,
    )


def carried_over(old: Template, values: Values, new: Template) -> dict[str, Value]:
    """The values that still fit when one wording follows another, by the fields of the new one.

    A field keeps its value under the same id, or else under the same term.
    """
    fitting: dict[str, Value] = {}
    by_term = {field.term: field for field in old.blanks if field.term}
    by_id = {field.id: field for field in old.blanks}
    for field in fields(new):
        before = by_id.get(field.id) or by_term.get(field.term)
        if before is None or before.id not in values:
            continue
        try:
            fitting[field.id] = read_value(field, store_value(before, values[before.id]))
        except WrongValue:
            continue
    return fitting


def _scheme_keys(template: Template) -> Iterator[str]:
    for clause in template.clauses():
        yield from (part.key for part in clause.parts if isinstance(part, SchemeValue))


@lru_cache(maxsize=256)
def _settled(template: Template, scheme_values: frozenset[tuple[str, str]]) -> Mapping[str, FilledClause]:
    """The clauses, by id, in which nobody writes and on which nothing depends: always the same."""
    filler = _Filler(template, {}, dict(scheme_values), partial=True, settled={})
    plain = Words | SchemeValue
    return {
        clause.id: next(filler.clauses((clause,)))
        for clause in template.clauses()
        if not clause.when and all(isinstance(part, plain) and not part.when for part in clause.parts)
    }


class _Filler:
    """Makes the document's sections; text known not to apply is left out of a whole document."""

    def __init__(
        self,
        template: Template,
        values: Values,
        scheme_values: Mapping[str, str],
        *,
        partial: bool,
        settled: Mapping[str, FilledClause],
    ) -> None:
        self.template = template
        self.values = values
        self.scheme_values = scheme_values
        self.partial = partial
        self.settled = settled

    def sections(self) -> Iterator[FilledSection]:
        for section in self.template.sections:
            clauses = tuple(self.clauses(section.clauses))
            if clauses or self.partial or not section.clauses:
                yield FilledSection(section.id, section.heading, clauses, section.level)

    def clauses(self, clauses: tuple[Clause, ...]) -> Iterator[FilledClause]:
        for clause in clauses:
            if clause.id in self.settled:
                yield self.settled[clause.id]
                continue
            stands = applies(self.template, clause.when, self.values)
            parts = tuple(self._parts(clause))
            if parts and (self.partial or stands):
                yield FilledClause(clause.id, parts, clause.mark, clause.depth, clause.number, stands)

    def _parts(self, clause: Clause) -> Iterator[FilledPart]:
        for part in clause.parts:
            stands = _part_applies(self.template, clause, part, self.values)
            if self.partial or stands:
                yield self._part(part, stands)

    def _part(self, part: Part, stands: bool | None) -> FilledPart:
        if isinstance(part, Words):
            return FilledPart("words", part.text, applies=stands)
        if isinstance(part, SchemeValue):
            value = self.scheme_values.get(part.key, "")
            return FilledPart(
                "scheme", value or f"[the scheme’s {part.key}]", filled=bool(value), applies=stands
            )
        field = self.template.field(part.field)
        kind: Literal["gap", "choice"] = "choice" if field.is_choice else "gap"
        value_here = self.values.get(field.id)
        if value_here is None:
            return FilledPart(kind, _open(field, self.partial), field, filled=False, applies=stands)
        chosen = str(value_here) if field.is_choice else ""
        return FilledPart(kind, show_value(field, value_here), field, chosen=chosen, applies=stands)


def _open(field: Field, partial: bool) -> str:
    """How an open field reads: its options, its label in brackets; an optional one left open, as a dash."""
    if not field.needed and not partial:
        return "–"
    if field.is_choice:
        return " / ".join(option.words for option in field.options)
    return f"[{field.label}]"
