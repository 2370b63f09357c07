"""A person's own pages: account, sessions, history, data to take away; and the operator's letters."""

import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import capfirst

from ampersand.management.readiness import to_mend
from ampersand.notifications.models import Letter, LetterState
from ampersand.people.access.declaring import has_second_factor
from ampersand.people.models import MailWish, Person
from ampersand.people.notices import letter_to
from ampersand.people.tasks import forget_sessions
from ampersand.record.keeping import Keeping
from ampersand.record.models import Entry, Verb
from ampersand.schemes.models import Member, Role, Scheme
from tests.jobs import run_jobs
from tests.mailbox import mail_server_running
from tests.people.conftest import sign_in
from tests.second_step import give_second_step

pytestmark = pytest.mark.django_db

SCHEME = {"name": "Hope House", "contact_email": "a@example.org", "urgent_help": "999"}


@pytest.fixture
def scheme() -> Scheme:
    return Scheme.objects.create(slug="hope", urgent_help_review_on="2030-01-01", **SCHEME)


def test_a_person_says_how_to_be_called_reached_and_written_to(client: Client, mei: Person) -> None:
    sign_in(client)
    client.post(
        "/account/",
        {
            "called": "Mei L.",
            "reach": "after six",
            "message_safe": "",
            "time_zone": "Asia/Tokyo",
            "language": "en-gb",
            "mail_wish": "daily",
        },
    )
    mei.refresh_from_db()
    assert (mei.called, mei.reach, mei.message_safe) == ("Mei L.", "after six", None)
    assert (mei.time_zone, mei.mail_wish) == ("Asia/Tokyo", MailWish.DAILY)
    page = client.get("/account/").content.decode()
    assert "Mei L." in page


def test_a_letter_follows_a_persons_wishes(mei: Person) -> None:
    mei.mail_wish = MailWish.DAILY
    letter = letter_to(mei, event="people/account-changed", context={"what": "x"}, urgent=False)
    assert letter is not None
    assert (letter.daily, letter.person, letter.to) == (True, mei.pk, mei.email)
    urgent = letter_to(mei, event="people/account-changed", context={"what": "x"})
    assert urgent is not None
    assert not urgent.daily


def test_sessions_are_listed_and_ended_one_or_all(client: Client, mei: Person) -> None:
    other, third = Client(), Client()
    for browser in (other, third, client):
        sign_in(browser)
    page = client.get("/account/sessions/").content.decode()
    assert page.count("End this session") == 2
    first = mei.usersession_set.order_by("pk").first()
    client.post(f"/account/sessions/{first.pk}/end/")
    assert other.get("/account/").status_code == 302
    assert third.get("/account/").status_code == 200
    client.post("/account/sessions/end-others/")
    assert third.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
PHONE += " Version/17.5 Mobile/15E148 Safari/604.1"


def test_a_session_is_known_by_browser_and_system(client: Client, mei: Person) -> None:
    sign_in(Client(headers={"user-agent": PHONE}))
    sign_in(Client(headers={"user-agent": "<script>curl/8.5.0"}))
    sign_in(client)
    page = client.get("/account/sessions/").content.decode()
    assert ">Mobile Safari on iOS</p>" in page
    assert ">curl</p>" in page
    assert "<script>" not in page
    assert "AppleWebKit" not in page


def test_nobody_ends_or_sees_the_session_of_another(client: Client, mei: Person) -> None:
    sign_in(client)
    outsider = Client()
    sign_in(outsider, "outsider@example.org")
    session = mei.usersession_set.get()
    assert outsider.post(f"/account/sessions/{session.pk}/end/").status_code == 404
    assert outsider.get("/account/sessions/").content.decode().count("End this session") == 0
    assert client.get("/account/").status_code == 200


def test_a_persons_history_is_told_to_them_in_plain_words(client: Client, mei: Person) -> None:
    sign_in(client)
    assert "You signed in." in client.get("/account/history/").content.decode()
    outsider = Client()
    sign_in(outsider, "outsider@example.org")
    assert outsider.get("/account/history/").content.decode().count("You signed in.") == 1


def test_everything_kept_can_be_taken_away_and_nothing_of_others(
    client: Client, mei: Person, scheme: Scheme
) -> None:
    other = Person.objects.create(email="secret@example.org", called="Somebody Else")
    for person in (mei, other):
        offers = f"gardening with {person.called}"
        Member.objects.create(scheme=scheme, person=person, role=Role.MENTOR, offers=offers)
    sign_in(client)
    assert client.get("/account/data/").status_code == 200
    answer = client.post("/account/data/")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    told = json.loads(archive.read("data.json"))
    page = archive.read("read-me.html").decode()
    assert told["person"]["email"] == mei.email
    kinds = {kind["what"]: kind["rows"] for kind in told["kept"]}
    assert kinds["member"][0]["offers"] == "gardening with Mei"
    assert kinds["letter"]
    assert {"at", "what"} == set(told["history"][0])
    for text in (page, archive.read("data.json").decode()):
        assert "gardening with Mei" in text
        assert "secret@example.org" not in text
        assert "Somebody Else" not in text
        assert "code_hash" not in text


def test_the_operator_exports_from_the_command_line(mei: Person, tmp_path: Path) -> None:
    call_command("person", "export", "MEI@example.org", to=str(tmp_path / "x.zip"))
    assert "data.json" in zipfile.ZipFile(tmp_path / "x.zip").namelist()
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("person", "export", "nobody@example.org")


def test_the_operator_lets_someone_in_who_lost_telephone_and_codes(client: Client, mei: Person) -> None:
    sign_in(client)
    with pytest.raises(CommandError, match="no second step"):
        call_command("person", "no-second-step", mei.email)
    assert client.get("/account/").status_code == 200
    give_second_step(mei)
    call_command("person", "no-second-step", "MEI@example.org")
    assert not has_second_factor(mei)
    assert client.get("/account/").status_code == 302  # whoever found the telephone is signed out
    letter = Letter.objects.get(event="people/account-changed")
    assert (letter.to, letter.urgent) == (mei.email, True)
    assert "an operator took away the second step" in letter.body_text
    assert Entry.objects.filter(verb=Verb.SECOND_FACTOR_LIFTED, about=f"person:{mei.pk}").count() == 1
    sign_in(client)
    assert "An operator took away the second step" in client.get("/account/history/").content.decode()


def test_the_page_about_privacy_says_what_every_model_declares(client: Client) -> None:
    page = client.get("/privacy/").content.decode()
    for model in apps.get_app_config("ampersand").get_models():
        keeping: Keeping = model.keeping  # type: ignore[attr-defined]
        if keeping.personal:
            assert all(escape(capfirst(str(words))) in page for words in (keeping.what, keeping.until))
            assert escape(capfirst(str(keeping.readers))) in page
    assert page.count("Six years after") >= 2
    home = client.get("/").content.decode()
    assert 'href="/privacy/"' in home
    assert 'href="/accessibility/"' in home


def test_stopping_is_one_step_from_the_account_page(client: Client, mei: Person) -> None:
    sign_in(client)
    assert 'href="/pairs/"' in client.get("/account/").content.decode()


def test_nobodys_address_stands_where_a_name_should(client: Client, mei: Person) -> None:
    nameless = Person.objects.create(email="secret@example.org")
    assert str(nameless) == "someone"
    assert str(mei) == "Mei"
    client.force_login(nameless)
    menu = client.get("/account/").content.decode().split("</header>")[0]
    assert "secret@example.org" in menu  # to themselves


def test_dead_letters_are_the_operators_to_see_and_send_again(
    client: Client, mei: Person, settings: Any
) -> None:
    sign_in(client)
    letter = Letter.objects.get()
    Letter.objects.update(state=LetterState.DEAD, last_error="SMTPDataError 554")
    assert client.get("/operator/letters/").status_code == 404
    call_command("operator", "add", mei.email)
    assert client.get("/operator/letters/")["Location"] == "/account/second-step/"
    give_second_step(mei)
    page = client.get("/operator/letters/").content.decode()
    assert "SMTPDataError 554" in page
    assert "ten minutes" not in page  # the words of the letter are nobody else's
    settings.MAIL_SERVER = object()
    client.post(f"/operator/letters/{letter.pk}/again/")
    letter.refresh_from_db()
    assert letter.state == LetterState.WAITING
    Letter.objects.update(state=LetterState.DEAD, good_until=timezone.now())
    assert "What it said has run out" in client.get("/operator/letters/").content.decode()
    assert client.post(f"/operator/letters/{letter.pk}/again/").status_code == 404
    call_command("operator", "remove", mei.email)
    assert client.get("/operator/letters/").status_code == 404


def test_letters_kept_for_want_of_a_mail_server_are_shown_and_sent_by_a_press(
    client: Client, mei: Person, settings: Any
) -> None:
    now = timezone.now()
    give_second_step(mei)
    client.force_login(mei)
    assert client.post("/operator/letters/all/held/").status_code == 404
    call_command("operator", "add", mei.email)
    letter = letter_to(mei, event="people/account-changed", context={"what": "x"})
    letter_to(mei, event="people/account-changed", context={"what": "run out"})
    Letter.objects.exclude(pk=letter.pk if letter else 0).update(good_until=now)
    page = client.get("/operator/letters/").content.decode()
    assert "There is no mail server" in page
    assert "1 letter is kept" in page
    assert "Send them all" not in page
    assert any("Letters kept for want of a mail server: 1." in sentence for sentence in to_mend())
    client.post("/operator/letters/all/held/")
    assert run_jobs() == []
    with mail_server_running() as (mailbox, settings.MAIL_SERVER):
        assert "Send them all" in client.get("/operator/letters/").content.decode()
        assert client.post("/operator/letters/all/held/")["Location"] == "/operator/letters/"
        client.post("/operator/letters/all/held/")
        assert run_jobs() == ["notifications.release", "notifications.send"]
        assert len(mailbox.accepted) == 1
        Letter.objects.filter(state=LetterState.SENT).update(state=LetterState.DEAD)
        assert any("Letters that could not be delivered: 1." in sentence for sentence in to_mend())
        assert "Try them all again" in client.get("/operator/letters/").content.decode()
        client.post("/operator/letters/all/dead/")
        run_jobs()
        assert len(mailbox.accepted) == 2
        assert client.post("/operator/letters/all/sent/").status_code == 404


def test_each_night_ended_sessions_are_forgotten_and_that_is_noted(client: Client, mei: Person) -> None:
    sign_in(client)
    other = Client()
    sign_in(other)
    long_ago = timezone.now() - timedelta(days=2)
    Session.objects.filter(session_key=other.session.session_key).update(expire_date=long_ago)
    forget_sessions(0)
    assert mei.usersession_set.count() == 1
    assert client.get("/account/").status_code == 200
    assert Entry.objects.filter(verb=Verb.KEEPING_APPLIED, about="sessions").exists()
