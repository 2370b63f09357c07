"""Somebody books a meeting, moves it, cancels it; and is told in a sentence where that cannot be."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from ampersand.record.models import Entry
from tests.meetings.people import (
    MONDAY,
    Meeters,
    at,
    evenings,
    peers,
)

TUESDAY_AT_FIVE = at("2027-03-02 17:00")


@pytest.fixture(autouse=True)
def clock() -> Iterator[object]:
    with time_machine.travel(MONDAY, tick=False) as moving:
        yield moving


@pytest.fixture
def pair(db: None, clock: object) -> Meeters:
    """Two of the peer scheme; Hannah can on Tuesdays and Thursdays from five to seven."""
    both = peers()
    evenings(both.hannah, 1, 3)
    return both


def test_a_mentee_books_a_free_time(pair: Meeters) -> None:
    slots = pair.slots(days=7)
    assert slots[0] == TUESDAY_AT_FIVE
    assert len(slots) == 14  # two evenings, half an hour each quarter of an hour
    meeting = pair.books(slots[0])
    assert (meeting.state, meeting.way, meeting.booked_by) == ("booked", "video", "mentee")
    assert (meeting.minutes, meeting.missed_final, meeting.notice_days) == (30, True, None)
    assert meeting.ends - meeting.starts == timedelta(minutes=30)
    assert {seat.person for seat in meeting.seats.all()} == {pair.hannah, pair.sam}
    assert slots[0] not in pair.slots()
    assert pair.slots()[0] == TUESDAY_AT_FIVE + timedelta(minutes=30)
    assert Entry.objects.latest("number").verb == "meeting-booked"
