"""What follows an ending once it can no longer be undone; and each night, what has been kept long enough."""

from datetime import datetime

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ampersand.journeys.keeping import apply_keeping
from ampersand.journeys.notices import tell_both_of_ending, tell_organisers_of_ending
from ampersand.pairs.models import Pair, PairState


@app.task(name="journeys.tell_of_ending", retry=RetryStrategy(max_attempts=12, exponential_wait=3))
def tell_of_ending(*, pair: int, ended_at: str) -> None:
    """Write to both and to the organisers, unless the ending was taken back."""
    ended = Pair.objects.select_related("mentor", "mentee", "scheme").filter(
        pk=pair, state=PairState.ENDED, ended_at=datetime.fromisoformat(ended_at)
    )
    found = ended.first()
    if found:
        tell_both_of_ending(found)
        tell_organisers_of_ending(found)


@app.periodic(cron="30 3 * * *")
@app.task(name="journeys.keep_no_longer", queueing_lock="journeys.keep_no_longer")
def keep_no_longer(timestamp: int) -> None:
    """Let go of everything that has been kept for its time."""
    apply_keeping(now=timezone.now())
