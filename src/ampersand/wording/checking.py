"""Checking that the parts of a template fit: blanks and their declarations, conditions, terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from ampersand.wording.catalogue import CATALOGUE, TermKind
from ampersand.wording.front import Blank
from ampersand.wording.ids import options_for
from ampersand.wording.inline import Found, Place
from ampersand.wording.problems import Problems
from ampersand.wording.scopes import EXAMPLE, read_scope
from ampersand.wording.template import Condition, Declaration, Field, Kind, Option, Stated
from ampersand.wording.values import WrongValue, read_value, store_value

FITTING = {
    TermKind.YES_NO: (Kind.CHOICE,),
    TermKind.CHOICE: (Kind.CHOICE,),
    TermKind.NUMBER: (Kind.NUMBER,),
    TermKind.DATE: (Kind.DATE,),
    TermKind.FREQUENCY: (Kind.FREQUENCY, Kind.DURATION),
    TermKind.TIMES: (Kind.TIMES, Kind.TEXT, Kind.LONG_TEXT),
    TermKind.PERSON: (Kind.PERSON, Kind.TEXT),
    TermKind.CONTACT: (Kind.CONTACT, Kind.TEXT, Kind.LONG_TEXT),
    TermKind.CLAUSES: (),
    TermKind.SCOPE: (Kind.CHOICE,),
}
"""Which kinds of blank a term may stand in."""


class Checker:
    """Compares what the front matter declares with what stands in the text."""

    def __init__(
        self, problems: Problems, declared: dict[str, Blank], declarations: tuple[Declaration, ...]
    ) -> None:
        self.problems = problems
        self.declared = declared
        self.declarations = declarations
        self.fields: dict[str, Field] = {}
        self.stated: dict[str, str] = {}

    def check(self, clauses: list[Found]) -> tuple[Field, ...]:
        """Note every misfit; give the blanks as declared, the undeclared either/ors after them."""
        places = [place for clause in clauses for place in clause.places]
        options = self._options(places)
        for id, blank in self.declared.items():
            self._declared_field(id, blank, options.get(id), any(place.id == id for place in places))
        for place in places:
            if place.id in self.fields:
                continue
            if place.options:
                label = " or ".join(place.options)
                self.fields[place.id] = Field(
                    place.id, Kind.CHOICE, label, options=options_for(place.options)
                )
            elif place.id not in options:
                self.problems.add(place.at, self._undeclared(place.id))
        self._check_conditions(clauses)
        for clause in clauses:
            self._check_stated(clause)
        return tuple(self.fields.values())

    def _options(self, places: list[Place]) -> dict[str, tuple[str, ...]]:
        """The words of each either/or; they may be said again, but not otherwise."""
        words: dict[str, tuple[str, ...]] = {}
        for place in places:
            if place.options and words.setdefault(place.id, place.options) != place.options:
                self.problems.add(
                    place.at, f"“{place.id}” has other options further up. Write “[{place.id}]”."
                )
        return words

    def _declared_field(self, id: str, blank: Blank, words: tuple[str, ...] | None, used: bool) -> None:
        field = blank.field
        if not used:
            self.problems.add(blank.at, f"The blank “{id}” stands nowhere in the text. Write “[{id}]” there.")
        if field.is_choice and used and words is None:
            self.problems.add(blank.at, f"Write what can be chosen into the text: “[{id}: will / will not]”.")
        elif words and not field.is_choice:
            self.problems.add(blank.at, f"“{id}” is an either/or in the text. Call it “choice” here.")
        elif words and len(words) != len(field.options):
            self.problems.add(
                blank.at, f"“{id}” has {len(words)} options in the text, {len(field.options)} here."
            )
        elif words:
            keys = [option.key for option in field.options]
            field = replace(field, options=tuple(Option(*pair) for pair in zip(keys, words, strict=True)))
        self.fields[id] = field
        self._check_field(field, blank)

    def _check_field(self, field: Field, blank: Blank) -> None:
        if field.suggestion:
            try:
                read_value(field, field.suggestion)
            except WrongValue as wrong:
                self.problems.add(blank.at, f"The suggestion for “{field.id}” cannot stand there. {wrong}")
        term = CATALOGUE.get(field.term)
        if term is None:
            return
        keys = {option.key for option in field.options}
        if field.kind not in FITTING[term.kind]:
            self.problems.add(blank.at, f"The term {term.key} is {term.kind}, so it does not fit this blank.")
        elif term.kind in (TermKind.YES_NO, TermKind.SCOPE) and keys != {"yes", "no"}:
            self.problems.add(
                blank.at, f"The term {term.key} needs “choice yes / no” (in the order of the text)."
            )
        elif term.kind is TermKind.CHOICE and not keys <= set(term.options):
            self.problems.add(blank.at, f"The term {term.key} takes only: {', '.join(term.options)}.")
        elif term.unit and field.unit != term.unit:
            self.problems.add(
                blank.at, f"The term {term.key} is counted in {term.unit}: write “number … {term.unit}”."
            )

    def _undeclared(self, id: str) -> str:
        near = get_close_matches(id, self.declared, 1)
        meant = f" Did you mean “{near[0]}”?" if near else ""
        return f"The blank “{id}” is not in the list “blanks” at the top.{meant}"

    def _check_conditions(self, clauses: list[Found]) -> None:
        before: set[str] = set()
        for clause in clauses:
            for condition, at, count in clause.conditions:
                known = before | {place.id for place in clause.places[:count]}
                for sentence in self._wrong(condition, known):
                    self.problems.add(at, sentence)
            before |= {place.id for place in clause.places}

    def _wrong(self, condition: Condition, known: set[str]) -> Iterator[str]:
        field = self.fields.get(condition.field)
        if field is None:
            yield f"There is no blank “{condition.field}” for this to depend on."
        elif condition.field not in known:
            yield f"“{condition.field}” stands further down. What depends on it comes after it."
        elif condition.value and field.is_choice:
            keys = [option.key for option in field.options]
            if condition.value not in keys:
                yield f"“{condition.field}” is never “{condition.value}”. It can be: {', '.join(keys)}."
        elif condition.value:
            yield from _unreadable(field, condition.value)

    def _check_stated(self, clause: Found) -> None:
        for stated, at in clause.states:
            if wrong := wrong_statement(stated):
                self.problems.add(at, wrong)
            term = CATALOGUE.get(stated.term)
            single = term is not None and term.kind is not TermKind.CLAUSES and clause.when is None
            if single and self.stated.setdefault(stated.term, stated.value) != stated.value:
                self.problems.add(
                    at, f"Another clause says {stated.term} is {self.stated[stated.term]}. Only one can hold."
                )


def _unreadable(field: Field, value: str) -> Iterator[str]:
    try:
        if store_value(field, read_value(field, value)) != value:
            yield f"Write the value as {store_value(field, read_value(field, value))}."
    except WrongValue as wrong:
        yield f"“{field.id}” can never be “{value}”. {wrong}"


def wrong_statement(stated: Stated) -> str:
    """Why a clause cannot state this of a term of the catalogue, as a sentence; "" if it can."""
    term = CATALOGUE.get(stated.term)
    if term is None:
        return ""
    if term.kind is TermKind.NUMBER and not stated.value.isdecimal():
        return f"The term {term.key} is a number of {term.unit or 'its own'}. Write “{term.key} = 12”."
    if term.kind is TermKind.YES_NO and stated.value not in ("yes", "no"):
        return f"The term {term.key} is yes or no."
    if term.kind is TermKind.CHOICE and stated.value not in term.options:
        return f"The term {term.key} takes only: {', '.join(term.options)}."
    if term.kind is TermKind.CLAUSES and stated.value != "yes":
        return f"The term {term.key} marks the clause itself and takes no value."
    if term.usual and stated.value != "no" and read_scope(stated.value, term.usual) is None:
        return f"The term {term.key} is a boundary. Say when it binds, such as “{term.key} = {EXAMPLE}”."
    return ""
