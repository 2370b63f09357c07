"""Taking two people's time: locks in one order, the constraint beneath, and another try where it is undone.

docs/decisions/0030-nobody-in-two-meetings.md says why it is done this way.
"""

import time
from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from ampersand.meetings.models import Meeting, Seat
from ampersand.meetings.rules import HoldIsOver, JustTaken
from ampersand.pairs.models import Pair

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 4
UNDONE = {"40P01", "40001"}  # deadlock found, could not be put in order
NOBODY_TWICE = "23P01"  # the exclusion constraint
LOCKS = 0x6D656574 << 32  # a range of advisory locks of our own, one for each person


def tried_again(action: Callable[P, R]) -> Callable[P, R]:
    """Run an action in a transaction, and again from its start if the database undid it."""

    @wraps(action)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:  # whoever began the transaction is who can begin it again
            return action(*args, **kwargs)
        for attempt in range(1, TRIES + 1):
            try:
                with transaction.atomic():
                    return action(*args, **kwargs)
            except OperationalError as trouble:
                if sqlstate(trouble) not in UNDONE or attempt == TRIES:
                    raise
                time.sleep(0.02 * attempt)
        raise AssertionError("it was tried, or raised")

    return run


def sqlstate(trouble: Exception) -> str:
    """Give the code that PostgreSQL calls some trouble by."""
    return str(getattr(trouble.__cause__, "sqlstate", ""))


def lock(pair: Pair) -> Pair:
    """Lock a pair, then the time of both: after agreements and renewals, before their meetings.

    Whoever takes anybody's time, in whichever scheme, holds these locks; taken in one order, they never wait
    for each other in a circle. Times that were held for somebody who did not book them are let go.
    """
    rows = Pair.objects.select_related("mentor", "mentee", "scheme")
    found = rows.select_for_update(of=("self",), no_key=True).get(pk=pair.pk)
    people = {found.mentor_id, found.mentee_id}
    lock_time_of(people)
    Meeting.objects.lapsed(timezone.now()).filter(seats__person__in=people).delete()
    return found


def lock_time_of(people: Iterable[int]) -> None:
    """Lock the time of these people, by their numbers, until this transaction ends; the lowest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key",
            [[LOCKS | pk for pk in sorted(people)]],
        )


def locked(meeting: Meeting) -> Meeting:
    """Lock a meeting with the time of both, and give it as it stands now; a held time may be over."""
    pair = lock(meeting.pair)
    found = Meeting.objects.select_for_update().filter(pk=meeting.pk).first()
    if found is None:
        raise HoldIsOver
    found.pair = pair
    return found


def take_seats(meeting: Meeting) -> None:
    """Take both people's time for a new meeting."""
    during = (meeting.starts, meeting.ends)
    people = sorted([meeting.pair.mentor_id, meeting.pair.mentee_id])
    _or_just_taken(
        lambda: Seat.objects.bulk_create(
            [Seat(meeting=meeting, person_id=pk, during=during) for pk in people]
        )
    )


def move_seats(meeting: Meeting) -> None:
    """Take both people's time anew, as the meeting says now. What their calendars answered is over."""
    during = (meeting.starts, meeting.ends)
    _or_just_taken(lambda: meeting.seats.update(during=during, taken=True, answer="", answer_sequence=None))


def give_seats_back(meetings: Iterable[Meeting]) -> None:
    """Let the time of both be free again."""
    Seat.objects.filter(meeting__in=list(meetings)).update(taken=False)


def _or_just_taken(write: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            write()
    except IntegrityError as trouble:
        if sqlstate(trouble) != NOBODY_TWICE:
            raise
        raise JustTaken from trouble
