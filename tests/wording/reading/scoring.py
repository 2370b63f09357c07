"""Scores a reading against one made by hand: blanks in order by the words before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from ampersand.wording.reading import Reading


def words(text: str) -> list[str]:
    """Words as they are compared: small letters, no punctuation."""
    return re.findall(r"[^\W_]+", text.lower().replace("’", "'").replace("'s", "s"))


def near_alike(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two readers mean the same place: one's words hold the other's, or most of them are shared at the end."""
    if not ours or not theirs:
        return not ours and not theirs
    short, long = sorted((list(ours), list(theirs)), key=len)
    if any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1)):
        return True
    shared = sum(
        block.size for block in SequenceMatcher(a=ours, b=theirs, autojunk=False).get_matching_blocks()
    )
    return shared >= 0.6 * len(short) and (ours[-1] == theirs[-1] or shared >= 0.6 * len(long))


def matched(
    ours: Sequence[tuple[list[str], str]], theirs: Sequence[tuple[list[str], str]]
) -> list[tuple[int, int]]:
    """The longest row of pairs that keeps the order of both."""
    table = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            fits = near_alike(ours[i][0], theirs[j][0]) and (ours[i][1] == "choice") == (
                theirs[j][1] == "choice"
            )
            table[i][j] = max(table[i + 1][j], table[i][j + 1], table[i + 1][j + 1] + 1 if fits else 0)
    pairs, i, j = [], 0, 0
    while i < len(ours) and j < len(theirs):
        fits = near_alike(ours[i][0], theirs[j][0]) and (ours[i][1] == "choice") == (theirs[j][1] == "choice")
        if fits and table[i][j] == table[i + 1][j + 1] + 1:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif table[i + 1][j] >= table[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


@dataclass
class Score:
    """How one or more readings compare with those made by hand."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    wrong_kind: list[str] = field(default_factory=list)
    choices: int = 0
    choices_missed: list[str] = field(default_factory=list)
    choices_invented: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    signatures: list[str] = field(default_factory=list)
    from_nothing: list[str] = field(default_factory=list)
    documents: int = 0

    @property
    def blanks_f1(self) -> float:
        """Of blanks."""
        return _f1(self.found, len(self.missed), len(self.invented))

    @property
    def choices_f1(self) -> float:
        """Of either/ors."""
        return _f1(self.choices, len(self.choices_missed), len(self.choices_invented))

    @property
    def items_right(self) -> float:
        """The share of documents whose count of points is within 5 %."""
        return 1 - len(self.items) / self.documents

    @property
    def signatures_right(self) -> float:
        """The share of documents whose signature blocks are exact."""
        return 1 - len(self.signatures) / self.documents

    def add(self, name: str, reading: Reading, expected: dict[str, Any]) -> None:
        """Adds one document."""
        self.documents += 1
        wanted = [(words(b["near"]), b["kind"], b) for b in expected["blanks"]]
        ours = [(words(b.near), b.kind) for b in reading.blanks]
        pairs = matched(ours, [(near, kind) for near, kind, _ in wanted])
        self.found += len(pairs)
        hit, got = {j for _, j in pairs}, {i for i, _ in pairs}
        self.missed += [f"{name}: {b['near']}" for j, (_, _, b) in enumerate(wanted) if j not in hit]
        self.invented += [
            f"{name}: {b.near} [{b.kind}]" for i, b in enumerate(reading.blanks) if i not in got
        ]
        self.wrong_kind += [
            f"{name}: {reading.blanks[i].near} is {wanted[j][1]}, read {ours[i][1]}"
            for i, j in pairs
            if ours[i][1] != wanted[j][1]
        ]
        if not wanted and ours:
            self.from_nothing.append(name)
        self._add_choices(name, reading, expected)
        if abs(reading.items - expected["items"]) > 0.05 * expected["items"]:
            self.items.append(f"{name}: {expected['items']} read as {reading.items}")
        if reading.signature_blocks != expected["signature_blocks"]:
            self.signatures.append(
                f"{name}: {expected['signature_blocks']} read as {reading.signature_blocks}"
            )

    def _add_choices(self, name: str, reading: Reading, expected: dict[str, Any]) -> None:
        left = [tuple(" ".join(words(o)) for o in options) for options in expected["alternatives"]]
        for options in reading.alternatives:
            plain = tuple(" ".join(words(option)) for option in options)
            if plain in left:
                left.remove(plain)
                self.choices += 1
            else:
                self.choices_invented.append(f"{name}: {' / '.join(options)}")
        self.choices_missed += [f"{name}: {' / '.join(options)}" for options in left]

    def told(self) -> str:
        """The figures and every miss, to print."""
        rows = [
            f"blanks F1 {self.blanks_f1:.3f} ({self.found} found, {len(self.missed)} missed, {len(self.invented)} invented), "
            f"either/ors F1 {self.choices_f1:.3f}, points within 5 % {self.items_right:.0%}, "
            f"signature blocks {self.signatures_right:.0%}, {self.documents} documents"
        ]
        for what in (
            "missed",
            "invented",
            "choices_missed",
            "choices_invented",
            "items",
            "signatures",
            "wrong_kind",
        ):
            rows += [f"  {what.replace('_', ' ')}: {one}" for one in getattr(self, what)]
        return "\n".join(rows)


def _f1(hits: int, missed: int, invented: int) -> float:
    return 1.0 if not hits + missed + invented else 2 * hits / (2 * hits + missed + invented)
