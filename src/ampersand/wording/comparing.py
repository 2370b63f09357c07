"""Comparing two wordings clause by clause, and word by word within a clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ampersand.wording.document import Document
from ampersand.wording.filling import fill
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
    """What differs, in the reading order of the new one, removed clauses where they stood. () if nothing.

    Printed numbers are not compared: they follow from the order.
    """
    before, after = _pieces(old), _pieces(new)
    moved = _moved(list(before), list(after))
    changes = []
    for id in _merged(list(before), list(after)):
        was, now = before.get(id, ""), after.get(id, "")
        if was != now or id in moved:
            changes.append(_change(id, was, now, id in moved))
    return tuple(changes)


def _pieces(wording: Template | Document) -> dict[str, str]:
    """The words of everything that is read, by id, in reading order."""
    document = fill(wording, {}, {}, partial=True) if isinstance(wording, Template) else wording
    pieces = {"title": document.title}
    for section in document.sections:
        if section.heading:
            pieces[f"heading:{section.id}"] = section.heading
        pieces |= {clause.id: clause.text for clause in section.clauses if clause.applies is not False}
    for place in document.signing:
        pieces[f"signing:{place.occasion}"] = ", ".join([place.label, *(line.label for line in place.lines)])
    return pieces


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The ids that stand elsewhere: those outside the longest run of common ids in the same order."""
    both = set(before) & set(after)
    old = [id for id in before if id in both]
    new = [id for id in after if id in both]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return both - {id for block in blocks for id in old[block.a : block.a + block.size]}


def _merged(before: list[str], after: list[str]) -> list[str]:
    """The ids of the new one in order, each removed id after the one it followed."""
    order = list(after)
    last = -1
    for id in before:
        if id in order:
            last = order.index(id)
        else:
            last += 1
            order.insert(last, id)
    return order


def _change(id: str, was: str, now: str, moved: bool) -> Change:
    if not was:
        return Change("added", id, "", now, False, (Run("new", now),))
    if not now:
        return Change("removed", id, was, "", False, (Run("gone", was),))
    return Change("moved" if was == now else "changed", id, was, now, moved, tuple(_runs(was, now)))


def _runs(was: str, now: str) -> list[Run]:
    """The two texts word by word; joined, "same" and "gone" give the old text, "same" and "new" the new."""
    old, new = re.findall(r"\w+|\s+|[^\w\s]", was), re.findall(r"\w+|\s+|[^\w\s]", now)
    runs: list[Run] = []
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if old[a:b] == new[c:d]:
            runs.append(Run("same", "".join(old[a:b])))
            continue
        if a < b:
            runs.append(Run("gone", "".join(old[a:b])))
        if c < d:
            runs.append(Run("new", "".join(new[c:d])))
    return runs
