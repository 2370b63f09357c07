"""A filled-in agreement: what people read, sign and receive. It needs no template to be shown or checked.

    Document → FilledSection → FilledClause → FilledPart

The fingerprint is the SHA-256, in hex, of this and nothing else, as JSON in UTF-8 with sorted keys and no
spaces: the template's id and version, the title, each heading, each clause's printed number and words, for
each occasion of signing the label of its date and of its lines, and, where the text takes the place of an
earlier one, the fingerprint of that. So whatever changes a character that
someone reads before signing changes the fingerprint, and nothing else does (not clause ids, not who typed
what, not the layout). Text that does not apply is no part of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal

from ampersand.wording.template import Entered, Field, Mark, Party

_REPLACING = {"en": "Once both have signed it, this text takes the place of the one with the fingerprint {}."}


@dataclass(frozen=True)
class FilledPart:
    """A run of words in a clause.

    `kind` says where they come from: "words" the template, "gap" a blank, "choice" an either/or, "scheme" the
    scheme. `text` is what is read. For a gap or choice `field` is the whole field and `filled` tells whether
    a value stands there; unfilled, `text` is the label in brackets ("[Days of notice]") or the options
    ("will / will not"). `chosen` is the key of the option taken.

    `applies` is True, False, or None while the blank it depends on is not filled; only documents filled with
    `partial=True` hold parts that are not True.
    """

    kind: Literal["words", "gap", "choice", "scheme"]
    text: str
    field: Field | None = None
    filled: bool = True
    chosen: str = ""
    applies: bool | None = True


@dataclass(frozen=True)
class FilledClause:
    """A clause with its printed `number` ("7.", "(a)", or "")."""

    id: str
    parts: tuple[FilledPart, ...]
    mark: Mark
    depth: int = 0
    number: str = ""
    applies: bool | None = True

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.id, self.parts, self.number, self.applies))

    @cached_property
    def text(self) -> str:
        """The words that apply, or may yet; where text falls away, no double space is left."""
        return "".join(part.text for part in self.read)

    @cached_property
    def read(self) -> tuple[FilledPart, ...]:
        """The parts that apply, or may yet, their spaces made single where text between them fell away."""
        kept: list[FilledPart] = []
        for part in self.parts:
            if part.applies is not False:
                text = re.sub(r" {2,}", " ", part.text)
                after_space = not kept or kept[-1].text.endswith(" ")
                kept.append(_with(part, text.removeprefix(" ") if after_space else text))
        if kept:
            kept[-1] = _with(kept[-1], kept[-1].text.rstrip(" "))
        return tuple(part for part in kept if part.text)


def _with(part: FilledPart, text: str) -> FilledPart:
    return part if part.text == text else replace(part, text=text)


@dataclass(frozen=True)
class FilledSection:
    """A heading ("" for the opening section) and its clauses; `level` is 2 or 3."""

    id: str
    heading: str
    clauses: tuple[FilledClause, ...]
    level: int = 2


@dataclass(frozen=True)
class SignatureLine:
    """A line for one party's signature on one occasion: the party's key and the label printed before it."""

    party: str
    label: str


@dataclass(frozen=True)
class SigningPlace:
    """The signature lines of one occasion. The date beside its `label` is set by signing, never typed."""

    occasion: str
    label: str
    lines: tuple[SignatureLine, ...]


@dataclass(frozen=True)
class Signed:
    """One signature as it is printed: by whom, on which occasion, the name, the day.

    `drawing` is an SVG of a drawn signature, or "" for a typed one (the name is then set in italics).
    """

    occasion: str
    party: str
    name: str
    on: date
    drawing: str = ""


@dataclass(frozen=True)
class Document:
    """A filled-in agreement. `complete` tells whether no blank that is needed is left open.

    `replaces` is the fingerprint of the text that this one takes the place of, or "".
    """

    template: str
    version: int
    title: str
    language: str
    entered: Entered
    parties: tuple[Party, ...]
    sections: tuple[FilledSection, ...]
    signing: tuple[SigningPlace, ...] = ()
    copies: tuple[str, ...] = ()
    complete: bool = True
    replaces: str = ""

    @property
    def replacing(self) -> str:
        """The sentence by which the text names what it takes the place of; "" if it replaces nothing."""
        language = self.language.split("-")[0]
        return _REPLACING.get(language, _REPLACING["en"]).format(self.replaces) if self.replaces else ""

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    @cached_property
    def fingerprint(self) -> str:
        """64 hex digits that change with every character someone reads; see the head of this file."""
        read = {
            "template": self.template,
            "version": self.version,
            "title": self.title,
            "sections": [
                {
                    "heading": section.heading,
                    "clauses": [
                        [clause.number, clause.text]
                        for clause in section.clauses
                        if clause.applies is not False
                    ],
                }
                for section in self.sections
            ],
            "signing": [[place.label, [line.label for line in place.lines]] for place in self.signing],
            **({"replaces": self.replaces} if self.replaces else {}),
        }
        canonical = json.dumps(read, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def clauses(self) -> Iterator[FilledClause]:
        """Every clause, note and step in reading order."""
        for section in self.sections:
            yield from section.clauses
