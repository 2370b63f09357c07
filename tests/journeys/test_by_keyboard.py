"""The main journeys with the keyboard alone: reached by Tab, done by Enter or the space bar."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from ampersand.agreements.models import AgreementState
from ampersand.matching.actions.introducing import introduce
from ampersand.matching.models import Introduction, Request
from ampersand.pairs.models import PairState
from ampersand.people.models import Person
from ampersand.schemes.models import Member, Scheme
from tests.agreements.people import Two
from tests.browsing import Visit, press, tab_to, type_into
from tests.matching.asking import ask_quickly

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def link(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=re.compile(f"^{name}"))


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def test_the_first_stop_leads_past_the_header(peer_scheme: Scheme, visit: Visit) -> None:
    page = visit(size="desktop")
    page.goto("/")
    page.keyboard.press("Tab")
    expect(link(page, "Skip to the page")).to_be_focused()
    expect(link(page, "Skip to the page")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main").get_by_role("link", name="Sign in")).to_be_focused()


def test_a_mentee_asks_for_a_mentor(peer_scheme: Scheme, outsider: Person, visit: Visit) -> None:
    page = visit(outsider, size="desktop")
    page.goto("/s/quiet-hours/")
    press(page, link(page, "Ask for a mentor"))
    heading(page, "Before you ask")
    for box in page.get_by_role("checkbox").all():
        press(page, box, "Space")
    press(page, button(page, "Go on"))
    heading(page, "What shall we call you?")
    press(page, button(page, "Go on"))
    heading(page, "How can you be reached?")
    type_into(page, page.get_by_label("How would you like to be reached?"), "Ring twice")
    press(page, button(page, "Go on"))
    heading(page, "What do you hope for?")
    press(page, button(page, "Go on"))
    heading(page, "Check your answers")
    press(page, button(page, "Ask for a mentor"))
    heading(page, "We have your request")
    assert Request.objects.get().mentee == outsider


def test_an_introduction_is_answered(
    contract_scheme: Scheme, mentor: Person, mentee: Person, organiser: Person, visit: Visit
) -> None:
    member = Member.objects.get(scheme=contract_scheme, person=mentor)
    introduce(request=ask_quickly(contract_scheme, mentee), mentor=member, by=organiser)
    page = visit(mentee, size="desktop")
    page.goto("/")
    press(page, link(page, "Hannah could be your mentor"))
    press(page, button(page, "Yes"))
    expect(page.get_by_text("You said yes")).to_be_visible()
    assert Introduction.objects.get().mentee_yes_at


def test_a_blank_is_filled_in_and_agreed(two: Two, visit: Visit) -> None:
    hannah = visit(two.hannah, size="desktop")
    hannah.goto(f"/agreements/{two.agreement.pk}/")
    press(hannah, hannah.locator("#gap-notice"))
    expect(hannah.locator("#notice_typed")).to_be_focused()
    hannah.keyboard.press("Control+A")
    hannah.keyboard.insert_text("7")
    hannah.keyboard.press("Enter")
    expect(hannah.locator(".saved")).to_be_focused()
    sam = visit(two.sam, size="desktop")
    sam.goto(f"/agreements/{two.agreement.pk}/")
    press(sam, button(sam, "Agree ?: Days of notice"))
    expect(sam.locator("#gap-notice.gap--agreed")).to_have_text("7 days")


def test_an_either_or_is_chosen_with_the_arrows(two: Two, visit: Visit) -> None:
    sam = visit(two.sam, size="desktop")
    sam.goto(f"/agreements/{two.agreement.pk}/")
    press(sam, sam.locator("#gap-notes"))
    expect(sam.get_by_role("radio").first).to_be_focused()
    sam.keyboard.press("ArrowDown")
    expect(sam.get_by_role("radio").last).to_be_checked()
    press(sam, button(sam, "Suggest this"))
    expect(sam.locator("#gap-notes s")).to_have_count(1)


def test_an_agreement_is_signed(signed_once: Two, visit: Visit) -> None:
    sam = visit(signed_once.sam, size="desktop")
    sam.goto(f"/agreements/{signed_once.agreement.pk}/sign/")
    tab_to(sam, sam.get_by_label("Your name"))
    press(sam, button(sam, "Sign$"))
    heading(sam, "You have both signed")
    assert signed_once.fresh().state == AgreementState.SEALING


def test_a_mentoring_is_stopped_and_brought_back(in_force: Two, visit: Visit) -> None:
    sam = visit(in_force.sam, size="desktop")
    sam.goto(f"/pairs/{in_force.pair.pk}/")
    press(sam, link(sam, "Stop$"))
    press(sam, button(sam, "Stop now"))
    heading(sam, "This mentoring has ended")
    in_force.pair.refresh_from_db()
    assert in_force.pair.state == PairState.ENDED
    press(sam, button(sam, "Undo"))
    heading(sam, "You and Hannah")
    in_force.pair.refresh_from_db()
    assert in_force.pair.state == PairState.IN_FORCE
