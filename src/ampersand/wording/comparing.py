"""Comparing two wordings clause by clause, and word by word within a clause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ampersand.wording.document import Document
from ampersand.wording.template import Template


@dataclass(frozen=True)
class Run:
    """A run of words within a changed clause: "same", "gone" (only in the old) or "new" (only in the new)."""

    state: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True)
class Change:
    """What became of one clause (or heading, title, signature line; their ids start with "heading:" …).

    `kind` is "added", "removed", "changed" or "moved" (same words, another place); `moved` is also true
    for a changed clause that stands elsewhere. `old` and `new` are its words, "" where it does not stand.
    """

    kind: Literal["added", "removed", "changed", "moved"]
    clause: str
    old: str
    new: str
    moved: bool
    runs: tuple[Run, ...]


def compare(old: Template | Document, new: Template | Document) -> tuple[Change, ...]:
    """What differs, in the reading order of the new one, removed clauses where they stood. () if nothing."""
    raise NotImplementedError
