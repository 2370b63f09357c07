"""What the software does about each clause, and the terms it takes from an agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ampersand.wording.filling import Values
from ampersand.wording.template import Template
from ampersand.wording.values import Value

TermValue = Value | bool | tuple[str, ...]
"""As the field gave it; bool for yes/no terms; a tuple of clause ids for terms that are clauses."""

Word = Literal["does", "asks", "keeps", "not yet", "only words"]


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
    """A clause, its words with blanks shown by their labels, and a verdict for each of its terms."""

    clause: str
    number: str
    text: str
    verdicts: tuple[Verdict, ...]


def terms_of(template: Template, values: Values) -> Terms:
    """The terms that this agreement sets: what its clauses state, and what stands in its blanks."""
    raise NotImplementedError


def coverage(template: Template) -> tuple[ClauseCoverage, ...]:
    """For every clause, in reading order, what the software does about it."""
    raise NotImplementedError


def coverage_table(template: Template) -> str:
    """The coverage as a plain text table for a terminal, with a count at the end."""
    raise NotImplementedError
