"""Pairs as time sees them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from ampersand.agreements.models import (
    Agreement,
    AgreementState,
    Filling,
    Renewal,
    RenewalState,
    Scan,
    ScanState,
)
from ampersand.agreements.queries import standing_of
from ampersand.agreements.rules import renewal_months
from ampersand.calendars import day_in
from ampersand.journeys.ahead import SIGNATURE_QUIET, CarryOn, Coming, Draft, Life, ahead
from ampersand.meetings.ahead import Coming as ComingToMeet
from ampersand.meetings.queries import looking
from ampersand.pairs.models import Pair, PairState
from ampersand.schemes.models import ASKS

LONGEST_MONTH = 31
AT_A_TIME = 200


def touched_by_time(now: datetime) -> QuerySet[Pair]:
    """Find the pairs that time may bring something to now; all others have a quiet day."""
    today = day_in(now, "UTC")
    ends = Q()
    for months, _label in ASKS:
        soon = today + timedelta(days=months * LONGEST_MONTH + 2)
        ends |= Q(scheme__asks_months=months, until__lte=soon)
    quiet = Q(agreements__state=AgreementState.FILLING, agreements__opened_at__lte=now - SIGNATURE_QUIET)
    touched = Q(state=PairState.IN_FORCE) & ends | Q(state=PairState.AGREEING) & quiet
    return Pair.objects.filter(touched).order_by("pk")


def resting_drafts(scheme: int, since: datetime) -> QuerySet[Pair]:
    """Give the pairs in a scheme whose agreement nobody has moved since a moment, the oldest first.

    Each pair's own is asked for, in the order of their index, so that counting the first of them costs a
    large scheme no more than a small one. A join would be taken for quicker by a PostgreSQL that plans
    without the moment, and cannot know how many it leaves.
    """
    moved = Filling.objects.filter(agreement=OuterRef("pk")).filter(
        Q(suggested_at__gt=since) | Q(agreed_at__gt=since)
    )
    drafts = Agreement.objects.filter(state=AgreementState.FILLING, opened_at__lte=since)
    resting = drafts.filter(~Exists(moved), pair=OuterRef("pk")).values("pk")[:1]
    pairs = Pair.objects.filter(scheme=scheme, state=PairState.AGREEING, introduced_at__lte=since)
    return pairs.alias(resting=Subquery(resting)).filter(resting__isnull=False).order_by("introduced_at")


def lives(pairs: QuerySet[Pair]) -> Iterator[tuple[Pair, Life]]:
    """Give each pair with its life: the same few queries for however many, if they are few at a time."""
    waiting = Scan.objects.filter(state=ScanState.WAITING).defer("content")
    standing = Agreement.objects.filter(state__in=[AgreementState.FILLING, AgreementState.IN_FORCE])
    rows = pairs.select_related("scheme", "mentor", "mentee").prefetch_related(
        "reached",
        "renewals__answers",
        "renewals__signatures",
        Prefetch(
            "agreements",
            standing.select_related("template", "predecessor__template").prefetch_related(
                "fillings", "signatures", Prefetch("scans", waiting)
            ),
        ),
    )
    for pair in rows:
        yield pair, _life(pair)


@dataclass(frozen=True)
class Foreseen:
    """One thing ahead of a pair, and the day it falls on where it is felt."""

    day: date
    pair: Pair
    coming: Coming | ComingToMeet
    renews: bool
    zone: str  # of whoever it reaches, or of the scheme


def foreseen(*, now: datetime, until: date, scheme: str = "", pair: int = 0) -> Iterator[Foreseen]:
    """Give what lies ahead of every pair, or of one, until a day, as an operator may know it."""
    pairs = Pair.objects.running()
    if scheme:
        pairs = pairs.filter(scheme__slug=scheme)
    if pair:
        pairs = pairs.filter(pk=pair)
    numbers = list(pairs.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(numbers), AT_A_TIME):
        some = Pair.objects.filter(pk__in=numbers[start : start + AT_A_TIME])
        meetings = dict(looking.foreseen(some, now))
        for found, life in lives(some):
            for coming in (*ahead(seen_from_outside(life)), *meetings.get(found.pk, ())):
                zone = coming.zone or life.zones.get(coming.whom, life.zone)
                day = day_in(coming.at, zone)
                if coming.at >= now and day <= until:
                    yield Foreseen(day, found, coming, bool(life.renews_months), zone)


def seen_from_outside(life: Life) -> Life:
    """Leave out of a life what only the two may know: who has answered, and who has signed."""
    return replace(
        life,
        carry_on=replace(life.carry_on, answered=frozenset(), signed=frozenset(), agreed_at=None)
        if life.carry_on
        else None,
        draft=replace(life.draft, signed=frozenset()) if life.draft else None,
        reached=frozenset(),
    )


def _life(pair: Pair) -> Life:
    agreements = {agreement.state: agreement for agreement in pair.agreements.all()}
    in_force = agreements.get(AgreementState.IN_FORCE)
    draft = agreements.get(AgreementState.FILLING) if pair.state == PairState.AGREEING else None
    renewals = list(pair.renewals.all())
    renewed = sum(renewal.state == RenewalState.RENEWED for renewal in renewals)
    asked = next((renewal for renewal in renewals if renewal.ends_on == pair.until), None)
    return Life(
        pair=pair.pk,
        zone=pair.scheme.time_zone,
        zones={"mentor": pair.mentor.time_zone, "mentee": pair.mentee.time_zone},
        since=day_in(pair.in_force_from, pair.scheme.time_zone) if pair.in_force_from else None,
        until=pair.until if pair.state == PairState.IN_FORCE else None,
        renews_months=renewal_months(standing_of(in_force), renewed=renewed) if in_force else 0,
        asks_months=pair.scheme.asks_months,
        carry_on=_carry_on(pair, asked) if asked else None,
        draft=_draft(pair, draft) if draft else None,
        reached=frozenset((row.what, row.about, row.whom) for row in pair.reached.all()),
    )


def _carry_on(pair: Pair, asked: Renewal) -> CarryOn:
    return CarryOn(
        asked_at=asked.asked_at,
        answered=frozenset(_party(pair, answer.person_id) for answer in asked.answers.all()),
        agreed_at=asked.agreed_at,
        signed=frozenset(signature.party for signature in asked.signatures.all()),
    )


def _draft(pair: Pair, draft: Agreement) -> Draft:
    moved = [draft.opened_at]
    for filling in draft.fillings.all():
        moved += [moment for moment in (filling.suggested_at, filling.agreed_at) if moment]
    signed = {signature.party for signature in draft.signatures.all() if signature.lapsed_at is None}
    signed |= {_party(pair, scan.uploaded_by_id) for scan in draft.scans.all()}
    return Draft(
        about=f"agreement:{draft.pk}",
        quiet_since=max(moved),
        ready=not standing_of(draft).left,
        signed=frozenset(signed),
    )


def _party(pair: Pair, person: int) -> str:
    return "mentor" if person == pair.mentor_id else "mentee"
