"""Taking away what stands between two signs, and the signs of a comment around a whole text."""

from __future__ import annotations

import re
from typing import AnyStr


def without(text: AnyStr, begins: AnyStr, ends: AnyStr) -> AnyStr:
    """The text without what stands from each `begins` to the next `ends`, and without these.

    In time that grows with the text alone, which a pattern's does not when nothing ends what was begun.
    """
    kept: list[AnyStr] = []
    at = 0
    while (start := text.find(begins, at)) >= 0 and (end := text.find(ends, start + len(begins))) >= 0:
        kept.append(text[at:start])
        at = end + len(ends)
    kept.append(text[at:])
    return text[:0].join(kept)


def uncommented(text: str) -> str:
    """The text of a file that is one long comment of a program, "/** … */", without the sign before each line."""
    whole = text.strip()
    rows = whole.split("\n")
    if not (whole.startswith("/*") and whole.endswith("*/") and len(rows) > 2):
        return text
    if not all(row.lstrip().startswith("*") for row in rows[1:]):
        return text
    rows[0], rows[-1] = rows[0][2:].lstrip("*").strip(), rows[-1][:-2].rstrip("* \t")
    return "\n".join([rows[0], *(re.sub(r"^\s*\* ?", "", row) for row in rows[1:])])
