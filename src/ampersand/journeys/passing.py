"""Time passes: what `ahead` says is due is done, once, however late and by however many workers."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ampersand.agreements.actions.renewing import ask_both
from ampersand.journeys.ahead import Coming, Life, What, ahead, renewed_until
from ampersand.journeys.ending import run_out
from ampersand.journeys.notices import remind
from ampersand.journeys.queries import lives, touched_by_time
from ampersand.pairs.actions import reach
from ampersand.pairs.models import Pair, PairState

log = logging.getLogger(__name__)
AT_MOST = 20  # things that one pair can meet with at once; more would mean that one repeats itself


def let_time_pass(*, now: datetime | None = None) -> int:
    """Do everything that is due; say how much that was. One pair's trouble is not another's."""
    now = now or timezone.now()
    done = 0
    for pk in list(touched_by_time(now).values_list("pk", flat=True).distinct()):
        try:
            done += _pass_for(pk, now)
        except Exception:
            log.exception("Time could not pass for pair %d; it is tried again in a few minutes.", pk)
    return done


def _pass_for(pk: int, now: datetime) -> int:
    """Do what is due for a pair, one thing at a time: what comes next may depend on it."""
    done = 0
    for _one in range(AT_MOST):
        pair, life = next(lives(Pair.objects.filter(pk=pk)))
        due = next((each for each in ahead(life) if each.what in DEEDS and each.is_due(now)), None)
        if due is None:
            break
        done += _once(pair, life, due)
    return done


@transaction.atomic
def _once(pair: Pair, life: Life, due: Coming) -> bool:
    """Do one thing, unless another worker has, or the pair has meanwhile changed under it."""
    if due.what is What.ENDS:
        return run_out(pair=pair)
    if not reach(pair=pair.pk, what=due.what, about=due.about, whom=due.whom):
        return False
    locked = Pair.objects.select_for_update(no_key=True).get(pk=pair.pk)
    if (locked.state, locked.until) != (pair.state, pair.until) or locked.state == PairState.ENDED:
        return False
    DEEDS[due.what](pair, life, due)
    return True


def _ask(pair: Pair, life: Life, due: Coming) -> None:
    until = renewed_until(life)
    if pair.until and until:
        ask_both(pair=pair, ends_on=pair.until, until=until)
        remind(pair, due)


def _remind(pair: Pair, _life: Life, due: Coming) -> None:
    remind(pair, due)


def _end(_pair: Pair, _life: Life, _due: Coming) -> None:
    """Ending takes its own locks, in its own order."""


DEEDS: dict[What, Callable[[Pair, Life, Coming], None]] = {
    What.DRAFT_WAITS: _remind,
    What.SIGNATURE_WAITS: _remind,
    What.ENDS_SOON: _remind,
    What.CARRY_ON: _ask,
    What.CARRY_ON_AGAIN: _remind,
    What.SIGN_RENEWAL: _remind,
    What.ENDS: _end,
}
