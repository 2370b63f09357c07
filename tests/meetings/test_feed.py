"""A private address at which a calendar program finds somebody's meetings, in every scheme."""

from datetime import timedelta
from typing import Any

import pytest
import recurring_ical_events
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from ampersand.meetings.actions.booking import book_at, cancel, change_place, move
from ampersand.meetings.actions.times import replace_feed, wishes_for
from ampersand.people.models import Person
from tests.meetings.people import MONDAY, Meeters, another_pair, at

FIVE, THURSDAY = at("2027-03-02 17:00"), at("2027-03-04 17:00")

pytestmark = pytest.mark.usefixtures("clock")


def address_of(person: Person) -> str:
    return f"/calendar/{wishes_for(person=person).feed_token}.ics"


def events(client: Client, person: Person) -> list[Any]:
    answer = client.get(address_of(person))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    calendar: Any = Calendar.from_ical(answer.content)
    assert calendar["method"] == "PUBLISH"
    vobject.readOne(answer.content.decode())
    return list(calendar.walk("VEVENT"))


def test_whoever_has_the_address_finds_the_meetings_and_nobody_in_them(pair: Meeters, client: Client) -> None:
    assert events(client, pair.hannah) == []
    meeting = pair.books(FIVE)
    (found,) = events(client, pair.hannah)
    assert (str(found["uid"]), found.decoded("dtstart")) == (str(meeting.uid), FIVE)
    answer = client.get(address_of(pair.hannah))
    for secret in (b"Sam", b"sam@", b"ATTENDEE", b"Quiet Hours", b"hannah@"):
        assert secret not in answer.content
    assert answer["Cache-Control"] == "private, no-cache"
    assert not answer.cookies
    (same,) = recurring_ical_events.of(Calendar.from_ical(answer.content)).at(FIVE.date())
    assert str(same["uid"]) == str(meeting.uid)


def test_what_changed_is_the_same_event_and_what_was_cancelled_stays_for_a_while(
    pair: Meeters, client: Client, clock: Any
) -> None:
    meeting = move(meeting=pair.books(FIVE), starts=THURSDAY, by=pair.sam)
    (found,) = events(client, pair.sam)
    assert (str(found["uid"]), found["sequence"], found["status"]) == (str(meeting.uid), 1, "CONFIRMED")
    cancel(meeting=meeting, by=pair.sam)
    (found,) = events(client, pair.sam)
    assert (str(found["uid"]), found["sequence"], found["status"]) == (str(meeting.uid), 2, "CANCELLED")
    clock.shift(timedelta(days=80))
    assert len(events(client, pair.sam)) == 1
    clock.shift(timedelta(days=20))
    assert events(client, pair.sam) == []


def test_a_program_that_has_it_already_is_told_so(pair: Meeters, client: Client, clock: Any) -> None:
    meeting = pair.books(FIVE)
    first = client.get(address_of(pair.sam))
    clock.shift(timedelta(hours=1))
    again = client.get(address_of(pair.sam), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    change_place(meeting=meeting, way="telephone", by=pair.sam)
    changed = client.get(address_of(pair.sam), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_an_address_that_was_replaced_is_as_unknown_as_one_that_never_was(
    pair: Meeters, client: Client
) -> None:
    old = address_of(pair.sam)
    assert client.get(old).status_code == 200
    replace_feed(person=pair.sam)
    was, never = client.get(old), client.get("/calendar/" + "x" * 32 + ".ics")
    assert (was.status_code, was.content) == (404, never.content)
    assert dict(was.headers) == dict(never.headers)
    assert client.get(address_of(pair.sam)).status_code == 200


def test_knocking_for_ever_is_answered_calmly(client: Client, db: None) -> None:
    found = [client.get(f"/calendar/{n}.ics", REMOTE_ADDR="203.0.113.9").status_code for n in range(601)]
    assert found == [404] * 600 + [429]
    assert client.get("/calendar/1.ics", REMOTE_ADDR="203.0.113.10").status_code == 404


def test_an_erased_person_has_no_address(pair: Meeters, client: Client) -> None:
    address = address_of(pair.sam)
    Person.objects.filter(pk=pair.sam.pk).update(erased_at=MONDAY)
    assert client.get(address).status_code == 404


def test_it_holds_every_scheme_in_the_same_few_questions(
    pair: Meeters, client: Client, other_mentee: Person
) -> None:
    address, counts = address_of(pair.hannah), []
    pair.books(FIVE)
    other = another_pair(pair.two, pair.hannah, other_mentee)
    for later in (THURSDAY, THURSDAY + timedelta(minutes=30)):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
        book_at(pair=other, starts=later, way="video", by=other_mentee)
    assert len(events(client, pair.hannah)) == 3
    assert counts == [3, 3]  # the limit, whose it is, their meetings
