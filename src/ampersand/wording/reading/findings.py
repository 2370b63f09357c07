"""What a reader finds in an agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Blank:
    """A place where someone must write, or an either/or, in document order.

    `near` is the words just before it, with their context where a label repeats. `kind` is one of text, date,
    person, contact, number, duration, choice, signature. `default` is a value the text suggests in brackets.
    `line`, `start` and `end` say where it stands in the lines read; `boxes` that it is a group of boxes.
    """

    near: str
    kind: str
    options: tuple[str, ...] = ()
    default: str = ""
    line: int = 0
    start: int = 0
    end: int = 0
    boxes: bool = False


@dataclass(frozen=True)
class LookAt:
    """Something a careful reader would notice: the words it is about and a sentence. Nothing is reworded.

    `sentence` may have places, such as “%(number)s”, for what `named` holds: so it can be translated.
    """

    about: str
    sentence: str
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """The whole sentence."""
        return self.sentence % self.named if self.named else self.sentence


@dataclass(frozen=True)
class Part:
    """A line as it was understood: heading, item, clause (a plain paragraph that carries a term), note, step."""

    role: str
    text: str
    marker: str = ""
    depth: int = 0
    level: int = 0


@dataclass(frozen=True)
class Reading:
    """Everything found in one document. `as_dict` is what `ampersand read --json` prints."""

    title: str
    parties: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    items: int = 0
    clauses: int = 0
    blanks: tuple[Blank, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
    signature_blocks: int = 0
    occasions: int = 0
    signers: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)
    look_at: tuple[LookAt, ...] = ()
    template: str = ""
    parts: tuple[Part, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As plain lists and dictionaries, in the order and under the names of the JSON form."""
        whole = dict(vars(self))
        whole["facts"] = dict(self.facts)
        whole["blanks"] = [_without_unused(dict(vars(blank))) for blank in self.blanks]
        whole["look_at"] = tuple({**vars(hint), "named": dict(hint.named)} for hint in self.look_at)
        whole["parts"] = tuple(dict(vars(each)) for each in self.parts)
        return whole

    @classmethod
    def from_dict(cls, whole: Mapping[str, Any]) -> Reading:
        """The reading that `as_dict` gave."""
        known = dict(whole)
        known["blanks"] = tuple(
            Blank(**{**blank, "options": tuple(blank.get("options", ()))}) for blank in whole["blanks"]
        )
        known["look_at"] = tuple(LookAt(**hint) for hint in whole["look_at"])
        known["parts"] = tuple(Part(**part) for part in whole["parts"])
        known["alternatives"] = tuple(tuple(options) for options in whole["alternatives"])
        known["parties"] = tuple(whole["parties"])
        known["sections"] = tuple(whole["sections"])
        return cls(**known)


def _without_unused(blank: dict[str, Any]) -> dict[str, Any]:
    blank["options"] = list(blank["options"])
    if not blank["default"]:
        del blank["default"]
    return blank
