"""Makes whole templates of every shape for hypothesis: whatever `parse` could have given."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from ampersand.wording import (
    SCHEME_KEYS,
    TOGETHER,
    Choice,
    Clause,
    Condition,
    Declaration,
    Entered,
    Field,
    Gap,
    Kind,
    Mark,
    Occasion,
    Option,
    Part,
    Party,
    SchemeValue,
    Section,
    Stated,
    Template,
    Words,
)
from ampersand.wording.numbering import numbered

IDS = st.from_regex(r"[a-z][a-z0-9]{0,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
# Every sign of the language, and letters of several scripts; white space only single and inside.
LETTERS = st.sampled_from(
    [*"aZé9.,:;/\\[]{}#-*>=|'\"()ßשم山", "if ", "1. ", "--- ", "# ", "{#x}", "is filled"]
)
LINE = st.lists(LETTERS, min_size=1, max_size=12).map(lambda some: " ".join("".join(some).split()) or "x")
SPACED = st.tuples(st.sampled_from(["", " "]), LINE, st.sampled_from(["", " "])).map("".join)
UNITS = st.sampled_from(["", "days", "minutes", "Wochen im Jahr"])


@st.composite
def fields(draw: st.DrawFn, id: str) -> Field:
    kind = draw(st.sampled_from(Kind))
    what: dict[str, Any] = {"needed": draw(st.booleans()), "by": draw(st.sampled_from([TOGETHER, "mentor"]))}
    what["term"] = draw(st.sampled_from(["", "words-only"]))
    what["longest"] = draw(st.none() | st.integers(1, 9999))
    if kind is Kind.CHOICE:
        keys = draw(st.lists(IDS.filter(lambda key: key != "filled"), min_size=2, max_size=3, unique=True))
        words = draw(st.lists(LINE, min_size=len(keys), max_size=len(keys), unique_by=str.casefold))
        what["options"] = tuple(Option(*pair) for pair in zip(keys, words, strict=True))
        what["suggestion"] = draw(st.sampled_from(["", keys[0]]))
    if kind is Kind.NUMBER:
        low = draw(st.none() | st.integers(0, 50))
        what |= {"unit": draw(UNITS), "low": low, "high": draw(st.none() | st.integers(low or 0, 99))}
    if kind in (Kind.TEXT, Kind.LONG_TEXT) and what["longest"] is None:
        what["suggestion"] = draw(st.just("") | LINE)
    return Field(id=id, kind=kind, label=draw(LINE), **what)


def conditions(known: list[Field]) -> st.SearchStrategy[Condition | None]:
    """Conditions on what stands before; none where nothing does."""
    if not known:
        return st.none()
    some = [Condition(field.id, "", negated) for field in known for negated in (True, False)]
    some += [Condition(field.id, option.key) for field in known for option in field.options]
    return st.none() | st.sampled_from(some)


@st.composite
def parts(draw: st.DrawFn, waiting: list[Field], known: list[Field]) -> tuple[Part, ...]:
    """Some parts; blanks are taken from those waiting, and known from then on."""
    made: list[Part] = []
    for _ in range(draw(st.integers(1, 4))):
        when = draw(conditions(known))
        what = draw(st.sampled_from(["words", "blank", "again", "scheme"]))
        if what == "scheme":
            made.append(SchemeValue(draw(st.sampled_from(sorted(SCHEME_KEYS))), when))
        elif what == "again" and known:
            made.append(place(draw(st.sampled_from(known)), when))
        elif what == "blank" and waiting:
            known.append(waiting.pop())
            made.append(place(known[-1], when))
        elif not (made and isinstance(made[-1], Words)):
            made.append(Words(draw(SPACED), when))
    return stripped(made)


def place(field: Field, when: Condition | None) -> Part:
    return Choice(field.id, when) if field.is_choice else Gap(field.id, when)


def stripped(made: list[Part]) -> tuple[Part, ...]:
    """As `parse` leaves them: no white space at a clause's ends."""
    if isinstance(first := made[0], Words) and first.when is None:
        made[0] = replace(first, text=first.text.lstrip(" "))
    if isinstance(last := made[-1], Words) and last.when is None:
        made[-1] = replace(last, text=last.text.rstrip(" "))
    return tuple(made)


@st.composite
def templates(draw: st.DrawFn) -> Template:
    parties = (Party("mentor", draw(LINE)), Party("mentee", draw(LINE)))
    waiting = [draw(fields(id)) for id in draw(st.lists(IDS, max_size=3, unique=True))]
    all_fields, known = list(waiting), list[Field]()
    ids = draw(st.lists(IDS, min_size=2, max_size=6, unique=True))
    clauses = []
    for id in ids:
        mark = draw(st.sampled_from(Mark))
        depth = draw(st.integers(0, 2)) if mark in (Mark.NUMBERED, Mark.BULLET) else 0
        states = tuple(Stated(term, draw(LINE)) for term in draw(st.lists(st.just("some-term"), max_size=1)))
        when = draw(conditions(known))
        clauses.append(Clause(id, draw(parts(waiting, known)), mark, depth, "", when, states))
    for field in waiting:
        clauses.append(Clause(f"rest-{field.id}", (place(field, None),)))
    headings = draw(st.lists(IDS.filter(lambda id: id != "opening"), max_size=2, unique=True))
    sections = [Section("opening", "", tuple(clauses[:1]))]
    for number, id in enumerate(headings):
        some = clauses[1:] if number == len(headings) - 1 else []
        sections.append(Section(id, draw(LINE), tuple(some), draw(st.sampled_from([2, 3]))))
    if not headings:
        sections = [Section("opening", "", tuple(clauses))]
    signed = draw(st.booleans())
    occasions = (Occasion("issue", draw(LINE), draw(st.sampled_from([("mentor", "mentee"), ("mentee",)]))),)
    return Template(
        id=draw(IDS),
        title=draw(LINE),
        sections=numbered(tuple(sections), "en-GB"),
        parties=parties,
        entered=Entered.SIGNED if signed else Entered.BY_ASKING,
        version=draw(st.integers(1, 999)),
        blanks=tuple(all_fields),
        declarations=tuple(
            Declaration(*pair) for pair in draw(st.lists(st.tuples(st.just("adult"), LINE), max_size=1))
        ),
        occasions=occasions if signed else (),
        copies=draw(st.sampled_from([(), ("mentor", "organisers")])),
    )
