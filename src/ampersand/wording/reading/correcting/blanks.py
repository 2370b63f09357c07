"""What a blank asks for, who fills it in, what the software calls it; and what is no blank after all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ampersand.wording.catalogue import CATALOGUE, Term, TermKind
from ampersand.wording.checking import FITTING
from ampersand.wording.ids import options_for
from ampersand.wording.reading.correcting.tree import (
    CannotCorrect,
    everywhere,
    field_of,
    with_field,
)
from ampersand.wording.reading.kinds import UNIT
from ampersand.wording.template import (
    TOGETHER,
    Choice,
    Condition,
    Field,
    Gap,
    Kind,
    Option,
    Part,
    Template,
    Words,
)

_NO = re.compile(
    r"\b(?:not?|never|without|don['’]t|won['’]t|nicht|kein\w*|non|pas|niet)\b|n['’]t\b", re.IGNORECASE
)


def ask(
    template: Template,
    *,
    blank: str,
    label: str,
    kind: str,
    by: str = TOGETHER,
    term: str = "",
    options: Sequence[str] = (),
    yes: str = "",
    suggestion: str = "",
    needed: bool = True,
) -> Template:
    """Say all that can be said of a blank. `yes` is the option that means yes, where the term is a yes or no."""
    old = field_of(template, blank)
    field = replace(
        old,
        label=" ".join(label.split())[:90] or old.label,
        kind=Kind(kind),
        by=by,
        term=term,
        needed=needed,
        suggestion=" ".join(suggestion.split()),
    )
    known = CATALOGUE.get(term)
    if known and field.kind not in FITTING[known.kind]:
        raise CannotCorrect(f"“{known.name}” is {known.kind}, so this blank must be of another kind for it.")
    field = _as_choice(field, options, known, yes) if field.is_choice else replace(field, options=())
    field = (
        _as_number(template, field, known)
        if field.kind is Kind.NUMBER
        else replace(field, low=None, high=None)
    )
    template = _with_conditions(template, old, field)
    return with_field(_with_places(template, field), field)


def _as_choice(field: Field, words: Sequence[str], term: Term | None, yes: str) -> Field:
    given = tuple(" ".join(option.split()) for option in words if option.strip())
    if len({option.casefold() for option in given}) < 2 or len({o.casefold() for o in given}) < len(given):
        raise CannotCorrect(
            "An either/or needs at least two options that differ. Write each on a line of its own."
        )
    if term is None:
        known = {option.words: option.key for option in field.options}
        fresh = options_for(given)
        if all(words in known for words in given):
            return replace(field, options=tuple(Option(known[words], words) for words in given))
        return replace(field, options=fresh)
    keys = _yes_or_no(given, yes) if term.kind is TermKind.YES_NO else _keys_of(given, term)
    return replace(field, options=tuple(Option(key, words) for key, words in zip(keys, given, strict=True)))


def _yes_or_no(words: tuple[str, ...], yes: str) -> list[str]:
    if len(words) != 2:
        raise CannotCorrect("Only an either/or with two options can be a yes or no.")
    if yes not in words:
        no = [bool(_NO.search(option)) for option in words]
        yes = words[1] if no == [True, False] else words[0]
    return ["yes" if option == yes else "no" for option in words]


_MEANS = {
    "mentor": r"\bmentor\b", "mentee": r"\bmentee\b", "either": r"\b(?:either|both|together|whoever)\b",
    "final": r"\bnot\b|\blost\b|\bfinal\b|\bno\b", "rebook": r"\bis\b|\bwill\b|\bagain\b|\brearranged\b|\brebooked\b",
}  # fmt: skip


def _keys_of(words: tuple[str, ...], term: Term) -> list[str]:
    """For each option the word of the term that it means."""
    keys: list[str] = []
    for option in words:
        found = [
            key for key in term.options if key not in keys and re.search(_MEANS[key], option, re.IGNORECASE)
        ]
        if not found:
            said = ", ".join(f"“{key}”" for key in term.options)
            raise CannotCorrect(f"“{term.name}” knows {said}. “{option}” is none of them.")
        keys.append(found[0])
    return keys


def _as_number(template: Template, field: Field, term: Term | None) -> Field:
    """A number in its unit, which is not printed again where the words after the blank say it."""
    after = [_after(template, place) for place in _places(template, field.id)]
    units = [UNIT.match(text) for text in after]
    said = re.sub(r"[^\w ]", "", units[0][0]).strip().lower() if units and units[0] else ""
    unit = term.unit if term and term.unit else field.unit or said
    return replace(
        field, unit=unit, said=bool(unit and units and all(units)), low=0 if field.low is None else field.low
    )


def _places(template: Template, id: str) -> list[tuple[str, int]]:
    return [
        (clause.id, number)
        for clause in template.clauses()
        for number, part in enumerate(clause.parts)
        if isinstance(part, Gap | Choice) and part.field == id
    ]


def _after(template: Template, place: tuple[str, int]) -> str:
    for clause in template.clauses():
        if clause.id == place[0] and place[1] + 1 < len(clause.parts):
            part = clause.parts[place[1] + 1]
            return part.text if isinstance(part, Words) else ""
    return ""


def _with_places(template: Template, field: Field) -> Template:
    """Blanks where the field is a blank, either/ors where it is one."""

    def put(part: Part) -> Part:
        if isinstance(part, Gap | Choice) and part.field == field.id:
            return Choice(field.id, part.when) if field.is_choice else Gap(field.id, part.when)
        return part

    return everywhere(template, put)


def _with_conditions(template: Template, old: Field, new: Field) -> Template:
    """What depended on an option goes on depending on it, under its new key."""
    keys = {option.key: option.words for option in old.options}
    new_keys = {option.words: option.key for option in new.options}
    places = [option.key for option in new.options]

    def told(condition: Condition | None) -> Condition | None:
        if condition is None or condition.field != old.id or not condition.value or not old.is_choice:
            return condition
        number = list(keys).index(condition.value) if condition.value in keys else -1
        key = new_keys.get(keys.get(condition.value, ""), "")
        if not key and 0 <= number < len(places) == len(keys):
            key = places[number]
        if not key:
            raise CannotCorrect("Other words depend on this either/or. First let them stand always.")
        return replace(condition, value=key)

    template = everywhere(template, lambda part: replace(part, when=told(part.when)))
    sections = tuple(
        replace(section, clauses=tuple(replace(clause, when=told(clause.when)) for clause in section.clauses))
        for section in template.sections
    )
    return replace(template, sections=sections)


def words(template: Template, *, blank: str, words: str) -> Template:
    """This is no blank: words stand in its place."""
    _nothing_depends(template, field_of(template, blank))

    def put(part: Part) -> Part:
        if isinstance(part, Gap | Choice) and part.field == blank:
            return Words(words, part.when)
        return part

    template = everywhere(template, put)
    if any(not clause.parts for clause in template.clauses()):
        raise CannotCorrect("Nothing would be left of this clause. Leave the whole clause out instead.")
    return replace(template, blanks=tuple(field for field in template.blanks if field.id != blank))


def same(template: Template, *, blank: str, other: str) -> Template:
    """This blank asks for what another asks for: they become one that stands in both places."""
    here, there = field_of(template, blank), field_of(template, other)
    if blank == other or here.is_choice != there.is_choice:
        raise CannotCorrect("Choose another blank of the same sort.")
    if here.is_choice and [o.words for o in here.options] != [o.words for o in there.options]:
        raise CannotCorrect("Two either/ors can be one only if their options read the same.")
    _nothing_depends(template, here)

    def put(part: Part) -> Part:
        return replace(part, field=other) if isinstance(part, Gap | Choice) and part.field == blank else part

    template = everywhere(template, put)
    return replace(template, blanks=tuple(field for field in template.blanks if field.id != blank))


def _nothing_depends(template: Template, field: Field) -> None:
    conditions = [clause.when for clause in template.clauses()]
    conditions += [part.when for clause in template.clauses() for part in clause.parts]
    if any(condition and condition.field == field.id for condition in conditions):
        raise CannotCorrect("Other words depend on this one. First let them stand always.")
