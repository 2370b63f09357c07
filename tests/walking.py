"""Walks the site as people do: follows every link, finds every form, types one text into all of them."""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

FREE = {"text", "search", "tel", "textarea"}
SENSIBLE = {"email": "ana@example.org", "url": "https://example.org", "number": "1", "date": "2031-05-05"}
NEVER = {"csrfmiddlewaretoken", "code"}


@dataclass
class Walk:
    """One person's walk: what they saw, and the names of the fields they typed into."""

    client: Client
    words: str = ""
    often_enough: int = 2  # pages of one kind that one person opens
    typed: set[str] = field(default_factory=set)
    pages: list[tuple[str, HttpResponse]] = field(default_factory=list)
    _opened: Counter[str] = field(default_factory=Counter)
    _sent: set[str] = field(default_factory=set)

    def through(self, *beginning: str, typing: bool) -> None:
        """Open every page that links lead to; when typing, send each form once and go where it leads."""
        self._opened.clear()
        ahead = deque(["/", "/account/", *beginning])
        seen = set(ahead)
        while ahead:
            for address in self._open(ahead.popleft(), typing):
                if address not in seen:
                    seen.add(address)
                    ahead.append(address)

    def _open(self, address: str, typing: bool) -> Iterator[str]:
        kind = kind_of(address)
        if not kind or self._opened[kind] >= self.often_enough:
            return
        self._opened[kind] += 1
        response = self.client.get(address)
        if response.status_code == 302:
            yield response["Location"]
        if not is_page(response):
            return
        self.pages.append((address, response))
        tree = html.fromstring(response.content)
        for link in tree.xpath("//a/@href"):
            if link.startswith(("/", "?")):
                yield urljoin(address, link).partition("#")[0]
        for form in tree.forms if typing else ():
            yield from self._send(form, address, kind)

    def _send(self, form: Any, address: str, kind: str) -> Iterator[str]:
        inputs = {each.name: type_of(each) for each in form.inputs if each.name and each.name not in NEVER}
        inputs = {name: sort for name, sort in inputs.items() if sort != "file"}
        free = {name for name, sort in inputs.items() if sort in FREE | SENSIBLE.keys()}
        where = urljoin(address, form.action or "")
        about = f"{kind} {sorted(inputs)}"
        ticks = any(sort == "checkbox" for sort in inputs.values())
        if form.method != "POST" or about in self._sent or not (free or ticks):
            return
        self._sent.add(about)
        self.typed |= free
        for attempt in self._attempts(form, inputs, free):
            response = self.client.post(where, attempt)
            if is_page(response):
                self.pages.append((where, response))
            if response.status_code in {302, 204}:
                yield response.get("Location") or response.get("HX-Redirect") or "/"
                return

    def _attempts(self, form: Any, inputs: dict[str, str], free: set[str]) -> Iterator[dict[str, Any]]:
        """First the words everywhere, then where they may stand, then fewer of them, then plain ones."""
        usual = dict(standing(form, inputs))
        sensible = {name: SENSIBLE[inputs[name]] for name in free if inputs[name] in SENSIBLE}
        yield usual | dict.fromkeys(free, self.words)
        yield usual | dict.fromkeys(free, self.words) | sensible
        yield usual | dict.fromkeys(free, self.words[:60]) | sensible
        yield usual | dict.fromkeys(free, "7") | sensible


def standing(form: Any, inputs: dict[str, str]) -> Iterator[tuple[str, Any]]:
    """Give what a form holds already, with every box ticked and the first of every choice chosen."""
    for name, sort in inputs.items():
        found = form.inputs[name]
        if sort == "radio":
            yield name, found.value or next(iter(found.value_options))
        elif sort == "checkbox":
            yield name, "on"
        else:
            yield name, form.fields[name] or ""


def type_of(each: Any) -> str:
    return each.tag if each.tag != "input" else str(each.get("type") or "text")


def kind_of(address: str) -> str:
    """Name the kind of page at an address: its view, and the field or step it is about."""
    parts = urlsplit(address)
    if parts.netloc or parts.path.startswith(("/static/", "/sign-in/", "/demo/")):
        return ""
    try:
        found = resolve(parts.path)
    except Resolver404:
        return ""
    about = [str(found.kwargs[name]) for name in ("field", "step", "slug") if name in found.kwargs]
    return " ".join([found.view_name, *about])


def is_page(response: Any) -> bool:
    return response.status_code in {200, 422} and response.get("Content-Type", "").startswith("text/html")
