"""Each check of a page can fail: a page with that fault fails it, and a sound page passes."""

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests.pages import MODES, SCREENSHOTS, Shown, check_page

pytestmark = pytest.mark.browser


@pytest.fixture
def home(live_server: LiveServer, settings: Settings) -> str:
    settings.ROOT_URLCONF = "tests.planted"
    return live_server.url


def test_a_sound_page_passes_and_leaves_six_pictures(chromium: Browser, home: str) -> None:
    assert check_page(chromium, home, Shown("/planted/"), name="planted sound") == []
    assert len(list(SCREENSHOTS.glob("planted-sound--*.png"))) == len(MODES) == 6


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("low-contrast", "axe"),
        ("no-label", "axe"),
        ("inline-script", "csp"),
        ("inline-style", "csp"),
        ("another-host", "another host"),
        ("too-wide", "too wide"),
        ("tiny-button", "small target"),
        ("console-error", "console"),
    ],
)
def test_a_planted_fault_is_found(chromium: Browser, home: str, fault: str, kind: str) -> None:
    found = check_page(chromium, home, Shown(f"/planted/{fault}/"), name=f"planted {fault}")
    assert kind in {finding.kind for finding in found}


def test_a_page_that_answers_otherwise_than_expected_is_found(chromium: Browser, home: str) -> None:
    found = check_page(chromium, home, Shown("/nowhere/"), name="planted nowhere")
    assert "status" in {finding.kind for finding in found}
