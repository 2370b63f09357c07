"""Every change by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from ampersand.wording.reading.correcting import blanks, clauses, passages, signing
from ampersand.wording.reading.correcting.tree import CannotCorrect, Change
from ampersand.wording.template import Template


def _noted(template: Template, *, what: Sequence[str]) -> Template:
    """Something was looked at, or a suggestion was not wanted: the agreement stays as it is."""
    return template


CHANGES: Mapping[str, Callable[..., Template]] = {
    "add": clauses.add,
    "always": passages.always,
    "ask": blanks.ask,
    "blank": passages.blank,
    "choice": passages.choice,
    "count": clauses.count,
    "declare": clauses.declare,
    "depends": passages.depends,
    "drop": clauses.drop,
    "head": clauses.head,
    "heading": clauses.heading,
    "join": clauses.join,
    "people": signing.people,
    "reword": clauses.reword,
    "same": blanks.same,
    "seen": _noted,
    "signing": signing.signing,
    "split": clauses.split,
    "stand": clauses.stand,
    "state": clauses.state,
    "title": clauses.title,
    "unhead": clauses.unhead,
    "unstate": clauses.unstate,
    "words": blanks.words,
}
"""What a change may be. Its other entries are the arguments of the function."""


def changed(template: Template, change: Change) -> Template:
    """The template with one change made. Raises CannotCorrect with a sentence if it cannot be."""
    do = CHANGES.get(str(change.get("do")))
    if do is None:
        raise CannotCorrect("There is no such correction.")
    return do(template, **{key: value for key, value in change.items() if key != "do"})


def seen(corrections: Iterable[Sequence[Change]]) -> frozenset[str]:
    """The keys of all that was looked at, or not wanted."""
    return frozenset(
        key
        for correction in corrections
        for change in correction
        if change["do"] == "seen"
        for key in change["what"]
    )
