"""Asking for a mentor as the pages have it, and quickly."""

import re
from typing import Any

from django.test import Client

from ampersand.agreements.actions.accepting import as_shown
from ampersand.matching.actions.asking import Asking, ask
from ampersand.matching.models import Request
from ampersand.people.models import Person
from ampersand.schemes.models import Scheme


def ask_quickly(scheme: Scheme, mentee: Person, wish: str = "To sleep better") -> Request:
    template = scheme.templates.published().latest("number")
    return ask(
        template=template,
        person=mentee,
        asking=Asking(called=mentee.called, reach="Ring twice", wish=wish),
        declarations=[declaration.term for declaration in template.wording().declarations],
        fingerprint=as_shown(template).fingerprint,
    )


def read(client: Client, slug: str) -> str:
    """Open the public page and give the address of its button."""
    found = re.search(
        r'href="(/s/[^"]+/ask/\?read=[0-9a-f]{64})"', client.get(f"/s/{slug}/").content.decode()
    )
    assert found
    return found[1]


def declare(client: Client, slug: str, *, button: str = "", leaving_out: str = "") -> Any:
    button = button or read(client, slug)
    names = re.findall(r'type="checkbox" name="([^"]+)"', client.get(button).content.decode())
    assert names
    ticked = {name: "on" for name in names if name != leaving_out}
    return client.post(f"/s/{slug}/ask/", {"read": button.partition("=")[2], **ticked})


def answer(client: Client, slug: str, **changed: str) -> Any:
    client.post(f"/s/{slug}/ask/name/", {"called": changed.get("called", "Bea")})
    client.post(f"/s/{slug}/ask/reach/", {"reach": "Ring twice", "message_safe": "False"})
    return client.post(f"/s/{slug}/ask/hope/", {"wish": changed.get("wish", "To sleep better")})
