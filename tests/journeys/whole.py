"""A real installation with a real mail server, and people who come with a browser and a mailbox."""

import hashlib
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browsing import PATIENCE as PATIENCE_ON_PAGES
from tests.browsing import SIZES, Watched, leave_by
from tests.mailbox import Mailbox, mail_server_running
from tests.running.installation import Installation
from tests.running.prepared import move_in

PATIENCE = 180  # seconds for a letter: the worker is a process of its own


@dataclass
class Someone:
    """A person with a browser of their own and an address whose letters we can read."""

    address: str
    page: Page
    mailbox: Mailbox
    watched: Watched

    def letter(self, about: str) -> EmailMessage:
        """Wait for a letter that has some words in its text, and give it."""
        return letter_to(self.address, about, self.mailbox)

    def go(self, path: str) -> None:
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)

    def press(self, name: str) -> None:
        """Press a button, or a link that looks like one, and wait for the page that it leads to."""
        button = self.page.get_by_role("button", name=name, exact=True)
        leave_by(self.page, button.or_(self.page.get_by_role("link", name=name, exact=True)).last)

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(re.compile(f"^{re.escape(label)}")).fill(text)

    def sees(self, words: str) -> None:
        expect(self.page.locator("body")).to_contain_text(words, timeout=PATIENCE * 1000)

    def sign_in(self) -> None:
        """Type the address, wait for the code to arrive by mail, and type it."""
        before = len(self.mailbox.to(self.address))
        self.page.locator("main input[type=email]").fill(self.address)
        self.press("Send me a code")
        deadline = time.monotonic() + PATIENCE
        while len(self.mailbox.to(self.address)) == before:
            assert time.monotonic() < deadline, "no code came"
            time.sleep(0.2)
        self.page.locator("main input[name=code]").fill(code_in(self.mailbox.to(self.address)[-1]))
        self.press("Sign in")

    def set_up_second_step(self) -> None:
        """Set up an authenticator app: the test works out its six digits as a phone would."""
        self.press("Set up an app")
        self.page.locator("details summary").click()
        secret = self.page.locator("details code").inner_text().replace(" ", "")
        counter = next(iter(yield_hotp_counters_from_time()))
        self.page.locator("main input[name=code]").fill(format_hotp_value(hotp_value(secret, counter)))
        self.press("Finish")
        self.press("I have kept them")


def letter_to(address: str, about: str, mailbox: Mailbox) -> EmailMessage:
    """Wait until a mailbox has a letter with some words in its text, and give the newest."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for letter in reversed(mailbox.to(address)):
            if re.search(about, text_of(letter)):
                return letter
        time.sleep(0.2)
    heard = [text_of(letter) for letter in mailbox.to(address)]
    raise AssertionError(f"{address} has no letter with “{about}”, but: {heard}")


def text_of(letter: EmailMessage) -> str:
    body: Any = letter.get_body(("plain",))
    return " ".join(str(body.get_content()).split())


def code_in(letter: EmailMessage) -> str:
    """Find the code that stands alone on a line of a letter."""
    body: Any = letter.get_body(("plain",))
    found = re.search(r"^\s*([A-Z0-9]{3,}(?:-[A-Z0-9]{3,})*)\s*$", str(body.get_content()), re.MULTILINE)
    assert found, body.get_content()
    return found[1]


def link_in(letter: EmailMessage, home: str) -> str:
    """Find the first link to our site in a letter, and give its path."""
    body: Any = letter.get_body(("plain",))
    found = re.search(re.escape(home) + r"(/\S+)", str(body.get_content()))
    assert found, body.get_content()
    return found[1]


def enclosed_pdf(letter: EmailMessage) -> bytes:
    [pdf] = [part for part in letter.iter_attachments() if part.get_content_type() == "application/pdf"]
    content: Any = pdf.get_content()
    return bytes(content)


@dataclass
class Whole:
    """The installation, its mail server, and the door through which people come in."""

    installation: Installation
    mailbox: Mailbox
    chromium: Browser
    contexts: list[BrowserContext] = field(default_factory=list)
    people: list[Someone] = field(default_factory=list)

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.installation.port}"

    def someone(self, name: str, *, size: str = "desktop") -> Someone:
        width, height = SIZES[size]
        context = self.chromium.new_context(
            base_url=self.home,
            viewport={"width": width, "height": height},
            locale="en-GB",
            accept_downloads=True,
        )
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_ON_PAGES)
        person = Someone(f"{name}@people.example", page, self.mailbox, Watched(page, self.home))
        self.people.append(person)
        return person

    def complaints(self) -> list[object]:
        return [complaint for person in self.people for complaint in person.watched.complaints]


@contextmanager
def whole(chromium: Browser, folder: Path, prepared: Path) -> Iterator[Whole]:
    """Start `ampersand serve`, empty, with a real mail server behind it; end both."""
    with mail_server_running() as (mailbox, server):
        installation = Installation(
            folder / "data",
            AMPERSAND_MAIL_URL=f"smtp://{server.host}:{server.port}?security=none",
            AMPERSAND_MAIL_FROM="Harbour <letters@harbour.example>",
        )
        installation.environment["AMPERSAND_ADDRESS"] = f"http://127.0.0.1:{installation.port}"
        move_in(installation, prepared)
        everyone = Whole(installation, mailbox, chromium)
        installation.serve()
        try:
            installation.wait_until_open()
            yield everyone
            assert everyone.complaints() == []
        except Exception as error:
            for person in everyone.people:
                error.add_note(
                    f"{person.address} is at {person.page.url}: {person.page.inner_text('body')[:1500]}"
                )
            raise
        finally:
            for context in everyone.contexts:
                context.close()
            installation.stop()


def words(text: str) -> list[str]:
    """Give the words of a text in order, without what typesetting adds or takes."""
    return re.findall(r"\w+", text.replace("\u00ad", ""))


def fingerprint_of(pdf: bytes) -> str:
    return hashlib.sha256(pdf).hexdigest()
