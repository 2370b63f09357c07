"""A person who signs in, and their letters."""

import re

import pytest
from django.test import Client

from ampersand.notifications.models import Letter
from ampersand.people.models import Person

ADDRESS = "mei@example.org"


@pytest.fixture
def mei() -> Person:
    return Person.objects.create(email=ADDRESS, called="Mei")


def latest_code(to: str = ADDRESS) -> str:
    letter = Letter.objects.filter(to=to, event="people/code").latest("pk")
    found = re.search(r"\b\d{6}\b", letter.body_text)
    assert found
    return found[0]


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def ask(client: Client, email: str = ADDRESS, onward: str = "") -> None:
    answer = client.post("/sign-in/", {"email": email, "next": onward})
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/code/"


def sign_in(client: Client, email: str = ADDRESS, onward: str = "") -> str:
    """Go through the whole of it; give where one is sent."""
    ask(client, email, onward)
    answer = client.post("/sign-in/code/", {"code": latest_code(email)})
    assert answer.status_code == 302
    return str(answer["Location"])


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
