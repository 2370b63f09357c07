"""Either/ors without a box: in prose, told to be struck, one option to a line, over several lines."""

from __future__ import annotations

import pytest

from ampersand.wording.reading.child import read_here


def chosen(text: str) -> list[tuple[str, ...]]:
    return list(read_here(text.encode()).alternatives)


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("Walks are held (delete as appropriate) in the garden / at the lake / in the hut.", ("in the garden", "at the lake", "in the hut")),
        ("The diary: will be kept by the walker / will be kept by the guide / will not be kept (delete as applicable)", ("will be kept by the walker", "will be kept by the guide", "will not be kept")),
        ("The hut may be used by the walker alone / with friends / with a dog (please delete).", ("the walker alone", "with friends", "with a dog")),
        ("The walker will either bring bread or buy it at the hut (strike out one).", ("bring bread", "buy it at the hut")),
        ("We walk weekly or monthly (delete one).", ("weekly", "monthly")),
        ("The walker agrees/does not agree to be drawn.", ("agrees", "does not agree")),
        ("The walker: I consent / I do not consent to be drawn.", ("I consent", "I do not consent")),
        ("The guide will/may/will not keep a diary.", ("will", "may", "will not")),
        ("The mentor/menteewill bring the map.", ("mentor", "mentee")),
        ("We meet in person / online / both.", ("in person", "online", "both")),
        ("We walk [weekly OR monthly].", ("weekly", "monthly")),
        ("We walk {weekly | monthly}.", ("weekly", "monthly")),
        ("How often: once a week; every two weeks; once a month", ("once a week", "every two weeks", "once a month")),
        ("Are you over 18? Yes No", ("Yes", "No")),
        ("Do you own boots? Y N", ("Y", "N")),
        ("I do ____ do not ____ want to be drawn.", ("do", "do not")),
        ("I ____ do ____ do not want to be drawn.", ("do", "do not")),
        ("___ I agree to be drawn. ___ I do not agree to be drawn.", ("I agree to be drawn.", "I do not agree to be drawn.")),
        ("___ Yes, draw me.\n___ No, do not draw me.", ("Yes, draw me.", "No, do not draw me.")),
        ("How steep it is (check one)\n____ Easy\n____ Steep\n____ Very steep", ("Easy", "Steep", "Very steep")),
        ("The hut may/may not [please circle one] be let.", ("may", "may not")),
        ("We walk: □ weekly □ every two weeks\n□ monthly □ other ____", ("weekly", "every two weeks", "monthly", "other")),
        ("How long is a walk?\n30 minutes\n1 hour\n2 hours\n\nWe wait for one another at every gate.", ("30 minutes", "1 hour", "2 hours")),
    ],
)  # fmt: skip
def test_an_either_or_without_a_box_is_found(text: str, options: tuple[str, ...]) -> None:
    assert chosen(text) == [options]


@pytest.mark.parametrize(
    "text",
    [
        "The guide costs £20 per hour/walk.",
        "Either of us may stop by letter or by telephone.",
        "The mentor or mentee brings the map.",
        "(Name of the walker) (Month / year)",
        "Is there a hut?\nThe lake\nThe garden\nWe walk to both of them in summer, and rest there.",
        "Whoever says yes no longer needs to write.",
        "I have read this: yes. No dogs are allowed.",
    ],
)
def test_what_leaves_nothing_to_choose_is_no_either_or(text: str) -> None:
    assert chosen(text) == []


def test_short_lines_under_several_questions_are_their_options() -> None:
    text = "How do we meet?\nAt the gate\nBy the lake\n\nWho brings the bread?\nThe guide\nThe walker\n\nWe are kind to one another."
    assert chosen(text) == [("At the gate", "By the lake"), ("The guide", "The walker")]


def test_a_box_with_nothing_beside_it_is_read() -> None:
    assert [blank.kind for blank in read_here("☐".encode()).blanks] == ["choice"]


def test_answers_on_a_scale_under_each_statement_are_its_options() -> None:
    scale = "Disagree\nNeither\nAgree\n"
    assert (
        chosen(f"We walk slowly, and often stop.\n{scale}We wait at every gate.\n{scale}")
        == [("Disagree", "Neither", "Agree")] * 2
    )


def test_long_rows_are_read_in_no_time() -> None:
    read_here(("_" * 4000 + " x\n").encode())
    read_here(("_" * 40 + "\n" + "____ " * 60 + "x").encode())


def test_what_is_written_behind_other_is_a_blank_of_its_own() -> None:
    reading = read_here(b"How often: weekly/monthly/other: ____")
    assert [blank.near for blank in reading.blanks][1:] == ["other:"]
