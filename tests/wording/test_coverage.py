"""For every clause, what the software does about it; and never more than it does today."""

import pytest

from ampersand.wording import builtin, coverage, coverage_table, parse, terms_of
from ampersand.wording.catalogue import CATALOGUE, TermKind
from tests.wording.test_filling import dependent
from tests.wording.test_mistakes import GOOD

BUILT_TODAY = {
    "mentor-name", "mentee-name", "mentor-contact", "mentee-contact", "contact-between", "adult", "has-read",
    "whole-agreement-first", "asking", "free-of-charge", "waiting-list", "share-what-you-like", "any-subject",
    "end-without-reason", "organisers-told-of-ending", "change-only-by-both", "concerns-to-organisers",
    "professional-help", "filled-in-together", "signatures", "copies", "issue-date",
    "runs-months", "renews-months", "renewals", "organisers-told-of-renewal", "signatures-at-renewal",
    "renewal-date",
    "boundary-research", "boundary-review", "boundary-promotion", "boundary-references", "boundary-years",
}  # fmt: skip


MEETINGS = set(
    [
        "meeting-minutes",
        "expected-meetings",
        "meeting-frequency",
        "meetings-set-up-by",
        "meeting-notice-days",
        "missed-meeting",
        "first-meeting-before-signing",
        "video-meetings",
        "ask-before-sharing",
        "recording-permitted",
        "telephone-times",
    ]
)


def test_only_what_is_built_is_called_built() -> None:
    acting = {key for key, term in CATALOGUE.items() if term.built and term.verdict != "asks"}
    assert acting == BUILT_TODAY | MEETINGS


@pytest.mark.parametrize("term", CATALOGUE.values(), ids=lambda term: term.key)
def test_every_term_says_in_a_sentence_what_is_done_or_will_be(term) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    assert term.does.endswith(".")
    future = " will " in f" {term.does} " or " can " in term.does
    assert term.built or future
    assert not (term.built and " will " in term.does)
    assert bool(term.options) is (term.kind is TermKind.CHOICE)
    assert bool(term.unit) is (term.kind is TermKind.NUMBER)


def test_a_clause_without_a_term_is_only_words() -> None:
    template = parse(
        GOOD.replace("Write to [way]. {#writing}", "Tea? [way]. {#tea; tea-time = 4; meeting-minute = 5}")
    )
    rows = {row.clause: row for row in coverage(template)}
    words = {verdict.term: verdict for verdict in rows["tea"].verdicts}
    assert {verdict.word for verdict in words.values()} == {"only words"}
    assert "Did you mean “meeting-minutes”?" in words["meeting-minute"].sentence
    bare = {row.clause: row for row in coverage(parse(GOOD))}["writing"]
    assert [verdict.word for verdict in bare.verdicts] == ["only words"]
    assert bare.text == "Write to [How to reach the mentor]."


def test_blanks_and_statements_of_a_clause_are_both_covered() -> None:
    rows = {row.clause: row for row in coverage(parse(GOOD))}
    assert [(v.term, v.word) for v in rows["giving"].verdicts] == [("meeting-notice-days", "does")]
    assert [(v.term, v.word) for v in rows["length"].verdicts] == [("meeting-minutes", "does")]
    assert [v.word for v in rows["signing:issue"].verdicts] == ["keeps", "keeps"]
    assert [v.word for v in rows["copies"].verdicts] == ["keeps"]


def test_terms_come_from_words_and_from_blanks() -> None:
    template = parse(GOOD)
    assert dict(terms_of(template, {"notes": "yes", "notice": 3})) == {
        "meeting-notice-days": 3,
        "notes-kept": True,
        "meeting-minutes": 30,
        "signatures": True,
        "copies": True,
    }
    assert "notes-kept" not in terms_of(template, {})


def test_a_term_stated_in_text_that_does_not_apply_is_not_set() -> None:
    contract = parse(builtin()["contract"].text)
    assert "notes-secure" not in terms_of(contract, {"notes": "no"})
    assert "notes-secure" not in terms_of(contract, {})
    assert terms_of(contract, {"notes": "yes"})["notes-secure"] is True
    assert not terms_of(dependent(), {"notes": "yes"})


def test_the_table_for_the_terminal_shows_every_clause_and_counts() -> None:
    table = coverage_table(parse(GOOD))
    assert table.startswith("A plain contract (version 2)\n")
    assert "We meet for 30 minutes at" in table
    assert "not yet    Without a yes there will be no page for notes;" in table
    assert table.endswith("does: 2, asks: 0, keeps: 3, not yet: 1, only words: 1\n")
    assert max(map(len, table.splitlines())) <= 100
