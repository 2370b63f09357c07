"""Every page of the site, and what is demanded of each in every mode.

A room lists its pages in `tests/<room>/pages.py`:

    from tests.pages import Shown, page

    @page("agreements:live")
    def being_agreed(cast: Cast) -> Shown:
        return Shown(reverse("agreements:live", args=[cast.agreement.pk]), cast.mentee)

The first word is the name of the view; "agreements:live signed by one" is another state of the same view.
The function asks for fixtures by the names of its arguments, as a test does. A view that answers GET and is
listed nowhere fails the build.
"""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from ampersand.people.models import Person
from tests.browsing import SIZES, Watched, take_session

# Pictures are for people: a folder named here gets one of every page in every mode.
PICTURES = os.environ.get("AMPERSAND_PICTURES", "")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SMALLEST_TARGET = 24


@dataclass(frozen=True)
class Shown:
    """A page: its address, who looks, and the status it answers with.

    A page that is only reached by some steps takes the `client` that has walked them.
    """

    url: str
    who: Person | None = None
    status: int = 200
    client: Client | None = None

    def opened(self) -> Client:
        """Give the client that may open it."""
        client = self.client or Client()
        if self.who:
            client.force_login(self.who)
        return client


PAGES: dict[str, Callable[..., Shown]] = {}


def page(name: str) -> Callable[[Callable[..., Shown]], Callable[..., Shown]]:
    """List a page under the name of its view, with a few words more when it has several states."""

    def listed(function: Callable[..., Shown]) -> Callable[..., Shown]:
        assert name not in PAGES, f"{name} is listed twice"
        PAGES[name] = function
        return function

    return listed


@dataclass(frozen=True)
class Mode:
    """One way of looking at a page."""

    name: str
    size: str
    dark: bool = False
    forced: bool = False
    all_rules: bool = True  # or only those that depend on size and colours


PHONE, DESKTOP = Mode("phone-light", "phone"), Mode("desktop-dark", "desktop", dark=True)
# What a further state of a page adds is named and built alike in every mode: only its looks are asked twice.
TWO_MODES = (PHONE, replace(DESKTOP, all_rules=False))
# Both sizes, both colour schemes, the least room, and colours that a reader forces upon every page.
MODES = (
    PHONE,
    DESKTOP,
    Mode("narrow", "narrow", all_rules=False),
    Mode("forced-colours", "desktop", forced=True, all_rules=False),
)
# The other two, whose sizes and colours are seen above but not together; and every rule in every mode.
ALL_MODES = (
    PHONE,
    DESKTOP,
    Mode("phone-dark", "phone", dark=True),
    Mode("desktop-light", "desktop"),
    Mode("narrow", "narrow"),
    Mode("forced-colours", "desktop", forced=True),
)


@dataclass(frozen=True)
class Finding:
    """What is wrong, where."""

    kind: str  # "axe", "console", "csp", "another host", "too wide", "small target", "status"
    mode: str
    words: str

    def __str__(self) -> str:
        return f"[{self.kind}, {self.mode}] {self.words}"


def check_page(
    chromium: Browser, home: str, shown: Shown, *, name: str, modes: Sequence[Mode] = MODES
) -> list[Finding]:
    """Look at a page in each mode and give what was found."""
    with _opened(chromium, home, shown) as (watched, status):
        page = watched.page
        found = []
        if status != shown.status:
            found.append(Finding("status", "", f"{shown.url} answered {status}, not {shown.status}"))
        for mode in modes:
            _put_into(page, mode)
            found += _look(page, mode)
            if PICTURES:
                _picture(page, name, mode)
        found += [
            Finding(complaint.kind, "", complaint.words)
            for complaint in watched.complaints
            if not (shown.status >= 400 and f"status of {shown.status}" in complaint.words)
        ]
        return found


@contextmanager
def _opened(chromium: Browser, home: str, shown: Shown) -> Iterator[tuple[Watched, int]]:
    context = _context(chromium)
    context.clear_cookies()
    take_session(context, home, shown.opened())
    watched = Watched(context.new_page(), home)
    try:
        response = watched.page.goto(f"{home}{shown.url}", wait_until="load")
        watched.page.evaluate("document.fonts.ready.then(() => null)")
        watched.page.evaluate(AXE_SCRIPT)  # once: it stays with the page through every mode
        yield watched, response.status if response else 0
    finally:
        watched.page.close()


@cache
def _context(chromium: Browser) -> BrowserContext:
    """One for all pages: fonts, styles and scripts stay in it, and of a person nothing but cookies."""
    return chromium.new_context(locale="en-GB", reduced_motion="reduce")


def _put_into(page: Page, mode: Mode) -> None:
    width, height = SIZES[mode.size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(
        color_scheme="dark" if mode.dark else "light", forced_colors="active" if mode.forced else "none"
    )


def _look(page: Page, mode: Mode) -> list[Finding]:
    rules = AXE_OPTIONS if mode.all_rules else AXE_LOOKS
    found = [Finding("axe", mode.name, words) for words in page.evaluate(VIOLATIONS, rules)]
    wide = page.evaluate(TOO_WIDE)
    if wide:
        found.append(Finding("too wide", mode.name, wide))
    found += [
        Finding("small target", mode.name, each) for each in page.evaluate(SMALL_TARGETS, SMALLEST_TARGET)
    ]
    return found


def _picture(page: Page, name: str, mode: Mode) -> None:
    Path(PICTURES).mkdir(parents=True, exist_ok=True)
    file = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    page.screenshot(path=Path(PICTURES) / f"{file}--{mode.name}.png", full_page=True)


AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": WCAG},
    "rules": {"target-size": {"enabled": True}},
}
AXE_LOOKS = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "rule",
        "values": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"],
    },
}
VIOLATIONS = """async (options) => (await axe.run(document, options)).violations.map((found) => {
  const places = found.nodes.slice(0, 5).map((node) => node.target[0]).join("; ");
  return `${found.id}: ${found.help} at ${places}`;
})"""

TOO_WIDE = """() => {
  const { clientWidth: room, scrollWidth: taken } = document.documentElement;
  if (taken <= room) return "";
  const widest = [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > room + 1).pop();
  return `${taken} px in a window of ${room}: ${widest?.outerHTML.slice(0, 120)}`;
}"""

# WCAG 2.2, 2.5.8, without its exception for spacing, so a little stricter: links within a sentence may be
# small, and so may what nobody sees until it has the focus.
SMALL_TARGETS = """(least) => {
  const inSentence = (element) => {
    if (getComputedStyle(element).display !== "inline") return false;
    const around = element.closest("p, li, dd, td, label, legend, figcaption, h1, h2, h3");
    return around !== null && around.innerText.trim() !== element.innerText.trim();
  };
  const targets = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]";
  return [...document.querySelectorAll(targets)].filter((element) => {
    const { width, height } = element.getBoundingClientRect();
    if (!element.checkVisibility({ visibilityProperty: true }) || width * height <= 1) return false;
    return (width < least || height < least) && !inSentence(element);
  }).map((element) => {
    const { width, height } = element.getBoundingClientRect();
    return `${Math.round(width)} × ${Math.round(height)}: ${element.outerHTML.slice(0, 120)}`;
  });
}"""
