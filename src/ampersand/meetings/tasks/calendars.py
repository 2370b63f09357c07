"""Reading the calendars that people have subscribed to, again and again; only when they are busy is kept."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.calendars import Span, Unreadable, busy_times_apart
from ampersand.guarding.addresses import NotFetched
from ampersand.guarding.fetching import fetch
from ampersand.meetings.models import BlockedTime, Subscription
from ampersand.meetings.queries.calendars import invited_to, trouble_of
from ampersand.people.models import Person

AGAIN = timedelta(hours=1)
JITTER = 600  # seconds, so that calendars that were added together are not asked together for ever
AT_ONCE = 200
LARGEST = 4 * 1024 * 1024
SECONDS = 20.0
AHEAD = timedelta(days=400)
LATER_THAN_LETTERS = -10


@app.periodic(cron="*/5 * * * *", periodic_id="calendars")
@app.task(name="meetings.look_at_calendars", queueing_lock="look at calendars")
def look_at_calendars(timestamp: int) -> None:
    """Have each calendar read whose time has come: some at a time, one after the other."""
    now = timezone.now()
    with transaction.atomic():
        due = Subscription.objects.exclude(address="").filter(next_fetch__lte=now).order_by("next_fetch")
        for calendar in due.select_for_update(skip_locked=True)[:AT_ONCE]:
            _again_in_an_hour(calendar, now)
            calendar.save(update_fields=["next_fetch"])
            reading = read_calendar.configure(lock="calendars", priority=LATER_THAN_LETTERS)
            reading.defer(calendar=calendar.pk)


@app.task(name="meetings.read_calendar")
def read_calendar(calendar: int) -> None:
    """Fetch one calendar and keep when it is busy; what goes wrong is shown on its owner's page."""
    found = Subscription.objects.exclude(address="").select_related("person").filter(pk=calendar).first()
    if found is not None:
        read_now(found)


def read_now(calendar: Subscription, *, fetching: Callable[..., bytes] = fetch) -> None:
    """Do it. `fetching` is for tests, which have no public machine to ask."""
    trouble, busy = "", None
    try:
        file = fetching(calendar.address, largest=LARGEST, seconds=SECONDS)
        busy = busy_of(calendar.person, file)
    except NotFetched as wrong:
        trouble = str(wrong.trouble)
    except Unreadable as wrong:
        trouble = trouble_of(wrong)
    keep(calendar, busy, trouble)


def busy_of(person: Person, file: bytes) -> list[Span]:
    """Read, in a process apart, when the owner of a calendar is busy. Raises Unreadable."""
    now = timezone.now()
    within = Span(now, now + AHEAD)
    return busy_times_apart(file, within=within, zone=ZoneInfo(person.time_zone), but=invited_to(person, now))


@transaction.atomic
def keep(calendar: Subscription, busy: list[Span] | None, trouble: str) -> None:
    """Keep when a calendar is busy instead of what was known; that stays if there was trouble."""
    row = Subscription.objects.select_for_update().filter(pk=calendar.pk).first()
    if row is None:  # taken away meanwhile
        return
    now = timezone.now()
    row.trouble = trouble
    if row.address:
        _again_in_an_hour(row, now)
    if busy is not None:
        row.fetched_at = now
        row.blocked.all().delete()
        rows = (BlockedTime(subscription=row, starts=span.starts, ends=span.ends) for span in busy)
        BlockedTime.objects.bulk_create(rows, batch_size=2000)
    row.save(update_fields=["trouble", "next_fetch", "fetched_at"])


def _again_in_an_hour(calendar: Subscription, now: datetime) -> None:
    calendar.next_fetch = now + AGAIN + timedelta(seconds=random.uniform(0, JITTER))  # noqa: S311
