"""The main journeys in a real browser with JavaScript switched off."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import Request as Sent

from ampersand.agreements.models import AgreementState
from ampersand.matching.actions.introducing import introduce
from ampersand.matching.models import Introduction, Request, RequestState
from ampersand.people.models import Person
from ampersand.schemes.models import Member, Scheme
from tests.agreements.people import Two
from tests.browsing import Visit, leave_by
from tests.matching.asking import ask_quickly
from tests.people.conftest import latest_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def press(page: Page, name: str) -> None:
    leave_by(page, page.get_by_role("button", name=re.compile(f"^{name}")))


def follow(page: Page, name: str) -> None:
    leave_by(page, page.get_by_role("link", name=re.compile(f"^{name}")))


def test_a_stranger_asks_for_a_mentor(peer_scheme: Scheme, visit: Visit) -> None:
    page = visit(javascript=False)
    page.goto("/")
    follow(page, "Quiet Hours")
    follow(page, "Ask for a mentor")
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Go on")
    page.get_by_label("Your e-mail address").fill("bea@example.org")
    press(page, "Send me a code")
    page.get_by_label("The code from the letter").fill(latest_code("bea@example.org"))
    press(page, "Sign in")
    page.get_by_label("What would you like to be called?").fill("Bea")
    for _step in ("name", "reach", "hope"):
        press(page, "Go on")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    press(page, "Ask for a mentor")
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your request")
    assert Request.objects.get().mentee.called == "Bea"


def test_both_answer_an_introduction(
    contract_scheme: Scheme, mentor: Person, mentee: Person, organiser: Person, visit: Visit
) -> None:
    member = Member.objects.get(scheme=contract_scheme, person=mentor)
    introduce(request=ask_quickly(contract_scheme, mentee), mentor=member, by=organiser)
    hers = visit(mentee, javascript=False)
    hers.goto("/")
    follow(hers, "Hannah could be your mentor")
    press(hers, "Yes")
    expect(hers.get_by_text("You said yes")).to_be_visible()
    theirs = visit(mentor, javascript=False, size="desktop")
    theirs.goto("/")
    follow(theirs, "Bea could be your mentee")
    press(theirs, "Yes")
    assert Introduction.objects.get().request.state == RequestState.PAIRED
    theirs.goto("/")
    follow(theirs, "Agree and sign with Bea")
    expect(theirs.get_by_role("heading", level=1)).to_have_text("Your agreement with Bea")


def test_a_blank_is_suggested_and_agreed(two: Two, visit: Visit) -> None:
    hannah = visit(two.hannah, javascript=False)
    hannah.goto(f"/agreements/{two.agreement.pk}/")
    hannah.locator("#gap-notice").click()
    hannah.locator("#notice_typed").fill("7")
    press(hannah, "Suggest this")
    expect(hannah.locator("#gap-notice ins")).to_have_text("7 days")
    sam = visit(two.sam, javascript=False)
    sam.goto(f"/agreements/{two.agreement.pk}/")
    press(sam, "Agree ?: Days of notice")
    expect(sam.locator("#gap-notice.gap--agreed")).to_have_text("7 days")


def test_an_either_or_is_chosen(two: Two, visit: Visit) -> None:
    sam = visit(two.sam, javascript=False)
    sam.goto(f"/agreements/{two.agreement.pk}/")
    sam.locator("#gap-notes").click()
    sam.get_by_role("radio").last.check()
    press(sam, "Suggest this")
    expect(sam.locator("#gap-notes s")).to_have_count(1)


def test_both_sign_with_their_typed_names(ready: Two, visit: Visit) -> None:
    for who in (ready.hannah, ready.sam):
        page = visit(who, javascript=False)
        page.goto(f"/agreements/{ready.agreement.pk}/")
        follow(page, "Check and sign")
        expect(page.locator("[data-drawing]")).to_be_hidden()
        press(page, "Sign$")
    assert ready.fresh().state == AgreementState.SEALING


@pytest.mark.parametrize(
    ("javascript", "is_sent"), [(False, True), (True, False)], ids=["without", "with JavaScript"]
)
def test_a_copy_is_checked_and_the_file_leaves_the_browser_only_without_javascript(
    in_force: Two, visit: Visit, tmp_path: Path, javascript: bool, is_sent: bool
) -> None:
    paper = tmp_path / "copy.pdf"
    paper.write_bytes(bytes(in_force.fresh().copy.pdf))
    page = visit(javascript=javascript)
    page.goto("/check/")
    page.get_by_label("The PDF you were given").set_input_files(paper)
    asked: list[Sent] = []
    page.on("request", lambda request: asked.append(request))
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Genuine, and in force")).to_be_visible()
    lengths = [int(request.header_value("content-length") or 0) for request in asked]
    assert (max(lengths) > paper.stat().st_size) is is_sent
