"""A pair begins, comes into force and ends."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from ampersand.pairs.models import Pair, PairState
from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.record.states import By
from ampersand.schemes.models import Scheme


@transaction.atomic
def begin(*, scheme: Scheme, mentor: Person, mentee: Person) -> Pair:
    """Bring two people together; their agreement is opened next."""
    state = Pair.moves.begin(Verb.PAIR_BEGAN, by=By.EITHER)
    pair = Pair.objects.create(scheme=scheme, mentor=mentor, mentee=mentee, state=state)
    note_down(verb=Verb.PAIR_BEGAN, by=None, about=f"pair:{pair.pk}", scheme=scheme.pk)
    return pair


@transaction.atomic
def put_in_force(*, pair: Pair, since: datetime, until: date | None) -> Pair:
    """Let a pair's time run, until the day their agreement says, if it says one."""
    pair = Pair.objects.select_for_update(no_key=True).get(pk=pair.pk)
    if pair.state == PairState.AGREEING:
        Pair.moves.make(pair, Verb.AGREEMENT_IN_FORCE, by=By.SOFTWARE)
        pair.in_force_from = since
        pair.until = until
        pair.save(update_fields=["state", "in_force_from", "until"])
    return pair


@transaction.atomic
def run_until(*, pair: Pair, until: date | None) -> Pair:
    """Let a pair run until another day, as they have agreed anew."""
    pair = Pair.objects.select_for_update(no_key=True).get(pk=pair.pk)
    if pair.state == PairState.IN_FORCE:
        pair.until = until
        pair.save(update_fields=["until"])
    return pair


@transaction.atomic
def end(*, pair: Pair, at: datetime | None = None, by: By = By.EITHER) -> bool:
    """End a pair, at once or as of a moment; say whether it was still running. Who did is written nowhere."""
    pair = Pair.objects.select_for_update(no_key=True).get(pk=pair.pk)
    if pair.state == PairState.ENDED:
        return False
    Pair.moves.make(pair, Verb.PAIR_ENDED, by=by)
    pair.ended_at = at or timezone.now()
    pair.save(update_fields=["state", "ended_at"])
    note_down(verb=Verb.PAIR_ENDED, by=None, about=f"pair:{pair.pk}", scheme=pair.scheme_id)
    return True


@transaction.atomic
def resume(*, pair: Pair) -> Pair:
    """Take an ending back: the pair stands as it stood before."""
    pair = Pair.objects.select_for_update(no_key=True).get(pk=pair.pk)
    if pair.state == PairState.ENDED:
        before = PairState.IN_FORCE if pair.in_force_from else PairState.AGREEING
        Pair.moves.make(pair, Verb.PAIR_RESUMED, by=By.EITHER, to=before)
        pair.ended_at = None
        pair.save(update_fields=["state", "ended_at"])
        note_down(verb=Verb.PAIR_RESUMED, by=None, about=f"pair:{pair.pk}", scheme=pair.scheme_id)
    return pair


def reach(*, pair: int, what: str, about: str, whom: str = "") -> bool:
    """Say, for whoever says it first, that time has brought this; everyone later is told that it has been.

    Call it in the transaction of what then follows: if that fails, it has not been reached.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ampersand_reached (pair_id, what, about, whom, at) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [pair, what, about, whom, timezone.now()],
        )
        return bool(cursor.rowcount == 1)
