"""Meetings as calendars understand them: asked for, changed, cancelled, and as a feed to subscribe to.

iCalendar (RFC 5545) and its way of scheduling by mail (RFC 5546). Times are written in UTC, so that no
definition of a time zone is needed, which not every calendar reads alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from icalendar import Calendar, Event, vCalAddress, vText

from ampersand.calendars.spans import Span

MADE_BY = "-//Ampersand//Meetings//EN"


class Method(StrEnum):
    """What a file asks of the calendar that reads it."""

    ASK = "REQUEST"
    CANCEL = "CANCEL"
    SHOW = "PUBLISH"


@dataclass(frozen=True)
class Guest:
    """Somebody who is asked to come: where their invitation goes, and the name to show."""

    address: str
    name: str


@dataclass(frozen=True)
class Appointment:
    """What a calendar is told of one meeting.

    `uid` stays the same for its whole life; `sequence` begins at 0 and grows by one whenever the time or the
    place changes, and when it is cancelled. `sender` sends for both, and is never one of the guests.
    Raises ValueError if it is.
    """

    uid: str
    sequence: int
    when: Span
    title: str
    sender: Guest
    guests: tuple[Guest, ...]
    details: str = ""
    place: str = ""
    link: str = ""
    cancelled: bool = False

    def __post_init__(self) -> None:
        if self.sender.address.casefold() in {guest.address.casefold() for guest in self.guests}:
            raise ValueError("who sends an invitation is not invited by it")


def invitation(appointment: Appointment, *, written: datetime) -> bytes:
    """Give the file that asks the guests to come, or tells them that it is cancelled.

    `written` is when this file is made; a later one for the same meeting says a later time.
    """
    method = Method.CANCEL if appointment.cancelled else Method.ASK
    return _file(method, [_event(appointment, method, written)])


def feed(appointments: Iterable[Appointment], *, written: datetime, name: str) -> bytes:
    """Give the file for calendars that subscribe to an address; what was cancelled stays in it, as such."""
    events = [_event(one, Method.SHOW, written) for one in appointments]
    return _file(Method.SHOW, events, name=name)


def _file(method: Method, events: Iterable[Event], *, name: str = "") -> bytes:
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(appointment: Appointment, method: Method, written: datetime) -> Event:
    event = Event()
    event.add("uid", appointment.uid)
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", written.astimezone(UTC))
    event.add("dtstart", appointment.when.starts)
    event.add("dtend", appointment.when.ends)
    event.add("summary", appointment.title)
    event.add("status", "CANCELLED" if appointment.cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if appointment.cancelled else "OPAQUE")
    for name, text in (
        ("description", appointment.details),
        ("location", appointment.place),
        ("url", appointment.link),
    ):
        if text:
            event.add(name, text)
    if method != Method.SHOW:
        event.add("organizer", _address(appointment.sender), encode=False)
        for guest in appointment.guests:
            event.add("attendee", _asked(guest), encode=False)
    return event


def _address(of: Guest) -> vCalAddress:
    address = vCalAddress(f"mailto:{of.address}")
    address.params["CN"] = vText(of.name)
    return address


def _asked(guest: Guest) -> vCalAddress:
    address = _address(guest)
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("TRUE")
    return address
