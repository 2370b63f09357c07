"""One fingerprint over exactly what both read; the document as JSON, HTML and text."""

from dataclasses import replace
from datetime import date

import pytest

from ampersand.wording import Document, Signed, as_json, fill, from_json, parse, render
from tests.wording.test_filling import CONTRACT, DEPENDENT, SCHEME, WHOLE

WHOLE_DOCUMENT = fill(CONTRACT, WHOLE, SCHEME)


def test_the_fingerprint_is_the_same_for_the_same_text_and_pinned() -> None:
    assert fill(CONTRACT, dict(reversed(WHOLE.items())), SCHEME).fingerprint == WHOLE_DOCUMENT.fingerprint
    small = parse(DEPENDENT)
    # Written down so that a change to how fingerprints are made cannot go unnoticed: old copies keep theirs.
    assert fill(small, {"notes": "no"}, {}).fingerprint == (
        "ae73f622a29036e43b6213970db69cbf72d30ab7d3ae0dbdababeece8d7d89c3"
    )


def changed(document: Document, old: str, new: str) -> Document:
    """The document with one text changed wherever it is read."""
    kept = as_json(document)
    assert old in kept
    body = kept.replace(document.fingerprint, "0" * 64).replace(old, new)
    with pytest.raises(ValueError, match="do not belong together"):
        from_json(body)
    sections = tuple(
        replace(
            section,
            heading=section.heading.replace(old, new),
            clauses=tuple(
                replace(
                    clause,
                    parts=tuple(replace(part, text=part.text.replace(old, new)) for part in clause.parts),
                )
                for clause in section.clauses
            ),
        )
        for section in document.sections
    )
    signing = tuple(
        replace(
            place,
            label=place.label.replace(old, new),
            lines=tuple(replace(line, label=line.label.replace(old, new)) for line in place.lines),
        )
        for place in document.signing
    )
    return replace(document, title=document.title.replace(old, new), sections=sections, signing=signing)


def test_every_character_that_is_read_changes_the_fingerprint() -> None:
    """Each character of each clause, heading and label is changed once, alone."""
    seen = {WHOLE_DOCUMENT.fingerprint}
    count = 0
    for s, section in enumerate(WHOLE_DOCUMENT.sections):
        for c, clause in enumerate(section.clauses):
            for p, part in enumerate(clause.parts):
                for i, character in enumerate(part.text):
                    text = part.text[:i] + ("x" if character != "x" else "y") + part.text[i + 1 :]
                    parts = (*clause.parts[:p], replace(part, text=text), *clause.parts[p + 1 :])
                    clauses = (*section.clauses[:c], replace(clause, parts=parts), *section.clauses[c + 1 :])
                    new = replace(section, clauses=clauses)
                    sections = (*WHOLE_DOCUMENT.sections[:s], new, *WHOLE_DOCUMENT.sections[s + 1 :])
                    seen.add(replace(WHOLE_DOCUMENT, sections=sections).fingerprint)
                    count += 1
    assert count > 2000
    assert len(seen) == count + 1


@pytest.mark.parametrize(
    "other",
    [
        replace(WHOLE_DOCUMENT, title="Mentoring contract."),
        replace(WHOLE_DOCUMENT, version=2),
        replace(WHOLE_DOCUMENT, template="other"),
        replace(WHOLE_DOCUMENT, signing=WHOLE_DOCUMENT.signing[:1]),
        changed(WHOLE_DOCUMENT, "Date of issue", "Date of Issue"),
        changed(WHOLE_DOCUMENT, "Keeping in touch", "Keeping in  touch"),
    ],
)
def test_titles_versions_headings_and_labels_change_it_too(other: Document) -> None:
    assert other.fingerprint != WHOLE_DOCUMENT.fingerprint


def test_nothing_else_changes_it() -> None:
    renamed = tuple(
        replace(
            section, id=f"s-{section.id}", clauses=tuple(replace(c, id=f"c-{c.id}") for c in section.clauses)
        )
        for section in WHOLE_DOCUMENT.sections
    )
    assert replace(WHOLE_DOCUMENT, sections=renamed, copies=()).fingerprint == WHOLE_DOCUMENT.fingerprint


def test_a_document_is_kept_as_json_and_comes_back_the_same() -> None:
    assert from_json(as_json(WHOLE_DOCUMENT)) == WHOLE_DOCUMENT
    draft = fill(CONTRACT, {}, {}, partial=True)
    assert from_json(as_json(draft)) == draft


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": 1}', "words", '{"format":"ampersand-agreement-1"}']
)
def test_what_is_no_document_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_json(text)


def test_html_shows_every_word_and_runs_nothing() -> None:
    attack = '<script>alert(1)</script>" onload="x&'
    document = fill(CONTRACT, WHOLE | {"mentee-name": attack}, SCHEME)
    page = render.html(document, signed=[Signed("issue", "mentee", attack, date(2026, 11, 21))])
    assert "<script" not in page
    assert '" onload' not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&quot;x&amp;") == 2
    assert '<div class="clause clause--plain" id="clause-cancelling">' in page
    assert '<bdi class="gap gap--agreed">2 days</bdi>' in page
    assert '<span class="choice choice--agreed">will not</span>' in page
    assert "style=" not in page


def test_html_of_a_draft_marks_what_is_open() -> None:
    page = render.html(fill(CONTRACT, {}, SCHEME, partial=True))
    assert '<span class="choice choice--open">will / will not</span>' in page
    assert 'class="clause clause--plain clause--pending" id="clause-notes-safe"' in page


def test_text_holds_titles_clauses_and_signatures_in_order() -> None:
    signed = [
        Signed("issue", "mentor", "Hannah", date(2026, 11, 20)),
        Signed("issue", "mentee", "Tomasz", date(2026, 11, 21)),
    ]
    text = render.text(WHOLE_DOCUMENT, signed=signed)
    marks = [
        "Mentoring contract\n", "\nKeeping in touch\n", "least 2 days beforehand.", "• writes no reference",
        "\nDate of issue: 21 November 2026\n", "\nMentor: Hannah  20 November 2026\n",
        "\nMentee: Tomasz  21 November 2026\n", "\nDate of renewal:\n", "\nMentor:\n",
    ]  # fmt: skip
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


def test_an_occasion_has_a_date_only_when_all_have_signed() -> None:
    one = [Signed("issue", "mentor", "Hannah", date(2026, 11, 20))]
    assert "Date of issue:\n" in render.text(WHOLE_DOCUMENT, signed=one)
