"""What is booked goes with its pair, and comes back with it where the times are still free."""

from datetime import datetime

from django.db import transaction

from ampersand.meetings.actions.looking import look_soon
from ampersand.meetings.actions.taking import give_seats_back, lock, move_seats
from ampersand.meetings.models import Meeting, MeetingState
from ampersand.meetings.notices.inviting import tell_cancelled
from ampersand.meetings.queries.meetings import cancelled_with
from ampersand.meetings.rules import JustTaken
from ampersand.meetings.tasks import rooms_follow
from ampersand.pairs.models import Pair
from ampersand.record.models import Verb
from ampersand.record.states import By


@transaction.atomic
def cancel_all(*, pair: Pair, at: datetime, by: By = By.EITHER) -> list[Meeting]:
    """Cancel what a pair that ends has ahead, as of that moment. Called in the transaction of the ending.

    Nobody is told yet: the letters go with those of the ending. It never counts as late.
    """
    pair = lock(pair)
    pair.meetings.filter(state=MeetingState.HELD).delete()
    rows = pair.meetings.select_for_update().booked().filter(starts__gt=at)
    cancelled = list(rows.order_by("pk"))
    for meeting in cancelled:
        Meeting.moves.make(meeting, Verb.PAIR_ENDED, by=by)
        meeting.cancelled_at = at
        meeting.sequence += 1
        meeting.save(update_fields=["state", "cancelled_at", "sequence"])
        rooms_follow(meeting, undo=True)
    give_seats_back(cancelled)
    return cancelled


@transaction.atomic
def reopen_all(*, pair: Pair, at: datetime) -> list[Meeting]:
    """Let what was cancelled with a pair stand again as it resumes, but for times that are taken by now.

    Of those both are told at once: the letters of the ending, which would have said so, never go.
    """
    pair = lock(pair)
    reopened = []
    for meeting in list(cancelled_with(pair, at).select_for_update()):
        meeting.pair = pair
        Meeting.moves.make(meeting, Verb.PAIR_RESUMED, by=By.EITHER)
        meeting.cancelled_at = None
        meeting.sequence += 1
        try:
            move_seats(meeting)
        except JustTaken:
            meeting.refresh_from_db(fields=["state", "cancelled_at", "sequence"])
            tell_cancelled(meeting)
            continue
        meeting.save(update_fields=["state", "cancelled_at", "sequence"])
        rooms_follow(meeting)
        reopened.append(meeting)
    look_soon(pair.pk)
    return reopened
