"""Everyone locks in one order: who end, leave and erase at one moment never wait in a circle."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest import mock

import pytest
from django.db import OperationalError, connection, transaction

from ampersand.journeys import ending
from ampersand.journeys.ending import stop, undo
from ampersand.journeys.leaving import leave
from ampersand.journeys.leaving.scheme import leave_scheme, remove_from_scheme
from ampersand.matching.actions.introducing import introduce, say_yes
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.models import Scheme
from tests.cast import mentor_of, person, scheme_of
from tests.figures import Figure
from tests.locks import out_of_order, watched
from tests.matching.asking import ask_quickly

ROUNDS = 2
Deed = Callable[[], object]


def paired(scheme: Scheme, mentor: Person, mentee: Person, organiser: Person) -> Pair:
    found = introduce(request=ask_quickly(scheme, mentee), mentor=mentor_of(scheme, mentor), by=organiser)
    say_yes(introduction=found, by=mentor)
    say_yes(introduction=found, by=mentee)
    return Pair.objects.select_related("scheme").get(scheme=scheme, mentee=mentee)


class Ring:
    """Three people, each mentoring the next in a scheme of its own."""

    def __init__(self, number: int, schemes: list[Scheme], organiser: Person) -> None:
        self.organiser, self.schemes = organiser, schemes
        self.people = [person(f"{name}{number}") for name in ("Ann", "Ben", "Cat")]
        self.pairs = [
            paired(scheme, self.people[at], self.people[(at + 1) % 3], organiser)
            for at, scheme in enumerate(schemes)
        ]

    def everything_ends(self) -> Iterator[Deed]:
        for someone in self.people:
            yield lambda who=someone: leave(person=who, by=who.pk)  # type: ignore[misc]
        for pair in self.pairs:
            yield lambda which=pair: stop(pair=which)  # type: ignore[misc]
        for scheme, someone in zip(self.schemes, self.people, strict=True):
            yield lambda where=scheme, who=someone: remove_from_scheme(  # type: ignore[misc]
                scheme=where, person=who, by=self.organiser
            )


def at_once(deeds: list[Deed]) -> int:
    """Do all of it at one moment, each in a transaction that is tried once; give how many were undone."""
    together = Barrier(len(deeds))

    def do(deed: Deed) -> int:
        try:
            with transaction.atomic():
                connection.ensure_connection()
                together.wait(60)
                deed()
        except Refused:
            return 0
        except OperationalError as trouble:
            if "deadlock detected" not in str(trouble):
                raise
            return 1
        finally:
            connection.close()
        return 0

    with ThreadPoolExecutor(len(deeds)) as crowd:
        return sum(crowd.map(do, deeds))


@pytest.mark.django_db(transaction=True)
def test_people_who_leave_several_schemes_at_one_moment_never_wait_in_a_circle(figure: Figure) -> None:
    olive = person("Olive")
    schemes = [scheme_of(olive, "peer", name) for name in ("First", "Second", "Third")]
    undone = 0
    for number in range(ROUNDS):
        ring = Ring(number, schemes, olive)
        undone += at_once(list(ring.everything_ends()))
        assert undone == 0
        assert not Pair.objects.running().exists()
        assert not Person.objects.filter(pk__in=[each.pk for each in ring.people], erased_at=None).exists()
    figure(f"deadlocks when 9 ways to end meet at one moment, {ROUNDS} times", undone, goal="0")


def ways_to_end(ring: Ring) -> dict[str, Deed]:
    """Name what ends things; each is done to a ring of its own, and then taken back."""
    first, someone = ring.pairs[0], ring.people[1]  # the mentee of the first pair, the mentor of the second
    return {
        "stop": lambda: stop(pair=first),
        "leave one scheme": lambda: leave_scheme(scheme=ring.schemes[0], person=someone),
        "be taken out": lambda: remove_from_scheme(scheme=ring.schemes[1], person=someone, by=ring.organiser),
        "erase": lambda: leave(person=someone, by=someone.pk),
    }


def broken_orders(ring: Ring) -> list[str]:
    found = []
    for name, deed in ways_to_end(ring).items():
        with transaction.atomic():
            with watched() as locked:
                deed()
            transaction.set_rollback(True)
        assert {"member", "agreement", "pair"} <= set(locked), f"{name} was not watched: {locked}"
        found += [f"{name}: {table} is locked too late in {locked}" for table in out_of_order(locked)]
    stop(pair=ring.pairs[0])
    with watched() as locked:
        undo(pair=ring.pairs[0])
    return found + [f"undo: {table} is locked too late in {locked}" for table in out_of_order(locked)]


@pytest.fixture
def ring(db: None) -> Ring:
    olive = person("Olive")
    return Ring(0, [scheme_of(olive, "peer", name) for name in ("First", "Second", "Third")], olive)


def test_whatever_ends_a_mentoring_locks_in_the_one_order(ring: Ring) -> None:
    assert broken_orders(ring) == []


def test_a_broken_order_is_caught(ring: Ring) -> None:
    with mock.patch.object(ending, "lock_mentors"):  # then the database counts in the mentor's row at the end
        assert {told.partition(":")[0] for told in broken_orders(ring)} == {"stop", "undo"}
