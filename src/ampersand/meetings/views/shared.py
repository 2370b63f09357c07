"""What the pages of meetings share."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.meetings.models import Meeting, MeetingState
from ampersand.meetings.queries.meetings import Number, meeting_for
from ampersand.meetings.queries.policies import Policy
from ampersand.meetings.queries.times import wishes_of
from ampersand.meetings.rules import check_may_meet, check_sets_up
from ampersand.pairs.models import Pair
from ampersand.pairs.queries import name_in
from ampersand.people.access import PersonRequest
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.templatetags.readers import moment, there

THE_TWO = "the two people of the pair"
FEW = 4


@dataclass(frozen=True)
class Slot:
    """A free time, by the reader's clock and, where it differs, by the other's."""

    starts: datetime
    zone: str

    @property
    def there(self) -> str:
        return there(self.starts, self.zone)

    @property
    def is_round(self) -> bool:
        return timezone.localtime(self.starts).minute % 30 == 0

    @property
    def iso(self) -> str:
        return f"{self.starts:%Y-%m-%dT%H:%MZ}"


@dataclass(frozen=True)
class Day:
    """A day on which something is free: first at the hours and half hours, where there are many."""

    day: date
    slots: list[Slot]

    @property
    def round(self) -> list[Slot]:
        return [slot for slot in self.slots if self._few or slot.is_round]

    @property
    def between(self) -> list[Slot]:
        return [] if self._few else [slot for slot in self.slots if not slot.is_round]

    @property
    def _few(self) -> bool:
        return len(self.slots) <= FEW or not any(slot.is_round for slot in self.slots)


@dataclass(frozen=True)
class Week:
    """A week in which something is free, and the Mondays of the nearest others."""

    days: list[Day]
    earlier: date | None
    later: date | None

    @property
    def differ(self) -> bool:
        """Say whether the two clocks show different times."""
        return any(slot.there for day in self.days for slot in day.slots)


def week_of(starts: Iterable[datetime], *, asked: str, zone: str) -> Week | None:
    """Give the week that was asked for, or the next in which something is free; None if nothing is."""
    weeks: dict[date, dict[date, list[Slot]]] = {}
    for each in sorted(starts):
        day = timezone.localtime(each).date()
        weeks.setdefault(_monday(day), {}).setdefault(day, []).append(Slot(each, zone))
    if not weeks:
        return None
    mondays = sorted(weeks)
    wanted = _monday_asked(asked) or mondays[0]
    place = next((n for n, monday in enumerate(mondays) if monday >= wanted), len(mondays) - 1)
    return Week(
        days=[Day(day, slots) for day, slots in weeks[mondays[place]].items()],
        earlier=mondays[place - 1] if place else None,
        later=mondays[place + 1] if place + 1 < len(mondays) else None,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _monday_asked(text: str) -> date | None:
    try:
        return _monday(date.fromisoformat(text))
    except (ValueError, OverflowError):
        return None


def own_pair(request: PersonRequest, pk: int) -> Pair:
    found = Pair.objects.of(request.user).select_related("mentor", "mentee", "scheme").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def own_meeting(request: PersonRequest, pk: int) -> Meeting:
    """Find a meeting of one's own; a time that the other holds just now is not one yet."""
    found = meeting_for(request.user, pk)
    if found is None:
        raise Http404
    if found.state == MeetingState.HELD and found.booked_by != found.pair.party_of(request.user):
        raise Http404
    return found


def both_clocks(starts: datetime, zone: str) -> str:
    """Write a moment by the reader's clock and, where it differs, by the other's."""
    elsewhere = there(starts, zone)
    return f"{moment(starts)} · {elsewhere}" if elsewhere else moment(starts)


def in_words(number: Number) -> str:
    """Say which meeting it is: “meeting 2 of about 3”."""
    if number.expected and number.number <= number.expected:
        return _("meeting %(number)d of about %(expected)d") % vars(number)
    return _("meeting %(number)d") % {"number": number.number}


def about(pair: Pair, reader: Person) -> dict[str, Any]:
    """Give what every page of a pair's meetings is told."""
    other = pair.other(reader)
    return {
        "pair": pair,
        "scheme": pair.scheme,
        "other": name_in(pair, other),
        "party": pair.party_of(reader),
        "zone": other.time_zone,
        "differ": bool(there(timezone.now(), other.time_zone)),
    }


def what_may(pair: Pair, reader: Person, policy: Policy, meetings: Collection[Meeting]) -> dict[str, Any]:
    """Say whether the reader may book or suggest now, and if not, why not."""
    try:
        check_may_meet(pair, policy, meetings)
        check_sets_up(pair, policy, reader)
    except Refused as refused:
        may_suggest = _may_suggest(pair, policy, meetings)
        return {"may_book": False, "may_suggest": may_suggest, "why_not": refused.sentence}
    return {"may_book": True, "may_suggest": True}


def _may_suggest(pair: Pair, policy: Policy, meetings: Collection[Meeting]) -> bool:
    try:
        check_may_meet(pair, policy, meetings)
    except Refused:
        return False
    return True


def offered_ways(pair: Pair) -> dict[str, Any]:
    """Say how these two can meet: not by telephone if one of them does not; in whose usual place."""
    mentor, mentee = wishes_of(pair.mentor), wishes_of(pair.mentee)
    return {
        "telephone": mentor.telephone_ok and mentee.telephone_ok,
        "usual_place": mentor.in_person_place or mentee.in_person_place,
    }


def private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
