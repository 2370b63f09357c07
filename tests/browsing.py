"""A real Chromium for tests, and the people who sit in front of it.

Playwright's plain interface keeps an event loop running in the test's own thread, and Django refuses to touch
the database wherever it sees one. Nothing here is concurrent: while a test reads the database the loop stands
still. So DJANGO_ALLOW_ASYNC_UNSAFE is set, from the moment the browser is first wanted until it is closed.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from ampersand.people.models import Person

CHROMIUM = os.environ.get("AMPERSAND_CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
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
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


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
            sign_in(context, live_server.url, who)
        page = context.new_page()
        page.set_default_timeout(10_000)
        watched.append(Watched(page, live_server.url))
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert [complaint for each in watched for complaint in each.complaints] == []


def sign_in(context: BrowserContext, home: str, who: Person) -> None:
    """Give a browser context the cookie of someone who has signed in."""
    client = Client()
    client.force_login(who)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": home}])


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
