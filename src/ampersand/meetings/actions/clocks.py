"""Where a country changes its clocks, the time that was agreed holds, and the instant moves."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ampersand.calendars import Span, still_agreed
from ampersand.meetings.actions.booking import note, put
from ampersand.meetings.actions.looking import look_soon
from ampersand.meetings.actions.taking import locked, move_seats, tried_again
from ampersand.meetings.models import Meeting, MeetingState
from ampersand.meetings.notices.inviting import tell_time_held
from ampersand.meetings.rules import JustTaken
from ampersand.meetings.tasks import rooms_follow
from ampersand.record.models import Verb
from ampersand.record.states import By

log = logging.getLogger(__name__)


def follow_the_clocks(*, now: datetime | None = None) -> int:
    """Look at everything that is ahead; say how many meetings are at another instant than was reckoned."""
    now = now or timezone.now()
    rows = Meeting.objects.booked().filter(starts__gt=now).select_related("pair").order_by("pk")
    changed = 0
    for meeting in rows.iterator():
        if still_agreed(meeting.starts, meeting.agreed, meeting.clock) != meeting.starts:
            try:
                changed += keep_what_was_agreed(meeting=meeting)
            except Exception:
                log.exception("Meeting %d could not follow its clock; it is tried tomorrow.", meeting.pk)
    return changed


@tried_again
def keep_what_was_agreed(*, meeting: Meeting) -> bool:
    """Move a meeting to the instant at which the clock shows the time that was agreed, and tell both.

    Where one of the two has something else then, it stays at its instant, and both are told what the clock
    shows there now.
    """
    meeting = locked(meeting)
    starts = still_agreed(meeting.starts, meeting.agreed, meeting.clock)
    if meeting.state != MeetingState.BOOKED or starts == meeting.starts:
        return False
    before = meeting.when
    Meeting.moves.make(meeting, Verb.MEETING_MOVED, by=By.SOFTWARE)
    put(meeting, Span(starts, starts + before.lasts), meeting.clock)
    try:
        with transaction.atomic():
            move_seats(meeting)
    except JustTaken:
        put(meeting, before, meeting.clock)
    meeting.moved_at = timezone.now()
    meeting.sequence += 1
    meeting.save()
    tell_time_held(meeting, held=meeting.starts == starts)
    rooms_follow(meeting)
    look_soon(meeting.pair_id)
    note(Verb.MEETING_MOVED, meeting, None)
    return True
