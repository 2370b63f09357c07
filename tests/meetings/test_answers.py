"""What people's calendars answer, read from a real mailbox over IMAP."""

import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from ampersand.meetings.actions.booking import cancel, move
from ampersand.meetings.models import Meeting, Seat
from ampersand.meetings.tasks import read_answers
from ampersand.meetings.tasks.mailbox import AT_ONCE, LARGEST
from ampersand.notifications.models import Letter
from ampersand.people.models import Person
from ampersand.record.models import Entry
from tests.cast import sign_in
from tests.guarding.test_fetching import certificate
from tests.imap import Box, mailbox_running
from tests.meetings.people import Meeters, at

FIVE, THURSDAY = at("2027-03-02 17:00"), at("2027-03-04 17:00")

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def box(settings: Any) -> Iterator[Box]:
    with mailbox_running() as box:
        settings.MEETINGS_MAILBOX = box.settings()
        yield box


def invited(person: Person) -> Any:
    """Give the file that came with the last letter about a meeting."""
    letter = Letter.objects.filter(to=person.email, event__startswith="meetings/").latest("pk")
    return Calendar.from_ical(bytes(letter.enclosures.get().content))


def answer(person: Person, how: str, *, sender: str = "", file: Any = None) -> bytes:
    """Give the letter that a calendar program sends when somebody presses a button in it."""
    calendar = file or invited(person)
    calendar["method"] = "REPLY"
    for event in calendar.walk("VEVENT"):
        event["attendee"].params["PARTSTAT"] = how
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Somebody <{sender or person.email}>", "meetings@example.org"
    mail["Subject"] = f"{how.title()}: Your meeting"
    mail.set_content("An answer of a calendar.")
    mail.add_alternative(
        calendar.to_ical(),
        maintype="text",
        subtype="calendar",
        params={"method": "REPLY", "charset": "UTF-8"},
    )
    return mail.as_bytes()


def answers(meeting: Meeting) -> dict[str, str]:
    return {seat.person.called: seat.answer for seat in Seat.objects.filter(meeting=meeting)}


def told() -> list[str]:
    return [letter.to for letter in Letter.objects.filter(event="meetings/declined")]


def test_an_answer_is_kept_and_the_other_is_told_once_of_a_no(pair: Meeters, box: Box) -> None:
    meeting = pair.books(FIVE)
    box.put(answer(pair.hannah, "ACCEPTED"))
    read_answers(0)
    assert answers(meeting) == {"Hannah": "accepted", "Sam": ""}
    assert told() == []
    box.put(answer(pair.sam, "DECLINED"))
    box.put(answer(pair.sam, "DECLINED"))
    box.put(answer(pair.sam, "TENTATIVE"))
    box.put(answer(pair.sam, "DECLINED"))
    read_answers(0)
    assert answers(meeting) == {"Hannah": "accepted", "Sam": "declined"}
    assert told() == [pair.hannah.email]
    letter = Letter.objects.get(event="meetings/declined")
    assert "Sam has said in their calendar that they cannot come" in letter.body_text
    assert "The meeting stands until one of you moves or cancels it." in letter.body_text
    assert Meeting.objects.get().state == "booked"
    assert Entry.objects.latest("number").verb == "invitation-answered"


def test_the_mailbox_is_read_and_marked_and_nothing_is_deleted(pair: Meeters, box: Box) -> None:
    pair.books(FIVE)
    for _each in range(AT_ONCE + 5):
        box.put(b"From: someone@example.org\r\nSubject: hello\r\n\r\nNot a calendar.")
    box.put(answer(pair.sam, "ACCEPTED"))
    read_answers(0)
    assert len(box.seen) == AT_ONCE
    read_answers(0)
    assert len(box.seen) == AT_ONCE + 6 == len(box.letters)
    verbs = {command.split()[0] + " " + command.split()[-1][:9] for command in box.asked if "UID" in command}
    assert verbs == {"UID UNSEEN", "UID (BODY.PEE", r"UID (\Seen)"}
    assert answers(Meeting.objects.get()) == {"Hannah": "", "Sam": "accepted"}
    read_answers(0)
    assert box.asked[-2:] == ["UID SEARCH UNSEEN", "LOGOUT"]


def test_only_the_guest_answers_and_only_what_stands(pair: Meeters, box: Box) -> None:
    meeting = pair.books(FIVE)
    first = invited(pair.sam)
    box.put(answer(pair.sam, "ACCEPTED", sender="stranger@example.org"))
    box.put(answer(pair.sam, "DECLINED", sender=pair.hannah.email))
    moved = move(meeting=meeting, starts=THURSDAY, by=pair.sam)
    box.put(answer(pair.sam, "DECLINED", file=first))
    read_answers(0)
    assert answers(meeting) == {"Hannah": "", "Sam": ""}
    box.put(answer(pair.sam, "ACCEPTED"))
    read_answers(0)
    assert answers(meeting)["Sam"] == "accepted"
    late = answer(pair.sam, "DECLINED")
    cancel(meeting=moved, by=pair.sam)
    box.put(late)
    read_answers(0)
    assert (answers(meeting)["Sam"], told()) == ("accepted", [])


ODD = [
    b"",
    b"\x00\xff" * 1000,
    b"From: a@example.org\r\nContent-Type: text/calendar; method=REPLY\r\n\r\nBEGIN:VCALENDAR\r\n",
    b"From: =?utf-8?b?!!!?=\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" + b"--a\r\n\r\n" * 5000,
    b"From: a@example.org\r\nContent-Type: text/calendar; charset=nonsense\r\n\r\n\xe9\r\n",
    b"From: a@example.org\r\nContent-Type: text/calendar\r\n\r\n" + b"X" * (LARGEST * 2),
]


def test_odd_letters_harm_nobody_and_those_after_them_are_read(pair: Meeters, box: Box) -> None:
    pair.books(FIVE)
    for letter in ODD:
        box.put(letter)
    box.put(answer(pair.sam, "ACCEPTED"))
    read_answers(0)
    assert answers(Meeting.objects.get())["Sam"] == "accepted"
    assert len(box.seen) == len(ODD) + 1


def test_an_answer_to_a_meeting_of_nobody_is_left(pair: Meeters, box: Box) -> None:
    pair.books(FIVE)
    for uid in (b"00000000-0000-4000-8000-000000000000", b"no uuid"):
        known = str(Meeting.objects.get().uid).encode()
        file = Calendar.from_ical(invited(pair.sam).to_ical().replace(known, uid))
        box.put(answer(pair.sam, "DECLINED", file=file))
    read_answers(0)
    assert (answers(Meeting.objects.get())["Sam"], len(box.seen)) == ("", 2)


@pytest.mark.parametrize("wrong", [{"password": "x"}, {"folder": "Nowhere"}, {"security": "tls"}])
def test_a_mailbox_that_cannot_be_read_is_said_in_the_log(
    wrong: dict[str, str], pair: Meeters, box: Box, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MEETINGS_MAILBOX = box.settings(**wrong)
    read_answers(0)
    assert "The mailbox of answers could not be read" in caplog.text
    assert "p/ss" not in caplog.text


def test_a_mailbox_whose_certificate_nobody_vouches_for_is_told_no_password(
    db: None, settings: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secured.load_cert_chain(certificate(tmp_path, "127.0.0.1"))
    with mailbox_running(secured) as box:
        settings.MEETINGS_MAILBOX = box.settings(security="tls")
        read_answers(0)
    assert "SSLCertVerificationError" in caplog.text
    assert box.asked == []


def test_without_a_mailbox_nothing_is_asked(db: None, settings: Any) -> None:
    settings.MEETINGS_MAILBOX = None
    read_answers(0)


def test_the_meetings_page_tells_the_other_of_a_no_and_leads_to_another_way(
    pair: Meeters, box: Box, client: Client
) -> None:
    meeting = pair.books(FIVE)
    box.put(answer(pair.sam, "DECLINED"))
    read_answers(0)
    page = {
        who: sign_in(client, who).get(f"/meetings/{meeting.pk}/").content.decode()
        for who in (pair.sam, pair.hannah)
    }
    assert "Sam has said in their calendar that they cannot come." in page[pair.hannah]
    assert "cannot come. The meeting stands" not in page[pair.sam]
    assert f"/meetings/{meeting.pk}/place/" in page[pair.hannah]
