"""Take the pictures of the README from a running demo: `python docs/pictures/take.py [address]`.

Fill the demo first (`make run` does). What is needed besides is a Chromium, as for the tests.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
SHELL = shutil.which("chromium-headless-shell")
LARGEST = 250_000  # bytes; a README should open quickly


def be(browser: Browser, home: str, who: str, width: int, height: int) -> Page:
    """Open the demo as one of its cast. The label of the demo is not part of the product: it is left out."""
    page = browser.new_page(base_url=home, viewport={"width": width, "height": height}, locale="en-GB")
    page.goto("/demo/")
    page.locator(f"form[action='/demo/be/{who}/'] button").click()
    page.wait_for_url("/")
    return page


def keep(page: Page, name: str) -> None:
    """Keep what the window shows."""
    page.evaluate("document.fonts.ready.then(() => null)")
    page.evaluate("document.querySelector('.demo-label')?.remove()")
    picture = page.screenshot(path=HERE / f"{name}.png", animations="disabled")
    if len(picture) > LARGEST:
        sys.exit(f"{name}.png has {len(picture)} bytes, more than {LARGEST}.")
    page.close()


def filling_in(browser: Browser, home: str) -> None:
    """Hannah at her desk, an agreement half filled in."""
    page = be(browser, home, "hannah", 1280, 860)
    page.get_by_role("link", name="Agree and sign with Joe").click()
    page.locator("#gap-notice").evaluate("gap => gap.scrollIntoView({block: 'end'})")
    keep(page, "agreement")


def on_a_phone(browser: Browser, home: str) -> None:
    """Joe on his phone, with a suggestion of Hannah's to answer."""
    page = be(browser, home, "joe", 390, 760)
    page.get_by_role("link", name="Agree and sign with Hannah").click()
    page.locator("#gap-notice").evaluate("gap => gap.scrollIntoView({block: 'center'})")
    keep(page, "phone")


def today(browser: Browser, home: str) -> None:
    """Priya's morning."""
    page = be(browser, home, "priya", 1280, 860)
    page.goto("/s/harbour/organise/")
    keep(page, "today")


def main() -> None:
    home = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("AMPERSAND_CHROMIUM") or SHELL or "/usr/bin/chromium",
            args=["--no-sandbox"],
        )
        for take in (filling_in, on_a_phone, today):
            take(browser, home)
        browser.close()


if __name__ == "__main__":
    main()
