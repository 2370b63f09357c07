"""When somebody can, as they said it themselves."""

from dataclasses import dataclass

from django.utils import timezone

from ampersand.meetings.models import ExtraTime, Subscription, TimeAway, WeeklyTime, Wishes
from ampersand.people.models import Person


@dataclass(frozen=True)
class Times:
    """All that a person has said about when they can: what is over is left out."""

    weekly: list[WeeklyTime]
    extra: list[ExtraTime]
    away: list[TimeAway]

    def __bool__(self) -> bool:
        """Say whether they gave any time at which they can."""
        return bool(self.weekly or self.extra)


def times_of(person: Person) -> Times:
    """Give what a person has said, in three queries."""
    today = timezone.localdate()
    weekly = WeeklyTime.objects.filter(person=person).exclude(last__lt=today)
    extra = ExtraTime.objects.filter(person=person, day__gte=today)
    away = TimeAway.objects.filter(person=person, last__gte=today)
    return Times(list(weekly), list(extra), list(away))


def wishes_of(person: Person) -> Wishes:
    """Give how a person likes to meet; as usual, and not kept yet, if they never said."""
    return Wishes.objects.filter(person=person).first() or Wishes(person=person)


def calendars_of(person: Person) -> list[Subscription]:
    """Give the calendars that say when a person is busy."""
    return list(Subscription.objects.filter(person=person))
