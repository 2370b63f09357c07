"""Two people fill in an agreement: what is left, what applies, what comes of it."""

import pytest

from ampersand.wording import (
    Condition,
    Duration,
    Frequency,
    Template,
    Unfilled,
    Value,
    applies,
    builtin,
    fields,
    fill,
    left_to_fill,
    parse,
    render,
)

SCHEME = {"name": "Fenland", "contact": "us@example.org"}
CONTRACT = parse(builtin()["contract"].text)
WHOLE: dict[str, Value] = {
    "mentor-name": "Hannah", "mentee-name": "Tomasz", "mentor-contact": "e-mail", "mentee-contact": "text",
    "often": Frequency("monthly", Duration(1, "month")), "set-up": "mentee", "notice": 2, "between": "e-mail",
    "phone": "never", "notes": "no", "recording": "yes",
}  # fmt: skip

DEPENDENT = """\
---
id: dependent
entered: accepted by asking
parties:
- mentor: Mentor
- mentee: Mentee
blanks:
- notes: Notes; choice yes / no
- where: Where notes are kept; text
- why: Why they are locked; text
- extra: Anything else; text; optional
---

# Dependent

Notes [notes: will / will not] be kept{if notes is yes: , in [where]}. {#notes}

They are locked{if where is filled:  because [why]}. {#locked; if notes is yes}

Nobody writes anything down. {#nothing; if notes is not yes}

And [extra]. {#extra}

{if extra is not filled: Nothing else.}{if extra is filled: That is all.} {#closing}
"""


def dependent() -> Template:
    return parse(DEPENDENT)


def test_fields_are_listed_in_reading_order() -> None:
    assert [field.id for field in fields(dependent())] == ["notes", "where", "why", "extra"]


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({}, ["notes"]),
        ({"notes": "no"}, []),
        ({"notes": "yes"}, ["where"]),
        ({"notes": "yes", "where": "a safe"}, ["why"]),
        ({"notes": "yes", "where": "a safe", "why": "they are private"}, []),
        # What was written before the choice changed does no harm.
        ({"notes": "no", "where": "a safe"}, []),
    ],
)
def test_dependent_blanks_are_needed_only_where_their_text_applies(
    values: dict[str, Value], left: list[str]
) -> None:
    assert [field.id for field in left_to_fill(dependent(), values)] == left


def test_what_is_left_can_be_asked_for_one_party_alone() -> None:
    assert [field.id for field in left_to_fill(CONTRACT, {}, by="mentee")] == [
        "mentee-name",
        "mentee-contact",
    ]
    assert "notice" in [field.id for field in left_to_fill(CONTRACT, {}, by="together")]


@pytest.mark.parametrize(
    ("condition", "values", "known"),
    [
        (None, {}, True),
        (Condition("notes", "yes"), {}, None),
        (Condition("notes", "yes"), {"notes": "yes"}, True),
        (Condition("notes", "yes", negated=True), {"notes": "yes"}, False),
        (Condition("where", ""), {"notes": "no", "where": "a safe"}, False),
        (Condition("where", ""), {"notes": "yes", "where": "a safe"}, True),
        (Condition("where", ""), {}, None),
        (Condition("extra", ""), {}, False),
        (Condition("extra", "", negated=True), {}, True),
    ],
)
def test_whether_text_applies_is_yes_no_or_not_known_yet(
    condition: Condition | None, values: dict[str, Value], known: bool | None
) -> None:
    assert applies(dependent(), condition, values) is known


def test_blanks_that_depend_on_each_other_in_later_places_come_to_an_end() -> None:
    circle = "Again [where]. {#again; if why is filled}\n\nAnd [why]. {#and; if where is filled}\n"
    assert applies(parse(DEPENDENT + "\n" + circle), Condition("why", ""), {"notes": "no"}) is False


def test_a_whole_document_holds_only_what_applies() -> None:
    document = fill(dependent(), {"notes": "no"}, {})
    text = render.text(document)
    assert "Notes will not be kept.\n" in text
    assert "locked" not in text
    assert "Nobody writes" in text
    assert "And –." in text
    assert text.endswith("Nothing else.\n")
    assert document.complete


def test_a_document_with_something_missing_says_what() -> None:
    with pytest.raises(
        Unfilled, match="Days of notice when a meeting cannot take place; the scheme’s contact"
    ) as caught:
        fill(CONTRACT, {key: value for key, value in WHOLE.items() if key != "notice"}, {"name": "Fenland"})
    assert [field.id for field in caught.value.fields] == ["notice"]
    assert caught.value.scheme == ("contact",)


def test_a_draft_keeps_its_gaps_and_tells_what_may_yet_apply() -> None:
    draft = fill(dependent(), {}, {}, partial=True)
    parts = {clause.id: clause for clause in draft.clauses()}
    assert not draft.complete
    choice = parts["notes"].parts[1]
    assert (choice.kind, choice.text, choice.filled, choice.chosen) == (
        "choice",
        "will / will not",
        False,
        "",
    )
    assert choice.field is not None
    assert choice.field.options[1].words == "will not"
    gap = parts["notes"].parts[4]
    assert (gap.kind, gap.text, gap.filled, gap.applies) == ("gap", "[Where notes are kept]", False, None)
    assert parts["locked"].applies is None
    chosen = fill(dependent(), {"notes": "no"}, {}, partial=True)
    assert next(c for c in chosen.clauses() if c.id == "locked").applies is False


def test_values_of_the_scheme_and_of_the_pair_stand_apart() -> None:
    document = fill(CONTRACT, WHOLE, SCHEME)
    kinds = {part.text: part.kind for clause in document.clauses() for part in clause.parts}
    assert kinds["Fenland"] == "scheme"
    assert kinds["Hannah"] == "gap"
    assert kinds["will not"] == "choice"
    assert kinds["2 days"] == "gap"
    assert [place.label for place in document.signing] == ["Date of issue", "Date of renewal"]
    assert [line.label for line in document.signing[0].lines] == ["Mentor", "Mentee"]
