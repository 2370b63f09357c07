"""What was said of an earlier version, said again of the same words in a paper that was just read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ampersand.wording.problems import WordingErrors
from ampersand.wording.reading.correcting import corrected
from ampersand.wording.reading.correcting.changes import changed
from ampersand.wording.reading.correcting.signing import TWO
from ampersand.wording.reading.correcting.tree import CannotCorrect, Change
from ampersand.wording.reading.findings import Reading
from ampersand.wording.template import Clause, Field, Template, Words


def taken_over(before: Template, reading: Reading) -> list[Change]:
    """The changes that give a reading what an earlier version says of clauses with the same words.

    Blanks, terms, how a clause stands and on what it depends; and who signs, if any clause is the same. Words are
    never changed. What cannot be taken over is left as it was read.
    """
    fresh = template = corrected(reading, [])
    kept: list[Change] = []
    for change in _offered(before, fresh):
        try:
            after = changed(template, change)
        except CannotCorrect:
            continue
        if after != template:
            template = after
            kept.append(change)
    try:
        corrected(reading, [kept])
    except (CannotCorrect, WordingErrors):
        return []
    return kept


def _offered(before: Template, fresh: Template) -> Iterator[Change]:
    known: dict[str, list[Clause]] = {}
    for clause in before.clauses():
        known.setdefault(_shape(clause), []).append(clause)
    same = [(known[shape].pop(0), clause) for clause in fresh.clauses() if known.get(shape := _shape(clause))]
    if not same:
        return
    names: dict[str, str] = {}
    for old, new in same:
        yield from _of_blanks(before, fresh, old, new, names)
    for old, new in same:
        yield from _of_clause(old, new, names)
    yield from _of_people(before, fresh)


def _shape(clause: Clause) -> str:
    """The words of a clause, with a sign for each blank."""
    text = "".join(part.text if isinstance(part, Words) else "\0" for part in clause.parts)
    return " ".join(text.casefold().split())


def _asked(clause: Clause) -> list[str]:
    return [part.field for part in clause.parts if hasattr(part, "field")]


def _of_blanks(
    before: Template, fresh: Template, old: Clause, new: Clause, names: dict[str, str]
) -> Iterator[Change]:
    for was, now in zip(_asked(old), _asked(new), strict=False):
        if was in names and names[was] != now:
            yield {"do": "same", "blank": now, "other": names[was]}
        elif was not in names:
            names[was] = now
            yield _asking(before.field(was), now)


def _asking(field: Field, blank: str) -> Change:
    yes = next((option.words for option in field.options if option.key == "yes"), "")
    return {
        "do": "ask", "blank": blank, "label": field.label, "kind": str(field.kind), "by": field.by, "term": field.term,
        "options": [option.words for option in field.options], "yes": yes, "suggestion": field.suggestion,
        "needed": field.needed,
    }  # fmt: skip


def _of_clause(old: Clause, new: Clause, names: dict[str, str]) -> Iterator[Change]:
    if (old.mark, old.depth) != (new.mark, new.depth):
        yield {"do": "stand", "clause": new.id, "mark": str(old.mark), "depth": old.depth}
    for stated in old.states:
        yield {"do": "state", "clause": new.id, "term": stated.term, "value": stated.value}
    if old.when and old.when.field in names:
        on = names[old.when.field]
        yield {"do": "depends", "clause": new.id, "blank": on, "value": old.when.value, "negated": old.when.negated}  # fmt: skip


def _of_people(before: Template, fresh: Template) -> Iterator[Change]:
    """Who signs, when, and who has a copy, where the paper is signed as often as the earlier version."""
    if len(before.occasions) != len(fresh.occasions):
        return
    called = {party.key: party.label for party in before.parties}
    others = [label for key, label in called.items() if key not in TWO]
    yield {"do": "people", "mentor": called["mentor"], "mentee": called["mentee"], "others": others}
    occasions = [{"label": one.label, "signers": _two(one.signers), "also": [called[key] for key in one.signers if key not in TWO]} for one in before.occasions]  # fmt: skip
    yield {"do": "signing", "occasions": occasions, "copies": list(before.copies)}


def _two(signers: Sequence[str]) -> list[str]:
    return [key for key in signers if key in TWO]
