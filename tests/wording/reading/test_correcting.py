"""Correcting what was read: each change does what it says, nothing else changes, and leaving one out undoes it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ampersand.wording import Choice, Entered, Gap, Kind, Mark, Template, Words, coverage, fill, parse, write
from ampersand.wording.reading.child import read_here
from ampersand.wording.reading.correcting import CannotCorrect, Change, corrected, counted, typed
from ampersand.wording.reading.correcting.noticing import notices
from ampersand.wording.reading.correcting.suggesting import suggestions
from ampersand.wording.reading.correcting.taking_over import taken_over
from ampersand.wording.reading.correcting.tree import clause_of, read_out, words_in
from tests.agreements.brought import PAPER

READING = read_here(PAPER.encode(), "garden.txt")


def made(*changes: Change) -> Template:
    return corrected(READING, [[change] for change in changes])


def words(template: Template, clause: str) -> str:
    return read_out(template, clause_of(template, clause))


def number_of(clause: str, word: str) -> int:
    return next(one.number for one in counted(clause_of(made(), clause)) if one.text == word)


def ask(blank: str, **more: Any) -> Change:
    return {"do": "ask", "blank": blank, "label": "A label", "kind": "text", **more}


def test_without_a_correction_the_agreement_is_as_it_was_read() -> None:
    assert made() == parse(READING.template)


def test_words_become_a_blank_and_the_words_around_them_stay() -> None:
    forty_five = number_of("meeting-lasts-45", "45")
    mark: Change = {"do": "blank", "clause": "meeting-lasts-45", "first": forty_five, "last": forty_five}
    marked = made({**mark, "label": "Minutes"})
    assert words(marked, "meeting-lasts-45") == "A meeting lasts [Minutes] minutes."
    after = made({**mark, "label": "How", "where": "after"})
    assert words(after, "meeting-lasts-45") == "A meeting lasts 45 [How] minutes."


def test_words_become_an_either_or_by_the_stroke_between_them() -> None:
    change: Change = {
        "do": "choice",
        "clause": "find-our-safety",
        "first": 10,
        "last": 12,
        "options": ["it", "that"],
    }
    marked = made(change)
    assert words(marked, "find-our-safety") == "Find our safety guide on the website - - it / that."
    one = corrected(
        READING,
        [
            [{"do": "reword", "clause": "meeting-lasts-45", "text": "A meeting is long/short."}],
            [{"do": "choice", "clause": "meeting-lasts-45", "first": 4, "last": 4}],
        ],
    )
    assert words(one, "meeting-lasts-45") == "A meeting is long / short."


def test_a_blank_that_is_none_becomes_the_words_that_stood_there() -> None:
    left = made({"do": "words", "blank": "notes-not", "words": "will/will not"})
    assert words(left, "notes-kept-mentor").startswith("Notes will/will not be kept")
    assert "notes-not" not in {field.id for field in left.blanks}


def test_two_blanks_become_one_that_stands_twice() -> None:
    one = made({"do": "same", "blank": "mentee", "other": "mentor"})
    places = [
        part for clause in one.clauses() for part in clause.parts if getattr(part, "field", "") == "mentor"
    ]
    assert (len(places), len(one.blanks)) == (2, len(made().blanks) - 1)
    with pytest.raises(CannotCorrect, match="of the same sort"):
        made({"do": "same", "blank": "mentee", "other": "notes-not"})


def test_a_number_is_not_printed_with_its_unit_twice() -> None:
    notice = ask("whoever-cannot-come", kind="number", term="meeting-notice-days")
    template = made(notice)
    document = fill(template, {"whoever-cannot-come": 3}, {}, partial=True)
    assert "gives at least 3 days' notice." in " ".join(clause.text for clause in document.clauses())
    assert template.field("whoever-cannot-come").said
    assert parse(write(template)) == template


def test_a_yes_or_no_knows_which_option_means_yes() -> None:
    options = ["will", "will not"]
    kept = made(ask("notes-not", kind="choice", term="notes-kept", options=options))
    assert [option.key for option in kept.field("notes-not").options] == ["yes", "no"]
    turned = made(ask("notes-not", kind="choice", term="notes-kept", options=options, yes="will not"))
    assert [option.key for option in turned.field("notes-not").options] == ["no", "yes"]


def test_a_term_takes_only_the_words_it_knows() -> None:
    set_up = ask(
        "mentor-mentee", kind="choice", term="meetings-set-up-by", options=["mentor", "mentee", "either"]
    )
    assert [option.key for option in made(set_up).field("mentor-mentee").options] == [
        "mentor",
        "mentee",
        "either",
    ]
    with pytest.raises(CannotCorrect, match="none of them"):
        made({**set_up, "options": ["mentor", "the cat"]})


def test_what_depends_on_an_option_follows_it_when_its_key_changes() -> None:
    depends: Change = {
        "do": "depends",
        "clause": "what-said-confidential",
        "blank": "notes-not",
        "value": "will-not",
    }
    after = made(depends, ask("notes-not", kind="choice", term="notes-kept", options=["will", "will not"]))
    when = clause_of(after, "what-said-confidential").when
    assert when is not None
    assert when.value == "no"


def test_some_words_of_a_clause_depend_on_its_either_or() -> None:
    made_, stored = (number_of("notes-kept-mentor", word) for word in ("made", "securely."))
    change: Change = {"do": "depends", "clause": "notes-kept-mentor", "blank": "notes-not", "value": "will"}
    template = made({**change, "first": made_ - 1, "last": stored})
    no = fill(template, {"notes-not": "will-not"}, {}, partial=True)
    assert "Notes will not be kept with the mentor." in [clause.text for clause in no.clauses()]
    always = corrected(
        READING,
        [[{**change, "first": made_ - 1, "last": stored}], [{"do": "always", "clause": "notes-kept-mentor"}]],
    )
    assert always == made()


def test_a_term_fixed_in_two_ways_is_pointed_out_and_in_one_is_not() -> None:
    fixed: Change = {"do": "state", "clause": "meeting-lasts-45", "term": "meeting-minutes", "value": "45"}

    def told(*changes: Change) -> list[str]:
        return [
            one.place for one in notices(READING, made(*changes)) if "two places that differ" in one.sentence
        ]

    assert told(fixed) == []
    assert told(fixed, ask("whoever-cannot-come", kind="number", term="meeting-minutes")) == [
        "meeting-lasts-45"
    ]


def test_of_clauses_with_the_same_words_each_takes_over_its_own() -> None:
    paper = b"Mentoring\n\n1. Names\n\nMentor: ______\n\n2. Contact\n\nMentor: ______\n\nSigned (mentor): ______\n"
    reading = read_here(paper)
    first, second = (field.id for field in corrected(reading, []).blanks)
    said = [{**ask(first), "label": "Name"}, {**ask(second), "label": "Telephone", "kind": "contact"}]
    before = corrected(reading, [said])
    after = corrected(reading, [taken_over(before, reading)])
    assert [(field.label, field.kind) for field in after.blanks] == [
        ("Name", Kind.TEXT),
        ("Telephone", Kind.CONTACT),
    ]


def test_a_clause_is_joined_split_made_a_heading_and_back() -> None:
    joined = made({"do": "join", "clause": "mentee-2"})
    assert words(joined, "mentor-2") == "Mentor: [Mentor] Mentee: [Mentee]"
    split = made({"do": "split", "clause": "please-talk-through", "at": 9})
    assert [words_in(c) for c in split.clauses()][2:4] == [
        "Please talk this through when you first meet,",
        "before you sign it.",
    ]
    head = made({"do": "head", "clause": "meeting-lasts-45", "level": 3})
    assert [section.heading for section in head.sections][2] == "A meeting lasts 45 minutes."
    section = head.sections[2]
    back = corrected(
        READING, [[{"do": "head", "clause": "meeting-lasts-45"}], [{"do": "unhead", "section": section.id}]]
    )
    assert [words_in(clause) for clause in back.clauses()] == [
        words_in(clause) for clause in made().clauses()
    ]


def test_a_clause_is_numbered_reworded_added_and_left_out() -> None:
    numbered = made({"do": "stand", "clause": "meeting-lasts-45", "mark": "numbered"})
    assert clause_of(numbered, "meeting-lasts-45").mark is Mark.NUMBERED
    text = typed(made(), "notes-kept-mentor").replace("If made they", "They")
    reworded = made({"do": "reword", "clause": "notes-kept-mentor", "text": text})
    assert (
        words(reworded, "notes-kept-mentor")
        == "Notes will / will not be kept with the mentor. They name nobody and are stored securely."
    )
    added = made({"do": "add", "clause": "meeting-lasts-45", "text": "Bring [nothing] {at all}."})
    assert "Bring [nothing] {at all}." in [words_in(clause) for clause in added.clauses()]
    dropped = made({"do": "drop", "clause": "find-our-safety"})
    assert len(list(dropped.clauses())) == len(list(made().clauses())) - 1


def test_who_signs_when_and_a_third_who_signs_on_paper() -> None:
    people: Change = {"do": "people", "mentor": "Gardener", "mentee": "Sprout", "others": ["Guardian"]}
    signing: Change = {
        "do": "signing",
        "occasions": [{"label": "Begun on", "signers": ["mentor", "mentee"], "also": ["Guardian"]}],
        "copies": ["mentor", "organisers"],
    }
    template = made(people, signing)
    [occasion] = template.occasions
    assert (occasion.label, occasion.signers) == ("Begun on", ("mentor", "mentee", "guardian"))
    assert [notice.place for notice in notices(READING, template) if "on paper" in notice.sentence] == [
        "signing"
    ]
    assert made({"do": "signing", "occasions": []}).entered is Entered.BY_ASKING


REFUSED: dict[str, Change] = {
    "no longer there": {"do": "join", "clause": "gone"},
    "This blank is no longer": ask("gone"),
    "no such correction": {"do": "sing"},
    "Mentor and mentee both": {"do": "signing", "occasions": [{"label": "x", "signers": ["mentor"]}]},
    "at least two options": ask("notes-not", kind="choice", options=["will"]),
    "of another kind": ask("mentor", kind="text", term="notes-kept"),
    "There is a blank between": {"do": "blank", "clause": "notes-kept-mentor", "first": 1, "last": 3},
    "the first before the last": {"do": "blank", "clause": "notes-kept-mentor", "first": 3, "last": 2},
    "Only one can hold|is a number": {
        "do": "state",
        "clause": "meeting-lasts-45",
        "term": "meeting-minutes",
        "value": "x",
    },
    "knows no such term": {"do": "state", "clause": "meeting-lasts-45", "term": "singing"},
    "There is no blank “oops”": {"do": "reword", "clause": "meeting-lasts-45", "text": "A [oops] lasts."},
    "never closed": {"do": "reword", "clause": "meeting-lasts-45", "text": "A [oops lasts."},
    "stands further down": {"do": "depends", "clause": "mentor-2", "blank": "notes-not", "value": "will"},
    "is never": {"do": "depends", "clause": "find-our-safety", "blank": "notes-not", "value": "perhaps"},
    "has words and no blanks": {"do": "head", "clause": "mentor-2"},
    "nothing above": {"do": "join", "clause": "mentor-2"},
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence(sentence: str) -> None:
    with pytest.raises(CannotCorrect, match=sentence):
        made(REFUSED[sentence])


def test_what_was_suggested_and_taken_is_what_the_software_goes_by() -> None:
    offered = suggestions(made())
    terms = {one.term: one.value for one in offered}
    assert terms["meeting-minutes"] == "45"
    assert {"meeting-notice-days", "notes-kept", "meetings-set-up-by", "confidential", "exemption"} <= set(
        terms
    )
    taken = corrected(READING, [[one.change for one in offered]])
    covered = {verdict.term for row in coverage(taken) for verdict in row.verdicts}
    assert set(terms) <= covered
    assert suggestions(taken) == ()


PLAIN = """What to expect of me

- I like to help, but I am not a doctor or a therapist.
- It costs nothing.
- What you tell me stays between us, unless I fear that somebody will be badly hurt.
- You can stop whenever you like. You do not have to say why.
- If you miss a meeting we do not make up for it.
"""
GERMAN = """Was wir vereinbaren

Ein Treffen dauert 45 Minuten.

Was wir besprechen, bleibt vertraulich, außer wenn jemand in Gefahr ist.

Wer verhindert ist, sagt zwei Tage vorher ab.

Ein verpasstes Treffen wird nicht nachgeholt.

Wir können es jederzeit ohne Angabe von Gründen beenden.
"""


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (
            PLAIN,
            {
                ("opinion-not-advice", ""),
                ("free-of-charge", ""),
                ("confidential", ""),
                ("exemption", ""),
                ("end-without-reason", ""),
                ("missed-meeting", "final"),
            },
        ),
        (
            GERMAN,
            {
                ("meeting-minutes", "45"),
                ("confidential", ""),
                ("exemption", ""),
                ("meeting-notice-days", "2"),
                ("missed-meeting", "final"),
                ("end-without-reason", ""),
            },
        ),
    ],
)
def test_plain_words_and_german_ones_are_understood(paper: str, said: set[tuple[str, str]]) -> None:
    reading = read_here(paper.encode())
    offered = suggestions(corrected(reading, []))
    assert {(one.term, one.value) for one in offered} == said
    corrected(reading, [[one.change for one in offered]])


def test_nothing_is_suggested_where_nothing_is_said() -> None:
    reading = read_here(
        b"Walking together\n\nWe like to walk by the river.\n\nBring a warm coat.\n", "walk.txt"
    )
    assert suggestions(corrected(reading, [])) == ()


def test_what_a_careful_reader_would_notice_has_its_place() -> None:
    found = {notice.sentence: notice.place for notice in notices(READING, made())}
    assert found["A link or address seems to have been lost here."] == "find-our-safety"
    asking = made({"do": "signing", "occasions": []})
    assert any("nobody fills in its blanks" in notice.sentence for notice in notices(READING, asking))
    without = made({"do": "drop", "clause": "find-our-safety"})
    assert any("stand nowhere on the sheet" in notice.sentence for notice in notices(READING, without))


CLAUSES = [clause.id for clause in made().clauses()]
BLANKS = [field.id for field in made().blanks]
SECTIONS = [section.id for section in made().sections if section.heading]
NUMBER = st.integers(0, 14)
TEXT = st.sampled_from(
    ["It [is] so/not so.", "Words: {here} \\ and # there", "1. Not a number", "> - * if so", "Ünï 山"]
)
A_CHANGE = st.one_of(
    st.fixed_dictionaries({"do": st.sampled_from(["join", "drop", "always"]), "clause": st.sampled_from(CLAUSES)}),
    st.fixed_dictionaries({"do": st.just("split"), "clause": st.sampled_from(CLAUSES), "at": NUMBER}),
    st.fixed_dictionaries({"do": st.just("head"), "clause": st.sampled_from(CLAUSES), "level": st.sampled_from([2, 3])}),
    st.fixed_dictionaries({"do": st.just("unhead"), "section": st.sampled_from(SECTIONS)}),
    st.fixed_dictionaries(
        {"do": st.just("stand"), "clause": st.sampled_from(CLAUSES), "mark": st.sampled_from([str(m) for m in Mark]), "depth": NUMBER}
    ),
    st.fixed_dictionaries(
        {"do": st.just("blank"), "clause": st.sampled_from(CLAUSES), "first": NUMBER, "last": NUMBER, "where": st.sampled_from(["instead", "after"]), "label": TEXT}
    ),
    st.fixed_dictionaries(
        {"do": st.just("choice"), "clause": st.sampled_from(CLAUSES), "first": NUMBER, "last": NUMBER, "options": st.sampled_from([[], ["a", "b / c"]])}
    ),
    st.fixed_dictionaries(
        {"do": st.just("depends"), "clause": st.sampled_from(CLAUSES), "blank": st.sampled_from(BLANKS), "value": st.sampled_from(["", "will"]), "first": NUMBER, "last": NUMBER}
    ),
    st.fixed_dictionaries({"do": st.just("words"), "blank": st.sampled_from(BLANKS), "words": TEXT}),
    st.fixed_dictionaries({"do": st.just("same"), "blank": st.sampled_from(BLANKS), "other": st.sampled_from(BLANKS)}),
    st.fixed_dictionaries(
        {"do": st.just("ask"), "blank": st.sampled_from(BLANKS), "label": TEXT, "kind": st.sampled_from([str(k) for k in Kind]), "options": st.sampled_from([[], ["x", "y"], ["no", "yes [a]"]])}
    ),
    st.fixed_dictionaries({"do": st.sampled_from(["add"]), "clause": st.sampled_from(CLAUSES), "text": TEXT}),
    st.fixed_dictionaries({"do": st.just("title"), "text": TEXT}),
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(A_CHANGE, max_size=12))
def test_whatever_is_corrected_in_whatever_order_can_be_published(wanted: list[Change]) -> None:
    kept: list[list[Change]] = []
    sentences: set[str] = set()
    for change in wanted:
        try:
            corrected(READING, [*kept, [change]])
        except CannotCorrect as cannot:
            sentences.add(str(cannot))
            continue
        kept.append([change])
    assert all(sentences)
    whole = corrected(READING, kept)
    assert parse(write(whole)) == whole
    words_once_more(whole)
    if kept:
        corrected(READING, kept[:-1])  # undoing is leaving out


def words_once_more(template: Template) -> None:
    """Everything that is read stands in words, blanks and either/ors that are declared."""
    for clause in template.clauses():
        assert clause.parts
        for part in clause.parts:
            if isinstance(part, Gap | Choice):
                assert template.field(part.field).is_choice == isinstance(part, Choice)
            elif isinstance(part, Words):
                assert part.text


def test_numbers_begin_again_under_each_heading_where_they_did_on_the_paper() -> None:
    paper = b"# Pact\n\n## Meeting\n\n1. We will meet weekly.\n2. We will be on time.\n\n## Notes\n\n1. We will keep none.\n"
    reading = read_here(paper, "pact.md")
    template = corrected(reading, [])
    assert [clause.number for clause in template.clauses()] == ["1.", "2.", "1."]
    assert not any("counted afresh" in notice.sentence for notice in notices(reading, template))
    throughout = corrected(reading, [[{"do": "count", "by_section": False}]])
    assert [clause.number for clause in throughout.clauses()] == ["1.", "2.", "3."]
    assert any("counted afresh" in notice.sentence for notice in notices(reading, throughout))


def test_a_heading_is_reworded_a_term_taken_back_and_a_declaration_added() -> None:
    renamed = made({"do": "heading", "section": SECTIONS[0], "text": "Seeing each other", "level": 3})
    assert (renamed.sections[1].heading, renamed.sections[1].level) == ("Seeing each other", 3)
    says: Change = {"do": "state", "clause": "meeting-lasts-45", "term": "meeting-minutes", "value": "45"}
    assert clause_of(made(says), "meeting-lasts-45").states[0].value == "45"
    assert made(says, {"do": "unstate", "clause": "meeting-lasts-45", "term": "meeting-minutes"}) == made()
    adult = made({"do": "declare", "term": "adult", "sentence": "I am 18 or over."})
    assert adult.declarations[0].term == "adult"
    assert made({"do": "seen", "what": ["x"]}) == made()
