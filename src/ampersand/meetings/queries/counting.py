"""What organisers learn of meetings: how many there were, and two dates."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.utils import timezone

from ampersand.calendars import day_in
from ampersand.meetings.models import Meeting, MeetingState, Outcome


@dataclass(frozen=True)
class Tally:
    """How often a pair met, the last day and the next; nothing of where, of what, or of who missed one."""

    met: int
    last: date | None
    next: date | None


def tallies(pairs: Collection[int], *, zone: str, now: datetime | None = None) -> dict[int, Tally]:
    """Count the meetings of some pairs in one query; unless it is said to be missed, one took place."""
    now = now or timezone.now()
    said = Outcome.objects.filter(meeting=OuterRef("pk"))
    missed = Exists(said.filter(happened=False)) & ~Exists(said.filter(happened=True))
    rows = Meeting.objects.filter(pair__in=pairs, state=MeetingState.BOOKED).alias(missed=missed)
    took_place, ahead = Q(ends__lte=now, missed=False), Q(ends__gt=now)
    counted = (
        rows.order_by()
        .values("pair")
        .annotate(
            met=Count("pk", filter=took_place),
            last=Max("starts", filter=took_place),
            next=Min("starts", filter=ahead),
        )
    )
    return {
        row["pair"]: Tally(row["met"], _day(row["last"], zone), _day(row["next"], zone)) for row in counted
    }


def _day(moment: datetime | None, zone: str) -> date | None:
    return day_in(moment, zone) if moment else None
