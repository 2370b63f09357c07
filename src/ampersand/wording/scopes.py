"""When a boundary binds, and whom: during the mentoring, after it, or both; for ever or for so many years.

In an agreement it stands behind the term: `boundary-references = by both after for 5 years`. Each piece may
be left out; what is usual for the term then holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

By = Literal["mentor", "mentee", "both"]

EXAMPLE = "by mentor during and after for 5 years"
_SCOPE = re.compile(
    r"(?:by (?P<by>mentor|mentee|both))? *(?P<when>during and after|during|after)?"
    r" *(?:for (?P<years>[1-9]\d?) years?)?"
)


@dataclass(frozen=True)
class Scope:
    """Whom a boundary binds towards the other, and when. `years` counts from the end; None is for ever."""

    by: By
    during: bool
    after: bool
    years: int | None = None


def read_scope(text: str, usual: Scope) -> Scope | None:
    """Read a scope as it stands in an agreement; None if it cannot be understood. "yes" is the usual one."""
    if text == "yes":
        return usual
    found = _SCOPE.fullmatch(" ".join(text.split()))
    if not found or not text.strip():
        return None
    when, years = found["when"], int(found["years"]) if found["years"] else None
    during, after = ("during" in when, "after" in when) if when else (usual.during, usual.after)
    if years and not after:
        return None
    return Scope(cast("By", found["by"] or usual.by), during, after, years if years else usual.years)
