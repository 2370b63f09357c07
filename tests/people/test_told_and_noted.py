"""What is noted down of an account in the record, and what the log is told of refusals."""

import logging
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.test import Client

from ampersand.notifications.models import Letter
from ampersand.people import actions
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
def test_what_someone_does_with_their_account_is_noted_down(client: Client, mei: Person) -> None:
    sign_in(client)
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
def test_a_second_step_is_added_noted_and_told_in_one_transaction_or_not_at_all(
    client: Client, mei: Person
) -> None:
    sign_in(client)
    full = mock.patch.object(actions, "note_down", side_effect=RuntimeError("the record is full"))
    with full, pytest.raises(RuntimeError, match="the record is full"), transaction.atomic():
        set_up(client)
    assert not Authenticator.objects.filter(user=mei).exists()
    assert not Letter.objects.filter(event="people/account-changed").exists()
    set_up(client)
    client.post("/account/second-step/recovery-codes/new/")
    client.post("/account/second-step/app/remove/")
    assert not Authenticator.objects.filter(user=mei).exists()
    letters = Letter.objects.filter(event="people/account-changed").order_by("pk")
    told = ["app was added", "new recovery codes", "app was taken away"]
    assert [what in letter.body_text for what, letter in zip(told, letters, strict=True)] == [True] * 3
    added = [Verb.SECOND_FACTOR_ADDED] * 2
    assert noted(mei)[1:] == [*added, Verb.SECOND_FACTOR_REMOVED]


def noting_elsewhere(files: Iterable[tuple[str, str]]) -> list[str]:
    """Name the files that write into the record and hold no actions: their entry may miss its transaction."""
    return [name for name, text in files if "note_down(" in text and not ACTING.search(name)]


# Actions and what the worker does; signing in, which allauth does; and what moves several rooms at once.
ACTING = re.compile(r"/(actions|tasks)(/|\.py)|^record/|^people/adapters\.py$|^journeys/(leaving|keeping)")


def test_only_actions_write_into_the_record() -> None:
    source = Path(actions.__file__).parent.parent
    files = [(path.relative_to(source).as_posix(), path.read_text()) for path in source.rglob("*.py")]
    assert len(files) > 300
    assert noting_elsewhere(files) == []
    assert noting_elsewhere([("people/views/account.py", "note_down(verb=...)")]) != []


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
