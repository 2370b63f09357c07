"""Writing a letter: rendered at once, sent with the transaction it belongs to."""

from typing import Any

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from ampersand.notifications.actions import Enclosed, send_again
from ampersand.notifications.models import Letter, LetterState
from ampersand.notifications.queries import dead_letters, outbox
from ampersand.running.mail import MailServer, mail_server
from tests.notifications.conftest import write

pytestmark = pytest.mark.django_db
SERVER = MailServer(host="127.0.0.1", port=1, user="", password="", security="none")


@pytest.fixture(autouse=True)
def _with_words(words: None, settings: Any) -> None:
    settings.MAIL_SERVER = SERVER


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="notifications.send").count()


def test_a_letter_is_rendered_at_once_and_its_subject_is_one_line() -> None:
    letter = write()
    assert letter.subject == "Hope House: your meeting moved"
    assert letter.body_text.startswith("Dear <Mei> & co, see http")
    assert letter.body_html == "<p>Dear &lt;Mei&gt; &amp; co.</p>\n"
    assert (letter.state, jobs()) == (LetterState.WAITING, 1)


def test_a_discreet_letter_never_names_the_scheme_in_its_subject() -> None:
    assert write(discreet=True).subject == "Your meeting moved"
    assert "Hope House" not in write("meetings/named", discreet=True).subject
    assert "Hope House" in write("meetings/named").subject


def test_a_letter_of_a_transaction_that_fails_was_never_written() -> None:
    def business() -> None:
        with transaction.atomic():
            write(enclosures=[Enclosed("copy.pdf", "application/pdf", b"%PDF")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        business()
    assert (Letter.objects.count(), jobs()) == (0, 0)


def test_without_a_mail_server_letters_are_kept(settings: Any) -> None:
    settings.MAIL_SERVER = None
    letter = write()
    assert list(outbox()) == [letter]
    assert jobs() == 0


def test_a_dead_letter_can_be_sent_again() -> None:
    letter = write()
    Letter.objects.update(state=LetterState.DEAD, attempts=12)
    assert list(dead_letters()) == [letter]
    send_again(letter=letter)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, jobs()) == (LetterState.WAITING, 0, 2)
    send_again(letter=letter)
    assert jobs() == 2


def test_every_letter_has_its_own_message_id() -> None:
    assert write().message_id != write().message_id


@pytest.mark.parametrize(
    ("url", "port", "security"),
    [
        ("smtp://h", 587, "starttls"),
        ("smtp://h?security=tls", 465, "tls"),
        ("smtp://h:25?security=none", 25, "none"),
    ],
)
def test_the_mail_server_is_read_from_its_address(url: str, port: int, security: str) -> None:
    assert mail_server(url) == MailServer(host="h", port=port, user="", password="", security=security)


def test_a_mail_server_address_that_cannot_work_stops_the_start() -> None:
    with pytest.raises(SystemExit, match="AMPERSAND_MAIL_URL"):
        mail_server("http://h")
