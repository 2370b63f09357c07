"""What others' calendars tell us: their answer to an invitation, and when somebody is busy."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Component, Event, FreeBusy

from ampersand.calendars.clocks import moment
from ampersand.calendars.spans import Span, common, merged

LARGEST = 4 * 1024 * 1024
MOST_EVENTS = 5_000
MOST_TIMES = 20_000
TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
ONE_WEEK = timedelta(days=7)
LONGEST_LOOK = timedelta(days=400)


class Unreadable(ValueError):
    """This is not a calendar that we can read; the text says what is wrong with it."""


class TooMuch(Unreadable):
    """There is more in it than we can read."""


class Answer(StrEnum):
    """What a guest answered."""

    YES = "ACCEPTED"
    NO = "DECLINED"
    PERHAPS = "TENTATIVE"


@dataclass(frozen=True)
class Reply:
    """One guest's answer to one invitation, as it stood at `sequence`."""

    uid: str
    sequence: int
    address: str
    answer: Answer


def reply(file: bytes) -> Reply:
    """Give what a guest's calendar answered (METHOD:REPLY).

    Raises Unreadable if it is no such answer, or answers for nobody or for several.
    """
    calendar = _opened(file)
    if str(calendar.get("method", "")).upper() != "REPLY":
        raise Unreadable("This is not an answer to an invitation.")
    events = calendar.walk("VEVENT")
    if len(events) != 1:
        raise Unreadable("An answer is about one meeting.")
    guests = events[0].get("attendee", [])
    guests = guests if isinstance(guests, list) else [guests]
    if len(guests) != 1:
        raise Unreadable("An answer is one guest's.")
    try:
        answer = Answer(str(guests[0].params.get("PARTSTAT", "")).upper())
        sequence = int(events[0].get("sequence", 0))
    except ValueError as wrong:
        raise Unreadable("The answer is neither yes, no nor perhaps.") from wrong
    address = str(guests[0])
    return Reply(
        uid=str(events[0].get("uid", "")),
        sequence=sequence,
        address=address[7:] if address[:7].casefold() == "mailto:" else address,
        answer=answer,
    )


def busy_times(file: bytes, *, within: Span, zone: ZoneInfo, but: Collection[str] = ()) -> list[Span]:
    """Give when the owner of this calendar is busy between the ends of `within`, in order, in UTC.

    What is cancelled or marked as free does not count, nor do events whose UID is among `but`. Times without
    a zone, and whole days, are by the clock of `zone`. An event that makes no sense is left out, so that one
    does not cost its owner all the others. Raises Unreadable if it is no calendar, or `within` is longer than
    400 days; and TooMuch if it is too large or too busy, or repeats within a day. A long calendar takes long:
    give it a time limit from outside.
    """
    if within.lasts > LONGEST_LOOK:
        raise Unreadable("We look at 400 days of a calendar at most.")
    calendar = _opened(file)
    calendar.subcomponents = [part for part in calendar.subcomponents if _makes_sense(part)]
    events = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
    if len(events) > MOST_EVENTS or any(_too_often(event) for event in events):
        raise TooMuch("This calendar holds more than we can read.")
    try:
        found = list(islice(_between(calendar, within), MOST_TIMES + 1))
        busy = [span for event in found if _counts(event, but) for span in _span(event, zone)]
        busy += [span for part in calendar.walk("VFREEBUSY") for span in _published(part, zone)]
    except Exception as wrong:  # whatever a foreign file provokes in the library that reads it
        raise Unreadable("We could not read this calendar.") from wrong
    if len(found) > MOST_TIMES:
        raise TooMuch("This calendar holds more than we can read.")
    return common(merged(busy), [within])


def _opened(file: bytes) -> Calendar:
    if len(file) > LARGEST:
        raise TooMuch("This calendar is larger than we can read.")
    try:
        found = Calendar.from_ical(file, multiple=True)
    except Exception as wrong:  # whatever a foreign file provokes in the library that reads it
        raise Unreadable("This is not a calendar.") from wrong
    calendars = [each for each in found if isinstance(each, Calendar)]
    if not calendars or len(calendars) < len(found):
        raise Unreadable("This is not a calendar.")
    first, *more = calendars  # some programs write several into one file
    for each in more:
        first.subcomponents += each.subcomponents
    return first


def _makes_sense(part: Component) -> bool:
    """Say whether an event says when it is; a rule that nobody can read is taken out of it."""
    if not isinstance(part, Event):
        return True
    try:
        _too_often(part)
    except Exception:  # whatever a foreign file provokes in the library that reads it
        part.pop("rrule")
    try:
        return isinstance(getattr(part["dtstart"], "dt", None), date)
    except Exception:  # the same
        return False


def _between(calendar: Calendar, within: Span) -> Iterator[Event]:
    """Give what happens within, one week after another, so that too much is noticed in time."""
    repeating = recurring_ical_events.of(calendar, skip_bad_series=True)
    since = within.starts
    while since < within.ends:
        until = min(since + ONE_WEEK, within.ends)
        yield from repeating.between(since, until)
        since = until


def _too_often(event: Event) -> bool:
    rules = event.get("rrule", [])
    for rule in rules if isinstance(rules, list) else [rules]:
        often = {str(each).upper() for each in rule.get("FREQ", [])} & TOO_OFTEN
        if often or len(rule.get("BYSECOND", [])) > 1 or len(rule.get("BYMINUTE", [])) > 1:
            return True
    return False


def _counts(event: Event, but: Collection[str]) -> bool:
    status, shown_as = str(event.get("status", "")).upper(), str(event.get("transp", "")).upper()
    return status != "CANCELLED" and shown_as != "TRANSPARENT" and str(event.get("uid", "")) not in but


def _span(event: Event, zone: ZoneInfo) -> Iterator[Span]:
    starts, ends = _instant(event.start, zone), _instant(event.end, zone)
    if starts < ends:
        yield Span(starts, ends)


def _published(part: Component, zone: ZoneInfo) -> Iterator[Span]:
    """Give when somebody is busy who gives out no more than that."""
    periods = part.get("freebusy", []) if isinstance(part, FreeBusy) else []
    for period in periods if isinstance(periods, list) else [periods]:
        starts, ends = _instant(period.start, zone), _instant(period.end, zone)
        if starts < ends and str(period.params.get("FBTYPE", "")).upper() != "FREE":
            yield Span(starts, ends)


def _instant(value: date, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        return moment(datetime.combine(value, time()), zone)
    return value.astimezone(UTC) if value.tzinfo else moment(value, zone)
