"""A real Chromium for tests, and the people who sit in front of it.

Playwright's plain interface keeps an event loop alive in the test's own thread and switches between it and
the test by greenlets. asyncio would tell everyone in that thread that a loop is running: Django then refuses
to touch the database, and `asyncio.run`, by which agreements are sealed, refuses to start. Nothing here is
concurrent: while the test runs, the loop stands still. So `_wait_alone` tells asyncio the truth: a loop is
running while Playwright works, and none while the test does.
"""

import asyncio
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol
from unittest import mock

import pytest
from django.test import Client
from playwright._impl import _sync_base
from playwright._impl._greenlets import wait_for_future
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from ampersand.people.models import Person

# The same Chromium without a desktop's windows, whose own pages cost a quarter of the work.
SHELL = shutil.which("chromium-headless-shell")
CHROMIUM = os.environ.get("AMPERSAND_CHROMIUM") or SHELL or "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--font-render-hinting=none",  # letters lie where the font has them, on paper too
)
PATIENCE = 60_000  # milliseconds, for a busy machine: what comes sooner is seen sooner
expect.set_options(timeout=PATIENCE)
SIZES = {"phone": (390, 844), "desktop": (1280, 900), "narrow": (320, 640)}


@dataclass(frozen=True)
class Complaint:
    """Something the browser held against a page."""

    kind: str  # "console", "csp" or "another host"
    words: str


class Watched:
    """A page whose errors and requests are written down."""

    def __init__(self, page: Page, home: str) -> None:
        self.page = page
        self.complaints: list[Complaint] = []
        self._home = home
        page.on("console", self._said)
        page.on("pageerror", lambda error: self._note("console", str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _note(self, kind: str, words: str) -> None:
        self.complaints.append(Complaint(kind, words))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type != "error":
            return
        words = f"{message.text} ({message.location.get('url', '')})"
        self._note("csp" if "Content Security Policy" in words else "console", words)

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self._home}/", "data:", "blob:")):
            self._note("another host", url)


class Visit(Protocol):
    """Open the site in a context of one's own, signed in as a person or as nobody."""

    def __call__(
        self, who: Person | None = None, *, size: str = "phone", javascript: bool = True
    ) -> Page: ...


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with mock.patch.object(_sync_base, "wait_for_future", _wait_alone), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        loop = asyncio.get_running_loop()
        asyncio.set_event_loop_policy(Kept(loop))
        asyncio._set_running_loop(None)
        yield browser
        asyncio._set_running_loop(loop)
        browser.close()
    asyncio.set_event_loop_policy(None)


class Kept(asyncio.DefaultEventLoopPolicy):
    """Goes back to Playwright's loop when `asyncio.run` has put its own away."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self.kept = loop
        self.set_event_loop(loop)

    def set_event_loop(self, loop: asyncio.AbstractEventLoop | None) -> None:
        super().set_event_loop(loop or self.kept)


def _wait_alone(loop: Any, fiber: Any, future: Any) -> None:
    before = asyncio._get_running_loop()
    asyncio._set_running_loop(loop)
    try:
        wait_for_future(loop, fiber, future)
    finally:
        asyncio._set_running_loop(before)


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer) -> Iterator[Visit]:
    """Give each person a browser context of their own; at the end none may have met an error."""
    contexts: list[BrowserContext] = []
    watched: list[Watched] = []

    def open_as(who: Person | None = None, *, size: str = "phone", javascript: bool = True) -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            locale="en-GB",
            accept_downloads=True,
        )
        contexts.append(context)
        if who:
            client = Client()
            client.force_login(who)
            take_session(context, live_server.url, client)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watched.append(Watched(page, live_server.url))
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert [complaint for each in watched for complaint in each.complaints] == []


def take_session(context: BrowserContext, home: str, client: Client) -> None:
    """Let a browser context go on where a test client stands."""
    context.add_cookies(
        [{"name": name, "value": morsel.value, "url": home} for name, morsel in client.cookies.items()]
    )


def leave_by(page: Page, wanted: Locator) -> None:
    """Click what leads to another page, and wait until that page is there whole.

    The page it stands on may still be coming: it is waited for.
    """
    wanted.evaluate("element => { element.ownerDocument.documentElement.dataset.left = 'behind' }")
    wanted.click()
    expect(page.locator("html[data-left]")).to_have_count(0)
    page.wait_for_load_state()


def press_and_go(page: Page, name: str) -> None:
    """Press a button once nothing moves any more, and wait until the page it leads to is there."""
    page.wait_for_load_state()
    leave_by(page, page.get_by_role("button", name=name, exact=True))


def tab_to(page: Page, wanted: Locator, *, most: int = 80) -> None:
    """Reach something with the Tab key alone, or fail."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"The Tab key does not reach {wanted}.")


def press(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Go to a link or button by Tab and press it. Use the space bar for boxes."""
    tab_to(page, wanted)
    page.keyboard.press(key)


def type_into(page: Page, wanted: Locator, text: str) -> None:
    """Go to a field by Tab and type."""
    tab_to(page, wanted)
    page.keyboard.insert_text(text)
