"""What changed between two wordings, clause by clause."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ampersand.wording import Template, builtin, compare, fill, parse
from ampersand.wording.comparing import _runs
from tests.wording.test_filling import SCHEME, WHOLE

TEXT = builtin()["contract"].text
CONTRACT = parse(TEXT)


def edited(*changes: tuple[str, str]) -> Template:
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return parse(text)


def clause_text(id: str) -> str:
    """A clause as it stands in the file, with the empty line after it."""
    return next(block for block in TEXT.split("\n\n") if f"{{#{id}" in block) + "\n\n"


def test_the_same_wording_has_no_changes() -> None:
    assert compare(CONTRACT, parse(TEXT)) == ()


def test_a_changed_clause_shows_its_words() -> None:
    (change,) = compare(
        CONTRACT, edited(("We work together for 12 months.", "We work together for 6 months."))
    )
    assert (change.kind, change.clause, change.moved) == ("changed", "how-long", False)
    assert [(run.state, run.text) for run in change.runs if run.state != "same"] == [
        ("gone", "12"),
        ("new", "6"),
    ]


def test_clauses_added_removed_and_moved_are_told_apart() -> None:
    preparing = clause_text("preparing")
    new = edited(
        (preparing, ""),
        ("## Parting without blame", preparing + "## Parting without blame"),
        (clause_text("how-often"), clause_text("how-often") + "Tea is served. {#tea}\n\n"),
        (clause_text("no-joint-research"), ""),
    )
    told = {(change.kind, change.clause) for change in compare(CONTRACT, new)}
    assert told == {("moved", "preparing"), ("added", "tea"), ("removed", "no-joint-research")}
    order = [change.clause for change in compare(CONTRACT, new)]
    assert order == ["tea", "no-joint-research", "preparing"]


def test_headings_title_and_signature_lines_are_compared_too() -> None:
    new = edited(
        ("# Mentoring contract", "# Our contract"),
        ("## Keeping in touch", "## In touch"),
        ("Date of issue", "Issued on"),
    )
    assert [change.clause for change in compare(CONTRACT, new)] == [
        "title:",
        "heading:keeping-in-touch",
        "signing:issue",
    ]


def test_filled_documents_are_compared_by_what_is_read() -> None:
    old = fill(CONTRACT, WHOLE, SCHEME)
    new = fill(CONTRACT, WHOLE | {"notice": 7, "notes": "yes"}, SCHEME)
    assert {(c.kind, c.clause) for c in compare(old, new)} == {
        ("changed", "cancelling"),
        ("changed", "notes"),
        ("added", "notes-safe"),
    }
    assert compare(old, replace(old, version=9)) == ()


@given(st.text("ab .,", max_size=30), st.text("ab .,", max_size=30))
def test_the_runs_hold_both_texts_whole(old: str, new: str) -> None:
    runs = _runs(old, new)
    assert "".join(run.text for run in runs if run.state != "new") == old
    assert "".join(run.text for run in runs if run.state != "gone") == new
