"""What a form sends besides typed words, changed by hand: a number from elsewhere, none, or nonsense."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

from ampersand.people.models import Person
from tests.cast import sign_in
from tests.figures import Figure

pytestmark = pytest.mark.django_db

FEW = ("x", "999999999")
MANY = (*FEW, "", "0", "-1", "1", "2", "5", "1e3", "9" * 40, "\x00", "null", "2026-13-45", "'; --", "٣")
WHO = ("joe", "priya")
WHO_ELSE = ("hannah", "aisha", "nia", "ben", "marek", "leah", "elin", "samuel", "anna", "jude", "noor")
SIGNS_OUT = {"account_logout", "people:sign_out"}
PAGES = 60


@dataclass(frozen=True)
class Sent:
    """What a form would send, where to, and which of it nobody types."""

    to: str
    view: str
    fields: dict[str, str]
    chosen: tuple[str, ...]


def pages_of(browser: Client) -> Iterator[tuple[str, html.HtmlElement]]:
    """Go from page to page, as far as links lead."""
    known, ahead = {"/"}, ["/"]
    while ahead and len(known) <= PAGES:
        address = ahead.pop(0)
        answer = browser.get(address)
        if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
            continue
        page = html.fromstring(answer.content.decode())
        yield address, page
        links = {link.split("#")[0] for link in page.xpath("//main//a/@href") if link.startswith("/")}
        ahead += sorted(links - known)
        known |= links


def forms_of(browser: Client) -> dict[tuple[str, tuple[str, ...]], Sent]:
    """Give each kind of form that somebody finds, once."""
    found = {}
    for address, page in pages_of(browser):
        for form in page.forms:
            if form.method != "POST":
                continue
            sent = sent_by(address, form)
            if sent and sent.view not in SIGNS_OUT:
                found.setdefault((sent.view, tuple(sorted(sent.fields))), sent)
    return found


def sent_by(address: str, form: html.FormElement) -> Sent | None:
    to = (form.action or address).split("#")[0]
    try:
        view = resolve(to.split("?")[0]).view_name
    except Resolver404:
        return None
    fields = {name: str(value) for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    chosen = set(form.xpath(".//input[@type='hidden' or @type='radio' or @type='checkbox']/@name"))
    chosen |= set(form.xpath(".//select/@name")) | set(form.xpath(".//button[@name]/@name"))
    chosen |= {name for name, value in fields.items() if value.isdigit()}
    return Sent(to, view, fields, tuple(sorted(chosen - {"csrfmiddlewaretoken"})))


def try_all(key: str, values: tuple[str, ...]) -> tuple[int, list[str]]:
    """Send every form of somebody's with each such field changed; give how many, and what broke."""
    browser = sign_in(Client(raise_request_exception=False), Person.objects.get(email=f"{key}@demo.example"))
    forms, tried, broken = forms_of(browser), 0, []
    cookies = deepcopy(browser.cookies)
    for sent in forms.values():
        for name in sent.chosen:
            for value in values:
                browser.cookies = deepcopy(cookies)
                with transaction.atomic():
                    answer = browser.post(sent.to, {**sent.fields, name: value})
                    transaction.set_rollback(True)
                tried += 1
                if answer.status_code >= 500 or answer.status_code == 429:
                    broken.append(f"{key}: {sent.view} {name}={value[:12]!r}: {answer.status_code}")
    return tried, broken


def test_what_a_form_sends_may_be_changed_by_hand(told: None, figure: Figure) -> None:
    came = [try_all(key, FEW) for key in WHO]
    tried, broken = sum(each for each, _ in came), [told for _, some in came for told in some]
    figure("values changed by hand that broke a page", f"{len(broken)} of {tried}", goal="0")
    assert not broken
    assert tried > 40


@pytest.mark.prove
@pytest.mark.parametrize("key", WHO + WHO_ELSE)
def test_whatever_a_form_sends_may_be_changed_by_hand(told: None, key: str, figure: Figure) -> None:
    tried, broken = try_all(key, MANY)
    figure(f"values changed by hand that broke a page, {key}", f"{len(broken)} of {tried}", goal="0")
    assert not broken
