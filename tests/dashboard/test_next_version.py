"""An organiser writes the next version of the agreement: edited, compared, published, offered."""

import re

import pytest
from django.test import Client

from ampersand.agreements.actions.publishing import draft_from_text
from ampersand.agreements.models import Template
from ampersand.people.models import Person
from ampersand.schemes.models import Scheme
from tests.cast import sign_in

EDIT = "/s/long-road/organise/agreement/edit/"


@pytest.fixture
def desk(client: Client, contract_scheme: Scheme, organiser: Person) -> Client:
    return sign_in(client, organiser)


def text_of(scheme: Scheme) -> str:
    return scheme.templates.get(number=1).text


def test_an_edited_text_is_a_draft_compared_clause_by_clause(desk: Client, contract_scheme: Scheme) -> None:
    assert "It falls to the" in desk.get(EDIT).content.decode()
    text = text_of(contract_scheme).replace("prepared. {#preparing", "prepared, and rested. {#preparing")
    text = text.replace("number 0 to 60 days", "number 1 to 30 days")
    page = desk.post(EDIT, {"text": text}, follow=True).content.decode()
    assert "Version 2 beside version 1" in page
    assert "<ins>, and rested</ins>" in page
    assert "Behind the words: Days of notice when a meeting cannot take place" in page
    assert "Publish version 2" in page
    assert Template.objects.get(number=2).published_at is None


def test_what_cannot_be_read_is_said_by_line_and_nothing_is_lost(
    desk: Client, contract_scheme: Scheme
) -> None:
    text = text_of(contract_scheme).replace("[often]", "[often").replace("# Mentoring contract", "#")
    answer = desk.post(EDIT, {"text": text})
    page = answer.content.decode()
    assert answer.status_code == 422
    line = text.split("\n").index("Our aim is to meet [often. {#how-often}") + 1
    assert f"Line {line}:" in page
    assert "Our aim is to meet [often. {#how-often}" in page
    assert "<textarea" in page
    assert not Template.objects.filter(number=2).exists()


def test_a_new_clause_is_given_a_short_name_that_stays(desk: Client, contract_scheme: Scheme) -> None:
    text = text_of(contract_scheme).replace("## What stays", "Tea is always served.\n\n## What stays")
    desk.post(EDIT, {"text": text})
    kept = Template.objects.get(number=2).text
    assert "Tea is always served. {#tea-always-served}" in kept
    desk.post(EDIT, {"text": kept.replace("Tea is always served.", "Tea is never served.")})
    assert "Tea is never served. {#tea-always-served}" in Template.objects.get(number=2).text


def test_publishing_it_leaves_the_first_as_it_was_and_says_what_follows(
    desk: Client, contract_scheme: Scheme
) -> None:
    first = text_of(contract_scheme)
    desk.post(EDIT, {"text": first.replace("12 months", "9 months").replace("months = 12", "months = 9")})
    page = desk.post("/s/long-road/organise/agreement/2/publish/", follow=True).content.decode()
    assert "theirs holds until they move to this one themselves" in page
    assert text_of(contract_scheme) == first
    assert "9 months" in Client().get("/s/long-road/").content.decode()


def test_a_version_in_which_nothing_differs_is_not_published(desk: Client, contract_scheme: Scheme) -> None:
    draft_from_text(scheme=contract_scheme, text=text_of(contract_scheme))
    page = desk.get("/s/long-road/organise/agreement/2/changes/").content.decode()
    assert "Nothing differs" in page
    answer = desk.post("/s/long-road/organise/agreement/2/publish/", follow=True)
    assert "Nothing differs from version 1" in answer.content.decode()
    assert Template.objects.get(number=2).published_at is None


def stood(page: str) -> str:
    found = re.search(r'name="stood" value="([^"]+)"', page)
    assert found
    return found[1]


def test_two_organisers_write_at_once_and_neither_loses_or_publishes_words_unseen(
    desk: Client, contract_scheme: Scheme, second_organiser: Person
) -> None:
    other = sign_in(Client(), second_organiser)
    first = text_of(contract_scheme)
    mine, theirs = first.replace("12 months", "9 months"), first.replace("12 months", "8 months")
    seen = stood(desk.get(EDIT).content.decode())
    changes = other.post(EDIT, {"text": theirs, "stood": seen}, follow=True).content.decode()
    answer = desk.post(EDIT, {"text": mine, "stood": seen})
    assert answer.status_code == 422
    assert "The draft was changed while you were writing" in answer.content.decode()
    assert "9 months" in answer.content.decode()
    assert "8 months" in Template.objects.get(number=2).text
    desk.post(EDIT, {"text": mine, "stood": stood(answer.content.decode())})
    assert "9 months" in Template.objects.get(number=2).text
    publish = "/s/long-road/organise/agreement/2/publish/"
    told = other.post(publish, {"stood": stood(changes)}, follow=True).content.decode()
    assert "so it was not published" in told
    assert Template.objects.get(number=2).published_at is None
    other.post(publish, {"stood": stood(told)})
    assert Template.objects.get(number=2).published_at


def test_the_line_ends_of_a_browser_are_no_difference(desk: Client, contract_scheme: Scheme) -> None:
    desk.post(EDIT, {"text": text_of(contract_scheme).replace("\n", "\r\n")})
    assert Template.objects.get(number=2).text == text_of(contract_scheme)
    answer = desk.post("/s/long-road/organise/agreement/2/publish/", follow=True)
    assert "Nothing differs from version 1" in answer.content.decode()


def test_nobody_else_edits_or_reads_a_draft(
    contract_scheme: Scheme, mentor: Person, outsider: Person, other_organiser: Person
) -> None:
    draft_from_text(scheme=contract_scheme, text=text_of(contract_scheme) + "\nMore. {#more}\n")
    for someone in (mentor, outsider, other_organiser):
        browser = sign_in(Client(), someone)
        assert browser.get(EDIT).status_code == 404
        assert browser.post(EDIT, {"text": "x"}).status_code == 404
        assert browser.get("/s/long-road/organise/agreement/2/changes/").status_code == 404
