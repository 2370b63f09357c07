"""People's own calendars: fetched from a real server through the guard, read apart, kept as busy times."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from ampersand.guarding.fetching import fetch
from ampersand.meetings.actions.calendars import look_again, subscribe, take_away, upload
from ampersand.meetings.models import BlockedTime, Subscription
from ampersand.meetings.queries.calendars import WORDS, trouble_in_words
from ampersand.meetings.rules import MOST_CALENDARS
from ampersand.meetings.tasks.calendars import look_at_calendars, read_calendar, read_now
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.models import Entry
from tests.figures import Figure
from tests.guarding.servers import Answer, Asked, web_server
from tests.jobs import run_jobs
from tests.meetings.people import Meeters, evenings, peers

pytestmark = pytest.mark.django_db
TOMORROW = (timezone.now() + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
SECRET = "Oncology with Dr Quill, room 4"


def calendar(*events: str) -> bytes:
    told = [
        f"BEGIN:VEVENT\r\nUID:{number}@else\r\nDTSTAMP:20260101T000000Z\r\n{event}\r\nEND:VEVENT\r\n"
        for number, event in enumerate(events)
    ]
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "".join(told) + "END:VCALENDAR\r\n").encode()


def hour(at: datetime, more: str = "") -> str:
    return f"SUMMARY:{SECRET}\r\nLOCATION:{SECRET}\r\nDTSTART:{at:%Y%m%dT%H%M%SZ}\r\nDURATION:PT1H{more}"


@pytest.fixture
def server() -> Iterator[Asked]:
    with web_server() as asked:
        asked.answers["/mine.ics"] = Answer(calendar(hour(TOMORROW)))
        yield asked


@pytest.fixture
def hannah(mentor: Person) -> Person:
    return mentor


def at(person: Person, address: str) -> Subscription:
    """Give a calendar at an address that our own rules would refuse."""
    return Subscription.objects.create(person=person, name="work", address=address, next_fetch=timezone.now())


def read(found: Subscription, server: Asked, **more: float) -> Subscription:
    """Read a calendar from the server that only tests may ask."""
    read_now(found, fetching=lambda address, **limits: fetch(address, doors=server.door, **limits | more))
    found.refresh_from_db()
    return found


def test_only_when_somebody_is_busy_is_kept(hannah: Person, server: Asked) -> None:
    found = read(at(hannah, server.address("/mine.ics")), server)
    assert found.trouble == ""
    assert found.fetched_at
    blocked = BlockedTime.objects.get()
    assert (blocked.starts, blocked.ends) == (TOMORROW, TOMORROW + timedelta(hours=1))
    kept = {field.name for field in BlockedTime._meta.fields} | {f.name for f in Subscription._meta.fields}
    assert kept == {
        "id", "subscription", "starts", "ends", "person", "name", "address", "added_at", "fetched_at",
        "next_fetch", "trouble",
    }  # fmt: skip
    assert SECRET not in str(list(Subscription.objects.values()) + list(BlockedTime.objects.values()))


def test_what_is_new_takes_the_place_of_what_was(hannah: Person, server: Asked) -> None:
    found = read(at(hannah, server.address("/mine.ics")), server)
    server.answers["/mine.ics"] = Answer(calendar(hour(TOMORROW + timedelta(days=2))))
    read(found, server)
    assert BlockedTime.objects.get().starts == TOMORROW + timedelta(days=2)


def test_trouble_is_told_in_a_sentence_and_what_was_known_stays(hannah: Person, server: Asked) -> None:
    found = read(at(hannah, server.address("/mine.ics")), server)
    server.answers["/mine.ics"] = Answer(status=404)
    read(found, server)
    assert "There is nothing at this address any more" in trouble_in_words(found)
    assert BlockedTime.objects.count() == 1
    server.answers["/mine.ics"] = Answer(calendar())
    read(found, server)
    assert (trouble_in_words(found), BlockedTime.objects.count()) == ("", 0)


def test_every_trouble_has_its_sentence_and_fits() -> None:
    longest = Subscription._meta.get_field("trouble").max_length or 0
    for word, sentence in WORDS.items():
        assert len(word) <= longest, word
        assert str(sentence)[0].isupper()


def test_a_calendar_is_read_by_the_worker_and_again_every_hour(hannah: Person) -> None:
    """The real worker, the real guard: an address inside is refused, and told of on the page."""
    found = subscribe(person=hannah, name="work", address="webcal://localhost/mine.ics")
    assert Entry.objects.latest("number").verb == "calendar-added"
    assert run_jobs() == ["meetings.read_calendar"]
    found.refresh_from_db()
    assert found.trouble == "not public"
    assert found.next_fetch
    wait = found.next_fetch - timezone.now()
    assert timedelta(minutes=59) < wait <= timedelta(minutes=70)
    look_at_calendars(0)
    assert run_jobs() == []
    Subscription.objects.update(next_fetch=timezone.now())
    look_at_calendars(0)
    look_at_calendars(0)
    assert run_jobs() == ["meetings.read_calendar"]
    look_again(calendar=found, by=hannah)
    assert run_jobs() == ["meetings.read_calendar"]


def test_a_file_is_read_at_once_and_never_asked_for_again(hannah: Person) -> None:
    found = upload(person=hannah, name="home", file=calendar(hour(TOMORROW)))
    assert (found.address, found.next_fetch, found.blocked.count()) == ("", None, 1)
    Subscription.objects.update(next_fetch=timezone.now())
    look_at_calendars(0)
    read_calendar(found.pk)
    assert run_jobs() == []


@pytest.mark.parametrize(
    "file", [b"", b"PK\x03\x04", b"x" * 5_000_000, calendar(hour(TOMORROW, "\r\nRRULE:FREQ=SECONDLY"))]
)
def test_a_file_that_is_no_calendar_is_refused_in_a_sentence(file: bytes, hannah: Person) -> None:
    with pytest.raises(Refused) as refused:
        upload(person=hannah, name="home", file=file)
    assert refused.value.sentence.endswith(".")
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mine.ics", "not the address of a calendar"),
        ("http://calendar.example.org/mine.ics", "must begin with https://"),
        ("https://me:secret@calendar.example.org/", "has a name or a password in it"),
        ("file:///etc/passwd", "not the address of a calendar"),
    ],
)
def test_an_address_that_cannot_be_is_refused_before_it_is_kept(
    address: str, said: str, hannah: Person
) -> None:
    with pytest.raises(Refused, match=said):
        subscribe(person=hannah, name="work", address=address)
    assert not Subscription.objects.exists()


def test_nobody_adds_calendars_without_end_or_touches_anothers(hannah: Person, outsider: Person) -> None:
    for number in range(MOST_CALENDARS):
        found = subscribe(person=hannah, name=str(number), address="https://calendar.example.org/")
    with pytest.raises(Refused, match="as many calendars"):
        subscribe(person=hannah, name="more", address="https://calendar.example.org/")
    take_away(calendar=found, by=outsider)
    look_again(calendar=found, by=outsider)
    assert Subscription.objects.count() == MOST_CALENDARS
    take_away(calendar=found, by=hannah)
    assert Subscription.objects.count() == MOST_CALENDARS - 1


@pytest.mark.parametrize(
    "inside",
    [
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://2130706433/",
        "https://localhost/",
    ],
)
def test_a_calendar_that_sends_us_inside_is_told_of(inside: str, hannah: Person, server: Asked) -> None:
    server.answers["/mine.ics"] = Answer(status=302, headers={"Location": inside})
    found = read(at(hannah, server.address("/mine.ics")), server)
    assert found.trouble in {"not public", "not https"}


def test_a_server_that_drips_or_a_file_that_is_huge_costs_little(hannah: Person, server: Asked) -> None:
    server.answers["/drip.ics"] = Answer(b"BEGIN:VCALENDAR\r\n" * 100, drip=0.05)
    began = time.monotonic()
    assert read(at(hannah, server.address("/drip.ics")), server, seconds=0.5).trouble == "too slow"
    assert time.monotonic() - began < 30  # all of it would take 85 seconds
    server.answers["/huge.ics"] = Answer(b"X" * 5_000_000)
    assert read(at(hannah, server.address("/huge.ics")), server).trouble == "too large"


HOSTILE = {
    "secondly": calendar(hour(TOMORROW, "\r\nRRULE:FREQ=SECONDLY")),
    "a thousand years": calendar(
        "DTSTART:10000101T000000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;BYHOUR=1,2,3"
    ),
    "never": calendar(hour(TOMORROW, "\r\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")),
    "many": calendar(*[hour(TOMORROW)] * 5_001),
    "nested": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 100_000,
    "long line": b"BEGIN:VCALENDAR\r\nX:" + b"a" * 4_000_000 + b"\r\nEND:VCALENDAR\r\n",
    "folded": b"BEGIN:VCALENDAR\r\nX:" + b"a\r\n " * 1_000_000 + b"\r\nEND:VCALENDAR\r\n",
    "parameters": b"BEGIN:VCALENDAR\r\nX" + b";A=b" * 500_000 + b":c\r\nEND:VCALENDAR\r\n",
}


SLOW = [pytest.param(name, marks=pytest.mark.prove) for name in HOSTILE if name not in {"secondly", "never"}]


@pytest.mark.parametrize("name", ["secondly", "never", *SLOW])
def test_a_hostile_calendar_ends_in_time_and_harms_nobody(
    name: str, hannah: Person, server: Asked, figure: Figure
) -> None:
    server.answers["/mine.ics"] = Answer(HOSTILE[name])
    began = time.monotonic()
    found = read(at(hannah, server.address("/mine.ics")), server)
    took = time.monotonic() - began
    figure(f"hostile calendar: {name}", f"{found.trouble or 'read'}, {took:.1f} s", goal="≤ 60 s")
    assert took < 60
    assert found.trouble in {"", "too much", "unreadable"}


def test_our_own_meetings_in_a_calendar_do_not_block_themselves(server: Asked) -> None:
    pair: Meeters = peers()
    evenings(pair.hannah)
    slot = pair.slots()[0]
    meeting = pair.books(slot)
    theirs = calendar(hour(slot), hour(slot)).replace(b"UID:0@else", f"UID:{meeting.uid}".encode())
    server.answers["/mine.ics"] = Answer(theirs.replace(b"UID:1@else", f"UID:{meeting.uid}".encode()))
    read(at(pair.hannah, server.address("/mine.ics")), server)
    assert not BlockedTime.objects.exists()
    server.answers["/mine.ics"] = Answer(theirs)
    read(at(pair.hannah, server.address("/mine.ics")), server)
    assert BlockedTime.objects.get().starts == slot.astimezone(UTC)
