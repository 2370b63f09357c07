"""The second step at sign-in: setting it up, being asked for it, getting by without the phone."""

import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client, RequestFactory

from ampersand.notifications.models import Letter
from ampersand.people.access import second_factor_first
from ampersand.people.models import Person
from tests.people.conftest import ask, is_signed_in, latest_code, sign_in
from tests.second_step import SECRET, give_second_step

pytestmark = pytest.mark.django_db


def app_shows(secret: str = SECRET, *, later: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def set_up(client: Client) -> None:
    page = client.get("/account/second-step/app/").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret
    answer = client.post("/account/second-step/app/", {"code": app_shows(secret[1].replace(" ", ""))})
    assert answer["Location"] == "/account/second-step/recovery-codes/"


def test_an_app_is_set_up_with_a_picture_from_this_site_and_recovery_codes_follow(
    client: Client, mei: Person, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(client)
    set_up_page = client.get("/account/second-step/app/").content.decode()
    assert 'src="/account/second-step/app/picture.svg"' in set_up_page
    assert "data:image" not in set_up_page
    picture = client.get("/account/second-step/app/picture.svg")
    assert picture["Content-Type"] == "image/svg+xml"
    assert b"<svg" in picture.content
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    codes = client.get("/account/second-step/recovery-codes/").content.decode()
    assert len(re.findall(r"<code>\d{4} \d{4}</code>", codes)) == 10
    assert Letter.objects.filter(event="people/account-changed", to=mei.email).count() == 1


def test_someone_with_a_second_step_is_asked_for_it_and_not_signed_in_before(
    client: Client, mei: Person
) -> None:
    give_second_step(mei)
    assert sign_in(client, onward="/account/") == "/sign-in/second-step/"
    assert not is_signed_in(client)
    assert client.get("/account/")["Location"].startswith("/sign-in/")
    wrong = client.post("/sign-in/second-step/", {"code": "000000"})
    assert "That code is not right" in wrong.content.decode()
    answer = client.post("/sign-in/second-step/", {"code": app_shows()})
    assert answer["Location"] == "/account/"
    assert is_signed_in(client)


def test_a_code_from_the_app_works_once(client: Client, mei: Person) -> None:
    give_second_step(mei)
    code = app_shows()
    for browser, works in ((client, True), (Client(), False)):
        sign_in(browser)
        browser.post("/sign-in/second-step/", {"code": code})
        assert is_signed_in(browser) is works


def test_a_recovery_code_lets_in_once(client: Client, mei: Person) -> None:
    give_second_step(mei)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    for browser, works in ((client, True), (Client(), False)):
        sign_in(browser)
        browser.post("/sign-in/second-step/", {"code": codes[3]})
        assert is_signed_in(browser) is works


def test_guessing_the_second_step_is_stopped(client: Client, mei: Person) -> None:
    give_second_step(mei)
    sign_in(client)
    for _try in range(5):
        client.post("/sign-in/second-step/", {"code": "000000"})
    answer = client.post("/sign-in/second-step/", {"code": app_shows()})
    assert "tried too often" in answer.content.decode()
    assert not is_signed_in(client)


def test_setting_up_a_second_step_ends_every_other_session(client: Client, mei: Person) -> None:
    other = Client()
    sign_in(other)
    sign_in(client)
    set_up(client)
    assert is_signed_in(client)
    assert other.get("/account/").status_code == 302


def test_secrets_are_not_readable_in_the_database(mei: Person) -> None:
    give_second_step(mei)
    assert all(SECRET not in str(data) for data in Authenticator.objects.values_list("data", flat=True))


def test_pages_of_organisers_wait_for_the_second_step(
    client: Client, mei: Person, rf: RequestFactory, settings: object
) -> None:
    @second_factor_first
    def page(_request: object) -> HttpResponse:
        return HttpResponse("names")

    def opened() -> HttpResponse:
        request = rf.get("/organise/")
        request.user, request.session = mei, client.session
        return page(request)

    assert opened()["Location"] == "/account/second-step/"
    settings.DEMO = True  # type: ignore[attr-defined]
    assert opened().content == b"names"
    settings.DEMO = False  # type: ignore[attr-defined]
    give_second_step(mei)
    assert opened().content == b"names"


@pytest.mark.parametrize(
    "path",
    [
        "/account/second-step/",
        "/account/second-step/app/",
        "/account/second-step/passkeys/",
        "/account/second-step/passkeys/add/",
    ],
)
def test_the_pages_open_to_whoever_is_signed_in_and_to_nobody_else(
    client: Client, mei: Person, path: str
) -> None:
    assert client.get(path)["Location"].startswith("/sign-in/?next=")
    sign_in(client)
    answer = client.get(path)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "/account/second-step/app/remove/",
        "/account/second-step/recovery-codes/",
        "/account/second-step/recovery-codes/new/",
        "/account/second-step/recovery-codes.txt",
    ],
)
def test_what_weakens_the_second_step_asks_for_it_again(client: Client, mei: Person, path: str) -> None:
    give_second_step(mei)
    ask(client)
    client.post("/sign-in/code/", {"code": latest_code()})
    client.post("/sign-in/second-step/", {"code": app_shows()})
    answer = client.get(path)
    assert answer["Location"].startswith("/account/second-step/again/")
    assert client.get(answer["Location"]).status_code == 200
    code = app_shows(later=1)
    again = client.post(answer["Location"], {"code": code, "next": path})
    assert again["Location"] == path
    assert client.get(path).status_code == 200
