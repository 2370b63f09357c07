"""What time brings to a pair's meetings: reminders, the question whether one happened, and the next one due.

One pure function from plain values, as for the rest of a pair's life (decisions/0022): the worker does
what is due, `ampersand calendar` prints it, the demo shows it. Nothing here reads a clock or a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from ampersand.calendars import EVENING, MORNING, moment, months_after, morning, waking
from ampersand.pairs.rules import Coming as AnyComing
from ampersand.wording import Duration

ONE_HOUR = timedelta(hours=1)
ONE_DAY = timedelta(days=1)
LAST_OF_THE_DAY = time(EVENING.hour - 1)
ASKED_FOR = timedelta(days=14)  # so long after a meeting it is still worth asking whether it happened
BREATH = timedelta(days=2)  # after something was cancelled, before a reminder to book
EARLY = timedelta(days=7)  # before the day on which the next is due, so that there is time to find one
DAYS = {"day": 1, "week": 7}
MONTHS = {"month": 1, "year": 12}


class What(StrEnum):
    """What time brings to meetings. A word, once used, is never renamed: rows in the database say it."""

    DAY_BEFORE = "meeting-day-before"
    HOUR_BEFORE = "meeting-hour-before"
    DID_IT_HAPPEN = "did-it-happen"
    NEXT_DUE = "meeting-due"


Coming = AnyComing[What]


@dataclass(frozen=True)
class Reader:
    """One of the two: whose clock counts, and when they wish to be reminded."""

    party: str
    zone: str
    day_before: bool = True
    hour_before: bool = False


@dataclass(frozen=True)
class Booked:
    """A meeting that was booked and not cancelled; `settled_at` is when this time of it was."""

    pk: int
    starts: datetime
    ends: datetime
    settled_at: datetime
    answered: frozenset[str] = frozenset()  # who has said whether it happened

    @property
    def about(self) -> str:
        """Name it at this time: moved, it is reminded of anew."""
        return f"meeting:{self.pk}:{self.starts:%Y%m%dT%H%MZ}"


@dataclass(frozen=True)
class Rhythm:
    """How often the two aim to meet, who sets it up, and what that is counted from."""

    every: Duration
    since: date  # the day of their last meeting, or else the first of their agreement
    sets_up: frozenset[str]
    arranged: bool = False  # one is booked
    not_before: datetime | None = None  # suggested times may yet be picked; one was cancelled just now


@dataclass(frozen=True)
class Together:
    """A pair's meetings as time sees them."""

    readers: tuple[Reader, ...]
    booked: tuple[Booked, ...] = ()
    rhythm: Rhythm | None = None
    reached: frozenset[tuple[str, str, str]] = field(default_factory=frozenset)


def ahead(together: Together) -> list[Coming]:
    """Everything that time still brings to a pair's meetings as they stand, in order."""
    coming = [
        each
        for reader in together.readers
        for meeting in together.booked
        for each in (*_reminders(meeting, reader), *_question(meeting, reader))
    ]
    coming += _next_due(together)
    return sorted((each for each in coming if each.key not in together.reached), key=lambda each: each.at)


def seen_from_outside(together: Together) -> Together:
    """Leave out what only the two may know: who has said whether a meeting happened."""
    booked = tuple(replace(meeting, answered=frozenset()) for meeting in together.booked)
    return replace(together, booked=booked, reached=frozenset())


def due_on(rhythm: Rhythm) -> date:
    """The day on which the next meeting is due by what was agreed."""
    return after(rhythm.since, rhythm.every)


def after(day: date, every: Duration) -> date:
    """The day so much later; a day at least, whatever was agreed."""
    if every.unit in MONTHS:
        return months_after(day, every.count * MONTHS[every.unit])
    return day + ONE_DAY * max(1, every.count * DAYS.get(every.unit, 0))


def day_before(starts: datetime, zone: str) -> datetime:
    """The same time of the day before, or the nearest to it at which people there are awake."""
    here = starts.astimezone(ZoneInfo(zone))
    clock = min(max(here.time(), MORNING), LAST_OF_THE_DAY)
    return moment(datetime.combine(here.date() - ONE_DAY, clock), ZoneInfo(zone))


def _reminders(meeting: Booked, reader: Reader) -> Iterator[Coming]:
    """Remind whoever wishes it; not of what was settled after the reminder would have come."""
    an_hour = meeting.starts - ONE_HOUR
    if reader.day_before:
        at = day_before(meeting.starts, reader.zone)
        over = an_hour if reader.hour_before else meeting.starts
        if meeting.settled_at < at:
            yield Coming(at, What.DAY_BEFORE, reader.party, meeting.about, reader.zone, over)
    if reader.hour_before and meeting.settled_at < an_hour:  # at night, too: they asked for it
        yield Coming(an_hour, What.HOUR_BEFORE, reader.party, meeting.about, "", meeting.starts)


def _question(meeting: Booked, reader: Reader) -> Iterator[Coming]:
    if reader.party not in meeting.answered:
        at = waking(meeting.ends + ONE_HOUR, reader.zone)
        over = meeting.ends + ASKED_FOR
        yield Coming(at, What.DID_IT_HAPPEN, reader.party, meeting.about, reader.zone, over)


def _next_due(together: Together) -> Iterator[Coming]:
    """Tell whoever sets meetings up, once for each day on which one is due, and not while one is arranged."""
    rhythm = together.rhythm
    if rhythm is None or rhythm.arranged:
        return
    due = due_on(rhythm)
    early = min(EARLY, (due - rhythm.since) / 4)
    for reader in together.readers:
        if reader.party in rhythm.sets_up:
            at = morning(due - timedelta(days=early.days), reader.zone)
            if rhythm.not_before:
                at = max(at, waking(rhythm.not_before, reader.zone))
            yield Coming(at, What.NEXT_DUE, reader.party, f"due:{due}", reader.zone)
