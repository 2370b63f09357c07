"""An author is told what is wrong with a template, where, and what to write instead."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ampersand.wording import Problem, WordingErrors, coverage, fill, parse, render, write

GOOD = """\
---
id: plain
version: 2
language: en-GB
entered: signed
parties:
- mentor: Mentor
- mentee: Mentee
signatures:
- issue: Date of issue
copies:
- mentor
blanks:
- notice: Days of notice; number 0 to 60 days; term meeting-notice-days; suggest 2
- notes: Whether notes are kept; choice yes / no; term notes-kept
- way: How to reach the mentor; contact; by mentor; optional
---

# A plain contract

We give [notice] of notice. {#giving}

Notes [notes: will / will not] be kept. {if notes is yes: They are safe.} {#keeping}

We meet for 30 minutes at {scheme.name}. {#length; meeting-minutes = 30}

Write to [way]. {#writing}
"""


def problems_in(text: str) -> list[Problem]:
    with pytest.raises(WordingErrors) as caught:
        parse(text)
    return list(caught.value.problems)


def test_the_template_these_mistakes_are_made_in_is_good() -> None:
    assert parse(GOOD).title == "A plain contract"


# What stands in the good template, what is written instead, line, column, words of the sentence.
MISTAKES = [
    ("---\nid: plain", "id: plain", 1, 1, "three hyphens"),
    ("optional\n---", "optional\n", 1, 1, "Close the opening part"),
    ("id: plain\n", "", 1, 1, "Give the agreement an id"),
    ("id: plain", "id: Plain One", 2, 5, "small letters"),
    ("id: plain", "id:", 2, 1, "Write a value after “id:”"),
    ("id: plain", "id: plain\nid: other", 3, 1, "twice"),
    ("id: plain", "id plain", 2, 1, "key: value"),
    ("id: plain", "name: plain", 2, 1, "“name” is not known here"),
    ("id: plain", "- plain", 2, 1, "This list has no name"),
    ("version: 2", "version: two", 3, 10, "whole number"),
    ("language: en-GB", "language: British English", 4, 11, "short code"),
    ("entered: signed", "entered: by post", 5, 10, "“signed” or “accepted by asking”"),
    ("entered: signed\n", "", 1, 1, "how it is entered into"),
    ("entered: signed", "entered: accepted by asking", 10, 3, "has no signatures"),
    ("signatures:\n- issue: Date of issue\n", "", 1, 1, "needs a list “signatures”"),
    ("- mentee: Mentee\n", "", 1, 1, "Name the mentee"),
    ("- mentee: Mentee", "- mentor: Mentee", 8, 3, "twice"),
    ("- mentee: Mentee", "- mentee Mentee", 8, 3, "Write an entry such as"),
    ("parties:", "parties: mentor", 6, 1, "is a list"),
    (
        "- issue: Date of issue",
        "- issue: Date of issue; mentor, guardian",
        10,
        33,
        "“guardian” is not known here",
    ),
    ("- issue: Date of issue", "- issue: Date of issue; mentor; mentee", 10, 33, "Part them by commas"),
    ("copies:\n- mentor", "copies:\n- everyone", 12, 3, "“everyone” is not known here"),
    ("copies:\n- mentor", "copies:\n- mentor\n- mentor", 13, 3, "twice"),
    ("number 0 to 60 days", "numeral", 14, 27, "“numeral” is not a kind of blank"),
    ("number 0 to 60 days", "number 60 to 0 days", 14, 27, "60 is more than 0"),
    ("Days of notice; number 0 to 60 days; term meeting-notice-days; suggest 2", "Days", 14, 11, "the kind"),
    ("suggest 2", "suggest 99", 14, 3, "cannot stand there"),
    ("suggest 2", "sugest 2", 14, 74, "“sugest 2” is not understood"),
    ("choice yes / no", "choice yes", 15, 34, "Write the keys"),
    ("choice yes / no", "choice yes / filled", 15, 34, "Write the keys"),
    ("choice yes / no", "choice keep / skip", 15, 3, "needs “choice yes / no”"),
    ("choice yes / no", "choice yes / no / maybe", 15, 3, "2 options in the text, 3 here"),
    ("choice yes / no", "text", 15, 3, "is an either/or in the text"),
    ("number 0 to 60 days", "number 0 to 60 weeks", 14, 3, "counted in days"),
    ("number 0 to 60 days", "date", 14, 3, "is a number, so it does not fit"),
    ("by mentor", "by guardian", 16, 45, "“guardian” is not a party"),
    ("- way: How", "- way: Way; date\n- way: How", 17, 3, "twice"),
    ("- way: How", "- other: Not used; date\n- way: How", 16, 3, "stands nowhere in the text"),
    ("# A plain contract", "A plain contract", 1, 1, "Give the agreement a title"),
    ("# A plain contract", "# A plain contract\n\n# Another", 21, 3, "There is one title"),
    ("# A plain contract", "#### Deep\n# A plain contract", 19, 1, "three deep"),
    ("# A plain contract", "# A plain contract\n\n##", 21, 3, "no words"),
    ("# A plain contract", "# A plain contract\n\n## One {#One}", 21, 4, "small letters"),
    ("# A plain contract", "# A plain contract\n\n## A {#a}\n\n## B {#a}", 23, 4, "stands here and before"),
    ("[notice] of", "[notise] of", 21, 10, "Did you mean “notice”?"),
    ("[notice] of", "[notice of", 21, 9, "never closed"),
    ("[notice] of", "notice] [notice] of", 21, 15, "closes nothing"),
    ("[notice] of", "[Notice?] [notice] of", 21, 9, "Write a blank as"),
    ("[notice] of", "[notice] \\of", 21, 18, "print a backslash"),
    ("[notice] of", "[notice] {of", 21, 18, "never closed"),
    ("[notice] of", "[notice] {of} of", 21, 18, "Braces hold"),
    ("[notice] of", "[notice] {#x} of", 21, 18, "one mark"),
    ("[notice] of", "[notice]\n   or [notise] of", 22, 8, "is not in the list"),
    ("[notes: will / will not]", "[notes: will]", 23, 15, "at least two options"),
    ("[notes: will / will not]", "[notes: will / Will]", 23, 15, "read the same"),
    ("[notes: will / will not]", "[notes]", 15, 3, "Write what can be chosen"),
    ("They are safe.}", "They are safe.} [notes: is / is not]", 23, 76, "other options further up"),
    ("if notes is yes", "if notes is perhaps", 23, 42, "never “perhaps”"),
    ("if notes is yes", "if nodes is yes", 23, 42, "no blank “nodes”"),
    ("if notes is yes", "if notes are yes", 23, 42, "what it depends on"),
    ("if notes is yes", "if way is filled", 23, 42, "stands further down"),
    ("if notes is yes", "if notice is 99", 23, 42, "can never be “99”"),
    ("if notes is yes", "if notice is seven", 23, 42, "Write the value as 7"),
    (": They are safe.", ":", 23, 42, "no text after the colon"),
    ("They are safe.", "{if notes is no: x}", 23, 59, "within dependent text"),
    ("{scheme.name}", "{scheme.fax}", 25, 35, "no value “fax”"),
    ("meeting-minutes = 30", "meeting-minutes = thirty", 25, 52, "is a number"),
    ("meeting-minutes = 30", "meeting-minutes =", 25, 52, "Write a term"),
    ("meeting-minutes = 30", "exemption = 3", 25, 52, "takes no value"),
    ("meeting-minutes = 30", "missed-meeting = lost", 25, 52, "takes only: final, rebook"),
    ("meeting-minutes = 30", "notes-without-identity = maybe", 25, 52, "is yes or no"),
    ("{#writing}", "{#writing; meeting-minutes = 45}", 27, 28, "Another clause says meeting-minutes is 30"),
    ("{#writing}", "{#giving}", 27, 1, "stands here and before"),
    ("{#writing}", "{#Writing}", 27, 18, "small letters"),
    ("{#writing}", "{#writing; if notes is yes; if notes is no}", 27, 45, "one thing only"),
    ("Write to [way]. {#writing}", "Write to [way].\n\n1. {#writing}", 29, 4, "no words"),
    ("Write to", "\t1. Write to", 27, 1, "Indent with spaces"),
    ("Write to", "Write\x07 to", 27, 6, "cannot be printed (U+0007)"),
]


@pytest.mark.parametrize(("old", "new", "line", "column", "sentence"), MISTAKES)
def test_a_mistake_is_named_where_it_stands(
    old: str, new: str, line: int, column: int, sentence: str
) -> None:
    assert old in GOOD
    found = problems_in(GOOD.replace(old, new, 1))
    told = [(p.line, p.column) for p in found if sentence in p.sentence]
    assert told == [(line, column)], found


def test_all_mistakes_are_told_at_once_in_order_of_place() -> None:
    text = GOOD.replace("id: plain", "id: Plain").replace("[way]", "[wey]").replace("= 30", "= half")
    found = problems_in(text)
    assert [p.line for p in found] == sorted(p.line for p in found)
    assert {2, 16, 25, 27} <= {p.line for p in found}


def test_every_sentence_ends_as_a_sentence() -> None:
    for old, new, *_ in MISTAKES:
        for problem in problems_in(GOOD.replace(old, new, 1)):
            assert problem.sentence[0].isupper() or problem.sentence[0] in "“0123456789"
            assert problem.sentence[-1] in ".?)"


@pytest.mark.parametrize("text", ["", "---", "---\n---", "\n\n", "# Only a title", "\ufeff---\n---\n# T"])
def test_a_text_that_is_hardly_a_template_gets_sentences_not_a_crash(text: str) -> None:
    assert problems_in(text)


PIECES = st.sampled_from(
    [
        *"[]{}#:;/\\-> \n\t1.ax",
        "\n\n",
        "---\n",
        "{if ",
        " is ",
        "notes",
        "{#",
        "scheme.",
        "[notes: a / b]",
        "山",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join), st.integers(0, len(GOOD)), st.integers(0, 40))
def test_anything_at_all_is_read_or_its_problems_are_told(typed: str, start: int, length: int) -> None:
    text = GOOD[:start] + typed + GOOD[start + length :]
    try:
        template = parse(text)
    except WordingErrors as wrong:
        lines = text.split("\n")
        for problem in wrong.problems:
            assert 1 <= problem.line <= len(lines)
            assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    else:
        assert parse(write(template)) == template
        render.html(fill(template, {}, {}, partial=True))
        coverage(template)
