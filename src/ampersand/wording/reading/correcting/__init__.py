"""Correcting what was read: a list of changes upon a reading gives the agreement as its author means it.

    template = corrected(reading, [[{"do": "blank", "clause": "meeting", "first": 3, "last": 3, "label": "Days"}]])

A change is plain data, so that it can be kept: what to do, and with which clause, blank or words. A correction is
one or several changes made in one go, and undoing is leaving out the last. `changed` says what each may hold.
Nothing is reworded unless a change says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ampersand.wording.grammar import parse
from ampersand.wording.problems import WordingErrors
from ampersand.wording.reading.correcting.changes import changed, seen
from ampersand.wording.reading.correcting.clauses import typed
from ampersand.wording.reading.correcting.passages import Word, counted
from ampersand.wording.reading.correcting.tree import CannotCorrect, Change, settled, stood
from ampersand.wording.reading.findings import Reading
from ampersand.wording.template import Template
from ampersand.wording.writing import write

__all__ = ["CannotCorrect", "Change", "Word", "changed", "corrected", "counted", "seen", "stood", "typed"]


def corrected(reading: Reading, corrections: Iterable[Sequence[Change]]) -> Template:
    """The reading with every correction made, in order. Raises CannotCorrect with a sentence if one cannot be."""
    template = parse(reading.template)
    for correction in corrections:
        for change in correction:
            template = changed(template, change)
    try:
        return parse(write(settled(template)))
    except WordingErrors as wrong:
        raise CannotCorrect(" ".join(problem.sentence for problem in wrong.problems[:3])) from wrong
