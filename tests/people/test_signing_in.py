"""Signing in by a code from a letter, and everything that can go wrong on the way."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from ampersand.notifications.models import Letter
from ampersand.people.models import Person, SignInCode
from tests.figures import Figure
from tests.people.conftest import ADDRESS, ask, is_signed_in, latest_code, sign_in, wrong

pytestmark = pytest.mark.django_db


def test_a_known_person_signs_in_with_the_code_from_the_letter(client: Client, mei: Person) -> None:
    assert sign_in(client) == "/"
    assert client.session["_auth_user_id"] == str(mei.pk)


def test_a_new_person_gets_an_account_when_the_code_comes_back_and_not_before(client: Client) -> None:
    ask(client)
    assert not Person.objects.exists()
    answer = client.post("/sign-in/code/", {"code": latest_code()})
    assert answer["Location"] == "/account/"
    assert Person.objects.get().email == ADDRESS


def test_an_address_is_one_person_however_it_is_written(client: Client, mei: Person) -> None:
    client.post("/sign-in/", {"email": "  Mei@Example.ORG "})
    client.post("/sign-in/code/", {"code": latest_code()})
    assert client.session["_auth_user_id"] == str(mei.pk)


def test_the_session_has_another_key_after_signing_in(client: Client, mei: Person) -> None:
    ask(client)
    before = client.session.session_key
    client.post("/sign-in/code/", {"code": latest_code()})
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_wrong_code_is_refused_in_a_sentence_and_the_right_one_still_works(client: Client) -> None:
    ask(client)
    answer = client.post("/sign-in/code/", {"code": wrong(latest_code())})
    assert "not the code in the letter" in answer.content.decode()
    assert "Send a new code" in answer.content.decode()
    assert not is_signed_in(client)
    client.post("/sign-in/code/", {"code": f" {latest_code()[:3]} {latest_code()[3:]} "})
    assert is_signed_in(client)


def test_after_five_wrong_tries_even_the_right_code_is_closed(client: Client) -> None:
    ask(client)
    for _try in range(5):
        client.post("/sign-in/code/", {"code": wrong(latest_code())})
    answer = client.post("/sign-in/code/", {"code": latest_code()})
    assert "tried five times" in answer.content.decode()
    assert not is_signed_in(client)
    client.post("/sign-in/new-code/")
    client.post("/sign-in/code/", {"code": latest_code()})
    assert is_signed_in(client)


@pytest.mark.parametrize(("minutes", "works"), [(9.9, True), (10.1, False)])
def test_a_code_lives_ten_minutes(client: Client, minutes: float, works: bool) -> None:
    ask(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
        answer = client.post("/sign-in/code/", {"code": latest_code()})
        assert is_signed_in(client) is works
    assert works or "has run out" in answer.content.decode()


def test_a_code_works_once(client: Client) -> None:
    ask(client)
    kept = client.session["asked_for_code"]
    client.post("/sign-in/code/", {"code": latest_code()})
    other = Client()
    session = other.session
    session["asked_for_code"] = kept
    session.save()
    answer = other.post("/sign-in/code/", {"code": latest_code()})
    assert "used already" in answer.content.decode()
    assert not is_signed_in(other)


def test_a_code_is_of_no_use_in_another_browser(client: Client) -> None:
    ask(client)
    other = Client()
    assert other.post("/sign-in/code/", {"code": latest_code()})["Location"] == "/sign-in/"
    assert not is_signed_in(other)


def test_with_two_tabs_the_latest_letter_counts_and_the_page_says_so(client: Client) -> None:
    ask(client)
    first = latest_code()
    stale = client.session["asked_for_code"]
    ask(client)
    answer = client.post("/sign-in/code/", {"code": first})
    assert not is_signed_in(client)
    session = client.session
    session["asked_for_code"] = stale
    session.save()
    answer = client.post("/sign-in/code/", {"code": wrong(first)})
    assert "newer code" in answer.content.decode()


def test_one_goes_on_to_where_one_was_going_but_never_to_another_site(client: Client, mei: Person) -> None:
    assert sign_in(client, onward="/pairs/7/") == "/pairs/7/"
    assert sign_in(Client(), onward="https://evil.example/") == "/"
    assert sign_in(Client(), onward="//evil.example/") == "/"


def test_signing_out_takes_a_post_and_empties_the_session(client: Client, mei: Person) -> None:
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    assert is_signed_in(client)
    key = client.session.session_key
    client.post("/sign-out/")
    assert not Session.objects.filter(session_key=key).exists()


def test_mail_scanners_following_every_link_use_nothing_up(client: Client, figure: Figure) -> None:
    ask(client)
    for _visit in range(10):
        for path in ("/sign-in/", "/sign-in/code/", "/sign-in/new-code/", "/sign-out/"):
            client.get(path)
            client.head(path)
    figure("links fetched 20 times by GET and HEAD: codes used up", SignInCode.objects.get().tries, goal="0")
    assert (SignInCode.objects.get().tries, Letter.objects.count()) == (0, 1)
    client.post("/sign-in/code/", {"code": latest_code()})
    assert is_signed_in(client)


def test_someone_whose_account_was_closed_is_told_so(client: Client, mei: Person) -> None:
    Person.objects.update(is_active=False)
    ask(client)
    answer = client.post("/sign-in/code/", {"code": latest_code()})
    assert "account is closed" in answer.content.decode()
    assert not is_signed_in(client)


def test_the_code_itself_is_not_stored_with_its_hash(client: Client) -> None:
    ask(client)
    assert latest_code() not in SignInCode.objects.get().code_hash


def test_known_and_unknown_addresses_get_the_same_answer_and_the_same_letter(
    client: Client, mei: Person
) -> None:
    pages = []
    for address in (ADDRESS, "nobody@example.org"):
        browser = Client()
        ask(browser, address)
        page = browser.get("/sign-in/code/").content.decode().replace(address, "…")
        letter = Letter.objects.get(to=address)
        code = latest_code(address)
        pages.append((without_tokens(page), letter.body_text.replace(code, ""), letter.person))
    assert pages[0] == pages[1]


def without_tokens(page: str) -> str:
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)
