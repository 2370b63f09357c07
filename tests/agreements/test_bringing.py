"""An organiser brings the scheme's own agreement, corrects what was found, and publishes it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ampersand.agreements.actions.bringing import bring, correct, redo, undo
from ampersand.agreements.actions.publishing import draft_from_builtin, publish
from ampersand.agreements.models import Brought, Correction, Template
from ampersand.agreements.views.found import Found
from ampersand.journeys.keeping import apply_keeping
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.models import Entry, Verb
from ampersand.schemes.models import Scheme
from ampersand.wording import parse
from ampersand.wording.reading.child import read_here
from ampersand.wording.reading.correcting.tree import clause_of
from tests.agreements.brought import PAPER
from tests.cast import sign_in
from tests.pseudo import pseudo_language

UNREADABLE = {
    "a damaged Word file": b"PK\x03\x04 and then nothing of the kind",
    "a picture": b"\x89PNG\r\n\x1a\n and more",
    "a program": b"\x7fELF and more",
    "an empty file": b"",
    "a file of white space and marks": b"\n\n  ---\n\n***\n",
    "a heading and no more": b"# Mentoring agreement\n",
    "a book": b"On and on it goes. " * 40_000,
}
LEAVE_OUT = [{"do": "drop", "clause": "find-our-safety"}]
REWORD = [{"do": "reword", "clause": "meeting-lasts-45", "text": "A meeting lasts an hour."}]


def at(name: str, scheme: Scheme) -> str:
    return reverse(f"agreements:{name}", args=[scheme.slug])


def text_of(template: Template) -> str:
    template.refresh_from_db()
    return template.text


@pytest.fixture
def browser(organiser: Person) -> Client:
    return sign_in(Client(), organiser)


def send(browser: Client, scheme: Scheme, do: str, about: str, **more: Any) -> Any:
    return browser.post(at("correct", scheme), {"do": do, "about": about, **more}, follow=True)


def test_an_organiser_uploads_a_file_and_sees_what_was_found(peer_scheme: Scheme, browser: Client) -> None:
    file = SimpleUploadedFile("garden.txt", PAPER.encode())
    page = browser.post(at("bring", peer_scheme), {"file": file}, follow=True).content.decode()
    assert "We found 11 clauses, 4 blanks, 2 either/ors; 2 people sign, on 2 occasions. Right?" in page
    assert "A link or address seems to have been lost here." in page
    draft = peer_scheme.templates.drafts().get()
    assert (draft.number, draft.brought.name) == (2, "garden.txt")
    assert Entry.objects.filter(verb=Verb.AGREEMENT_BROUGHT, about=f"template:{draft.pk}").count() == 1


def test_pasted_text_is_read_alike(peer_scheme: Scheme, browser: Client) -> None:
    browser.post(at("bring", peer_scheme), {"text": PAPER})
    assert peer_scheme.templates.drafts().get().brought.name == ""


def test_neither_file_nor_text_is_refused_with_a_sentence(peer_scheme: Scheme, browser: Client) -> None:
    answer = browser.post(at("bring", peer_scheme), {"text": "  \n"})
    assert answer.status_code == 422
    assert "Choose the file with your agreement, or paste its text." in answer.content.decode()


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_loses_nothing_that_was_pasted(
    name: str, peer_scheme: Scheme, browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "ampersand.refused")
    data = UNREADABLE[name]
    answer = browser.post(
        at("bring", peer_scheme), {"file": SimpleUploadedFile(name, data), "text": "My own words"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "My own words" in page
    assert 'class="error"' in page
    assert not Brought.objects.exists()
    if data:  # nothing at all is no attempt at anything
        assert "a paper that could not be read at agreements:bring" in caplog.text
    assert "agreement.docx" not in caplog.text


def test_each_correction_is_kept_at_once_and_undone_and_done_again(garden: Template) -> None:
    before = text_of(garden)
    correct(template=garden, changes=LEAVE_OUT)
    left_out = text_of(garden)
    correct(template=garden, changes=REWORD)
    both = text_of(garden)
    assert len({before, left_out, both}) == 3
    undo(template=garden)
    assert text_of(garden) == left_out
    undo(template=garden)
    undo(template=garden)  # there is nothing more to take back
    assert text_of(garden) == before
    redo(template=garden)
    redo(template=garden)
    redo(template=garden)
    assert text_of(garden) == both


def test_correcting_after_undoing_forgets_what_was_undone(garden: Template) -> None:
    correct(template=garden, changes=LEAVE_OUT)
    undo(template=garden)
    correct(template=garden, changes=REWORD)
    redo(template=garden)
    assert "lasts an hour" in text_of(garden)
    assert "safety guide" in text_of(garden)
    assert Correction.objects.count() == 1


def test_a_correction_that_cannot_be_changes_nothing(garden: Template) -> None:
    before = text_of(garden)
    with pytest.raises(Refused, match="no longer there"):
        correct(template=garden, changes=[{"do": "join", "clause": "gone"}])
    assert text_of(garden) == before
    assert not Correction.objects.exists()


def stood_in(page: str) -> str:
    found = re.findall(r'name="stood" value="([^"]+)"', page)
    assert found
    return str(found[-1])


def test_two_organisers_correct_at_once_and_neither_undoes_what_they_did_not_see(
    garden: Template, browser: Client, second_organiser: Person
) -> None:
    other = sign_in(Client(), second_organiser)
    browser.post(at("correct", garden.scheme), MARK_45)
    seen = stood_in(browser.get(at("found", garden.scheme)).content.decode())
    send(other, garden.scheme, "reword", "find-our-safety", text="Read our guide.")
    both = text_of(garden)
    page = browser.post(at("undo_correction", garden.scheme), {"stood": seen}, follow=True).content.decode()
    assert "corrected in the meantime, perhaps by another organiser" in page
    assert text_of(garden) == both
    browser.post(at("undo_correction", garden.scheme), {"stood": stood_in(page)})
    assert "Read our guide." not in text_of(garden)
    seen = stood_in(browser.get(at("found", garden.scheme)).content.decode())
    for _press in range(2):  # a second press on the same page
        browser.post(at("redo_correction", garden.scheme), {"stood": seen})
    assert text_of(garden) == both


MARK_45: dict[str, Any] = {"do": "mark", "about": "meeting-lasts-45", "first": 4, "last": 4, "how": "instead"}


def test_words_counted_on_one_page_are_not_taken_for_those_of_another(
    garden: Template, browser: Client, second_organiser: Person
) -> None:
    other = sign_in(Client(), second_organiser)
    opened = browser.get(at("found", garden.scheme), {"clause": "meeting-lasts-45"}).content.decode()
    seen = re.search(r'value="meeting-lasts-45"><input type="hidden" name="stood" value="([^"]+)"', opened)
    assert seen
    send(other, garden.scheme, "reword", "meeting-lasts-45", text="We think that each meeting lasts an hour.")
    theirs = text_of(garden)
    answer = browser.post(at("correct", garden.scheme), {**MARK_45, "stood": seen[1]})
    assert answer.status_code == 422
    assert "Here it is as it stands now" in answer.content.decode()
    assert text_of(garden) == theirs
    answer = browser.post(at("correct", garden.scheme), {**MARK_45, "first": 7, "last": 8})
    assert answer.status_code == 302
    assert "We think that each meeting lasts [" in text_of(garden)


def test_what_organisers_do_to_a_draft_is_noted_down(garden: Template, browser: Client) -> None:
    send(browser, garden.scheme, "drop", "find-our-safety")
    for step in ("undo_correction", "redo_correction", "redo_correction"):
        browser.post(at(step, garden.scheme))
    noted = Entry.objects.filter(verb=Verb.DRAFT_CORRECTED, about=f"template:{garden.pk}")
    assert noted.exclude(who=None).count() == 3
    browser.post(reverse("dashboard:edit", args=[garden.scheme.slug]), {"text": text_of(garden)})
    assert Entry.objects.filter(verb=Verb.DRAFT_WRITTEN, about=f"template:{garden.pk}").count() == 1


def test_nothing_is_corrected_once_it_is_published(garden: Template, organiser: Person) -> None:
    publish(template=garden, by=organiser)
    for action in (undo, redo):
        with pytest.raises(Refused, match="no longer being corrected"):
            action(template=garden)
    with pytest.raises(Refused, match="no longer being corrected"):
        correct(template=garden, changes=LEAVE_OUT)


def test_blanks_that_nobody_would_fill_in_are_not_published(garden: Template, organiser: Person) -> None:
    correct(template=garden, changes=[{"do": "signing", "occasions": []}])
    garden.refresh_from_db()
    with pytest.raises(Refused, match="nobody would fill in its blanks"):
        publish(template=garden, by=organiser)


def test_what_was_typed_as_the_session_ended_is_there_again(garden: Template, organiser: Person) -> None:
    browser, here = Client(), at("found", garden.scheme)
    sent = {"do": "reword", "about": "find-our-safety", "text": "Our guide lies in the shed."}
    answer = browser.post(at("correct", garden.scheme), sent, headers={"referer": f"http://testserver{here}"})
    assert answer["Location"].startswith("/sign-in/")
    page = sign_in(browser, organiser).get(here).content.decode()
    assert "Our guide lies in the shed." in page
    assert "shed" not in text_of(garden)


def test_another_agreement_in_its_place_forgets_what_was_read(garden: Template) -> None:
    draft_from_builtin(scheme=garden.scheme, key="contract")
    assert not Brought.objects.exists()


def test_what_was_read_goes_30_days_after_publishing(garden: Template, organiser: Person) -> None:
    correct(template=garden, changes=LEAVE_OUT)
    publish(template=garden, by=organiser)
    apply_keeping(now=timezone.now() + timedelta(days=29))
    assert Brought.objects.exists()
    apply_keeping(now=timezone.now() + timedelta(days=31))
    assert not Brought.objects.exists()
    assert not Correction.objects.exists()
    assert Template.objects.filter(pk=garden.pk).exists()


def test_an_edited_paper_brought_again_keeps_what_was_said_of_the_same_words(
    garden: Template, organiser: Person, browser: Client
) -> None:
    ask = {"label": "Days of notice", "kind": "number", "by": "together", "term": "meeting-notice-days"}
    state = {"do": "state", "clause": "meeting-lasts-45", "term": "meeting-minutes", "value": "45"}
    notes = {"label": "Notes", "kind": "choice", "by": "mentor", "term": "notes-kept"}
    for change in (
        {"do": "ask", "blank": "whoever-cannot-come", **ask},
        {"do": "ask", "blank": "notes-not", "options": ["will", "will not"], **notes},
        {"do": "depends", "clause": "what-said-confidential", "blank": "notes-not", "value": "yes"},
        {
            "do": "signing",
            "occasions": [{"label": "Begun", "signers": ["mentor", "mentee"]}] * 2,
            "copies": ["mentor"],
        },
        state,
    ):
        correct(template=garden, changes=[change])
    garden.refresh_from_db()
    publish(template=garden, by=organiser)
    edited = PAPER.replace("We plan to meet", "The two of us want to meet").replace(
        "45 minutes.", "45 minutes.\nWe are kind to each other and to everybody."
    )
    page = browser.post(at("bring", garden.scheme), {"text": edited}, follow=True).content.decode()
    assert "was taken over" in page
    draft = garden.scheme.templates.drafts().get()
    wording, was = draft.wording(), garden.wording()
    assert wording.field("whoever-cannot-come") == was.field("whoever-cannot-come")
    assert wording.field("notes-not") == was.field("notes-not")
    for clause in ("meeting-lasts-45", "what-said-confidential"):
        assert clause_of(wording, clause) == clause_of(was, clause)
    assert (wording.occasions, wording.copies) == (was.occasions, was.copies)
    assert "The two of us want to meet" in draft.text
    assert "We are kind" in draft.text
    browser.post(at("undo_correction", garden.scheme))
    assert "meeting-minutes" not in text_of(draft)


CORRECTIONS: dict[str, dict[str, Any]] = {
    "what a blank asks for": {
        "do": "ask",
        "about": "whoever-cannot-come",
        "label": "Notice",
        "kind": "text",
        "by": "together",
        "term": "meeting-notice-days",
        "shows": "Notice: </span><span>a number",
    },
    "no blank": {
        "do": "words",
        "about": "notes-not",
        "words_there": "will certainly",
        "shows": "Notes will certainly be kept",
    },
    "the same blank": {"do": "same", "about": "mentee", "other": "mentor", "shows": "3 blanks"},
    "a new blank": {
        "do": "mark",
        "about": "meeting-lasts-45",
        "first": "4",
        "last": "4",
        "how": "instead",
        "shows": "5 blanks",
    },
    "a new either/or": {
        "do": "mark",
        "about": "meeting-lasts-45",
        "first": "4",
        "last": "5",
        "how": "choice",
        "options": "45 minutes\nan hour",
        "shows": "3 either/ors",
    },
    "a clause parted": {"do": "split", "about": "please-talk-through", "at": "3", "shows": "12 clauses"},
    "a clause joined": {"do": "join", "about": "mentee-2", "shows": "10 clauses"},
    "a clause left out": {"do": "drop", "about": "mentee-2", "shows": "3 blanks"},
    "a heading": {
        "do": "stand",
        "about": "meeting-lasts-45",
        "what": "head-3",
        "shows": "<h4>A meeting lasts 45 minutes.</h4>",
    },
    "no heading": {"do": "unhead", "about": "c-3-ending", "shows": "12 clauses"},
    "a heading reworded": {
        "do": "heading",
        "about": "c-3-ending",
        "text": "Parting",
        "level": "2",
        "shows": "<h3>Parting</h3>",
    },
    "what depends": {
        "do": "depends",
        "about": "what-said-confidential",
        "on": "notes-not:will",
        "shows": "Only if “will” is chosen.",
    },
    "what it fixes": {
        "do": "state",
        "about": "meeting-lasts-45",
        "term": "meeting-minutes",
        "value": "45",
        "shows": "Length of a meeting = 45",
    },
    "other words": {
        "do": "reword",
        "about": "find-our-safety",
        "text": "Read our guide.",
        "shows": "Read our guide.",
    },
    "a clause more": {
        "do": "add",
        "about": "find-our-safety",
        "text": "Bring [tea].",
        "shows": "Bring [tea].",
    },
    "who signs": {
        "do": "signing",
        "about": "signing",
        "title": "Garden",
        "mentor": "Gardener",
        "mentee": "Sprout",
        "others": "Guardian",
        "label_0": "Begun",
        "copies": ["mentor"],
        "shows": "3 people sign, on one occasion",
    },
    "nobody signs": {
        "do": "signing",
        "about": "signing",
        "title": "Garden",
        "mentor": "A",
        "mentee": "B",
        "label_0": "",
        "shows": "nobody signs it",
    },
    "looked at": {"do": "seen", "about": "59202de68ae0", "shows": "Looked at</span>"},
}


@pytest.mark.parametrize("what", CORRECTIONS)
def test_everything_found_can_be_corrected_on_the_sheet(what: str, garden: Template, browser: Client) -> None:
    sent = dict(CORRECTIONS[what])
    shows = sent.pop("shows")
    before = text_of(garden)
    answer = browser.post(at("correct", garden.scheme), sent, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert shows in page, page
    assert (text_of(garden) != before) is (what != "looked at")
    browser.post(at("undo_correction", garden.scheme))
    assert text_of(garden) == before


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "no words": (
        {"do": "mark", "about": "notes-kept-mentor", "first": "1", "last": "3", "how": "instead"},
        "There is a blank between",
    ),
    "one option": (
        {
            "do": "ask",
            "about": "notes-not",
            "label": "x",
            "kind": "choice",
            "by": "together",
            "options": "will",
        },
        "at least two options",
    ),
    "a lost bracket": ({"do": "reword", "about": "find-our-safety", "text": "Read [this"}, "never closed"),
    "a number": (
        {"do": "state", "about": "meeting-lasts-45", "term": "meeting-minutes", "value": "long"},
        "is a number",
    ),
    "nothing above": ({"do": "join", "about": "mentor-2"}, "nothing above"),
}


def test_what_to_look_at_is_told_in_the_readers_language_and_quotes_the_agreement_as_it_is(
    peer_scheme: Scheme, organiser: Person
) -> None:
    hour = "A meeting lasts 45 minutes.\n\n1. We come.\n\n4. Each meeting lasts one hour.\n\n"
    reading = read_here(PAPER.replace("A meeting lasts 45 minutes.\n", hour).encode())
    draft = bring(scheme=peer_scheme, reading=reading, by=organiser)
    fixed = {"do": "state", "clause": "meeting-lasts-45", "term": "meeting-minutes", "value": "45"}
    asked = {"do": "ask", "blank": "whoever-cannot-come", "label": "Minutes", "kind": "number"}
    asked |= {"by": "together", "term": "meeting-minutes", "options": [], "suggestion": "", "needed": True}
    correct(template=draft, changes=[fixed, asked])
    draft.refresh_from_db()
    with pseudo_language():
        said = " ".join(
            notice.sentence for notice, _seen in Found(draft.brought, draft.wording()).to_look_at()
        )
    assert "⟦Thís sáýs hów lóng á méétíng lásts óthérwísé thán “A meeting lasts 45 minutes.”.⟧" in said
    assert "Áftér númbér 1 cómés númbér 4" in said
    assert "tóld óf “⟦" in said


def test_what_was_read_before_sentences_had_places_still_opens(garden: Template, browser: Client) -> None:
    hint = {"about": "A meeting lasts 45 minutes.", "sentence": "After number 2 comes 100 % of number 4."}
    Brought.objects.update(read={**garden.brought.read, "look_at": [hint]})
    assert hint["sentence"] in browser.get(at("found", garden.scheme)).content.decode()


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_is_said_where_it_was_typed_and_kept(
    what: str, garden: Template, browser: Client
) -> None:
    sent, sentence = WRONG[what]
    answer = browser.post(at("correct", garden.scheme), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert all(typed in page for key, typed in sent.items() if key in {"text", "options"})


def test_suggested_terms_are_taken_only_when_someone_says_so(garden: Template, browser: Client) -> None:
    page = browser.get(at("terms", garden.scheme)).content.decode()
    shown = re.findall(r'name="shown" value="([^"]+)"', page)
    assert "meeting-minutes:meeting-lasts-45" in shown
    assert "meeting-minutes" not in text_of(garden)
    taken = [key for key in shown if not key.startswith("exemption")]
    browser.post(at("terms", garden.scheme), {"shown": shown, "take": taken})
    wording = parse(text_of(garden))
    assert "meeting-minutes = 45" in garden.text
    assert "exemption" not in garden.text
    assert wording.field("notes-not").term == "notes-kept"
    assert 'name="shown"' not in browser.get(at("terms", garden.scheme)).content.decode()


def test_before_publishing_it_says_how_much_is_left_to_look_at(garden: Template, browser: Client) -> None:
    page = browser.get(reverse("dashboard:agreement", args=[garden.scheme.slug])).content.decode()
    left = Found(garden.brought, garden.wording()).to_look_at()
    assert f"{len(left)} things are left to look at" in page
    correct(template=garden, changes=[{"do": "seen", "what": [notice.key for notice, _seen in left]}])
    page = browser.get(reverse("dashboard:agreement", args=[garden.scheme.slug])).content.decode()
    assert "left to look at" not in page


def test_the_agreement_page_leads_on_and_back(garden: Template, browser: Client) -> None:
    page = browser.get(reverse("dashboard:agreement", args=[garden.scheme.slug])).content.decode()
    assert at("found", garden.scheme) in page
    assert at("bring", garden.scheme) in page


@pytest.mark.parametrize("name", ["found", "terms"])
def test_without_anything_brought_the_page_leads_to_bringing(
    name: str, peer_scheme: Scheme, browser: Client
) -> None:
    assert browser.get(at(name, peer_scheme)).status_code == 302
    assert browser.post(at("correct", peer_scheme), {"do": "join", "about": "x"}).status_code == 302


@pytest.mark.parametrize("name", ["bring", "found", "terms"])
def test_an_outsider_finds_nothing(
    name: str, garden: Template, outsider: Person, other_organiser: Person
) -> None:
    for someone in (outsider, other_organiser):
        browser = sign_in(Client(), someone)
        assert browser.get(at(name, garden.scheme)).status_code == 404
        assert (
            browser.post(at("correct", garden.scheme), {"do": "join", "about": "mentee-2"}).status_code == 404
        )
    assert not Correction.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_sheet_asks_the_database_as_often_for_one_correction_as_for_three(
    count: int, garden: Template, browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for change in (LEAVE_OUT, REWORD, [{"do": "join", "clause": "mentee-2"}])[:count]:
        correct(template=garden, changes=change)
    browser.get(at("found", garden.scheme))
    with django_assert_num_queries(6):
        browser.get(at("found", garden.scheme))
