"""Comparing two wordings clause by clause, and word by word within a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from ampersand.wording.document import Document
from ampersand.wording.filling import fill
from ampersand.wording.template import Template
from ampersand.wording.writing import settings_of


@dataclass(frozen=True)
class Run:
    """A run of words within a changed clause: "same", "gone" (only in the old) or "new" (only in the new)."""

    state: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True)
class Swap:
    """One place in a changed clause: the words that go and those that come; either may be ""."""

    gone: str
    new: str


@dataclass(frozen=True)
class Change:
    """What became of one clause, or of the title, a heading, the signature lines of an occasion.

    The ids of those others are "title:", "heading:" and "signing:" with their own after it.

    `kind` is "added", "removed", "changed" or "moved" (same words, another place); `moved` is also true
    for a changed clause that stands elsewhere. `old` and `new` are its words, "" where it does not stand.
    `number` and `heading` say where people find it: its printed number ("7.", or "") and the heading above
    it, both as in the new wording, or as in the old where it is removed.
    """

    kind: Literal["added", "removed", "changed", "moved"]
    clause: str
    old: str
    new: str
    moved: bool
    runs: tuple[Run, ...]
    number: str = ""
    heading: str = ""

    @property
    def part(self) -> Literal["title", "heading", "signing", "setting", "clause"]:
        """What kind of part it is."""
        named: dict[str, Literal["title", "heading", "signing", "setting"]]
        named = {"title": "title", "heading": "heading", "signing": "signing", "setting": "setting"}
        before, colon, _ = self.clause.partition(":")
        return named[before] if colon else "clause"

    @property
    def swaps(self) -> tuple[Swap, ...]:
        """What goes and what comes, place by place, for those who cannot see the marks."""
        return tuple(_swaps(self.runs))


@dataclass(frozen=True)
class _Piece:
    """The words of one part, and where people find it."""

    words: str
    number: str = ""
    heading: str = ""


def compare(old: Template | Document, new: Template | Document) -> tuple[Change, ...]:
    """What differs, in the reading order of the new one, removed clauses where they stood. () if nothing.

    Printed numbers are not compared: they follow from the order.
    """
    before, after = _pieces(old), _pieces(new)
    moved = _moved(list(before), list(after))
    changes = []
    for id in _merged(list(before), list(after)):
        was, now = before.get(id), after.get(id)
        if was is None or now is None or was.words != now.words or id in moved:
            changes.append(_change(id, was, now, moved=id in moved))
    return tuple(changes)


def compare_settings(old: Template, new: Template) -> tuple[Change, ...]:
    """What differs behind the words: blanks, terms, conditions, who signs, who declares, who gets a copy.

    `heading` is the name of what differs, `old` and `new` are its line in our language; nothing is "moved".
    """
    before, after = settings_of(old), settings_of(new)
    changes = []
    for key in dict.fromkeys([*before, *after]):
        was, now = (
            _Piece(side[key][1], heading=side[key][0]) if key in side else None for side in (before, after)
        )
        if was is None or now is None or was.words != now.words:
            changes.append(_change(f"setting:{key}", was, now, moved=False))
    return tuple(changes)


def _pieces(wording: Template | Document) -> dict[str, _Piece]:
    """Everything that is read, by id, in reading order."""
    document = fill(wording, {}, {}, partial=True) if isinstance(wording, Template) else wording
    pieces = {"title:": _Piece(document.title)}
    for section in document.sections:
        if section.heading:
            pieces[f"heading:{section.id}"] = _Piece(section.heading, heading=section.heading)
        for clause in section.clauses:
            if clause.applies is not False:
                pieces[clause.id] = _Piece(clause.text, clause.number, section.heading)
    for place in document.signing:
        lines = ", ".join([place.label, *(line.label for line in place.lines)])
        pieces[f"signing:{place.occasion}"] = _Piece(lines)
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


def _change(id: str, was: _Piece | None, now: _Piece | None, *, moved: bool) -> Change:
    if was is None and now is not None:
        return Change("added", id, "", now.words, False, (Run("new", now.words),), now.number, now.heading)
    if now is None and was is not None:
        return Change("removed", id, was.words, "", False, (Run("gone", was.words),), was.number, was.heading)
    if was is None or now is None:
        raise ValueError(f"{id} stands in neither wording.")
    kind: Literal["moved", "changed"] = "moved" if was.words == now.words else "changed"
    runs = tuple(_runs(was.words, now.words))
    return Change(kind, id, was.words, now.words, moved, runs, now.number, now.heading)


def _runs(was: str, now: str) -> list[Run]:
    """The two texts word by word; joined, "same" and "gone" give the old text, "same" and "new" the new."""
    old, new = re.findall(r"\w+|\s+|[^\w\s]", was), re.findall(r"\w+|\s+|[^\w\s]", now)
    runs: list[Run] = []
    for gone, come in _joined(old, new):
        if gone == come:
            runs.append(Run("same", gone))
            continue
        runs += [Run("gone", gone)] if gone else []
        runs += [Run("new", come)] if come else []
    return runs


def _joined(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """What stands in the old and in the new, stretch by stretch; nothing but a space parts no two changes."""
    stretches: list[tuple[str, str]] = []
    for _, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        here = ("".join(old[a:b]), "".join(new[c:d]))
        between = len(stretches) > 1 and stretches[-1][0] == stretches[-1][1]
        if here[0] != here[1] and between and not re.search(r"\w", stretches[-1][0]):
            space, change = stretches.pop(), stretches.pop()
            here = (change[0] + space[0] + here[0], change[1] + space[1] + here[1])
        stretches.append(here)
    return stretches


def _swaps(runs: tuple[Run, ...]) -> Iterator[Swap]:
    gone = ""
    for run in (*runs, Run("same", "")):
        if run.state == "new" or gone:
            yield Swap(gone.strip(), run.text.strip() if run.state == "new" else "")
        gone = run.text if run.state == "gone" else ""
