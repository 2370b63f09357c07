"""Letting the worker go round, and reading which letters about meetings came of it."""

from datetime import datetime, timedelta

import time_machine

from ampersand.meetings.models import Meeting
from ampersand.meetings.tasks.rounds import look_at_those_due
from ampersand.notifications.models import Letter

ASKING = ("meetings/reminder", "meetings/did_it_happen", "meetings/next_due")


def round_at(moment: datetime) -> list[str]:
    """Go round once at a moment; give each letter that time brought, and its reader."""
    with time_machine.travel(moment, tick=False):
        before = set(Letter.objects.values_list("pk", flat=True))
        look_at_those_due(now=moment)
        new = Letter.objects.exclude(pk__in=before).filter(event__in=ASKING).order_by("to")
        return [
            f"{event.removeprefix('meetings/')} {to.split('@')[0]}"
            for event, to in new.values_list("event", "to")
        ]


def rounds(
    first: datetime, last: datetime, every: timedelta = timedelta(hours=1)
) -> dict[datetime, list[str]]:
    """Go round every so often; give the moments at which there was something, with what it was."""
    found, moment = {}, first
    while moment <= last:
        if letters := round_at(moment):
            found[moment] = letters
        moment += every
    return found


def in_the_past(meeting: Meeting, *, by: timedelta) -> Meeting:
    """Let a meeting that was booked lie so much earlier."""
    meeting.starts -= by
    meeting.ends -= by
    meeting.booked_at = meeting.starts - timedelta(days=3)
    meeting.agreed_day = meeting.starts.date()
    meeting.save()
    meeting.seats.update(during=(meeting.starts, meeting.ends))
    return meeting
