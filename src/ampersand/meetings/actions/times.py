"""Saying when and how one can meet."""

from datetime import date, time
from typing import TypedDict, Unpack

from django.db import transaction

from ampersand.meetings.actions.looking import look_at_all_of
from ampersand.meetings.models import ExtraTime, TimeAway, WeeklyTime, Wishes
from ampersand.meetings.models.times import secret
from ampersand.meetings.rules import check_room_for_more
from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb


class Wished(TypedDict):
    """How a person likes to meet, as a form gives it."""

    least_notice_hours: int
    buffer_minutes: int
    most_per_week: int | None
    video_link: str
    telephone_ok: bool
    in_person_place: str
    day_before: bool
    hour_before: bool


@transaction.atomic
def add_weekly(
    *,
    person: Person,
    weekday: int,
    since: time,
    until: time,
    zone: str,
    first: date | None = None,
    last: date | None = None,
) -> WeeklyTime:
    """Say that a person can every week on a weekday, Monday being 0, from one time until another."""
    person = _here(person)
    check_room_for_more(WeeklyTime.objects.filter(person=person).count())
    added = WeeklyTime.objects.create(
        person=person, weekday=weekday, since=since, until=until, zone=zone, first=first, last=last
    )
    _note(Verb.WAYS_TO_MEET_CHANGED, person)
    return added


@transaction.atomic
def add_extra(*, person: Person, day: date, since: time, until: time, zone: str) -> ExtraTime:
    """Say that a person can on one day, beside what is weekly."""
    person = _here(person)
    check_room_for_more(ExtraTime.objects.filter(person=person).count())
    added = ExtraTime.objects.create(person=person, day=day, since=since, until=until, zone=zone)
    _note(Verb.WAYS_TO_MEET_CHANGED, person)
    return added


@transaction.atomic
def add_away(*, person: Person, first: date, last: date, zone: str) -> TimeAway:
    """Say that a person cannot meet on these days. What is booked already stays booked."""
    person = _here(person)
    check_room_for_more(TimeAway.objects.filter(person=person).count())
    added = TimeAway.objects.create(person=person, first=first, last=last, zone=zone)
    _note(Verb.WAYS_TO_MEET_CHANGED, person)
    return added


@transaction.atomic
def remove_time(*, time: WeeklyTime | ExtraTime | TimeAway, by: Person) -> None:
    """Take away one of one's own times. What is booked already stays booked."""
    removed, _by_kind = type(time)._default_manager.filter(pk=time.pk, person=by).delete()
    if removed:
        _note(Verb.WAYS_TO_MEET_CHANGED, by)


@transaction.atomic
def wish(*, person: Person, **wished: Unpack[Wished]) -> Wishes:
    """Say how a person likes to meet and to be reminded."""
    person = _here(person)
    wishes, _made = Wishes.objects.update_or_create(person=person, defaults=dict(wished))
    look_at_all_of(person=person)
    _note(Verb.WAYS_TO_MEET_CHANGED, person)
    return wishes


@transaction.atomic
def wishes_for(*, person: Person) -> Wishes:
    """Give how a person likes to meet, kept from now on: their private feed address needs it."""
    wishes, made = Wishes.objects.get_or_create(person=_here(person))
    if made:
        _note(Verb.WAYS_TO_MEET_CHANGED, person)
    return wishes


@transaction.atomic
def replace_feed(*, person: Person) -> Wishes:
    """Make a new private address for a person's calendar; the one before is good no longer."""
    wishes = wishes_for(person=person)
    wishes.feed_token = secret()
    wishes.save(update_fields=["feed_token"])
    _note(Verb.FEED_REPLACED, person)
    return wishes


def _here(person: Person) -> Person:
    """Lock someone who says something about themselves: nothing is kept of whoever leaves just now."""
    return Person.objects.select_for_update(no_key=True).get(pk=person.pk, erased_at=None)


def _note(verb: Verb, person: Person) -> None:
    note_down(verb=verb, by=person.pk, about=f"person:{person.pk}")
