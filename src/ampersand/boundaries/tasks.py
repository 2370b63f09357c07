"""Once in a mentoring, what binds the two while it lasts is brought to mind; never at night."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ampersand.boundaries.notices import remind_of_boundaries
from ampersand.boundaries.queries.asking import duties_to_remind
from ampersand.boundaries.queries.binding import bound_in
from ampersand.calendars import waking
from ampersand.pairs.models import Pair, PairState
from ampersand.pairs.queries import people_of

AFTER = timedelta(days=182)  # half of the usual year
AT_ONCE = 200  # pairs; others follow on the next day


@app.periodic(cron="0 10 * * *")
@app.task(name="boundaries.remind", queueing_lock="boundaries.remind")
def remind(timestamp: int) -> None:
    """Have pairs reminded that have been at it for half a year, each once."""
    numbers = duties_to_remind(AFTER).values_list("pair_number", flat=True)
    for pair in (
        Pair.objects.select_related("mentor", "mentee").filter(pk__in=numbers).order_by("pk")[:AT_ONCE]
    ):
        _remind_both(pair)


@transaction.atomic
def _remind_both(pair: Pair) -> None:
    now = timezone.now()
    if not duties_to_remind(AFTER).filter(pair_number=pair.pk).order_by().update(reminded_at=now):
        return
    for party, person in people_of(pair).items():
        remind_one.configure(schedule_at=waking(now, person.time_zone)).defer(pair=pair.pk, party=party)


@app.task(name="boundaries.remind_one", retry=RetryStrategy(max_attempts=12, exponential_wait=3))
def remind_one(*, pair: int, party: str) -> None:
    """Write to one of the two, unless it has ended meanwhile."""
    rows = Pair.objects.select_related("mentor", "mentee", "scheme").exclude(state=PairState.ENDED)
    found = rows.filter(pk=pair).first()
    if found is None:
        return
    person = people_of(found)[party]
    with translation.override(person.language):
        boundaries = bound_in(found, person)
    remind_of_boundaries(found, person, boundaries)
