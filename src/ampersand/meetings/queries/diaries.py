"""Two people's diaries, and what is free in both: as many queries after five years as on day one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import DateTimeField, F, FloatField, Func, Q, QuerySet
from django.utils import timezone
from django.utils.formats import get_format

from ampersand.calendars import (
    Away,
    Extra,
    Span,
    Weekly,
    common,
    full_weeks,
    open_times,
    starts,
    without,
)
from ampersand.meetings.models import (
    BlockedTime,
    ExtraTime,
    Meeting,
    MeetingState,
    Seat,
    TimeAway,
    WeeklyTime,
    Wishes,
)
from ampersand.meetings.queries.policies import Policy, policy_of
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.questions import Question

ONE_DAY = timedelta(days=1)
ONE_WEEK = timedelta(days=7)
FARTHEST = timedelta(days=92)  # as far ahead as free times are looked for
ALWAYS = tuple(Weekly(day, time(), time(), ZoneInfo("UTC")) for day in range(7))


@dataclass(frozen=True)
class Diary:
    """One person's time: when they said they can, what takes it, and how they like to be booked."""

    person: Person
    wishes: Wishes
    offered: list[Weekly | Extra] = field(default_factory=list)
    away: list[Away] = field(default_factory=list)
    blocked: list[Span] = field(default_factory=list)
    seats: list[Span] = field(default_factory=list)

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.person.time_zone)

    @property
    def notice(self) -> timedelta:
        return timedelta(hours=self.wishes.least_notice_hours)

    @property
    def buffer(self) -> timedelta:
        return timedelta(minutes=self.wishes.buffer_minutes)

    def said(self, within: Span) -> list[Span]:
        """Give when they said they can. Who never said when can whenever the other said."""
        if not (self.offered or self.away):
            return [within]
        return open_times([*(self.offered or ALWAYS), *self.away], within=within)

    def open(self, within: Span) -> list[Span]:
        """Give when they can, with what is taken taken away."""
        free = without(self.said(within), [span.widened(self.buffer) for span in self.taken()])
        return without(free, self.full())

    def taken(self) -> Iterator[Span]:
        yield from self.blocked
        yield from self.seats

    def full(self) -> list[Span]:
        """Give the weeks in which they meet as often as they want to, by their own calendar."""
        most = self.wishes.most_per_week
        if not most:
            return []
        return full_weeks(self.seats, most=most, zone=self.clock, week_starts=week_starts(self.person))


def week_starts(person: Person) -> int:
    """Give the day on which a person's weeks begin where their language is spoken; Monday is 0."""
    return (int(get_format("FIRST_DAY_OF_WEEK", lang=person.language, use_l10n=True)) - 1) % 7


def diaries_of(
    one: Person, other: Person, within: Span, *, pair: Pair, party: str, but: Meeting | None = None
) -> tuple[Diary, Diary]:
    """Read two people's diaries in six queries, without what a meeting takes that is to be moved.

    `party` is who looks: a time that they themselves hold just now is free to them.
    """
    both = (one.pk, other.pk)
    since, until = within.starts - ONE_WEEK - ONE_DAY, within.ends + ONE_WEEK + ONE_DAY
    wishes = {each.person_id: each for each in WISHES.ask(*both)}
    offered: dict[int, list[Weekly | Extra]] = defaultdict(list)
    away: dict[int, list[Away]] = defaultdict(list)
    blocked: dict[int, list[Span]] = defaultdict(list)
    seats: dict[int, list[Span]] = defaultdict(list)
    over = since.date()
    for weekly in WEEKLY.ask(*both):
        if weekly.last is None or weekly.last >= over:
            offered[weekly.person_id].append(weekly.as_rule())
    for extra in EXTRA.ask(*both):
        if extra.day >= over:
            offered[extra.person_id].append(extra.as_rule())
    for days in AWAY.ask(*both):
        away[days.person_id].append(days.as_rule())
    for whose, starts_at, ends_at in BLOCKED.ask(*both, within.starts - ONE_DAY, within.ends + ONE_DAY):
        blocked[whose].append(_span(starts_at, ends_at))
    taken = SEATS.ask(*both, since, until, timezone.now(), pair.pk, party, but.pk if but else 0)
    for whose, starts_at, ends_at in taken:
        seats[whose].append(_span(starts_at, ends_at))
    first, second = (
        Diary(
            person=each,
            wishes=wishes.get(each.pk) or Wishes(person=each),
            offered=offered[each.pk],
            away=away[each.pk],
            blocked=blocked[each.pk],
            seats=seats[each.pk],
        )
        for each in (one, other)
    )
    return first, second


def free_slots(
    pair: Pair,
    person: Person,
    within: Span,
    *,
    moving: Meeting | None = None,
    policy: Policy | None = None,
) -> list[datetime]:
    """Give the instants at which a meeting that a person books could begin, in order: eight queries.

    Nothing is free while neither of the two has said when they can. At most three months are looked at.
    """
    found = policy or policy_of(pair)
    now = timezone.now()
    own, theirs = diaries_of(
        person, pair.other(person), within, pair=pair, party=pair.party_of(person), but=moving
    )
    since = max(within.starts, now + theirs.notice)
    until = min(within.ends, now + FARTHEST)
    if since >= until or not (own.offered or theirs.offered):
        return []
    looked = Span(since, until)
    both = common(own.open(looked), theirs.open(looked))
    lasting = timedelta(minutes=moving.minutes if moving else found.minutes)
    return list(starts(both, lasting=lasting, zone=own.clock))


def _seconds(moment: str) -> Func:
    """Have a moment told as a number, which is read five times as fast as a timestamp; there are many."""
    template = "EXTRACT(epoch FROM %(expressions)s)::float8"
    return Func(F(moment), template=template, output_field=FloatField())


def _span(starts_at: float, ends_at: float) -> Span:
    return Span(datetime.fromtimestamp(starts_at, UTC), datetime.fromtimestamp(ends_at, UTC))


def _wishes(one: int, other: int) -> QuerySet[Wishes]:
    return Wishes.objects.filter(person__in=[one, other])


def _weekly(one: int, other: int) -> QuerySet[WeeklyTime]:
    return WeeklyTime.objects.filter(person__in=[one, other]).order_by()


def _extra(one: int, other: int) -> QuerySet[ExtraTime]:
    return ExtraTime.objects.filter(person__in=[one, other]).order_by()


def _away(one: int, other: int) -> QuerySet[TimeAway]:
    return TimeAway.objects.filter(person__in=[one, other]).order_by()


def _blocked(
    one: int, other: int, since: datetime, until: datetime
) -> QuerySet[BlockedTime, tuple[int, float, float]]:
    rows = BlockedTime.objects.filter(subscription__person__in=[one, other], ends__gt=since, starts__lt=until)
    return rows.values_list("subscription__person", _seconds("starts"), _seconds("ends"))


def _seats(
    one: int, other: int, since: datetime, until: datetime, now: datetime, pair: int, party: str, but: int
) -> QuerySet[Seat, tuple[int, float, float]]:
    """Find what is taken of two people's time; a time that somebody holds themselves is still theirs."""
    begins, ends = (
        Func(F("during"), function=edge, output_field=DateTimeField()) for edge in ("lower", "upper")
    )
    rows = Seat.objects.filter(person__in=[one, other], taken=True).alias(begins=begins, ends=ends)
    rows = rows.filter(ends__gt=since, begins__lt=until).exclude(meeting=but)
    booked = Q(meeting__state=MeetingState.BOOKED)
    own = Q(meeting__pair=pair, meeting__booked_by=party)
    return rows.filter(booked | (Q(meeting__held_until__gt=now) & ~own)).values_list(
        "person", _seconds("begins"), _seconds("ends")
    )


WISHES = Question(_wishes, int, int)
WEEKLY = Question(_weekly, int, int)
EXTRA = Question(_extra, int, int)
AWAY = Question(_away, int, int)
BLOCKED = Question(_blocked, int, int, datetime, datetime)
SEATS = Question(_seats, int, int, datetime, datetime, datetime, int, str, int)
