"""Hannah at her desk and Sam with a phone, filling in together."""

import os
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from ampersand.agreements.tasks import seal_agreement
from tests.agreements.people import Two
from tests.browsing import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("AMPERSAND_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True, caret="initial")


def elsewhere(task: Callable[..., None], **given: int) -> None:
    """Run a task as the worker does: in a thread of its own, without Playwright's loop."""

    def run() -> None:
        task(**given)
        connection.close()

    with ThreadPoolExecutor(1) as worker:
        worker.submit(run).result()


def write(page: Page, field: str, text: str) -> None:
    page.locator(f"#gap-{field}").click()
    page.locator(f"#{field}_typed").fill(text)
    page.get_by_role("button", name=re.compile("Suggest this|Write this")).click()


def test_the_other_sees_a_suggestion_within_five_seconds(two: Two, visit: Visit) -> None:
    hannah, sam = visit(two.hannah, size="desktop"), visit(two.sam)
    for page in (hannah, sam):
        page.goto(f"/agreements/{two.agreement.pk}/")
    write(hannah, "notice", "7")
    began = time.monotonic()
    expect(hannah.locator(".saved")).to_contain_text("Saved")
    expect(sam.locator("#gap-notice ins")).to_have_text("7 days", timeout=5_000)
    assert time.monotonic() - began < 5
    expect(sam.locator("#news")).to_contain_text("Hannah suggests “7 days”")
    picture(sam, "sam-sees-a-suggestion")
    sam.get_by_role("button", name=re.compile("^Agree ?: Days of notice")).click()
    expect(hannah.locator("#gap-notice.gap--agreed")).to_have_text("7 days", timeout=5_000)
    expect(hannah.locator("#left")).not_to_contain_text("Days of notice")
    picture(hannah, "hannah-desktop")


def test_what_the_other_changes_never_takes_words_out_of_an_open_blank(two: Two, visit: Visit) -> None:
    hannah, sam = visit(two.hannah, size="desktop"), visit(two.sam)
    for page in (hannah, sam):
        page.goto(f"/agreements/{two.agreement.pk}/")
    sam.locator("#gap-notice").click()
    sam.locator("#notice_typed").fill("3")
    write(hannah, "notice", "7")
    expect(sam.locator("#gap-notice ins")).to_have_text("7 days", timeout=5_000)
    expect(sam.locator("#notice_typed")).to_have_value("3")
    expect(sam.locator("#notice_typed")).to_be_focused()
    sam.get_by_role("button", name="Suggest this").click()
    expect(sam.locator(".notice-title")).to_contain_text("Hannah has just suggested “7 days”")
    expect(sam.get_by_text("Your words: “3”")).to_be_visible()
    picture(sam, "both-wrote")
    sam.get_by_role("button", name="Suggest mine instead").click()
    expect(hannah.locator("#gap-notice ins")).to_have_text("3 days", timeout=5_000)


def test_an_either_or_is_struck_out_like_with_a_pen(two: Two, visit: Visit) -> None:
    sam = visit(two.sam)
    sam.goto(f"/agreements/{two.agreement.pk}/")
    sam.locator("#gap-notes").click()
    picture(sam, "either-or-open")
    sam.get_by_role("radio").last.check()
    sam.get_by_role("button", name="Suggest this").click()
    expect(sam.locator("#gap-notes s")).to_be_visible()


def test_both_sign_and_the_page_goes_on_by_itself(ready: Two, visit: Visit) -> None:
    hannah, sam = visit(ready.hannah, size="desktop"), visit(ready.sam)
    for page in (hannah, sam):
        page.goto(f"/agreements/{ready.agreement.pk}/")
        page.get_by_role("link", name="Check and sign").click()
        picture(page, f"sign-{'sam' if page is sam else 'hannah'}")
        page.get_by_role("button", name="Sign", exact=True).click()
        if page is hannah:
            expect(page.get_by_text("Waiting for Sam")).to_be_visible()
            picture(page, "waiting-for-sam")
    expect(sam.get_by_role("heading", level=1)).to_have_text("You have both signed")
    expect(hannah.get_by_role("heading", level=1)).to_have_text("You have both signed", timeout=6_000)
    picture(sam, "being-sealed")
    elsewhere(seal_agreement, agreement=ready.agreement.pk)
    expect(sam.get_by_role("link", name="Your sealed copy (PDF)")).to_be_visible(timeout=6_000)
    picture(sam, "finished-sam")
    picture(hannah, "finished-hannah")


def test_everything_can_be_filled_in_without_javascript(two: Two, visit: Visit) -> None:
    sam = visit(two.sam, javascript=False)
    sam.goto(f"/agreements/{two.agreement.pk}/")
    write(sam, "notice", "7")
    expect(sam).to_have_url(re.compile("#gap-notice$"))
    expect(sam.locator("#gap-notice ins")).to_have_text("7 days")
