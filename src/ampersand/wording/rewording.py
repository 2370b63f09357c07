"""Other words for a clause, while everything that the software goes by stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ampersand.wording.grammar import parse
from ampersand.wording.problems import WordingErrors
from ampersand.wording.template import Choice, Clause, Gap, Mark, Template
from ampersand.wording.writing import write


class WrongWords(ValueError):
    """These words cannot stand in this clause; `str(error)` says in sentences what to write instead."""


def rewordable(template: Template) -> tuple[Clause, ...]:
    """The clauses whose words may change without changing what the software goes by.

    Those are left out that fix a term, that depend on something, or that lead to points which do; so are
    notes and steps.
    """
    clauses = tuple(template.clauses())
    return tuple(clause for at, clause in enumerate(clauses) if _is_free(clause, clauses[at + 1 :]))


def _is_free(clause: Clause, following: tuple[Clause, ...]) -> bool:
    return clause.binds and not any(_is_tied(each) for each in (clause, *_led_to(clause, following)))


def _is_tied(clause: Clause) -> bool:
    return bool(clause.states or clause.when or any(part.when for part in clause.parts))


def _led_to(clause: Clause, following: tuple[Clause, ...]) -> Iterator[Clause]:
    """The points that stand under a clause."""
    for each in following:
        under = each.mark is Mark.BULLET and clause.mark is not Mark.BULLET
        if not under and each.depth <= clause.depth:
            return
        yield each


def reword(template: Template, id: str, words: str) -> Template:
    """The template with other words in one clause, written as `words_of` gives them. Raises WrongWords."""
    if id not in {clause.id for clause in rewordable(template)}:
        raise WrongWords("The words of this clause come from the scheme.")
    names = _fields(_clause(template, id))
    if any(words.count(f"[{name}") != count for name, count in names.items()):
        raise WrongWords(_keep(names))
    try:
        new = parse(write(template, instead={id: words}))
    except WordingErrors as wrong:
        raise WrongWords(" ".join(dict.fromkeys(problem.sentence for problem in wrong.problems))) from wrong
    if not _same_but_for_words(template, new, id):
        raise WrongWords(_keep(names))
    return new


def _keep(names: Counter[str]) -> str:
    if not names:
        return "Write words alone, with nothing in brackets."
    kept = ", ".join(f"[{name}]" for name in names)
    return f"Keep each blank of this clause, once, as it stood: {kept}. Add nothing else in brackets."


def _same_but_for_words(old: Template, new: Template, id: str) -> bool:
    others = [clause for clause in old.clauses() if clause.id != id]
    same_others = [clause for clause in new.clauses() if clause.id != id] == others
    was, now = _clause(old, id), _clause(new, id)
    if now is None or was is None:
        return False
    same = (was.mark, was.depth, was.when, was.states) == (now.mark, now.depth, now.when, now.states)
    return (
        same_others
        and same
        and old.blanks == new.blanks
        and _fields(was) == _fields(now)
        and all(part.kind != "scheme" or part in was.parts for part in now.parts)
        and not _is_tied(now)
    )


def _clause(template: Template, id: str) -> Clause | None:
    return next((clause for clause in template.clauses() if clause.id == id), None)


def _fields(clause: Clause | None) -> Counter[str]:
    parts = clause.parts if clause else ()
    return Counter(part.field for part in parts if isinstance(part, Gap | Choice))
