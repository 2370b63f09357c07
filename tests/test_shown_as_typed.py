"""What is typed is shown as typed: nothing that anyone writes anywhere runs in anyone's browser.

The fields are found by walking the forms of the site as the demo's cast; every page on which the words then
stand, and every letter, is opened in a real Chromium with the headers it came with.
"""

import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import product

import pytest
from django.contrib.staticfiles import finders
from django.db import transaction
from django.forms import CharField, HiddenInput
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route
from pytest_django import Settings

from ampersand.notifications.models import Letter
from ampersand.people.models import Person
from ampersand.schemes.models import Invitation, Scheme
from ampersand.schemes.queries import token_hash
from tests.browsing import Watched
from tests.cast import give_second_step, sign_in
from tests.figures import Figure
from tests.test_house_rules import all_forms
from tests.walking import Walk, kind_of

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
HOME = "http://testserver"
MARK = "zq7"
OPENINGS = ("", "'", '"', "'>", '">', "</textarea>", "</title>", "</script>", "-->", "{{ 7 }}{% now 'Y' %}")
VECTORS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<body onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1) autofocus>x</a>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<math><mi xlink:href=javascript:alert(1)>x</mi></math>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=javascript:alert(1)>",
    "<form action=javascript:alert(1)><button autofocus>x</button></form>",
    "<meta http-equiv=refresh content=0;url=javascript:alert(1)>",
    "<base href=//elsewhere.invalid/>",
    "<link rel=stylesheet href=//elsewhere.invalid/>",
    "<style>@import'//elsewhere.invalid/';</style>",
    " onmouseover=alert(1) autofocus onfocus=alert(1) x=",
    "javascript:alert(1)//",
)
STRINGS = [f"{opening}{vector}" for opening, vector in product(OPENINGS, VECTORS)]
# Fields that only take what is checked sign by sign before it is kept, or that cannot be walked to.
NOT_WALKED = {
    "code": "digits of a code",
    "name": "of a passkey, which needs a device; of a signature, once everything is agreed",
    "strokes": "points of a drawing",
    "starts": "the moment that a button stands for: read as one, or refused",
    "email": "of signing in, where nothing but an address is taken; walked by tests/people",
    # Of correcting an agreement of one's own, several pages behind bringing it: not walked yet.
    **dict.fromkeys(("label", "options", "suggestion", "words_there", "value", "title"), "correcting"),
    **dict.fromkeys(("mentor", "mentee", "others"), "correcting"),
}
CAST = ("priya", "hannah", "joe", "wei", "dai", "noor", "anna", "elin")
FEW_READERS = ("priya", "hannah", "wei")
MEDDLED = """() => {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name)) found.push(`${element.localName} ${name}`);
      if (/^(href|src|action|formaction|data|xlink:href)$/i.test(name) && /^\\s*javascript:/i.test(value))
        found.push(`${element.localName} ${name}=javascript:`);
    }
  }
  const strangers =
    "script:not([src]):not([type*=json]), style, iframe, object, embed, base, math, meta[http-equiv]";
  for (const element of document.querySelectorAll(strangers)) found.push(element.localName);
  return found;
}"""


class Window:
    """A Chromium that is handed answers as the site gave them, and told of everything that ran."""

    def __init__(self, chromium: Browser) -> None:
        self.context = chromium.new_context(base_url=HOME, reduced_motion="reduce")
        self.context.route("**/*", self._answer)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", lambda dialog: (self.ran.append("alert"), dialog.dismiss()))
        self.watched = Watched(self.page, HOME)
        self.ran: list[str] = []
        self.answer: tuple[int, dict[str, str], bytes] = (200, {}, b"")

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOME)
        file = finders.find(path.removeprefix("/static/")) if path.startswith("/static/") else None
        if file:
            route.fulfill(path=str(file))
        elif path == "/looked-at/":
            status, headers, body = self.answer
            route.fulfill(status=status, headers=headers, body=body)
        else:
            route.fulfill(status=204)

    def runs(self, response: HttpResponse) -> list[str]:
        """Open an answer and give all that ran, or stands where only the site's own should."""
        self.ran.clear()
        self.watched.complaints.clear()
        self.answer = (200, dict(response.headers), response.content)
        self.page.goto("/looked-at/", wait_until="load")
        kinds = [f"{each.kind}: {each.words}" for each in self.watched.complaints if each.kind != "console"]
        return [*self.ran, *kinds, *self.page.evaluate(MEDDLED)]


def cast_in_browsers() -> dict[str, Client]:
    for key in ("priya", "anna"):
        give_second_step(Person.objects.get(email=f"{key}@demo.example"))
    return {key: sign_in(Client(), Person.objects.get(email=f"{key}@demo.example")) for key in CAST}


def invited(as_what: str) -> str:
    token = secrets.token_urlsafe(8)
    Invitation.objects.create(
        scheme=Scheme.objects.get(slug="harbour"),
        email=f"{as_what}@example.org",
        invited_as=as_what,
        token_hash=token_hash(token),
        expires_at=timezone.now() + timedelta(days=1),
    )
    return f"/invitation/{token}/mentor/name/"


def type_everywhere(
    words: str, readers: Collection[str] = CAST
) -> tuple[set[str], list[tuple[str, HttpResponse]]]:
    """Let everyone type the words wherever they can; give the fields, and the pages that then hold them.

    Of those who typed, the readers walk once more when all have: then others' words stand there too.
    """
    typed, pages = set(), []
    walks = {key: Walk(client, words) for key, client in cast_in_browsers().items()}
    beginnings = {"noor": ["/s/harbour/", invited("mentor")], "priya": ["/s/harbour/organise/details/"]}
    for key, walk in walks.items():
        walk.through(*beginnings.get(key, []), typing=True)
    for key, walk in walks.items():
        if key in readers:
            walk.through(*beginnings.get(key, []), typing=False)
        typed |= walk.typed
        pages += [(f"{key} at {address}", answer) for address, answer in walk.pages]
    pages += [(f"letter {each.event}", HttpResponse(each.body_html)) for each in Letter.objects.all()]
    return typed, list(one_of_each(pages))


def one_of_each(pages: Iterable[tuple[str, HttpResponse]]) -> Iterator[tuple[str, HttpResponse]]:
    """Of pages of one kind on which the words stand equally often, one is enough."""
    seen = set()
    for name, answer in pages:
        often = answer.content.count(MARK.encode())
        what = (kind_of(name.rpartition(" ")[2]) or name, answer.status_code, often)
        if often and what not in seen:
            seen.add(what)
            yield name, answer


def rounds(strings: Sequence[str], at_once: int) -> Iterator[str]:
    for start in range(0, len(strings), at_once):
        yield f"{MARK} " + " ".join(strings[start : start + at_once])


def look_everywhere(
    chromium: Browser,
    settings: Settings,
    strings: Sequence[str],
    *,
    readers: Collection[str] = CAST,
    every: int = 1,
) -> tuple[set[str], int, list[str]]:
    """Type strings into every field, some at once; give the fields, how many pages opened, and what ran.

    Of the pages that then hold them, every so many-th is opened.
    """
    settings.WHO_MAKES_SCHEMES = "anyone"
    window, fields, opened, ran = Window(chromium), set[str](), 0, list[str]()
    try:
        for words in rounds(strings, 4):
            with transaction.atomic():
                typed, standing = type_everywhere(words, readers)
                standing = standing[::every]
                transaction.set_rollback(True)
            fields |= typed
            opened += len(standing)
            ran += [f"{name}: {each}" for name, answer in standing for each in window.runs(answer)]
    finally:
        window.context.close()
    return fields, opened, ran


def free_fields() -> set[str]:
    """Name every field of every form that takes words."""
    return {
        name
        for form in all_forms()
        for name, each in form.base_fields.items()  # type: ignore[attr-defined]
        if isinstance(each, CharField) and not isinstance(each.widget, HiddenInput)
    }


def test_a_few_strings_in_every_field_run_nowhere(
    chromium: Browser, told: None, settings: Settings, figure: Figure
) -> None:
    fields, opened, ran = look_everywhere(chromium, settings, STRINGS[80:84], readers=FEW_READERS, every=4)
    assert free_fields() - fields - NOT_WALKED.keys() == set()
    figure("strings that would run, typed into every field: fields, pages opened", f"{len(fields)}, {opened}")
    figure("of 4 strings, run", len(ran), goal="0")
    assert ran == []
    assert opened > 30


@pytest.mark.prove
def test_two_hundred_strings_in_every_field_run_nowhere(
    chromium: Browser, told: None, settings: Settings, figure: Figure
) -> None:
    assert len(set(STRINGS)) == 200
    fields, opened, ran = look_everywhere(chromium, settings, STRINGS)
    figure("strings that would run, typed into every field: fields, pages opened", f"{len(fields)}, {opened}")
    figure("of 200 strings, run", len(ran), goal="0")
    assert ran == []


def test_words_shown_without_care_are_caught(chromium: Browser) -> None:
    window = Window(chromium)
    try:
        careless = [string for string in VECTORS[:18] if not window.runs(HttpResponse(f"<p>{string}</p>"))]
        assert [each for each in careless if "stylesheet" not in each] == []
        assert window.runs(HttpResponse("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")) == []
    finally:
        window.context.close()
