"""Stopping, or running out: at once, without a reason, and without a trace of who did it.

docs/decisions/0016-endings-without-blame.md says why it is done this way.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
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
from ampersand.meetings.actions.taking import lock_time_of, tried_again
from ampersand.pairs.actions import end, resume
from ampersand.pairs.models import Pair, PairState
from ampersand.pairs.queries import people_of
from ampersand.people.rules import Refused
from ampersand.record.models import Verb
from ampersand.record.states import By
from ampersand.schemes.models import Member, Role

UNDO = timedelta(minutes=10)


@tried_again
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


@tried_again
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
    """End everything that is open, under one moment; None if it had ended, or runs longer by now."""
    lock_mentors([pair])
    lock_mentoring([pair])
    agreements = list(Agreement.objects.filter(pair=pair, state__in=UNENDED).order_by("pk"))
    locked = Pair.objects.get(pk=pair.pk)
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


def lock_mentors(pairs: Iterable[Pair]) -> None:
    """Lock the memberships of mentors whose places are given back or taken again: they count them."""
    theirs = Q(pk__in=[])
    for pair in pairs:
        theirs |= Q(scheme=pair.scheme_id, person=pair.mentor_id, role=Role.MENTOR)
    list(Member.objects.select_for_update(no_key=True).filter(theirs).order_by("pk"))


def lock_mentoring(pairs: Collection[Pair]) -> None:
    """Lock all that begins and ends with pairs, in the order of docs/decisions/0039: mentors come before.

    Whoever we waited for may have proposed a change, which a look begun before cannot find. So we look twice:
    the second time the agreement in force is ours, and without it nobody proposes.
    """
    numbers = [pair.pk for pair in pairs]
    for model in (Agreement, Agreement, Renewal):
        rows = model._default_manager.select_for_update(no_key=True)
        list(rows.filter(pair__in=numbers).order_by("pk"))
    list(Pair.objects.select_for_update(no_key=True).filter(pk__in=numbers).order_by("pk"))
    lock_time_of({person for pair in pairs for person in (pair.mentor_id, pair.mentee_id)})


@tried_again
def undo(*, pair: Pair) -> Pair:
    """Take an ending back while no letter has gone; the pair and all that it had agreed stand as before."""
    pair = Pair.objects.select_related("scheme").get(pk=pair.pk)
    if pair.state != PairState.ENDED or pair.ended_at is None:
        return pair
    if timezone.now() >= pair.ended_at + UNDO:
        raise Refused(_("The ten minutes are over, and both of you have been told that it ended."))
    lock_mentors([pair])
    lock_mentoring([pair])
    closed = Agreement.objects.filter(pair=pair, closed_at=pair.ended_at)
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
    member = Member.objects.filter(scheme=pair.scheme, person=pair.mentor_id, role=Role.MENTOR).first()
    if member is None:
        return
    pairs = Pair.objects.running().filter(scheme=pair.scheme, mentor=pair.mentor_id)
    offers = Introduction.objects.offered().filter(mentor=member)
    newer = pairs.filter(introduced_at__gte=since).exists() or offers.filter(offered_at__gte=since).exists()
    if newer and pairs.count() + offers.count() >= member.capacity:
        raise Refused(
            _("The mentor’s place has been offered to someone else meanwhile. Write to the organisers.")
        )
