"""Letters over a real mail server that accepts, refuses, stalls and hangs up."""

import smtplib
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ampersand.notifications.actions import Enclosed, enclosed_invitation, send_again
from ampersand.notifications.models import Letter, LetterState
from ampersand.notifications.queries import dead_letters
from ampersand.notifications.tasks import gather_daily, send, take_up_overdue
from ampersand.notifications.tasks.sending import DELAYS, MAX_ATTEMPTS, for_good
from tests.jobs import run_jobs
from tests.mailbox import Mailbox
from tests.notifications.conftest import write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words", "mailbox")]


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_a_letter_arrives_in_both_bodies_with_its_enclosures(mailbox: Mailbox) -> None:
    letter = write(enclosures=[Enclosed("copy é.pdf", "application/pdf", b"%PDF-1.7 \0\xff")])
    assert run_jobs() == ["notifications.send"]
    (mail,) = mailbox.accepted
    assert (mail["Subject"], mail["To"], mail["Message-ID"]) == (letter.subject, letter.to, letter.message_id)
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in mail
    assert "Dear <Mei> & co, see http" in text_of(mail)
    assert "Dear &lt;Mei&gt; &amp; co." in text_of(mail, "html")
    (enclosure,) = mail.iter_attachments()
    assert (enclosure.get_filename(), enclosure.get_content()) == ("copy é.pdf", b"%PDF-1.7 \0\xff")
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.last_error) == (LetterState.SENT, 1, "")
    assert letter.sent_at is not None


def test_a_letter_that_is_gone_is_not_sent_again(mailbox: Mailbox) -> None:
    letter = write()
    run_jobs()
    send(letter.pk)
    assert len(mailbox.accepted) == 1


def test_letters_about_one_thing_form_a_thread(mailbox: Mailbox) -> None:
    first = write(thread="pair:1")
    write(thread="pair:2")
    write(thread="pair:1", to="other@example.org")
    second = write(thread="pair:1")
    third = write(thread="pair:1")
    run_jobs()
    mails = {mail["Message-ID"]: mail for mail in mailbox.accepted}
    assert "In-Reply-To" not in mails[first.message_id]
    assert mails[second.message_id]["In-Reply-To"] == first.message_id
    assert mails[third.message_id]["References"] == f"{first.message_id} {second.message_id}"


def test_only_what_is_optional_can_be_unsubscribed_from(mailbox: Mailbox) -> None:
    write(optional=True)
    run_jobs()
    assert mailbox.accepted[0]["List-Unsubscribe"].endswith("/account/>")


@pytest.mark.parametrize("answer", ["451 later", "421 busy", "stall", "hang up"])
def test_a_failure_that_may_pass_is_tried_again_later(
    answer: str, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ampersand.notifications.tasks.post.PATIENCE", 0.3)
    mailbox.stall_for = 1.0
    mailbox.answer = lambda _mail, times: "250 OK" if times > 1 else answer
    letter = write()
    run_jobs()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (LetterState.WAITING, 1)
    assert letter.last_error
    assert letter.to not in letter.last_error
    wait = letter.next_try - timezone.now()
    assert timedelta(0) < wait <= timedelta(seconds=DELAYS[0])
    assert ProcrastinateJob.objects.get(status="todo").scheduled_at == letter.next_try
    send(letter.pk)
    letter.refresh_from_db()
    assert letter.state == LetterState.SENT
    assert list(mailbox.ids()) == [letter.message_id]


@pytest.mark.parametrize("where", ["at the address", "at the words"])
def test_a_refusal_for_good_is_dead_at_once_and_seen(where: str, mailbox: Mailbox) -> None:
    if where == "at the address":
        mailbox.refuse["mei@example.org"] = "550 no such person"
    else:
        mailbox.answer = lambda _mail, _times: "554 not this"
    letter = write()
    run_jobs()
    assert list(dead_letters()) == [letter]
    letter.refresh_from_db()
    assert letter.last_error in {"SMTPRecipientsRefused 550", "SMTPDataError 554"}
    assert not ProcrastinateJob.objects.filter(status="todo").exists()


def test_delays_grow_from_seconds_to_hours_and_end(settings: Any) -> None:
    assert list(DELAYS) == sorted(DELAYS)
    assert DELAYS[0] <= 10
    assert DELAYS[-1] >= 3600
    letter = write()
    settings.MAIL_SERVER = settings.MAIL_SERVER.__class__(
        host="127.0.0.1", port=1, user="", password="", security="none"
    )
    for _try in range(MAX_ATTEMPTS):
        assert not dead_letters().exists()
        send(letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (LetterState.DEAD, len(DELAYS) + 1)
    assert timedelta(days=4) < timedelta(seconds=sum(DELAYS)) < timedelta(days=5)
    assert letter.last_error == "ConnectionRefusedError"


@pytest.mark.parametrize(
    ("error", "dead"),
    [
        (smtplib.SMTPAuthenticationError(535, b"who?"), False),
        (smtplib.SMTPSenderRefused(550, b"not from here", "x"), False),
        (smtplib.SMTPRecipientsRefused({"a": (450, b"")}), False),
        (smtplib.SMTPRecipientsRefused({"a": (550, b"")}), True),
        (smtplib.SMTPServerDisconnected(), False),
        (TimeoutError(), False),
        (UnicodeEncodeError("ascii", "é", 0, 1, ""), True),
    ],
)
def test_what_is_wrong_with_the_server_is_not_held_against_the_letter(error: Exception, dead: bool) -> None:
    assert for_good(error) is dead


def test_what_is_only_good_for_a_while_does_not_arrive_afterwards(mailbox: Mailbox) -> None:
    now = timezone.now()
    in_time = write(good_until=now + timedelta(minutes=1))
    late = write(good_until=now + timedelta(minutes=1))
    Letter.objects.filter(pk=late.pk).update(good_until=now)
    run_jobs()
    late.refresh_from_db()
    assert list(mailbox.ids()) == [in_time.message_id]
    assert (late.state, late.last_error, late.attempts) == (LetterState.DEAD, "TooLate", 0)
    send_again(letter=late)
    late.refresh_from_db()
    assert late.state == LetterState.DEAD
    assert run_jobs() == []


def test_a_letter_whose_job_was_lost_is_taken_up(mailbox: Mailbox) -> None:
    letter = write()
    ProcrastinateJob.objects.all()._raw_delete("default")
    assert run_jobs() == []
    take_up_overdue(0)
    assert run_jobs() == []
    Letter.objects.update(next_try=timezone.now() - timedelta(minutes=3))
    take_up_overdue(0)
    assert run_jobs() == ["notifications.send"]
    assert list(mailbox.ids()) == [letter.message_id]


def its_morning() -> None:
    Letter.objects.filter(daily=True).update(next_try=timezone.now())


ASKED_AT = {  # when something is written, where its reader is, and when the daily letter comes
    "a spring night in London": ("2027-03-27T22:00Z", "Europe/London", "2027-03-28T07:00Z"),
    "a winter evening in London": ("2027-03-26T22:00Z", "Europe/London", "2027-03-27T08:00Z"),
    "an autumn night in New York": ("2027-11-07T03:00Z", "America/New_York", "2027-11-07T13:00Z"),
    "an afternoon in Tokyo": ("2027-06-01T06:00Z", "Asia/Tokyo", "2027-06-01T23:00Z"),
    "early in Kathmandu": ("2027-06-01T00:00Z", "Asia/Kathmandu", "2027-06-01T02:15Z"),
    "eight o'clock in Apia": ("2027-06-01T19:00Z", "Pacific/Apia", "2027-06-02T19:00Z"),
    "nobody knows where": ("2027-06-01T09:00Z", "", "2027-06-02T08:00Z"),
}


@pytest.mark.parametrize("asked", ASKED_AT)
def test_the_daily_letter_comes_on_its_readers_own_morning(asked: str, mailbox: Mailbox) -> None:
    written, zone, comes = ASKED_AT[asked]
    morning = datetime.fromisoformat(comes)
    with time_machine.travel(datetime.fromisoformat(written), tick=False) as clock:
        for _letter in range(2):
            write(daily=True, urgent=False, time_zone=zone)
        clock.move_to(morning - timedelta(minutes=15), tick=False)
        gather_daily(0)
        assert run_jobs() == []
        clock.move_to(morning, tick=False)
        write(daily=True, urgent=False, time_zone=zone)  # what was written just before goes with it
        gather_daily(0)
        write(daily=True, urgent=False, time_zone=zone)  # what comes after waits for the next morning
        gather_daily(0)
        run_jobs()
    (gathered,) = mailbox.accepted
    assert text_of(gathered).count("Dear <Mei> & co") == 3


def test_what_is_not_urgent_comes_once_a_day_to_whoever_wishes_it(mailbox: Mailbox) -> None:
    urgent = write(daily=True, urgent=True)
    for _letter in range(2):
        write(daily=True, urgent=False, enclosures=[Enclosed("a.txt", "text/plain", b"a")])
    lonely = write(daily=True, urgent=False, to="other@example.org")
    run_jobs()
    assert list(mailbox.ids()) == [urgent.message_id]
    its_morning()
    gather_daily(0)
    run_jobs()
    gathered = mailbox.to("mei@example.org")[1]
    assert gathered["Subject"] == "Your letters of the day"
    assert text_of(gathered).count("Dear <Mei> & co") == 2
    assert text_of(gathered, "html").count("<h2") == 2
    assert len(list(gathered.iter_attachments())) == 2
    assert mailbox.to("other@example.org")[0]["Message-ID"] == lonely.message_id
    gather_daily(0)
    assert run_jobs() == []


def test_what_would_only_mislead_is_left_out_of_the_daily_letter(mailbox: Mailbox) -> None:
    now = timezone.now()
    for good_until in (None, now + timedelta(hours=1), now - timedelta(seconds=1)):
        write(daily=True, urgent=False, good_until=good_until)
    its_morning()
    gather_daily(0)
    run_jobs()
    (gathered,) = mailbox.accepted
    assert text_of(gathered).count("Dear <Mei> & co") == 2
    assert Letter.objects.filter(state=LetterState.DEAD, last_error="TooLate").count() == 1


def test_an_address_in_another_script_is_written_as_every_mail_server_knows_it(mailbox: Mailbox) -> None:
    letter = write(to="mei@exämple.org")
    run_jobs()
    letter.refresh_from_db()
    assert letter.state == LetterState.SENT
    assert mailbox.accepted[0]["To"] == "mei@xn--exmple-cua.org"


INVITE = b"BEGIN:VCALENDAR\r\nMETHOD:%s\r\nSUMMARY:Gespr\xc3\xa4ch\r\nEND:VCALENDAR\r\n"


def kinds(mail: Any) -> Any:
    """Give the tree of a letter's parts."""
    kind = mail.get_content_type()
    return (kind, [kinds(part) for part in mail.iter_parts()]) if mail.is_multipart() else kind


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_is_a_third_body_and_a_file(method: str, mailbox: Mailbox, settings: Any) -> None:
    settings.MEETINGS_FROM = "Meetings <meetings@example.org>"
    content = INVITE % method.encode()
    write(enclosures=[enclosed_invitation(content, method)], daily=True, urgent=False)
    run_jobs()
    (mail,) = mailbox.accepted
    bodies = ["text/plain", "text/html", "text/calendar"]
    assert kinds(mail) == ("multipart/mixed", [("multipart/alternative", bodies), "application/ics"])
    assert mail["From"] == "Meetings <meetings@example.org>"
    body = next(part for part in mail.walk() if part.get_content_type() == "text/calendar")
    assert (body.get_param("method"), body.get_param("charset")) == (method, "utf-8")
    assert body["Content-Disposition"] is None
    (file,) = mail.iter_attachments()
    assert file.get_filename() == "invite.ics"
    assert body.get_payload(decode=True) == file.get_payload(decode=True) == content


def test_letters_without_an_invitation_are_what_they_were(mailbox: Mailbox, settings: Any) -> None:
    settings.MEETINGS_FROM = "Meetings <meetings@example.org>"
    write()
    write(enclosures=[Enclosed("a.txt", "text/plain", b"a"), Enclosed("b.ics", "text/calendar", b"b")])
    run_jobs()
    plain, enclosing = mailbox.accepted
    bodies = ("multipart/alternative", ["text/plain", "text/html"])
    assert kinds(plain) == bodies
    assert kinds(enclosing) == ("multipart/mixed", [bodies, "text/plain", "text/calendar"])
    assert {mail["From"] for mail in mailbox.accepted} == {settings.MAIL_FROM}
