"""What is noted down of an account in the record, and what the log is told of refusals."""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

from ampersand.people.models import Person, SignInCode
from ampersand.record.models import Entry, Verb
from ampersand.record.queries import pseudonym
from tests.people.conftest import ask, is_signed_in, latest_code, sign_in, wrong
from tests.people.test_second_step import app_shows, set_up
from tests.second_step import give_second_step


def noted(person: Person) -> list[str]:
    return list(
        Entry.objects.filter(who=pseudonym(person.pk)).order_by("number").values_list("verb", flat=True)
    )


@pytest.mark.django_db
def test_what_someone_does_with_their_account_is_noted_down(
    client: Client, mei: Person, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in(client)
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    client.post("/account/", {"called": "Mei", "time_zone": "UTC", "language": "en-gb", "mail_wish": "daily"})
    client.post("/account/data/")
    sign_in(other := Client())
    spare = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    other.post("/sign-in/second-step/", {"code": spare})
    client.post("/account/sessions/end-others/")
    assert list(dict.fromkeys(noted(mei))) == [
        Verb.SIGNED_IN,
        Verb.SECOND_FACTOR_ADDED,
        Verb.ACCOUNT_CHANGED,
        Verb.DATA_EXPORTED,
        Verb.SESSIONS_ENDED,
    ]
    assert noted(mei).count(Verb.SIGNED_IN) == 2
    mei.refresh_from_db()
    assert mei.mail_wish == "daily"


@pytest.mark.django_db
def test_nobody_has_signed_in_before_the_second_step(client: Client, mei: Person) -> None:
    give_second_step(mei)
    sign_in(client)
    assert noted(mei) == []
    client.post("/sign-in/second-step/", {"code": app_shows()})
    assert noted(mei) == [Verb.SIGNED_IN]


@pytest.mark.django_db
def test_the_log_is_told_of_refusals_without_a_name_an_address_or_a_link(
    client: Client, mei: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "ampersand.refused")
    ask(client)
    client.post("/sign-in/code/", {"code": wrong(latest_code())})
    client.post("/sign-in/code/", {"code": latest_code()})
    client.get("/agreements/987654/")
    Client().get("/agreements/987654/")
    give_second_step(mei)
    sign_in(other := Client())
    other.post("/sign-in/second-step/", {"code": "000000"})
    told = [record.getMessage() for record in caplog.records if record.name == "ampersand.refused"]
    assert [line.split(" at ")[0] for line in told] == [
        "wrong code",
        "not there, or not theirs",
        "wrong second step",
    ]
    assert "agreements:agreement, person " in told[1]
    for private in ("mei", "127.0.0.1", "987654"):
        assert private not in "\n".join(told).casefold()


@pytest.mark.django_db(transaction=True)
def test_ten_wrong_codes_at_once_are_five_tries() -> None:
    Person.objects.create(email="mei@example.org", called="Mei")
    browser = Client()
    ask(browser)
    code = latest_code()

    def guess(_number: int) -> str:
        try:
            guessing = Client()
            guessing.cookies["sessionid"] = browser.cookies["sessionid"].value
            return str(guessing.post("/sign-in/code/", {"code": wrong(code)}).content)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as guessers:
        answers = list(guessers.map(guess, range(10)))
    assert sum("tried five times" in answer for answer in answers) == 5
    browser.post("/sign-in/code/", {"code": code})
    assert not is_signed_in(browser)
    assert SignInCode.objects.get().tries == 5
