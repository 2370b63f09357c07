"""Where a clause begins and ends, how it stands on the sheet, what it says and what it fixes."""

from __future__ import annotations

from dataclasses import replace

from ampersand.wording.catalogue import CATALOGUE
from ampersand.wording.checking import wrong_statement
from ampersand.wording.ids import options_for
from ampersand.wording.inline import Place, read_inline
from ampersand.wording.problems import At, Problems, WordingErrors
from ampersand.wording.reading.correcting.passages import counted
from ampersand.wording.reading.correcting.tree import (
    CannotCorrect,
    clause_of,
    new_clause_id,
    new_section_id,
    place_of,
    section_of,
    tidied,
    with_clauses,
    with_field,
    with_parts,
    words_in,
)
from ampersand.wording.template import (
    Choice,
    Clause,
    Declaration,
    Field,
    Gap,
    Kind,
    Mark,
    Option,
    Part,
    Section,
    Stated,
    Template,
    Words,
)
from ampersand.wording.writing import words_of


def join(template: Template, *, clause: str) -> Template:
    """A clause goes on in the one above it; the first under a heading, in that heading."""
    number, place = place_of(template, clause)
    section = template.sections[number]
    below = section.clauses[place]
    if place == 0:
        if not section.heading:
            raise CannotCorrect("There is nothing above this clause to join it to.")
        template = unhead(template, section=section.id)
        number, place = place_of(template, clause)
        section = template.sections[number]
    above = section.clauses[place - 1]
    if above.when or below.when:
        raise CannotCorrect("One of the two depends on something. First let it stand always.")
    states = (*above.states, *(stated for stated in below.states if stated not in above.states))
    parts = tidied((*above.parts, Words(" "), *below.parts))
    mark = Mark.PLAIN if above.mark is Mark.NOTE and below.binds else above.mark
    joined = replace(above, parts=parts, states=states, mark=mark)
    return with_clauses(with_clauses(template, clause, []), above.id, [joined])


def split(template: Template, *, clause: str, at: int) -> Template:
    """A new clause begins with word number `at`."""
    there = clause_of(template, clause)
    words = counted(there)
    if not 2 <= at <= len(words):
        raise CannotCorrect("Choose the word with which the new clause begins. It is not the first.")
    begins = words[at - 1]
    text = there.parts[begins.part]
    assert isinstance(text, Words)
    head: list[Part] = [*there.parts[: begins.part], Words(text.text[: begins.start], text.when)]
    tail: list[Part] = [Words(text.text[begins.start :], text.when), *there.parts[begins.part + 1 :]]
    above = replace(there, parts=tidied(head))
    if not above.parts:
        raise CannotCorrect("Choose the word with which the new clause begins. It is not the first.")
    below = replace(there, parts=tidied(tail), states=())
    below = replace(below, id=new_clause_id(template, words_in(below)))
    return with_clauses(template, clause, [above, below])


def stand(template: Template, *, clause: str, mark: str, depth: int = 0) -> Template:
    """How a clause stands: numbered, a point, plain, a note that binds nobody, a step; and how far in."""
    there = clause_of(template, clause)
    as_mark = Mark(mark)
    deep = max(0, min(depth, 2)) if as_mark in (Mark.NUMBERED, Mark.BULLET) else 0
    return with_clauses(template, clause, [replace(there, mark=as_mark, depth=deep)])


def head(template: Template, *, clause: str, level: int = 2) -> Template:
    """A clause is a heading, and what follows stands under it."""
    there = clause_of(template, clause)
    words = words_in(there)
    if not words or any(not isinstance(part, Words) for part in there.parts):
        raise CannotCorrect("A heading has words and no blanks.")
    number, place = place_of(template, clause)
    old = template.sections[number]
    new = Section(new_section_id(template, words), words, old.clauses[place + 1 :], 3 if level == 3 else 2)
    before = [replace(old, clauses=old.clauses[:place])] if old.heading or place else []
    sections = (*template.sections[:number], *before, new, *template.sections[number + 1 :])
    return replace(template, sections=sections)


def unhead(template: Template, *, section: str) -> Template:
    """A heading is a clause, and goes with what stands under it to the section above."""
    there = section_of(template, section)
    number = template.sections.index(there)
    clause = Clause(new_clause_id(template, there.heading), (Words(there.heading),), Mark.PLAIN)
    if number == 0:
        opening = Section("opening", "", (clause, *there.clauses))
        return replace(template, sections=(opening, *template.sections[1:]))
    above = template.sections[number - 1]
    joined = replace(above, clauses=(*above.clauses, clause, *there.clauses))
    return replace(
        template, sections=(*template.sections[: number - 1], joined, *template.sections[number + 1 :])
    )


def drop(template: Template, *, clause: str) -> Template:
    """A clause is left out."""
    there = clause_of(template, clause)
    left = with_clauses(template, clause, [])
    if not list(left.clauses()):
        raise CannotCorrect("This is the only clause. An agreement has at least one.")
    ids = {part.field for part in there.parts if not isinstance(part, Words) and hasattr(part, "field")}
    still = {getattr(part, "field", "") for clause in left.clauses() for part in clause.parts}
    conditions = [part.when for other in left.clauses() for part in (other, *other.parts)]
    if any(condition and condition.field in ids - still for condition in conditions):
        raise CannotCorrect("Other words depend on a blank in this clause. First let them stand always.")
    return left


def add(template: Template, *, clause: str, text: str, mark: str = "") -> Template:
    """New words stand as a clause of their own after this one."""
    above = clause_of(template, clause)
    words = " ".join(text.split())
    if not words:
        raise CannotCorrect("Write the words of the new clause.")
    as_mark = Mark(mark) if mark else above.mark
    depth = above.depth if as_mark is above.mark else 0
    new = Clause(new_clause_id(template, words), (Words(words),), as_mark, depth)
    return with_clauses(template, clause, [above, new])


def typed(template: Template, clause: str) -> str:
    """The words of a clause in the agreement language, for someone to change: blanks in brackets by their ids."""
    clause_of(template, clause)
    return words_of(template, clause)


def reword(template: Template, *, clause: str, text: str) -> Template:
    """A clause has other words; `text` is in the agreement language, as `typed` gives it."""
    words = " ".join(text.split())
    problems = Problems()
    found = read_inline(At(words, ((0, 1, 1),)), problems)
    try:
        problems.raise_if_any()
    except WordingErrors as wrong:
        raise CannotCorrect(
            " ".join(dict.fromkeys(problem.sentence for problem in wrong.problems))
        ) from wrong
    if not found.parts:
        raise CannotCorrect("Write the words of this clause, or leave it out as a whole.")
    for place in found.places:
        template = _with_place(template, place)
    kinds = {field.id: field.is_choice for field in template.blanks}
    parts = [
        Choice(part.field, part.when) if isinstance(part, Gap | Choice) and kinds[part.field] else part
        for part in found.parts
    ]
    return with_parts(template, clause, parts)


def _with_place(template: Template, place: Place) -> Template:
    """The template with what stands in brackets declared: an either/or may be new, or have other options."""
    known = next((field for field in template.blanks if field.id == place.id), None)
    if not place.options:
        if known is None:
            raise CannotCorrect(f"There is no blank “{place.id}” yet. Mark it among the words instead.")
        return template
    if known is None:
        label = " or ".join(place.options)[:90]
        return with_field(template, Field(place.id, Kind.CHOICE, label, options=options_for(place.options)))
    if not known.is_choice or len(known.options) != len(place.options):
        raise CannotCorrect(
            f"“{place.id}” is asked otherwise. Change what it asks for at its place on the sheet."
        )
    pairs = zip(known.options, place.options, strict=True)
    return with_field(template, replace(known, options=tuple(Option(old.key, new) for old, new in pairs)))


def title(template: Template, *, text: str) -> Template:
    """The agreement has another title."""
    words = " ".join(text.split())
    if not words:
        raise CannotCorrect("Write a title.")
    return replace(template, title=words)


def count(template: Template, *, by_section: bool) -> Template:
    """Clauses are counted afresh under each heading, or throughout."""
    return replace(template, by_section=by_section)


def heading(template: Template, *, section: str, text: str, level: int = 2) -> Template:
    """A heading has other words, or another level."""
    there = section_of(template, section)
    words = " ".join(text.split())
    if not words:
        raise CannotCorrect("Write the words of the heading.")
    new = replace(there, heading=words, level=3 if level == 3 else 2)
    return replace(template, sections=tuple(new if old is there else old for old in template.sections))


def state(template: Template, *, clause: str, term: str, value: str = "yes") -> Template:
    """A clause fixes a term: what the software goes by."""
    there = clause_of(template, clause)
    stated = Stated(term, " ".join(value.split()) or "yes")
    if term not in CATALOGUE:
        raise CannotCorrect("The software knows no such term.")
    if wrong := wrong_statement(stated):
        raise CannotCorrect(wrong)
    states = (*(old for old in there.states if old.term != term), stated)
    return with_clauses(template, clause, [replace(there, states=states)])


def unstate(template: Template, *, clause: str, term: str) -> Template:
    """A clause does not fix this term."""
    there = clause_of(template, clause)
    return with_clauses(
        template, clause, [replace(there, states=tuple(old for old in there.states if old.term != term))]
    )


def declare(template: Template, *, term: str, sentence: str) -> Template:
    """Whoever asks must declare this."""
    others = tuple(old for old in template.declarations if old.term != term)
    return replace(template, declarations=(*others, Declaration(term, sentence)))
