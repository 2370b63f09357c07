"""The letters of a meeting as they arrive, and what two calendars make of what comes with them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import ics
import pytest
import vobject
from django.urls import reverse
from icalendar import Calendar

from ampersand.management.readiness import to_mend
from ampersand.meetings.actions.booking import cancel, change_place, move
from ampersand.meetings.actions.suggesting import pick, suggest, withdraw
from ampersand.meetings.models import Meeting
from ampersand.meetings.notices.appointments import appointment, join_link, page_link
from ampersand.meetings.notices.inviting import tell_cancelled_with_pair, tell_time_held
from ampersand.notifications.models import Letter
from ampersand.people.models import MailWish, Person
from tests.jobs import run_jobs
from tests.mailbox import Mailbox, mail_server_running
from tests.meetings.people import MONDAY, PARIS, Meeters, at, evenings, lives_in, peers, with_contract

FIVE = at("2027-03-02 17:00")
THURSDAY = at("2027-03-04 17:00")

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with mail_server_running() as (mailbox, server):
        settings.MAIL_SERVER = server
        settings.MEETINGS_FROM = "Meetings <meetings@mentoring.example>"
        yield mailbox


@pytest.fixture
def pair(db: None, clock: object, mailbox: Mailbox) -> Meeters:
    """Two of the peer scheme, where a missed meeting is final; Sam lives in Paris."""
    both = peers()
    lives_in(both.sam, PARIS)
    evenings(both.hannah, 1, 3)
    return both


def arrived(mailbox: Mailbox, person: Person) -> EmailMessage:
    """Send what waits, and give the letter that came last to somebody."""
    run_jobs()
    return mailbox.to(person.email)[-1]


def words(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return " ".join(str(body.get_content()).split())


def calendar_part(mail: Any) -> Any:
    return next(part for part in mail.walk() if part.get_content_type() == "text/calendar")


def event(mail: Any) -> Any:
    """Read the file that came with a letter, after looking at how it came."""
    body = calendar_part(mail)
    (file,) = mail.iter_attachments()
    assert file.get_payload(decode=True) == body.get_payload(decode=True)
    calendar: Any = Calendar.from_ical(body.get_payload(decode=True))
    assert calendar["method"] == body.get_param("method")
    (found,) = calendar.walk("VEVENT")
    return found


class Diaries:
    """Calendars of one person, by parsers that did not write it, that keep to RFC 5546 on newer events."""

    def __init__(self) -> None:
        self.one: dict[str, tuple[int, datetime, str, datetime]] = {}
        self.other: dict[str, tuple[int, datetime, str, datetime]] = {}

    def receive(self, mail: Any) -> None:
        file = calendar_part(mail).get_payload(decode=True).decode()
        assert event(mail)  # the library that wrote it reads it, too
        said = vobject.readOne(file).vevent
        self._take(
            self.one,
            said.uid.value,
            (int(said.sequence.value), said.dtstamp.value, said.status.value, said.dtstart.value),
        )
        (told,) = ics.Calendar(file).events
        sequence = next(int(line.value) for line in told.extra if line.name == "SEQUENCE")
        self._take(self.other, told.uid, (sequence, told.created.datetime, told.status, told.begin.datetime))

    def _take(self, diary: dict[str, Any], uid: str, told: Any) -> None:
        if uid not in diary or diary[uid][:2] < told[:2]:
            diary[uid] = told


def test_both_are_invited_each_in_their_own_time_with_the_file_for_their_calendar(
    pair: Meeters, mailbox: Mailbox
) -> None:
    meeting = pair.books(FIVE)
    for person, here, there in (
        (pair.sam, "18:00 (Paris)", "17:00 in London"),
        (pair.hannah, "17:00 (London)", "18:00 in Paris"),
    ):
        mail = arrived(mailbox, person)
        told = words(mail)
        assert mail["Subject"] == "Your meeting on Tuesday 2 March"
        assert here in told
        assert there in told
        assert "This is meeting 1 of about 3." in told
        assert "your agreement arranges no other in its place" in told
        assert "Before you share something sensitive" in told
        assert join_link(meeting) in told
        assert page_link(meeting) in told
        assert "help@quiet.example" in told
        found = event(mail)
        assert found.decoded("dtstart") == FIVE
        assert str(found["organizer"]) == "mailto:meetings@mentoring.example"
        assert str(found["attendee"]) == f"mailto:{person.email}"
        assert str(found["summary"]) == "Your meeting"
        assert str(found["location"]) == join_link(meeting)
    assert "You have booked a meeting with Hannah" in words(arrived(mailbox, pair.sam))
    assert "Sam has booked a meeting with you" in words(arrived(mailbox, pair.hannah))


def test_a_calendar_learns_nothing_of_the_other_nor_where_the_call_is(
    pair: Meeters, mailbox: Mailbox
) -> None:
    meeting = pair.books(FIVE)
    Meeting.objects.filter(pk=meeting.pk).update(place="https://video.example/room-of-hannah")
    move(meeting=meeting, starts=THURSDAY, by=pair.sam)
    for me, other in ((pair.sam, pair.hannah), (pair.hannah, pair.sam)):
        file = calendar_part(arrived(mailbox, me)).get_payload(decode=True).decode()
        unfolded = file.replace("\r\n ", "")
        for secret in (other.email, other.called, "Quiet Hours", "mentor ", "video.example"):
            assert secret not in unfolded, secret


def test_a_scheme_that_is_not_discreet_stands_in_the_title(pair: Meeters, mailbox: Mailbox) -> None:
    pair.two.scheme.discreet = False
    pair.two.scheme.save()
    pair.books(FIVE)
    mail = arrived(mailbox, pair.sam)
    assert str(event(mail)["summary"]) == "Your meeting (Quiet Hours)"
    assert "Quiet Hours" not in mail["Subject"]


def test_a_change_and_a_cancelling_reach_the_same_event_in_both_parsers(
    pair: Meeters, mailbox: Mailbox, clock: Any
) -> None:
    diaries = Diaries()
    meeting = pair.books(FIVE)
    steps: list[tuple[int, str]] = []

    def follow() -> None:
        diaries.receive(arrived(mailbox, pair.sam))
        (told,), (same,) = diaries.one.values(), diaries.other.values()
        assert told == same
        steps.append((told[0], told[2]))
        clock.shift(timedelta(minutes=1))

    follow()
    meeting = move(meeting=meeting, starts=THURSDAY, by=pair.sam)
    follow()
    assert next(iter(diaries.one.values()))[3] == THURSDAY
    meeting = change_place(meeting=meeting, way="in_person", place="Library", by=pair.hannah)
    follow()
    cancel(meeting=meeting, by=pair.hannah)
    follow()
    assert steps == [(0, "CONFIRMED"), (1, "CONFIRMED"), (2, "CONFIRMED"), (3, "CANCELLED")]
    assert set(diaries.one) == set(diaries.other) == {str(meeting.uid)}
    letters = Letter.objects.filter(event__startswith="meetings/", to=pair.sam.email).order_by("pk")
    kinds = [letter.enclosures.get().content_type.partition("=")[2] for letter in letters]
    assert kinds == [*["REQUEST"] * 3, "CANCEL"]


def test_an_older_letter_that_arrives_late_changes_nothing(
    pair: Meeters, mailbox: Mailbox, clock: Any
) -> None:
    meeting = pair.books(FIVE)
    first = arrived(mailbox, pair.sam)
    clock.shift(timedelta(minutes=1))
    move(meeting=meeting, starts=THURSDAY, by=pair.sam)
    diaries = Diaries()
    diaries.receive(arrived(mailbox, pair.sam))
    diaries.receive(first)
    ((sequence, _stamp, _status, starts),) = diaries.one.values()
    assert (sequence, starts) == (1, THURSDAY)
    assert diaries.one == diaries.other


def test_an_invitation_comes_at_once_also_to_whoever_reads_once_a_day(
    pair: Meeters, mailbox: Mailbox
) -> None:
    Person.objects.filter(pk=pair.sam.pk).update(mail_wish=MailWish.DAILY)
    pair.books(FIVE)
    assert event(arrived(mailbox, pair.sam))["status"] == "CONFIRMED"


def test_the_agreed_notice_is_said_with_its_moment(clock: object, mailbox: Mailbox, db: None) -> None:
    both = with_contract()
    evenings(both.hannah, 3)
    both.books(THURSDAY, by=both.sam)
    told = words(arrived(mailbox, both.hannah))
    assert "You agreed to give 2 days’ notice, that is until Tuesday 2 March at 17:00 (London)." in told
    assert "no other in its place" not in told


def test_who_cancelled_is_said_and_how_to_go_on(mailbox: Mailbox, db: None, clock: object) -> None:
    both = with_contract()
    evenings(both.hannah, 3)
    cancel(meeting=both.books(THURSDAY, by=both.sam), by=both.sam)
    assert "You have cancelled your meeting with Hannah" in words(arrived(mailbox, both.sam))
    told = words(arrived(mailbox, both.hannah))
    assert "Sam has cancelled the meeting with you" in told
    assert "Nobody is asked why." in told
    assert "Sam sets up your meetings" in told


def test_after_an_ending_the_letter_is_the_same_for_both_and_the_event_goes(
    pair: Meeters, mailbox: Mailbox
) -> None:
    meeting = pair.books(FIVE)
    meeting.state, meeting.sequence, meeting.cancelled_at = "cancelled", 1, MONDAY
    said = []
    for party, person in (("mentor", pair.hannah), ("mentee", pair.sam)):
        tell_cancelled_with_pair(meeting, party)
        mail = arrived(mailbox, person)
        assert (str(event(mail)["status"]), event(mail)["sequence"]) == ("CANCELLED", 1)
        said.append(re.sub(r"Hannah|Sam|\d\d:00 \(\w+\)", "…", words(mail)))
    assert said[0] == said[1]


def test_times_are_suggested_without_a_file_and_picked_with_one(pair: Meeters, mailbox: Mailbox) -> None:
    suggestion = suggest(pair=pair.pair, starts=[FIVE, THURSDAY], way="telephone", by=pair.hannah)
    mail = arrived(mailbox, pair.sam)
    assert "Tuesday 2 March at 18:00 (Paris); for Hannah 17:00 in London" in words(mail)
    assert "by telephone" in words(mail)
    assert not list(mail.iter_attachments())
    assert [mail["Subject"] for mail in mailbox.accepted].count("Times for a meeting") == 1
    pick(time=suggestion.times.get(starts=FIVE), by=pair.sam)
    assert "You picked one of the times that Hannah suggested." in words(arrived(mailbox, pair.sam))
    told = arrived(mailbox, pair.hannah)
    assert "Sam picked one of the times you suggested." in words(told)
    assert str(event(told)["location"]) == "by telephone"


def test_times_that_are_taken_back_are_told_of(pair: Meeters, mailbox: Mailbox) -> None:
    suggestion = suggest(pair=pair.pair, starts=[FIVE], way="telephone", by=pair.hannah)
    withdraw(suggestion=suggestion, by=pair.hannah)
    assert "Hannah has taken back the times" in words(arrived(mailbox, pair.sam))


@pytest.mark.parametrize(
    ("held", "said"), [(True, "stays at the time that you agreed"), (False, "has something else by now")]
)
def test_where_the_rules_of_a_zone_changed_both_are_told(
    held: bool, said: str, pair: Meeters, mailbox: Mailbox
) -> None:
    tell_time_held(pair.books(FIVE), held=held)
    assert "The clocks of Paris now follow other rules" in words(arrived(mailbox, pair.hannah))
    assert said in words(arrived(mailbox, pair.sam))


def test_whoever_reads_the_inviting_mailbox_gets_the_letter_without_a_file(
    pair: Meeters, mailbox: Mailbox, settings: Any
) -> None:
    settings.MEETINGS_FROM = pair.hannah.email
    pair.books(FIVE)
    assert "Sam has booked" in words(arrived(mailbox, pair.hannah))
    letters = Letter.objects.filter(event="meetings/booked").order_by("to")
    assert [letter.enclosures.count() for letter in letters] == [0, 1]


def test_the_file_is_of_the_moment_it_was_written(pair: Meeters, mailbox: Mailbox, clock: Any) -> None:
    meeting = pair.books(FIVE)
    clock.shift(timedelta(hours=3))
    move(meeting=meeting, starts=THURSDAY, by=pair.sam)
    assert event(arrived(mailbox, pair.sam)).decoded("dtstamp") == MONDAY.astimezone(UTC) + timedelta(hours=3)
    assert appointment(meeting, pair.sam).sender.address == "meetings@mentoring.example"


def test_the_operator_is_told_if_somebody_signs_in_as_the_inviting_address(
    pair: Meeters, settings: Any
) -> None:
    assert not any("also invites to meetings" in sentence for sentence in to_mend())
    settings.MEETINGS_FROM = f"Meetings <{pair.hannah.email}>"
    assert any(f"signs in as {pair.hannah.email}" in sentence for sentence in to_mend())


def test_what_stands_in_calendars_leads_where_the_site_has_it(pair: Meeters) -> None:
    meeting = pair.books(FIVE)
    assert join_link(meeting).endswith(reverse("meetings:join", args=[meeting.join_token]))
    assert page_link(meeting).endswith(reverse("meetings:meeting", args=[meeting.pk]))
