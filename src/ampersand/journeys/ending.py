"""Stopping, or running out: at once, without a reason, and without a trace of who did it.

docs/decisions/0016-endings-without-blame.md says why it is done this way.
"""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.agreements.actions.renewing import forget_renewals
from ampersand.agreements.models import UNENDED, Agreement, AgreementState, Renewal
from ampersand.agreements.tasks import seal_agreement
from ampersand.boundaries.actions.registering import follow_the_pair
from ampersand.calendars import end_of, waking
from ampersand.journeys.ahead import ORGANISERS
from ampersand.journeys.telling import tell_of_ending
from ampersand.matching.models import Introduction
from ampersand.meetings.actions.ending import cancel_all, reopen_all
from ampersand.pairs.actions import end, resume
from ampersand.pairs.models import Pair, PairState
from ampersand.pairs.queries import people_of
from ampersand.people.rules import Refused
from ampersand.record.models import Verb
from ampersand.record.states import By
from ampersand.schemes.models import Member, Role

UNDO = timedelta(minutes=10)


@transaction.atomic
def stop(*, pair: Pair, by: By = By.EITHER) -> datetime:
    """End a pair, its agreement and any change to it at once; letters go when the time to undo is over."""
    ended_at = _close(pair, by=by)
    if ended_at:
        tell_of_ending.configure(schedule_at=ended_at + UNDO).defer(
            pair=pair.pk, ended_at=ended_at.isoformat()
        )
    pair.refresh_from_db()
    if pair.ended_at is None:
        raise RuntimeError(f"pair {pair.pk} did not end.")
    return pair.ended_at


@transaction.atomic
def run_out(*, pair: Pair) -> bool:
    """End a pair whose last day is over, as of its last moment; say whether it was still running.

    The same letters go as at any other ending, each in its reader's waking hours.
    """
    now, zone = timezone.now(), pair.scheme.time_zone
    pair.refresh_from_db(fields=["until", "state"])
    if pair.until is None or now < end_of(pair.until, zone):
        return False
    last_moment = end_of(pair.until, zone) - datetime.resolution
    ended_at = _close(pair, by=By.SOFTWARE, at=last_moment, last_day=pair.until)
    if ended_at is None:
        return False
    forget_renewals(pair=pair)
    readers = {party: person.time_zone for party, person in people_of(pair).items()}
    for whom, here in {**readers, ORGANISERS: zone}.items():
        tell_of_ending.configure(schedule_at=waking(now, here)).defer(
            pair=pair.pk, ended_at=ended_at.isoformat(), whom=whom
        )
    return True


def _close(
    pair: Pair, *, by: By, at: datetime | None = None, last_day: date | None = None
) -> datetime | None:
    """End everything that is open, under one moment; None if it had ended, or runs longer by now.

    The order of locks is always: agreements, renewals, the pair, its meetings, its boundaries.
    """
    agreements = _locked_agreements(pair)
    list(Renewal.objects.select_for_update().filter(pair=pair).order_by("pk"))
    locked = Pair.objects.select_for_update().get(pk=pair.pk)
    if last_day and locked.until != last_day:
        return None
    moment = at or timezone.now()
    for agreement in agreements:
        Agreement.moves.make(agreement, Verb.PAIR_ENDED, by=by)
        agreement.closed_at = moment
        agreement.revision += 1
        agreement.save(update_fields=["state", "closed_at", "revision"])
    if locked.state != PairState.ENDED:
        cancel_all(pair=locked, at=moment, by=by)
        follow_the_pair(pair=locked, ended_at=moment)
    return moment if end(pair=pair, at=moment, by=by) else None


def _locked_agreements(pair: Pair) -> list[Agreement]:
    """Lock what is open of a pair.

    Whoever we waited for may have proposed a change, which a look begun before cannot find. So we look twice:
    the second time the agreement in force is ours, and without it nobody proposes.
    """
    rows = Agreement.objects.select_for_update().filter(pair=pair, state__in=UNENDED).order_by("pk")
    list(rows)
    return list(rows.all())


@transaction.atomic
def undo(*, pair: Pair) -> Pair:
    """Take an ending back while no letter has gone; the pair and all that it had agreed stand as before."""
    pair = Pair.objects.select_related("scheme").get(pk=pair.pk)
    if pair.state != PairState.ENDED or pair.ended_at is None:
        return pair
    if timezone.now() >= pair.ended_at + UNDO:
        raise Refused(_("The ten minutes are over, and both of you have been told that it ended."))
    closed = Agreement.objects.select_for_update().filter(pair=pair, closed_at=pair.ended_at)
    agreements = list(closed.filter(state=AgreementState.ENDED).order_by("pk"))
    _check_both_are_here(pair)
    _check_room(pair, pair.ended_at)
    reopen_all(pair=pair, at=pair.ended_at)
    follow_the_pair(pair=pair, ended_at=None)
    try:
        with transaction.atomic():
            pair = resume(pair=pair)
    except IntegrityError as introduced_again:
        raise Refused(_("The two of you have been introduced again already.")) from introduced_again
    for agreement in agreements:
        _reopen(agreement)
    return pair


def _reopen(agreement: Agreement) -> None:
    agreement.closed_at = None
    agreement.revision += 1
    before = AgreementState.FILLING
    if agreement.in_force_at:
        before = AgreementState.IN_FORCE
    elif agreement.fingerprint:
        before = AgreementState.SEALING
        seal_agreement.defer(agreement=agreement.pk)
    elif agreement.predecessor_id and not agreement.agreed_at:
        before = AgreementState.PROPOSED
    Agreement.moves.make(agreement, Verb.PAIR_RESUMED, by=By.EITHER, to=before)
    agreement.save(update_fields=["state", "closed_at", "revision"])


def _check_both_are_here(pair: Pair) -> None:
    """Refuse if one of the two has left the scheme meanwhile."""
    two = [pair.mentor_id, pair.mentee_id]
    if Member.objects.filter(scheme=pair.scheme, person__in=two).exclude(left_at=None).exists():
        raise Refused(_("The two of you are no longer both in the scheme. Write to the organisers."))


def _check_room(pair: Pair, since: datetime) -> None:
    """Refuse if the mentor's place has been given to someone else meanwhile."""
    mentor = Member.objects.select_for_update().filter(
        scheme=pair.scheme, person=pair.mentor_id, role=Role.MENTOR
    )
    member = mentor.first()
    if member is None:
        return
    pairs = Pair.objects.running().filter(scheme=pair.scheme, mentor=pair.mentor_id)
    offers = Introduction.objects.offered().filter(mentor=member)
    newer = pairs.filter(introduced_at__gte=since).exists() or offers.filter(offered_at__gte=since).exists()
    if newer and pairs.count() + offers.count() >= member.capacity:
        raise Refused(
            _("The mentor’s place has been offered to someone else meanwhile. Write to the organisers.")
        )
