"""Who signs, and on which lines: these become the parties and the signature lines of a template."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ampersand.wording.ids import slug
from ampersand.wording.reading.findings import Blank, Reading
from ampersand.wording.reading.kinds import ROLE
from ampersand.wording.reading.lines import Line
from ampersand.wording.template import Party

_GIVES = {"mentor", "coach", "tutor", "supervisor", "volunteer", "buddy", "teacher", "helper", "advisor", "adviser", "tutora", "mentorin", "parrain",
          "befriender", "reader", "host", "faculty", "director", "orientador"}  # fmt: skip
_FEW = 8
"""Words that a line for a date of signing has at most; more make a sentence, with a date to agree in it."""

_ONE_OF_TWO = re.compile(r"\b([^\W\d_]+)\s?/\s?[^\W\d_]+", re.UNICODE)  # parent/guardian signs once


def parties_of(reading: Reading) -> tuple[Party, ...]:
    """Mentor and mentee under the names that the document gives them, and whoever else signs."""
    roles = [role for role in reading.parties if role]
    signers = [
        role.lower()
        for blank in reading.blanks
        if blank.kind == "signature"
        for role in ROLE.findall(_ONE_OF_TWO.sub(r"\1", blank.near))
    ]
    gives = next((role for role in roles if role in _GIVES), "mentor")
    takes = "mentee" if "mentee" in roles else next((role for role in roles if role not in _GIVES), "mentee")
    found = [Party("mentor", gives.capitalize()), Party("mentee", takes.capitalize())]
    for role in dict.fromkeys(role for role in roles if role in signers):
        key = slug(role)
        if (
            role not in (gives, takes)
            and key
            and key not in [party.key for party in found]
            and key != "organisers"
        ):
            found.append(Party(key, role.capitalize()))
    return tuple(found)


def signing_lines(lines: Sequence[Line], blanks: Sequence[Blank]) -> set[int]:
    """The lines where people sign: these become the signature lines of the template, and say nothing else."""
    signed = {blank.line for blank in blanks if blank.kind == "signature"}
    closing = len(blanks)
    while signed and closing and blanks[closing - 1].kind in ("date", "signature"):
        closing -= 1
    dates = {
        blank.line
        for number, blank in enumerate(blanks)
        if blank.kind == "date" and (number >= closing or blank.line in signed)
    }
    last = {line for line in dates if all(b.kind in ("date", "signature") for b in blanks if b.line == line)}
    last = {line for line in last if line in signed or lines[line].words <= _FEW}
    found = signed | last
    for line in list(found):
        above = line - 1
        while above > 0 and above not in found and _may_name(lines[above]):
            if not any(blank.line == above for blank in blanks):
                found.add(above)
            above -= 1
    return found


def _may_name(line: Line) -> bool:
    """Whether a line above a signature may say no more than who signs: short, and no sentence."""
    return line.words <= 3 and not line.marker and not line.text.rstrip().endswith((".", "!", "?"))
