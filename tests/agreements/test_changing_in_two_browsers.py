"""Hannah at her desk and Sam with a phone change what they have agreed, from the first word to two copies."""

import re

import pytest
from playwright.sync_api import Page, expect

from ampersand.agreements.models import Agreement, AgreementState, Copy
from ampersand.agreements.tasks import seal_agreement
from ampersand.notifications.models import Letter
from ampersand.record.actions import sealer
from ampersand.sealing import Answer, verify
from tests.agreements.people import Two
from tests.agreements.test_in_two_browsers import elsewhere, picture
from tests.browsing import Visit, press_and_go
from tests.figures import Figure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def look_and_propose(page: Page, other: str, notice: str) -> None:
    """Write another number of days, see what would change, and propose it."""
    page.get_by_label("Days of notice").fill(notice)
    page.get_by_role("button", name="See what would change").click()
    expect(page.locator(".change ins")).to_have_text(notice)
    page.get_by_role("button", name=f"Propose this to {other}").click()


def test_two_people_change_their_agreement(in_force: Two, visit: Visit, figure: Figure) -> None:
    hannah, sam = visit(in_force.hannah, size="desktop"), visit(in_force.sam)
    hannah.goto(f"/pairs/{in_force.pair.pk}/")
    hannah.get_by_role("link", name="Propose a change").click()
    picture(hannah, "changing-hannah")
    look_and_propose(hannah, "Sam", "14")
    expect(hannah.get_by_role("heading", level=1)).to_have_text("Your proposal to Sam")
    picture(hannah, "own-proposal")
    sam.goto("/")
    sam.get_by_role("link", name="Hannah proposes a change").click()
    expect(sam.locator(".change del")).to_have_text("2")
    picture(sam, "proposal-sam")
    sam.get_by_role("link", name="Suggest something else").click()
    look_and_propose(sam, "Hannah", "7")
    picture(sam, "answered-sam")
    expect(hannah.get_by_role("heading", level=1)).to_have_text("Sam proposes a change")
    hannah.get_by_role("button", name="Agree").click()
    picture(hannah, "agreed-hannah")
    expect(sam.get_by_text("Nothing is left to agree")).to_be_visible()
    for page in (hannah, sam):
        page.get_by_role("link", name="Check and sign").click()
        press_and_go(page, "Sign")
    expect(sam.get_by_role("heading", level=1)).to_have_text("You have both signed")
    new = Agreement.objects.get(predecessor=in_force.agreement)
    elsewhere(seal_agreement, agreement=new.pk)
    expect(hannah.get_by_role("link", name="Your sealed copy (PDF)")).to_be_visible()
    hannah.get_by_role("link", name="Every version").first.click()
    expect(hannah.get_by_role("link", name="Sealed copy (PDF)")).to_have_count(2)
    picture(hannah, "versions-hannah")
    picture(sam, "finished-change-sam")
    names_the_first(in_force, new)
    tell_letters(in_force, figure)


def names_the_first(two: Two, new: Agreement) -> None:
    first = two.fresh()
    assert first.state == AgreementState.SUPERSEDED
    finding = verify(bytes(Copy.objects.get(agreement=new).pdf), certificates=[sealer().certificate])
    assert (finding.answer, finding.replaces) == (Answer.GENUINE, first.fingerprint)


def tell_letters(two: Two, figure: Figure) -> None:
    """Print each person's letters in order."""
    for person in (two.hannah, two.sam):
        letters = Letter.objects.filter(to=person.email).order_by("pk")
        told = [re.sub("^agreements/", "", event) for event in letters.values_list("event", flat=True)]
        figure(f"letters to {person.called}, in order", " · ".join(told[-6:]))
        assert told[-3:] == [
            "proposed_by_you" if person == two.sam else "proposed",
            "change_agreed",
            "changed",
        ]


def test_a_change_is_proposed_without_javascript(in_force: Two, visit: Visit) -> None:
    sam = visit(in_force.sam, javascript=False)
    sam.goto(f"/agreements/{in_force.agreement.pk}/change/")
    look_and_propose(sam, "Hannah", "9")
    expect(sam.get_by_role("button", name="Take it back")).to_be_visible()
    sam.get_by_role("button", name="Take it back").click()
    expect(sam.get_by_text("Your agreement stays as it was, in every word")).to_be_visible()
