"""A pair's meetings as time sees them."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery

from ampersand.agreements.models import Agreement, AgreementState
from ampersand.agreements.queries import Standing
from ampersand.calendars import day_in
from ampersand.meetings.ahead import (
    ASKED_FOR,
    BREATH,
    Booked,
    Coming,
    Reader,
    Rhythm,
    Together,
    ahead,
    seen_from_outside,
)
from ampersand.meetings.models import Meeting, MeetingState, NextLook, SuggestedTime, SuggestionState, Wishes
from ampersand.meetings.queries.meetings import counted
from ampersand.meetings.queries.policies import policy_in
from ampersand.pairs.models import Pair, PairState
from ampersand.pairs.queries import people_of
from ampersand.pairs.rules import PARTIES
from ampersand.people.models import Person
from ampersand.wording import Terms, terms_of


def to_look_at(now: datetime) -> QuerySet[NextLook]:
    """Find the pairs whose time has come, the one that has waited longest first."""
    return NextLook.objects.filter(at__lte=now).order_by("at")


def together(pairs: QuerySet[Pair], now: datetime) -> Iterator[tuple[Pair, Together]]:
    """Give each pair with its meetings: the same few queries for however many, if they are few at a time."""
    lately = Meeting.objects.booked().filter(ends__gt=now - ASKED_FOR).prefetch_related("outcomes")
    in_force = Agreement.objects.filter(state=AgreementState.IN_FORCE).select_related("template")
    over = counted(OuterRef("pk")).filter(ends__lte=now)  # type: ignore[arg-type]
    suggested = SuggestedTime.objects.filter(
        suggestion__pair=OuterRef("pk"), suggestion__state=SuggestionState.OPEN
    ).order_by("-starts")
    cancelled = Meeting.objects.filter(pair=OuterRef("pk"), state=MeetingState.CANCELLED)
    cancelled = cancelled.order_by("-cancelled_at")
    rows = (
        pairs.select_related("scheme", "mentor__meeting_wishes", "mentee__meeting_wishes")
        .annotate(
            met=Subquery(over.order_by().values("pair").annotate(met=Count("pk")).values("met")),
            met_last=Subquery(over.order_by("-starts").values("starts")[:1]),
            cancelled_at=Subquery(cancelled.values("cancelled_at")[:1]),
            last_suggested=Subquery(suggested.values("starts")[:1]),
        )
        .prefetch_related(
            "reached",
            Prefetch("meetings", lately, to_attr="lately"),
            Prefetch("agreements", in_force.prefetch_related("fillings"), to_attr="in_force"),
        )
    )
    for pair in rows:
        yield pair, _together(pair, now)


def foreseen(pairs: QuerySet[Pair], now: datetime) -> Iterator[tuple[int, list[Coming]]]:
    """Give what lies ahead of each pair's meetings, by its number, whatever has been reached or said."""
    for pair, found in together(pairs, now):
        yield pair.pk, [each for each in ahead(seen_from_outside(found)) if each.at >= now]


def _together(pair: Pair, now: datetime) -> Together:
    if pair.state == PairState.ENDED:
        return Together(readers=())
    return Together(
        readers=tuple(_reader(party, person) for party, person in people_of(pair).items()),
        booked=tuple(_booked(meeting) for meeting in pair.lately),  # type: ignore[attr-defined]
        rhythm=_rhythm(pair, now),
        reached=frozenset((row.what, row.about, row.whom) for row in pair.reached.all()),
    )


def _reader(party: str, person: Person) -> Reader:
    wishes = getattr(person, "meeting_wishes", None) or Wishes(person=person)
    return Reader(party, person.time_zone, wishes.day_before, wishes.hour_before)


def _booked(meeting: Meeting) -> Booked:
    settled = [moment for moment in (meeting.booked_at, meeting.moved_at) if moment]
    said = frozenset(outcome.party for outcome in meeting.outcomes.all())
    return Booked(meeting.pk, meeting.starts, meeting.ends, max(settled, default=meeting.starts), said)


def _rhythm(pair: Pair, now: datetime) -> Rhythm | None:
    """Say how often they aim to meet; nothing once they have met as often as most do."""
    found: list[Agreement] = pair.in_force  # type: ignore[attr-defined]
    if pair.state != PairState.IN_FORCE or not found or pair.in_force_from is None:
        return None
    policy = policy_in(_terms(found[0]), in_force=True)
    if policy.every is None or (policy.expected and (pair.met or 0) >= policy.expected):  # type: ignore[attr-defined]
        return None
    return Rhythm(
        every=policy.every,
        since=day_in(pair.met_last or pair.in_force_from, pair.mentor.time_zone),  # type: ignore[attr-defined]
        sets_up=frozenset(party for party in PARTIES if policy.lets_book(party)),
        arranged=any(meeting.ends > now for meeting in pair.lately),  # type: ignore[attr-defined]
        not_before=_not_before(pair),
    )


def _not_before(pair: Pair) -> datetime | None:
    """Say until when nobody is told to book: suggested times may yet suit, or one was just cancelled."""
    cancelled: datetime | None = pair.cancelled_at  # type: ignore[attr-defined]
    suggested: datetime | None = pair.last_suggested  # type: ignore[attr-defined]
    return max(filter(None, (suggested, cancelled and cancelled + BREATH)), default=None)


def _terms(agreement: Agreement) -> Terms:
    fillings = {filling.field: filling for filling in agreement.fillings.all()}
    standing = Standing(agreement=agreement, wording=agreement.wording(), fillings=fillings)
    return terms_of(standing.wording, standing.values)
