"""Once in a mentoring, what binds the two while it lasts is brought to mind."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from ampersand.boundaries.notices import remind_of_boundaries
from ampersand.boundaries.queries.asking import duties_to_remind
from ampersand.boundaries.queries.binding import bound_in
from ampersand.pairs.models import Pair
from ampersand.pairs.queries import people_of

AFTER = timedelta(days=182)  # half of the usual year
AT_ONCE = 200  # pairs; others follow on the next day


@app.periodic(cron="0 10 * * *")
@app.task(name="boundaries.remind", queueing_lock="boundaries.remind")
def remind(timestamp: int) -> None:
    """Write to pairs that have been at it for half a year, each once."""
    numbers = duties_to_remind(AFTER).values_list("pair_number", flat=True)
    for pair in Pair.objects.filter(pk__in=numbers).order_by("pk")[:AT_ONCE]:
        _remind(pair)


@transaction.atomic
def _remind(pair: Pair) -> None:
    Pair.objects.select_for_update(no_key=True).get(pk=pair.pk)
    duties = duties_to_remind(AFTER).filter(pair_number=pair.pk)
    if not duties.order_by().update(reminded_at=timezone.now()):
        return
    for person in people_of(pair).values():
        with translation.override(person.language):
            boundaries = bound_in(pair, person)
        remind_of_boundaries(pair, person, boundaries)
