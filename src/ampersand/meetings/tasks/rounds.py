"""The rounds in which time reminds of meetings, asks whether one happened, tells when the next is due."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.calendars import waking
from ampersand.meetings.ahead import Coming, ahead
from ampersand.meetings.notices.reminding import tell
from ampersand.meetings.queries.looking import to_look_at, together
from ampersand.pairs.actions import reach
from ampersand.pairs.models import Pair

log = logging.getLogger(__name__)
AT_ONCE = 2000  # pairs; a round that finds more leaves them to the next, those that wait longest first


@app.periodic(cron="*/5 * * * *")
@app.task(name="meetings.look_ahead", queueing_lock="meetings.look_ahead")
def look_ahead(timestamp: int) -> None:
    """Do what time has brought to meetings."""
    look_at_those_due(now=timezone.now())


def look_at_those_due(*, now: datetime) -> int:
    """Look at every pair whose time has come; give the number of letters. One's trouble is not another's."""
    done = 0
    for pair in list(to_look_at(now).values_list("pair", flat=True)[:AT_ONCE]):
        try:
            done += _look_at(pair, now)
        except Exception:
            log.exception("Pair %d’s meetings could not be looked at; it is tried again.", pair)
    return done


@transaction.atomic
def _look_at(pair: int, now: datetime) -> int:
    """Do once what is due for one pair, unless another worker is at it, and say when to look again."""
    row = to_look_at(now).select_for_update(skip_locked=True).filter(pair=pair).first()
    if row is None:
        return 0
    found, life = next(together(Pair.objects.filter(pk=pair), now))
    coming = ahead(life)
    due = [each for each in coming if each.is_due(now)]
    told = sum(_once(found, each) for each in due)
    later = (each for each in coming if each not in due and not each.is_past(now))
    row.at = min((_next(each, now) for each in later), default=None)
    row.save(update_fields=["at"])
    return told


def _once(pair: Pair, due: Coming) -> bool:
    if not reach(pair=pair.pk, what=due.what, about=due.about, whom=due.whom):
        return False
    tell(pair, due)
    return True


def _next(coming: Coming, now: datetime) -> datetime:
    """Say when something can come; what is kept back waits for the morning."""
    return coming.at if coming.at > now else waking(now, coming.zone)
