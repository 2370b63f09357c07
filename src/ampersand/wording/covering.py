"""What the software does about each clause, and the terms it takes from an agreement."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Literal

from ampersand.wording.catalogue import CATALOGUE, Term, TermKind
from ampersand.wording.filling import Values, applies, fill
from ampersand.wording.scopes import Scope, read_scope
from ampersand.wording.template import Choice, Clause, Gap, Template
from ampersand.wording.values import Value

TermValue = Value | bool | tuple[str, ...] | Scope
"""As the field gave it; bool for yes/no terms; a tuple of clause ids for terms that are clauses; a Scope for
boundaries."""

Word = Literal["does", "asks", "keeps", "not yet", "only words"]

ONLY_WORDS = "The software shows these words and keeps that they were accepted; it acts on nothing in them."


@dataclass(frozen=True)
class Terms(Mapping[str, TermValue]):
    """What the software understands of an agreement, by catalogue key. Open blanks are not in it."""

    values_by_key: Mapping[str, TermValue] = field(default_factory=dict)

    def __getitem__(self, key: str) -> TermValue:
        return self.values_by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_key)

    def __len__(self) -> int:
        return len(self.values_by_key)


@dataclass(frozen=True)
class Verdict:
    """What the software does about one term of a clause; "not yet" says in `sentence` what it will do."""

    word: Word
    sentence: str
    term: str = ""


@dataclass(frozen=True)
class ClauseCoverage:
    """A clause, its words with blanks shown by their labels, and a verdict for each of its terms.

    Declarations and signature lines follow the clauses, as "declaration:adult" and "signing:issue".
    """

    clause: str
    number: str
    text: str
    verdicts: tuple[Verdict, ...]


def terms_of(template: Template, values: Values) -> Terms:
    """The terms that this agreement sets: what its clauses state, and what stands in its blanks."""
    found: dict[str, TermValue] = {}
    for clause in template.clauses():
        if not applies(template, clause.when, values):
            continue
        for stated in clause.states:
            if term := CATALOGUE.get(stated.term):
                found[term.key] = _stated(term, stated.value, clause, found.get(term.key))
        for part in clause.parts:
            if isinstance(part, Gap | Choice) and applies(template, part.when, values):
                _take_value(template, part.field, values, found)
    found |= {item.term: True for item in template.declarations if item.term in CATALOGUE}
    if template.occasions:
        found["signatures"] = True
    if template.copies:
        found["copies"] = True
    _give_years(found)
    return Terms(found)


def _stated(term: Term, value: str, clause: Clause, before: TermValue | None) -> TermValue:
    if term.kind is TermKind.CLAUSES:
        return (*before, clause.id) if isinstance(before, tuple) else (clause.id,)
    if term.kind is TermKind.YES_NO or value == "no":
        return value == "yes"
    if term.usual:
        return read_scope(value, term.usual) or False
    return int(value) if term.kind is TermKind.NUMBER else value


def _take_value(template: Template, id: str, values: Values, found: dict[str, TermValue]) -> None:
    term = CATALOGUE.get(template.field(id).term)
    if term is None or id not in values:
        return
    if term.usual:  # an either/or decides whether it stands; the clause may say when
        found[term.key] = values[id] == "yes" and (found.get(term.key) or term.usual)
    else:
        found[term.key] = values[id] == "yes" if term.kind is TermKind.YES_NO else values[id]


def _give_years(found: dict[str, TermValue]) -> None:
    """Let boundaries that last afterwards end after so many years, where the agreement says how many."""
    years = found.get("boundary-years")
    for key, value in found.items():
        if isinstance(value, Scope) and value.after and value.years is None and isinstance(years, int):
            found[key] = replace(value, years=years)


def coverage(template: Template) -> tuple[ClauseCoverage, ...]:
    """For every clause, in reading order, what the software does about it. Notes and steps only if marked."""
    words = {clause.id: clause.text for clause in fill(template, {}, {}, partial=True).clauses()}
    rows = []
    for clause in template.clauses():
        keys = [stated.term for stated in clause.states]
        keys += [template.field(part.field).term for part in clause.parts if isinstance(part, Gap | Choice)]
        keys = list(dict.fromkeys(key for key in keys if key))
        if keys or clause.binds:
            verdicts = tuple(_verdict(key) for key in keys) or (Verdict("only words", ONLY_WORDS),)
            rows.append(ClauseCoverage(clause.id, clause.number, words[clause.id], verdicts))
    for item in template.declarations:
        rows.append(ClauseCoverage(f"declaration:{item.term}", "", item.sentence, (_verdict(item.term),)))
    return (*rows, *_signing(template))


def _signing(template: Template) -> Iterator[ClauseCoverage]:
    for occasion in template.occasions:
        keys = {"issue": ("issue-date", "signatures"), "renewal": ("renewal-date", "signatures-at-renewal")}
        verdicts = tuple(_verdict(key) for key in keys.get(occasion.key, ("signatures",)))
        yield ClauseCoverage(f"signing:{occasion.key}", "", occasion.label, verdicts)
    if template.copies:
        yield ClauseCoverage("copies", "", "Copies: " + ", ".join(template.copies), (_verdict("copies"),))


def _verdict(key: str) -> Verdict:
    term = CATALOGUE.get(key)
    if term is None:
        near = get_close_matches(key, CATALOGUE, 1, 0.8)
        meant = f" Did you mean “{near[0]}”?" if near else ""
        return Verdict(
            "only words", f"“{key}” is no term that the software acts on; it only shows it.{meant}", key
        )
    return Verdict(term.verdict if term.built else "not yet", term.does, key)


def coverage_table(template: Template) -> str:
    """The coverage as a plain text table for a terminal, with a count at the end."""
    rows = coverage(template)
    lines = [f"{template.title} (version {template.version})", ""]
    for row in rows:
        head = f"{row.number} {row.text}".strip()
        lines += textwrap.wrap(head, 96)
        for verdict in row.verdicts:
            lines += textwrap.wrap(
                verdict.sentence, 96, initial_indent=f"    {verdict.word:<10} ", subsequent_indent=" " * 15
            )
        lines.append("")
    count = Counter(verdict.word for row in rows for verdict in row.verdicts)
    order: tuple[Word, ...] = ("does", "asks", "keeps", "not yet", "only words")
    lines.append(f"{len(rows)} parts; " + ", ".join(f"{word}: {count[word]}" for word in order))
    return "\n".join(lines) + "\n"
