"""Where on the sheet something was corrected, so that whoever works there stays there."""

from collections.abc import Mapping, Sequence
from typing import Any

from ampersand.wording import Template

TOP = "found"
OF_SIGNING = {"title", "count", "people", "signing"}


def of_changes(changes: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """What a correction is about: a clause, a blank or a heading, the signatures, or what to look at."""
    change = changes[0] if changes else {}
    if change.get("do") == "seen":
        return "look", ""
    if change.get("do") in OF_SIGNING:
        return "signing", ""
    what = next((key for key in ("clause", "blank", "section") if key in change), "")
    return what, str(change.get(what, ""))


def place_of(what: str, id: str, before: Template, after: Template) -> str:
    """The part of the sheet where a thing stands now, or stood; the top of the page if nowhere."""
    if what in ("look", "signing"):
        return what
    headings = {section.id for section in after.sections if section.heading}
    if what == "section" and id in headings:
        return f"section-{id}"
    there = [clause.id for clause in after.clauses()]
    if what == "section":  # no heading any more: its first clause
        within = next((section.clauses for section in before.sections if section.id == id), ())
        id = next((clause.id for clause in within), id)
    at = _of_blanks(after).get(id) or _of_blanks(before).get(id) or id
    if at in there:
        return f"clause-{at}"
    was = [clause.id for clause in before.clauses()]
    above = was[: was.index(at)] if at in was else []
    near = next((one for one in reversed(above) if one in there), "")
    return f"clause-{near}" if near else f"section-{at}" if at in headings else TOP


def _of_blanks(wording: Template) -> dict[str, str]:
    """The clause in which each blank stands first."""
    found: dict[str, str] = {}
    for clause in wording.clauses():
        for part in clause.parts:
            if hasattr(part, "field"):
                found.setdefault(part.field, clause.id)
    return found
