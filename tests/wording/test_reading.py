"""An author writes a template the plain way, and it is read as meant."""

from pathlib import Path

import pytest

from ampersand.wording import (
    Choice,
    Clause,
    Condition,
    Gap,
    Kind,
    Mark,
    Option,
    SchemeValue,
    Stated,
    Template,
    Words,
    parse,
    write,
)

FRONT = """\
---
id: plain
entered: accepted by asking
parties:
- mentor: Mentor
- mentee: Mentee
---

# Plain

"""


def clauses(body: str) -> list[Clause]:
    return list(parse(FRONT + body).clauses())


def clause(body: str) -> Clause:
    (only,) = clauses(body)
    return only


def test_an_either_or_needs_no_declaration() -> None:
    template = parse(FRONT + "The mentor [notes: will / will not] keep notes.")
    (field,) = template.blanks
    assert (field.id, field.kind, field.label) == ("notes", Kind.CHOICE, "will or will not")
    assert field.options == (Option("will", "will"), Option("will-not", "will not"))
    assert next(template.clauses()).parts == (Words("The mentor "), Choice("notes"), Words(" keep notes."))


def test_a_clause_without_an_id_gets_one_from_its_words_and_keeps_it() -> None:
    text = FRONT + "We meet in the library.\n\nWe meet in the library, too.\n\nנפגשים כאן"
    first, second, third = parse(text).clauses()
    assert (first.id, second.id) == ("meet-library", "meet-library-too")
    assert third.id.startswith("c-")
    assert [c.id for c in parse(text).clauses()] == [first.id, second.id, third.id]
    reworded = write(parse(text)).replace("in the library.", "at home.")
    assert next(parse(reworded).clauses()).id == "meet-library"


def test_the_same_words_twice_get_two_ids() -> None:
    assert [c.id for c in clauses("Yes.\n\nYes.")] == ["yes", "yes-2"]


@pytest.mark.parametrize("body", ["{#x; exemption} Someone is harmed.", "Someone is harmed. {#x; exemption}"])
def test_the_mark_stands_at_the_end_or_the_beginning(body: str) -> None:
    assert clause(body) == Clause("x", (Words("Someone is harmed."),), states=(Stated("exemption"),))


def test_lines_of_one_paragraph_are_one_clause() -> None:
    assert clause("We meet\nonce  a\n   month.").parts == (Words("We meet once a month."),)


def test_numbers_are_counted_whatever_the_author_typed() -> None:
    body = "7. One\n3. Two\n   1. Under two\n   2. And again\n      1. Deeper\n4. Three\n   9) So\n\n- Dot\n"
    found = [(c.number, c.mark, c.depth) for c in clauses(body)]
    assert found == [
        ("1.", Mark.NUMBERED, 0),
        ("2.", Mark.NUMBERED, 0),
        ("(a)", Mark.NUMBERED, 1),
        ("(b)", Mark.NUMBERED, 1),
        ("(i)", Mark.NUMBERED, 2),
        ("3.", Mark.NUMBERED, 0),
        ("(a)", Mark.NUMBERED, 1),
        ("", Mark.BULLET, 0),
    ]


def test_notes_and_steps_are_read_but_bind_nobody() -> None:
    note, first, second, bound = clauses("> Read this\n> slowly.\n\n> 1. Read.\n> 2. Ask.\n\nAgreed.")
    assert (note.mark, note.parts) == (Mark.NOTE, (Words("Read this slowly."),))
    assert [(c.number, c.mark) for c in (first, second)] == [("Step 1:", Mark.STEP), ("Step 2:", Mark.STEP)]
    assert [c.binds for c in (note, first, second, bound)] == [False, False, False, True]


def test_dependent_text_and_values_of_the_scheme_stand_in_the_sentence() -> None:
    body = "Notes [notes: are / are not] kept{if notes is are:  by {scheme.name}}. {#n}"
    when = Condition("notes", "are")
    assert clause(body).parts == (
        Words("Notes "), Choice("notes"), Words(" kept"),
        Words("by ", when), SchemeValue("name", when), Words("."),
    )  # fmt: skip


def test_a_protected_space_stays_in_dependent_text() -> None:
    body = "It [x: is / is not] so{if x is is:\\ here}. {#n}"
    assert clause(body).parts[3] == Words(" here", Condition("x", "is"))


def test_signs_of_the_language_are_printed_after_a_backslash() -> None:
    assert clause(r"\# 1 \[2\] \{3\} \\ \> 4").parts == (Words("# 1 [2] {3} \\ > 4"),)
    assert clause("1\\. is a number").parts == (Words("1. is a number"),)


def test_false_friends_are_left_alone() -> None:
    text = "His/her records and/or plans, e.g. #1 - 2 > 1, on 1/2/2026: see https://example.org/a_b*c."
    assert clause(text).parts == (Words(text),)


def test_sections_have_levels_and_ids() -> None:
    template = parse(FRONT + "First.\n\n## Part one\n\nA.\n\n### Within {#inner}\n\nB.\n\n## Part one")
    assert [(s.id, s.heading, s.level, len(s.clauses)) for s in template.sections] == [
        ("opening", "", 2, 1),
        ("part-one", "Part one", 2, 1),
        ("inner", "Within", 3, 1),
        ("part-one-2", "Part one", 2, 0),
    ]


def test_a_blank_says_all_about_itself_at_the_top() -> None:
    text = FRONT.replace(
        "---\n\n#",
        "blanks:\n- n: Days\\; at least; number from 2 days; term t; by mentee; suggest 3; at most 9 letters"
        "; optional\n---\n\n#",
    )
    template = parse(text + "Give [n], I say [n]. {#n}")
    field = template.field("n")
    assert (field.label, field.kind, field.unit, field.low, field.high) == (
        "Days; at least",
        Kind.NUMBER,
        "days",
        2,
        None,
    )
    assert (field.term, field.by, field.suggestion, field.longest, field.needed) == (
        "t",
        "mentee",
        "3",
        9,
        False,
    )
    assert next(template.clauses()).parts[1::2] == (Gap("n"), Gap("n"))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_of_any_system_are_read(ending: str) -> None:
    text = FRONT + "One.\n\nTwo."
    assert parse(text.replace("\n", ending)) == parse(text)


def test_others_may_be_party_and_sign() -> None:
    text = FRONT.replace("accepted by asking", "signed").replace(
        "- mentee: Mentee\n", "- mentee: Mentee\n- guardian: Parent or guardian\nsignatures:\n- issue: Date\n"
    )
    template: Template = parse(text + "Agreed.")
    assert template.occasions[0].signers == ("mentor", "mentee", "guardian")
    assert template.party("guardian").label == "Parent or guardian"


def test_the_example_that_organisers_read_is_a_good_template() -> None:
    page = (Path(__file__).parents[2] / "docs" / "agreement-language.md").read_text(encoding="utf-8")
    example = page.split("```\n")[1]
    template = parse(example)
    assert [field.id for field in template.blanks] == ["notice", "notes", "reach"]
    assert parse(write(template)) == template
