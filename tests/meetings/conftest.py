"""The Monday on which the tests of meetings begin, and two who can meet."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.meetings.people import MONDAY, Meeters, evenings, peers


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Let it be Monday; tests move on from there."""
    with time_machine.travel(MONDAY, tick=False) as moving:
        yield moving


@pytest.fixture
def pair(db: None, clock: time_machine.Traveller) -> Meeters:
    """Two of the peer scheme; Hannah can on Tuesdays and Thursdays from five to seven, for half an hour."""
    both = peers()
    evenings(both.hannah, 1, 3)
    return both
