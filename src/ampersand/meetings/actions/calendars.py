"""A person's own calendars, which say when they are busy: added, read again, taken away."""

from django.db import transaction
from django.utils import timezone

from ampersand.calendars import Unreadable
from ampersand.meetings.models import Subscription
from ampersand.meetings.queries.calendars import WORDS, trouble_of
from ampersand.meetings.rules import check_calendar_address, check_room_for_calendar
from ampersand.meetings.tasks.calendars import busy_of, keep, read_calendar
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.actions import note_down
from ampersand.record.models import Verb


@transaction.atomic
def subscribe(*, person: Person, name: str, address: str) -> Subscription:
    """Add a calendar at an address; it is read within minutes, and every hour from then on."""
    address = check_calendar_address(address)
    made = _added(person, name, address)
    made.next_fetch = timezone.now()
    made.save(update_fields=["next_fetch"])
    read_calendar.configure(lock=f"calendars of {person.pk}").defer(calendar=made.pk)
    _note(Verb.CALENDAR_ADDED, person)
    return made


def upload(*, person: Person, name: str, file: bytes) -> Subscription:
    """Add a calendar from a file, read once."""
    try:
        busy = busy_of(person, file)
    except Unreadable as wrong:
        raise Refused(str(WORDS[trouble_of(wrong)])) from wrong
    with transaction.atomic():
        made = _added(person, name, "")
        keep(made, busy, "")
        _note(Verb.CALENDAR_ADDED, person)
    made.refresh_from_db()
    return made


@transaction.atomic
def look_again(*, calendar: Subscription, by: Person) -> None:
    """Have a calendar at an address read now instead of within the hour."""
    found = Subscription.objects.exclude(address="").filter(pk=calendar.pk, person=by)
    if found.update(next_fetch=timezone.now()):
        read_calendar.configure(lock=f"calendars of {by.pk}").defer(calendar=calendar.pk)
        _note(Verb.CALENDAR_FETCHED, by)


@transaction.atomic
def take_away(*, calendar: Subscription, by: Person) -> None:
    """Take a calendar away, and with it the times that it blocked."""
    removed, _by_kind = Subscription.objects.filter(pk=calendar.pk, person=by).delete()
    if removed:
        _note(Verb.CALENDAR_REMOVED, by)


def _added(person: Person, name: str, address: str) -> Subscription:
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk, erased_at=None)
    check_room_for_calendar(Subscription.objects.filter(person=person).count())
    return Subscription.objects.create(person=person, name=name.strip(), address=address)


def _note(verb: Verb, person: Person) -> None:
    note_down(verb=verb, by=person.pk, about=f"person:{person.pk}")
