"""A session that ends mid-form keeps what was typed."""

import time
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from ampersand.people.models import Person
from tests.people.conftest import latest_code, sign_in

pytestmark = pytest.mark.django_db
TYPED = {
    "called": "Mei-Ling",
    "reach": "after six, 07700 900123",
    "mail_wish": "daily",
    "message_safe": "false",
}
FORM = {**TYPED, "time_zone": "Europe/London", "language": "en-gb"}


def end_the_session(client: Client) -> None:
    Session.objects.all().delete()


def sign_in_again(client: Client, page: str) -> str:
    client.get(page)
    client.post("/sign-in/", {"email": "mei@example.org", "next": "/account/"})
    answer = client.post("/sign-in/code/", {"code": latest_code()})
    assert answer["Location"] == "/account/"
    return client.get("/account/").content.decode()


def test_what_was_typed_is_there_after_signing_in_again(client: Client, mei: Person) -> None:
    sign_in(client)
    end_the_session(client)
    answer = client.post("/account/", FORM)
    assert answer["Location"] == "/sign-in/?next=/account/"
    assert "What you typed is kept" in client.get(answer["Location"]).content.decode()
    page = sign_in_again(client, answer["Location"])
    assert 'value="Mei-Ling"' in page
    assert "after six, 07700 900123" in page
    assert page.count("checked") == 2
    mei.refresh_from_db()
    assert mei.called == "Mei"


def test_it_is_still_there_when_the_page_is_looked_at_twice_and_gone_once_sent(
    client: Client, mei: Person
) -> None:
    sign_in(client)
    end_the_session(client)
    page = sign_in_again(client, client.post("/account/", FORM)["Location"])
    assert "Mei-Ling" in client.get("/account/").content.decode()
    client.post("/account/", FORM | {"called": "Mei L."})
    assert "Mei-Ling" not in client.get("/account/").content.decode()
    assert "Mei-Ling" in page


def test_a_button_pressed_too_late_brings_back_to_its_page(client: Client) -> None:
    answer = client.post("/account/second-step/", {}, headers={"Referer": "http://testserver/account/?a=1"})
    assert answer["Location"] == "/sign-in/?next=/account/%3Fa%3D1"
    elsewhere = client.post("/account/", FORM, headers={"Referer": "https://evil.example/x"})
    assert elsewhere["Location"] == "/sign-in/?next=/account/"


def test_too_much_is_not_kept_and_secrets_never(client: Client) -> None:
    client.post("/account/", {"called": "x" * 90_000, "reach": "y" * 20_000, "code": "123456"})
    assert set(client.session["typed"]["fields"]) == {"called"}


def test_it_is_kept_for_an_hour_and_for_its_own_page_only(client: Client, mei: Person) -> None:
    client.post("/account/", FORM)
    sign_in(client)
    session = client.session
    session["typed"] = session["typed"] | {"at": time.time() - 3601}
    session.save()
    assert "Mei-Ling" not in client.get("/account/").content.decode()


def test_a_form_refused_as_possibly_forged_keeps_its_words_if_it_came_from_here(mei: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mei)
    ours = client.post("/account/", FORM, headers={"Origin": "http://testserver"})
    assert ours.status_code == 403
    assert "Mei-Ling" in client.get("/account/").content.decode()


@pytest.mark.parametrize("origin", [{}, {"Origin": "https://evil.example"}, {"Origin": "null"}])
def test_a_forged_form_leaves_nothing_behind(origin: dict[str, Any], mei: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(mei)
    assert client.post("/account/", FORM, headers=origin).status_code == 403
    assert "Mei-Ling" not in client.get("/account/").content.decode()
    nobody = Client(enforce_csrf_checks=True)
    answer = nobody.post("/account/", FORM, headers=origin)
    assert answer.status_code == 403
    assert "sessionid" not in answer.cookies
