"""What follows an ending once it can no longer be undone: three letters, once each, and a clean table."""

from datetime import datetime

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ampersand.agreements.actions.renewing import forget_renewals
from ampersand.journeys import notices
from ampersand.journeys.ahead import ORGANISERS, What
from ampersand.meetings.notices.inviting import tell_cancelled_with_pair
from ampersand.meetings.queries.meetings import cancelled_with
from ampersand.pairs.actions import reach
from ampersand.pairs.models import Pair, PairState
from ampersand.pairs.rules import PARTIES


@app.task(name="journeys.tell_of_ending", retry=RetryStrategy(max_attempts=12, exponential_wait=3))
def tell_of_ending(*, pair: int, ended_at: str, whom: str = "") -> None:
    """Write to both and to the organisers, or to one of them, unless the ending was taken back; once each."""
    ended = Pair.objects.select_related("mentor", "mentee", "scheme").filter(
        pk=pair, state=PairState.ENDED, ended_at=datetime.fromisoformat(ended_at)
    )
    found = ended.first()
    if found is None:
        return
    forget_renewals(pair=found)
    for reader in [whom] if whom else [*PARTIES, ORGANISERS]:
        _tell_once(found, reader, ended_at)


@transaction.atomic
def _tell_once(pair: Pair, whom: str, ended_at: str) -> None:
    if not reach(pair=pair.pk, what=What.ENDED, about=f"ended:{ended_at}", whom=whom):
        return
    if whom == ORGANISERS:
        notices.tell_organisers_of_ending(pair)
        return
    notices.tell_of_ending(pair, whom)
    for meeting in cancelled_with(pair, datetime.fromisoformat(ended_at)):
        meeting.pair = pair
        tell_cancelled_with_pair(meeting, whom)
