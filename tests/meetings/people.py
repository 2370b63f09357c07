"""Two people whose agreement is in force, when they can meet, and short words for what they do."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from ampersand.agreements.models import Agreement, AgreementState
from ampersand.calendars import Span
from ampersand.meetings.actions.booking import book_at
from ampersand.meetings.actions.times import add_weekly
from ampersand.meetings.models import BlockedTime, Meeting, Subscription, Wishes
from ampersand.meetings.queries.diaries import free_slots
from ampersand.pairs.actions import begin, put_in_force
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from tests.agreements.people import Two, accepted_by_asking, agreeing

LONDON, PARIS, NEW_YORK = "Europe/London", "Europe/Paris", "America/New_York"
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)  # the time of most stories: four weeks before the clocks change


@dataclass
class Meeters:
    """Hannah, who mentors, and Sam; the peer scheme's half hours, or the contract's terms."""

    two: Two

    @property
    def pair(self) -> Pair:
        return Pair.objects.select_related("mentor", "mentee", "scheme").get(pk=self.two.pair.pk)

    @property
    def hannah(self) -> Person:
        return Person.objects.get(pk=self.two.hannah.pk)

    @property
    def sam(self) -> Person:
        return Person.objects.get(pk=self.two.sam.pk)

    def books(self, at: datetime, by: Person | None = None, way: str = "video") -> Meeting:
        return book_at(pair=self.pair, starts=at, way=way, by=by or self.sam)

    def slots(
        self, person: Person | None = None, *, days: int = 28, since: datetime | None = None
    ) -> list[datetime]:
        begin = since or timezone.now()
        return free_slots(self.pair, person or self.sam, Span(begin, begin + timedelta(days=days)))


def peers() -> Meeters:
    """Two whose agreement was accepted by asking: half hours, and a missed one is final."""
    return Meeters(accepted_by_asking())


def with_contract(*, in_force: bool = True) -> Meeters:
    """Two who filled in the contract: the mentee sets up, two days of notice, every four weeks."""
    two = agreeing()
    two.fill_all()
    if in_force:
        now = timezone.now()
        Agreement.objects.filter(pk=two.agreement.pk).update(state=AgreementState.IN_FORCE, in_force_at=now)
        put_in_force(pair=two.pair, since=now, until=None)
    return Meeters(two)


def evenings(person: Person, *weekdays: int, since: int = 17, until: int = 19, zone: str = LONDON) -> None:
    """Let somebody say that they can on these weekdays."""
    for weekday in weekdays or range(7):
        add_weekly(person=person, weekday=weekday, since=time(since), until=time(until), zone=zone)


def wishes(person: Person, **wished: object) -> None:
    Wishes.objects.update_or_create(person=person, defaults=wished)


def lives_in(person: Person, zone: str) -> None:
    Person.objects.filter(pk=person.pk).update(time_zone=zone)


def another_pair(two: Two, mentor: Person, mentee: Person) -> Pair:
    """Bring two people together in the same scheme, in force at once."""
    pair = begin(scheme=two.scheme, mentor=mentor, mentee=mentee)
    now = timezone.now()
    Agreement.objects.create(
        pair=pair,
        template=two.scheme.templates.get(),
        state=AgreementState.IN_FORCE,
        in_force_at=now,
        evidence="asking",
        scheme_values=two.scheme.values(),
    )
    return put_in_force(pair=pair, since=now, until=None)


def at(text: str, zone: str = "UTC") -> datetime:
    """Give an instant by what the clock shows somewhere: “2027-03-02 17:00”."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def blocked(person: Person, *spans: datetime) -> None:
    """Let somebody's own calendar block from each first instant until the second."""
    calendar = Subscription.objects.create(person=person, name="Work")
    for starts, ends in zip(spans[::2], spans[1::2], strict=True):
        BlockedTime.objects.create(subscription=calendar, starts=starts, ends=ends)


def refuses(words: str) -> pytest.RaisesExc[Refused]:
    """Expect a refusal that says this."""
    return pytest.raises(Refused, match=re.escape(words))
