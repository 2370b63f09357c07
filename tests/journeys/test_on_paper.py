"""Pages printed from the browser: the agreement alone, on A4, to be read and signed with a pen."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from ampersand.agreements.queries import standing_of
from tests.agreements.people import Two
from tests.browsing import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTROLS = (
    "Sign out",
    "Left to agree",
    "Agree",
    "Take back",
    "Clear the drawing",
    "Check and sign",
    "Upload",
)


def printed(page: Page, address: str, folder: Path) -> list[str]:
    """Print a page as its reader would, and give the words of each sheet of paper."""
    page.goto(address)
    paper = folder / "paper.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    about = subprocess.run(["pdfinfo", paper], capture_output=True, check=True, text=True).stdout
    assert re.search(r"Page size:.*\(A4\)", about)
    words = subprocess.run(["pdftotext", "-raw", paper, "-"], capture_output=True, check=True, text=True)
    return [" ".join(sheet.split()) for sheet in words.stdout.split("\f")[:-1]]


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def test_the_agreement_to_sign_is_printed_whole_and_alone(ready: Two, visit: Visit, tmp_path: Path) -> None:
    sheets = printed(visit(ready.sam), f"/agreements/{ready.agreement.pk}/sign/", tmp_path)
    assert [sheet for sheet in sheets for control in CONTROLS if re.search(rf"\b{control}\b", sheet)] == []
    assert [sheet for number, sheet in enumerate(sheets, 1) if f"{number} / {len(sheets)}" not in sheet] == []
    together = [squeezed(sheet) for sheet in sheets]
    for clause in standing_of(ready.fresh()).document.clauses():
        words = clause.text.split()  # what is struck out in between is printed too
        first, last = squeezed("".join(words[:2])), squeezed("".join(words[-2:]))
        assert any(first in sheet and last in sheet for sheet in together), f"broken: {clause.text}"
    assert all(words in " ".join(sheets) for words in ("Date of issue", "Date of renewal", "Fingerprint"))


def test_there_is_a_rule_for_each_hand_and_each_blank(two: Two, visit: Visit) -> None:
    page = visit(two.sam)
    page.goto(f"/agreements/{two.agreement.pk}/")
    page.emulate_media(media="print")
    rules = page.locator(".signature-name, .signature-date").all()
    assert len(rules) >= 4
    for rule in [*rules, *page.locator(".gap--open").all()]:
        width = rule.evaluate("each => parseFloat(getComputedStyle(each).borderBlockEndWidth)")
        assert width >= 1
    for rule in page.locator(".gap--open").all():
        box = rule.bounding_box()
        assert box
        assert box["width"] > 150


def test_what_is_agreed_halfway_is_printed_without_what_is_said_about_it(
    discussing: Two, visit: Visit, tmp_path: Path
) -> None:
    sheets = " ".join(printed(visit(discussing.sam), f"/agreements/{discussing.agreement.pk}/", tmp_path))
    assert "Hannah suggests" not in sheets
    assert "has not answered" not in sheets
    assert [control for control in CONTROLS if re.search(rf"\b{control}\b", sheets)] == []


def test_how_to_sign_by_hand_is_printed_without_its_form(ready: Two, visit: Visit, tmp_path: Path) -> None:
    sheets = " ".join(printed(visit(ready.sam), f"/agreements/{ready.agreement.pk}/by-hand/", tmp_path))
    assert "Both of you sign it" in sheets
    assert "Choose File" not in sheets
    assert "Upload" not in sheets
