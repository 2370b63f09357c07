"""Labels that repeat, as "Date:" and "Name:" do: each with the words it stands under or beside before it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from dataclasses import replace
from functools import lru_cache

from ampersand.wording.reading.findings import Blank
from ampersand.wording.reading.kinds import kind_of
from ampersand.wording.reading.lines import Line, squeeze


def with_context(lines: tuple[Line, ...], blanks: list[Blank]) -> list[Blank]:
    """Labels that repeat take the words they stand under or beside before them."""
    counts = Counter(key(blank.near) for blank in blanks)
    asked = {blank.line for blank in blanks}
    first_on: dict[int, Blank] = {}
    result = []
    for number, blank in enumerate(blanks):
        before = first_on.get(blank.line)
        first_on.setdefault(blank.line, blank)
        if counts[key(blank.near)] > 1 and len(blank.near.split()) <= 6 and blank.kind != "choice":
            first = before or _signed_above(blanks, number, counts)
            context = _short(first.near) if first is not None and key(first.near) != key(blank.near) else ""
            context = context or _point_above(lines, blank) or _heading_above(lines, asked, counts, blank)
            if context and key(context) != key(blank.near):
                kind = "contact" if blank.kind == "person" and kind_of(context) == "contact" else blank.kind
                blank = replace(blank, near=f"{context} {blank.near}", kind=kind)
        result.append(blank)
    return result


def _signed_above(blanks: list[Blank], number: int, counts: Counter[str]) -> Blank | None:
    """The signature on the line above that a date belongs to, if its label tells whose it is."""
    before = blanks[number - 1] if number else None
    if before is None or blanks[number].kind != "date" or before.kind not in ("signature", "person"):
        return None
    beside = blanks[number].line - before.line == 1 and len(before.near.split()) <= 6
    return before if beside and counts[key(before.near)] == 1 else None


@lru_cache(maxsize=2000)
def key(near: str) -> str:
    return re.sub(r"\W+", " ", near).strip().lower()


_FILLED_IN = re.compile(
    r"(?:name|title|position|role|organi[sz]ation|company|e-?mail|phone|address): \S", re.IGNORECASE
)


def _short(label: str) -> str:
    words = label.split()
    return label if len(words) <= 6 else ""


def _point_above(lines: tuple[Line, ...], blank: Blank) -> str:
    """The point that this one stands below: "Aims" of "• Aims" over "  ◦ First:"."""
    line = lines[blank.line]
    if not (line.marker and line.depth):
        return ""
    above = (other for other in reversed(lines[: blank.line]) if other.marker and other.depth < line.depth)
    point = next(above, None)
    return squeeze(point.text) if point is not None and point.words <= 14 else ""


def _heading_above(lines: tuple[Line, ...], asked: set[int], labels: Container[str], blank: Blank) -> str:
    """The nearest short line above that is no blank itself: "Signatures:", "Mentor"."""
    for earlier in range(blank.line - 1, max(blank.line - 9, -1), -1):
        line = lines[earlier]
        if earlier in asked or _FILLED_IN.match(line.text) or not re.search(r"[^\W_]", line.text):
            continue
        if line.table:
            return ""
        if (
            line.words > (20 if line.text.rstrip(" *_").endswith("?") else 10)
            or re.search(r"[.;!]\s*$", line.text)
            or earlier == 0
            or line.heading == 1
            or line.marker
        ):
            return ""
        if key(line.text) in labels:
            return ""
        if (
            earlier <= 2
            and not any(above.words > 10 for above in lines[:earlier])
            and not line.text.rstrip().endswith(":")
        ):
            return ""
        return squeeze(line.text)
    return ""
