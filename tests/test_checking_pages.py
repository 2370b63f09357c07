"""Each check of a page can fail: a page with that fault fails it, and a sound page passes."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from tests import pages
from tests.pages import ALL_MODES, MODES, TWO_MODES, Shown, check_page

pytestmark = pytest.mark.browser


@pytest.fixture
def home(live_server: LiveServer, settings: Settings) -> str:
    settings.ROOT_URLCONF = "tests.planted"
    return live_server.url


def test_a_sound_page_passes_and_leaves_pictures_when_asked(
    chromium: Browser, home: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pages, "PICTURES", str(tmp_path))
    assert check_page(chromium, home, Shown("/planted/"), name="planted sound", modes=ALL_MODES) == []
    assert len(list(tmp_path.glob("planted-sound--*.png"))) == len(ALL_MODES) == 6


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
    found = check_page(chromium, home, Shown(f"/planted/{fault}/"), name=f"planted {fault}", modes=TWO_MODES)
    assert kind in {finding.kind for finding in found}


@pytest.mark.parametrize(
    ("fault", "kind"), [("low-contrast", "axe"), ("too-wide", "too wide"), ("tiny-button", "small target")]
)
def test_what_depends_on_looks_is_found_where_only_looks_are_judged(
    chromium: Browser, home: str, fault: str, kind: str
) -> None:
    looks = [mode for mode in MODES if not mode.all_rules and not mode.forced]  # forced colours are readable
    found = check_page(chromium, home, Shown(f"/planted/{fault}/"), name=f"planted {fault}", modes=looks)
    assert kind in {finding.kind for finding in found}


def test_a_page_that_answers_otherwise_than_expected_is_found(chromium: Browser, home: str) -> None:
    found = check_page(chromium, home, Shown("/nowhere/"), name="planted nowhere")
    assert "status" in {finding.kind for finding in found}
