"""What a template is made of: the tree that `parse` gives and `write` takes.

Everything here is frozen and compares by value. Reading order is the order of the tuples.

    Template → Section → Clause → parts (Words, Gap, Choice, SchemeValue)

A part, and a whole clause, may carry a `Condition`: it is then dependent text, which applies only when
an earlier blank or either/or was filled in a certain way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import ClassVar, Literal

OPENING = "opening"
"""The id of the section without a heading, which holds what stands before the first heading."""

TOGETHER = "together"
"""`Field.by` of a blank that both must agree. Any other value is the key of the party who fills it alone."""

SCHEME_KEYS = {
    "name": "the scheme's name",
    "contact": "the address at which the organisers are reached",
    "website": "the scheme's website",
}
"""Values of the scheme that a text may use, as `{scheme.name}`. All are plain text."""


class Kind(StrEnum):
    """What may be written into a blank."""

    TEXT = "text"
    LONG_TEXT = "long text"
    DATE = "date"
    PERSON = "person"
    CONTACT = "contact"
    NUMBER = "number"
    DURATION = "duration"
    FREQUENCY = "frequency"
    TIMES = "times"
    CHOICE = "choice"


class Entered(StrEnum):
    """How an agreement comes into force: accepted clause by clause on asking, or signed by the parties."""

    BY_ASKING = "accepted by asking"
    SIGNED = "signed"


class Mark(StrEnum):
    """How a clause stands on the sheet. Notes and steps are printed and kept, but bind nobody."""

    NUMBERED = "numbered"
    PLAIN = "plain"
    BULLET = "bullet"
    NOTE = "note"
    STEP = "step"


@dataclass(frozen=True)
class Option:
    """One side of an either/or: `key` is what is kept ("yes"), `words` what is read ("will")."""

    key: str
    words: str


@dataclass(frozen=True)
class Field:
    """A blank or an either/or, wherever it stands in the text (it may stand in several places).

    `label` names it for a screen reader and in "Left to agree". `by` is TOGETHER or the key of the one party
    who fills it without the other's agreement. `term` is a key of the catalogue, or "". `low` and `high`
    bound a number (inclusive, in `unit`), `longest` the letters of a text. `said`: the words around it name
    the unit already, so the number is printed alone. `suggestion` is what stands there to start with, in the
    form that `read_value` reads, or "".
    """

    id: str
    kind: Kind
    label: str
    by: str = TOGETHER
    term: str = ""
    needed: bool = True
    suggestion: str = ""
    options: tuple[Option, ...] = ()
    unit: str = ""
    low: int | None = None
    high: int | None = None
    longest: int | None = None
    said: bool = False

    @property
    def together(self) -> bool:
        """Whether both parties must agree what stands here."""
        return self.by == TOGETHER

    @property
    def is_choice(self) -> bool:
        """Whether this is an either/or."""
        return self.kind is Kind.CHOICE


@dataclass(frozen=True)
class Condition:
    """When dependent text applies. `value`: an option's key or stored value; "" asks whether it is filled."""

    field: str
    value: str = ""
    negated: bool = False


@dataclass(frozen=True)
class Words:
    """Plain words."""

    kind: ClassVar[Literal["words"]] = "words"
    text: str
    when: Condition | None = None


@dataclass(frozen=True)
class Gap:
    """The place of a blank; `field` is its id."""

    kind: ClassVar[Literal["gap"]] = "gap"
    field: str
    when: Condition | None = None


@dataclass(frozen=True)
class Choice:
    """The place of an either/or; `field` is its id."""

    kind: ClassVar[Literal["choice"]] = "choice"
    field: str
    when: Condition | None = None


@dataclass(frozen=True)
class SchemeValue:
    """The place of a value of the scheme; `key` is one of SCHEME_KEYS."""

    kind: ClassVar[Literal["scheme"]] = "scheme"
    key: str
    when: Condition | None = None


Part = Words | Gap | Choice | SchemeValue


@dataclass(frozen=True)
class Stated:
    """A term that a clause fixes by its own words, such as meeting-minutes = 30; a bare mark means "yes"."""

    term: str
    value: str = "yes"


@dataclass(frozen=True)
class Clause:
    """One clause, note or step. `id` stays when its words change; `depth` 0 is outermost, at most 2.

    `number` is what is printed before it: "7.", "(a)", "Step 1:", or "". It is counted, never typed.
    """

    id: str
    parts: tuple[Part, ...]
    mark: Mark = Mark.PLAIN
    depth: int = 0
    number: str = ""
    when: Condition | None = None
    states: tuple[Stated, ...] = ()

    @property
    def binds(self) -> bool:
        """Whether it is a clause, and not a note or a step."""
        return self.mark not in (Mark.NOTE, Mark.STEP)


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. The text before the first heading is a section without one.

    `level` is 2 for a section, 3 for a section within it (the title is level 1).
    """

    id: str
    heading: str
    clauses: tuple[Clause, ...]
    level: int = 2


@dataclass(frozen=True)
class Party:
    """Someone the agreement binds: `key` ("mentor") and what the text calls them ("Mentor")."""

    key: str
    label: str


@dataclass(frozen=True)
class Occasion:
    """A time of signing: `key` ("issue"), what its date is called ("Date of issue"), who signs."""

    key: str
    label: str
    signers: tuple[str, ...]


@dataclass(frozen=True)
class Declaration:
    """What the person asking must declare: a term of the catalogue ("adult") and the sentence they tick."""

    term: str
    sentence: str


@dataclass(frozen=True)
class Template:
    """A scheme's wording of its agreement. Whoever publishes it sets `version` (`dataclasses.replace`).

    `by_section`: clauses are counted afresh under each heading, and not throughout.
    """

    id: str
    title: str
    sections: tuple[Section, ...]
    parties: tuple[Party, ...]
    entered: Entered
    version: int = 1
    language: str = "en-GB"
    blanks: tuple[Field, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    copies: tuple[str, ...] = ()
    by_section: bool = False

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        """Worked out once: whoever keeps something for a template looks it up by the whole tree."""
        return hash((self.id, self.version, self.title, self.sections, self.blanks))

    def field(self, id: str) -> Field:
        """The blank or either/or of that id; KeyError if there is none."""
        return self._fields[id]

    @cached_property
    def _fields(self) -> Mapping[str, Field]:
        return {field.id: field for field in self.blanks}

    def clauses(self) -> Iterator[Clause]:
        """Every clause, note and step in reading order."""
        for section in self.sections:
            yield from section.clauses

    def clause(self, id: str) -> Clause:
        """The clause, note or step of that id; KeyError if there is none."""
        return self._clauses[id]

    @cached_property
    def _clauses(self) -> Mapping[str, Clause]:
        return {clause.id: clause for clause in self.clauses()}

    @cached_property
    def places(self) -> Mapping[str, tuple[tuple[Clause, Gap | Choice], ...]]:
        """Where each blank and either/or stands, by id, in reading order: the clauses, and the part there."""
        found: dict[str, tuple[tuple[Clause, Gap | Choice], ...]] = {}
        for clause in self.clauses():
            for part in clause.parts:
                if isinstance(part, Gap | Choice):
                    found[part.field] = (*found.get(part.field, ()), (clause, part))
        return found

    def party(self, key: str) -> Party:
        """The party of that key; KeyError if there is none."""
        for party in self.parties:
            if party.key == key:
                return party
        raise KeyError(key)
