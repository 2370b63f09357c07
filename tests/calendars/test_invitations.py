"""Invitations, read back by the library that wrote them and two that did not, and by us from others."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import ics
import pytest
import vobject
from icalendar import Calendar

import ampersand.calendars.reading as reading
from ampersand.calendars import (
    Answer,
    Appointment,
    Guest,
    Span,
    Unreadable,
    busy_times,
    feed,
    invitation,
    reply,
)

SENDER = Guest("meetings@mentoring.example.org", "Mentoring")
HANNAH, SAM = Guest("hannah@example.org", "Hannah, née O'Dell"), Guest("sam@example.org", "Sam")
AT = datetime(2026, 10, 23, 17, tzinfo=ZoneInfo("Europe/London"))
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
OCTOBER = Span(datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC))


def meeting(sequence: int = 0, *, later: timedelta = timedelta(), cancelled: bool = False) -> Appointment:
    return Appointment(
        uid="meeting-7@mentoring.example.org",
        sequence=sequence,
        when=Span(AT + later, AT + later + timedelta(minutes=30)),
        title="Your meeting on Friday",
        sender=SENDER,
        guests=(HANNAH, SAM),
        details="Before you share something sensitive; ask; what stays between you.\nSee you there, \\ both.",
        link="https://mentoring.example.org/meetings/7/join/",
        cancelled=cancelled,
    )


class Diary:
    """A calendar that keeps to RFC 5546: what is newer for the same UID takes the place of what was."""

    def __init__(self) -> None:
        self.events: dict[str, tuple[int, str, datetime]] = {}

    def receive(self, uid: str, sequence: int, status: str, starts: datetime) -> None:
        if uid not in self.events or self.events[uid][0] <= sequence:
            self.events[uid] = (sequence, status, starts)


def opened(file: bytes) -> tuple[Any, list[Any]]:
    """Give the calendar and its events as the library reads them."""
    calendar: Any = Calendar.from_ical(file)
    return calendar, calendar.walk("VEVENT")


def by_icalendar(file: bytes) -> tuple[str, int, str, datetime]:
    _, (event,) = opened(file)
    return str(event["uid"]), int(event["sequence"]), str(event["status"]), event.decoded("dtstart")


def by_vobject(file: bytes) -> tuple[str, int, str, datetime]:
    event = vobject.readOne(file.decode()).vevent
    return event.uid.value, int(event.sequence.value), event.status.value, event.dtstart.value


def by_ics(file: bytes) -> tuple[str, int, str, datetime]:
    (event,) = ics.Calendar(file.decode()).events
    sequence = next(int(line.value) for line in event.extra if line.name == "SEQUENCE")
    return event.uid, sequence, event.status, event.begin.datetime


PARSERS = [by_icalendar, by_vobject, by_ics]


@pytest.mark.parametrize("read", PARSERS)
def test_parsers_take_an_invitation_its_change_and_its_cancelling_for_one_meeting(read: object) -> None:
    diary = Diary()
    for one in (meeting(), meeting(1, later=timedelta(days=7)), meeting(2, cancelled=True)):
        diary.receive(*read(invitation(one, written=NOW)))  # type: ignore[operator]
    ((sequence, status, _),) = diary.events.values()
    assert (sequence, status) == (2, "CANCELLED")


@pytest.mark.parametrize("read", PARSERS)
def test_parsers_read_the_same_instant_across_a_change_of_the_clocks(read: object) -> None:
    before = read(invitation(meeting(), written=NOW))[3]  # type: ignore[operator]
    after = read(invitation(meeting(1, later=timedelta(days=7)), written=NOW))[3]  # type: ignore[operator]
    assert before.astimezone(LONDON).hour == after.astimezone(LONDON).hour == 17
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(days=7, hours=1)


def test_an_invitation_asks_each_guest_and_is_sent_by_neither() -> None:
    file = invitation(meeting(), written=NOW)
    calendar, (event,) = opened(file)
    assert calendar["method"] == "REQUEST"
    assert str(event["organizer"]) == f"mailto:{SENDER.address}"
    asked = event["attendee"]
    assert [str(guest) for guest in asked] == [f"mailto:{HANNAH.address}", f"mailto:{SAM.address}"]
    assert str(asked[0].params["CN"]) == HANNAH.name
    for guest in asked:
        wanted = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
        assert {key: str(guest.params[key]) for key in wanted} == wanted
    assert str(event["description"]) == meeting().details
    assert b"VTIMEZONE" not in file
    assert b"DTSTART:20261023T160000Z" in file
    assert max(len(line) for line in file.split(b"\r\n")) <= 75


def test_a_cancelling_says_so_in_its_method_and_its_status() -> None:
    calendar, (event,) = opened(invitation(meeting(3, cancelled=True), written=NOW))
    assert (calendar["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 3)


def test_who_sends_is_never_a_guest() -> None:
    with pytest.raises(ValueError, match="not invited"):
        Appointment("u", 0, OCTOBER, "t", Guest("SAM@example.org", "Sam"), (SAM,))


def test_a_feed_keeps_its_uids_and_what_was_cancelled_and_names_no_guest() -> None:
    file = feed([meeting(), meeting(1, cancelled=True)], written=NOW, name="Mentoring")
    calendar, events = opened(file)
    assert calendar["method"] == "PUBLISH"
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "CANCELLED"]
    assert {str(event["uid"]) for event in events} == {meeting().uid}
    assert b"ATTENDEE" not in file
    assert b"hannah@" not in file


def answered(how: str, *, method: str = "REPLY", guests: int = 1) -> bytes:
    calendar, (event,) = opened(invitation(meeting(1), written=NOW))
    calendar["method"] = method
    guest = event["attendee"][1]
    guest.params["PARTSTAT"] = how
    event["attendee"] = [guest] * guests
    return bytes(calendar.to_ical())


def test_a_guests_answer_is_read_from_what_their_calendar_sends() -> None:
    found = reply(answered("DECLINED"))
    assert (found.uid, found.sequence, found.address) == (meeting().uid, 1, SAM.address)
    assert found.answer is Answer.NO


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"Yes, I will come.",
        b"\x00\xff" * 100,
        answered("ACCEPTED", method="REQUEST"),
        answered("DELEGATED"),
        answered("ACCEPTED", guests=2),
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n",
        b"x" * 5_000_000,
    ],
)
def test_what_is_no_answer_is_refused_in_a_sentence(file: bytes) -> None:
    with pytest.raises(Unreadable, match=r"^[A-Z].*\.$"):
        reply(file)


def calendar_with(*events: str) -> bytes:
    wrapped = [
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTAMP:20260101T000000Z\r\n{e}\r\nEND:VEVENT"
        for n, e in enumerate(events)
    ]
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + "\r\n".join(wrapped) + "\r\nEND:VCALENDAR\r\n"
    ).encode()


def busy(*events: str) -> list[str]:
    spans = busy_times(calendar_with(*events), within=OCTOBER, zone=LONDON)
    return [f"{span.starts:%d %H:%M} {span.ends:%d %H:%M}" for span in spans]


def test_a_weekly_appointment_keeps_its_local_hour_across_the_change() -> None:
    weekly = "DTSTART;TZID=Europe/London:20261016T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=3"
    assert busy(weekly) == ["16 09:00 16 10:00", "23 09:00 23 10:00", "30 10:00 30 11:00"]


def test_whole_days_and_times_without_a_zone_are_by_the_owners_clock() -> None:
    assert busy("DTSTART;VALUE=DATE:20261010\r\nDTEND;VALUE=DATE:20261012") == ["09 23:00 11 23:00"]
    assert busy("DTSTART:20261010T090000\r\nDTEND:20261010T100000") == ["10 08:00 10 09:00"]


def test_what_is_cancelled_or_free_does_not_take_time() -> None:
    hour = "DTSTART:20261010T090000Z\r\nDTEND:20261010T100000Z"
    assert busy(f"{hour}\r\nSTATUS:CANCELLED", f"{hour}\r\nTRANSP:TRANSPARENT") == []
    assert busy(hour, hour) == ["10 09:00 10 10:00"]


def test_an_event_that_makes_no_sense_costs_its_owner_no_other() -> None:
    good = "DTSTART:20261010T090000Z\r\nDTEND:20261010T100000Z"
    later = good.replace("20261010", "20261012")
    assert busy("SUMMARY:No start", "DTSTART:soon", f"{later}\r\nRRULE:FREQ=NOW", good) == [
        "10 09:00 10 10:00",
        "12 09:00 12 10:00",
    ]
    weekly = "RRULE:FREQ=WEEKLY;BYDAY=SA;BYHOUR=9;BYMINUTE=0;BYSECOND=0;COUNT=2"
    assert busy(f"{good}\r\n{weekly}") == ["10 09:00 10 10:00", "17 09:00 17 10:00"]


def test_several_calendars_in_one_file_are_read_as_one() -> None:
    hours = [f"DTSTART:202610{day}T090000Z\r\nDTEND:202610{day}T100000Z" for day in (10, 11)]
    file = calendar_with(hours[0]) + calendar_with(hours[1]).replace(b"UID:0", b"UID:1")
    assert len(busy_times(file, within=OCTOBER, zone=LONDON)) == 2


def test_who_gives_out_only_when_they_are_busy_is_busy_then() -> None:
    times = "FREEBUSY:20261010T090000Z/PT1H,20261011T090000Z/20261011T100000Z"
    free = "FREEBUSY;FBTYPE=FREE:20261012T090000Z/PT1H"
    file = calendar_with(f"{times}\r\n{free}").replace(b"VEVENT", b"VFREEBUSY")
    found = busy_times(file, within=OCTOBER, zone=LONDON)
    assert [f"{span.starts:%d %H:%M} {span.ends:%d %H:%M}" for span in found] == [
        "10 09:00 10 10:00",
        "11 09:00 11 10:00",
    ]


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=MINUTELY", "FREQ=HOURLY", "FREQ=DAILY;BYMINUTE=1,2,3,4"]
)
def test_a_calendar_that_would_never_end_is_refused(rule: str) -> None:
    with pytest.raises(Unreadable, match="more than we can read"):
        busy(f"DTSTART:20261010T090000Z\r\nDTEND:20261010T090001Z\r\nRRULE:{rule}")


def test_too_many_times_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_TIMES", 30)
    daily = "DTSTART:20261001T090000Z\r\nDTEND:20261001T100000Z\r\nRRULE:FREQ=DAILY;COUNT={}"
    assert len(busy(daily.format(30))) == 30
    with pytest.raises(Unreadable, match="more than we can read"):
        busy(daily.format(31))


def test_more_than_400_days_are_not_looked_at() -> None:
    with pytest.raises(Unreadable, match="400 days"):
        busy_times(calendar_with(), within=Span(NOW, NOW + timedelta(days=401)), zone=LONDON)
