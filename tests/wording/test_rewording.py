"""Other words for a clause, and values that follow from one wording to the next."""

from dataclasses import replace

import pytest

from ampersand.wording import (
    WrongWords,
    as_json,
    builtin,
    carried_over,
    compare,
    fill,
    from_json,
    parse,
    render,
    reword,
    rewordable,
    words_of,
    write,
)
from tests.wording.test_filling import SCHEME, WHOLE

CONTRACT = parse(builtin()["contract"].text)


def test_a_clause_is_reworded_and_nothing_else_changes() -> None:
    new = reword(CONTRACT, "how-often", "We would like to meet [often], more or less.")
    (change,) = compare(CONTRACT, new)
    assert (change.kind, change.clause) == ("changed", "how-often")
    assert new.blanks == CONTRACT.blanks
    assert parse(write(new)) == new


@pytest.mark.parametrize("clause", [clause.id for clause in rewordable(CONTRACT)])
def test_the_same_words_again_change_nothing(clause: str) -> None:
    assert reword(CONTRACT, clause, words_of(CONTRACT, clause)) == CONTRACT


def test_clauses_by_which_the_software_acts_keep_their_words() -> None:
    free = {clause.id for clause in rewordable(CONTRACT)}
    assert {"how-often", "cancelling", "reaching-mentor", "notes"} <= free
    kept = {
        "how-long",
        "confidential",
        "no-references",
        "lasting",
        "exemptions",
        "first-meeting",
        "notes-safe",
    }
    assert not free & kept
    with pytest.raises(WrongWords, match="come from the scheme"):
        reword(CONTRACT, "how-long", "We go on for ever.")


@pytest.mark.parametrize(
    "words",
    [
        "We meet.",
        "We meet [often] and [often].",
        "We meet [often] on [day].",
        "We meet [often] {if notes is yes: or not}.",
        "We meet [often] {#other}.",
        "{#other} We meet [often].",
        "We meet [often] {#how-often; runs-months = 99}",
        "We meet [often] at {scheme.name}.",
        "We meet [often",
        "We meet [often: a / b].",
        "",
    ],
)
def test_words_that_touch_blanks_terms_or_marks_are_refused(words: str) -> None:
    with pytest.raises(WrongWords):
        reword(CONTRACT, "how-often", words)


def test_an_either_or_keeps_its_two_sides() -> None:
    turned = "The mentor [notes: will not / will] keep notes."
    with pytest.raises(WrongWords):
        reword(CONTRACT, "notes", turned)


def test_words_that_look_like_a_heading_or_a_list_stay_words() -> None:
    new = reword(CONTRACT, "how-often", "# - 1. We meet\n\n## [often]")
    assert len(list(new.clauses())) == len(list(CONTRACT.clauses()))
    assert fill(new, WHOLE, SCHEME).complete


def test_values_go_over_to_the_next_wording_where_they_fit() -> None:
    text = builtin()["contract"].text
    text = text.replace("number 0 to 60 days; term", "number 0 to 1 days; term").replace(
        "suggest 2", "suggest 1"
    )
    text = text.replace("often: How often", "rhythm: How often").replace("[often]", "[rhythm]")
    text = text.replace(
        "- recording: Whether the mentee may record; choice yes / no; term recording-permitted\n", ""
    )
    text = text.replace("[recording: is / is not]", "not")
    new = parse(text)
    over = carried_over(CONTRACT, WHOLE, new)
    assert over["rhythm"] == WHOLE["often"]  # another id, the same term
    assert over["notes"] == WHOLE["notes"]
    assert "notice" not in over  # too many days for the new wording
    assert "recording" not in over


def test_a_text_names_the_one_whose_place_it_takes() -> None:
    first = fill(CONTRACT, WHOLE, SCHEME)
    second = fill(CONTRACT, WHOLE, SCHEME, replaces=first.fingerprint)
    assert second.fingerprint != first.fingerprint
    assert first.fingerprint in render.text(second)
    assert first.fingerprint in render.html(second)
    assert from_json(as_json(second)) == second
    assert replace(second, replaces="").fingerprint == first.fingerprint
    assert compare(first, second) == ()
