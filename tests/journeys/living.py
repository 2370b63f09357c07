"""Letting time pass for a pair, as the worker does, and reading what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import time_machine

from ampersand.agreements.actions.renewing import answer, sign_renewal
from ampersand.agreements.models import Agreement, Renewal
from ampersand.agreements.queries import standing_of
from ampersand.journeys.passing import let_time_pass
from ampersand.notifications.models import Letter
from ampersand.people.models import Person
from tests.agreements.people import Two
from tests.jobs import run_jobs

DAY = timedelta(days=1)


def at(day: date, hour: int = 12, zone: str = "Europe/London") -> datetime:
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo(zone))


@contextmanager
def on(day: date, hour: int = 12, zone: str = "Europe/London") -> Iterator[None]:
    """Be at an hour of a day somewhere."""
    with time_machine.travel(at(day, hour, zone), tick=False):
        yield


def worker_at(day: date, hour: int = 12, zone: str = "Europe/London") -> list[str]:
    """Let the worker go round once at that time and send what is due; give each letter and its reader."""
    with on(day, hour, zone):
        before = set(Letter.objects.values_list("pk", flat=True))
        let_time_pass()
        run_jobs(now=at(day, hour, zone))
        new = Letter.objects.exclude(pk__in=before).order_by("pk")
        return [f"{event} {to.split('@')[0]}" for event, to in new.values_list("event", "to")]


def live(first: date, last: date, *hours: int) -> list[tuple[date, str]]:
    """Let the worker go round at these hours of every day; give each letter with its day."""
    found, day = [], first
    while day <= last:
        for hour in hours or (12,):
            found += [(day, letter) for letter in worker_at(day, hour)]
        day += timedelta(days=1)
    return found


def last_day(two: Two) -> date:
    two.pair.refresh_from_db()
    assert two.pair.until
    return two.pair.until


def question(two: Two) -> Renewal:
    return Renewal.objects.still_open().get(pair=two.pair)


def says(two: Two, who: Person, carries_on: bool) -> Renewal:
    return answer(renewal=question(two), carries_on=carries_on, by=who)


def signs(two: Two, who: Person) -> Renewal:
    text = standing_of(Agreement.objects.get(pair=two.pair, state="in_force")).document.fingerprint
    return sign_renewal(renewal=question(two), by=who, read=text, name=who.called)
