"""What follows an ending once it can no longer be undone."""

from datetime import datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

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
