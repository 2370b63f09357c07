"""Many people want one time at the same moment, each over a connection of their own: one gets it."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from ampersand.journeys.ending import stop
from ampersand.journeys.leaving import leave
from ampersand.meetings.actions.booking import book_at
from ampersand.meetings.actions.taking import TRIES, sqlstate, tried_again
from ampersand.meetings.models import Meeting, Seat
from ampersand.pairs.models import Pair
from ampersand.people.rules import Refused
from tests.cast import person
from tests.figures import Figure
from tests.meetings.people import Meeters, another_pair, evenings, peers

pytestmark = pytest.mark.django_db(transaction=True)
TAKEN = "That time has just been taken. Here is what is free now."


def slots_from_now(count: int) -> list[datetime]:
    """Give so many half hours from two days on."""
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return [midnight + timedelta(days=2, minutes=30 * number) for number in range(count)]


def everyone_wants_hannah(two: Meeters, clients: int) -> list[Pair]:
    """Let Hannah mentor half of them, and be mentored by the others."""
    hannah = two.hannah
    evenings(hannah, since=0, until=0)
    pairs = [two.pair]
    for number in range(1, clients):
        other = person(f"Client{number}")
        mentor, mentee = (hannah, other) if number % 2 else (other, hannah)
        pairs.append(another_pair(two.two, mentor, mentee))
    return pairs


def book_together(pairs: Sequence[Pair], slots: Sequence[datetime]) -> Counter[str]:
    """Let every pair want each of these times, all at the same moment; count what they are told."""
    together = Barrier(len(pairs))
    told: Counter[str] = Counter()

    def client(pair: Pair) -> list[str]:
        heard = []
        try:
            for slot in slots:
                together.wait(timeout=120)
                try:
                    book_at(pair=pair, starts=slot, way="video", by=pair.mentee)
                    heard.append("booked")
                except Refused as refused:
                    heard.append(refused.sentence)
        except BaseException:
            together.abort()
            raise
        finally:
            connection.close()
        return heard

    with ThreadPoolExecutor(len(pairs)) as crowd:
        for heard in crowd.map(client, pairs):
            told.update(heard)
    return told


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def one_booking_a_round(clients: int, rounds: int) -> str:
    """Let so many want each of so many times; fails unless one gets each, and the others are told so."""
    before = deadlocks()
    pairs = everyone_wants_hannah(peers(), clients)
    began = timezone.now()
    told = book_together(pairs, slots_from_now(rounds))
    took = (timezone.now() - began).total_seconds()
    assert told == {"booked": rounds, TAKEN: rounds * (clients - 1)}
    assert Meeting.objects.booked().count() == Meeting.objects.count() == rounds
    assert Seat.objects.filter(taken=True).count() == 2 * rounds
    assert deadlocks() == before
    return f"{rounds:,} bookings, {rounds * (clients - 1):,} told “just taken”, 0 deadlocks, in {took:.0f} s"


def test_eight_clients_want_one_slot(figure: Figure) -> None:
    figure("8 clients for one slot, 15 rounds", one_booking_a_round(8, 15), goal="15 bookings")


@pytest.mark.prove
def test_thirty_two_clients_want_one_slot_a_thousand_times(figure: Figure) -> None:
    figure("32 clients for one slot, 1,000 rounds", one_booking_a_round(32, 1000), goal="1,000 bookings")


def test_three_who_mentor_each_other_in_a_circle_do_not_wait_for_each_other() -> None:
    two = peers()
    ada = person("Ada")
    evenings(two.hannah, since=0, until=0)
    evenings(ada, since=0, until=0)
    evenings(two.sam, since=0, until=0)
    circle = [two.pair, another_pair(two.two, two.sam, ada), another_pair(two.two, ada, two.hannah)]
    before = deadlocks()
    told = book_together(circle, slots_from_now(6))
    assert told == {"booked": 6, TAKEN: 12}
    assert deadlocks() == before


def test_booking_while_it_ends_or_someone_leaves_leaves_nothing_ahead() -> None:
    """Whichever comes first: afterwards nothing is booked with a pair that has ended."""
    two = peers()
    evenings(two.hannah, since=0, until=0)
    for number in range(4):
        pair = another_pair(two.two, two.hannah, person(f"Mentee{number}"))
        slot = slots_from_now(number + 1)[-1]
        start = Barrier(2)

        def books(pair: Pair = pair, slot: datetime = slot, start: Barrier = start) -> None:
            try:
                start.wait(30)
                book_at(pair=pair, starts=slot, way="video", by=pair.mentee)
            except Refused:
                pass
            finally:
                connection.close()

        def ends(pair: Pair = pair, start: Barrier = start, leaves: bool = bool(number % 2)) -> None:
            try:
                start.wait(30)
                leave(person=pair.mentee, by=pair.mentee_id) if leaves else stop(pair=pair)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as crowd:
            for done in [crowd.submit(books), crowd.submit(ends)]:
                done.result()
        assert not Meeting.objects.booked().exists()
        assert not Seat.objects.filter(taken=True).exists()


def test_the_database_itself_lets_nobody_sit_in_two_meetings() -> None:
    """Beneath all locks and rules: a seat that overlaps another of the same person is refused."""
    two = peers()
    evenings(two.hannah)
    first = two.slots()[0]
    meeting = two.books(first)
    other = Meeting.objects.create(
        pair=another_pair(two.two, two.hannah, person("Tom")),
        starts=first,
        ends=meeting.ends,
        zone="UTC",
        agreed_day=first.date(),
        agreed_time=first.time(),
        minutes=30,
        held_until=timezone.now(),
    )
    overlapping = (first + timedelta(minutes=29), first + timedelta(minutes=40))
    for someone in (two.hannah, two.sam):
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            Seat(meeting=other, person=someone, during=overlapping).save()
        assert sqlstate(refused.value) == "23P01"
    Seat(meeting=other, person=two.sam, during=overlapping, taken=False).save()
    Seat(meeting=other, person=two.hannah, during=(meeting.ends, overlapping[1])).save()


def test_what_the_database_undid_is_tried_again() -> None:
    tries = []

    class Undone(Exception):
        sqlstate = "40P01"

    @tried_again
    def unlucky(*, times: int) -> str:
        tries.append(1)
        if len(tries) <= times:
            raise OperationalError("deadlock detected") from Undone()
        return "done"

    assert unlucky(times=2) == "done"
    assert len(tries) == 3
    tries.clear()
    with pytest.raises(OperationalError):
        unlucky(times=TRIES)
    assert len(tries) == TRIES
    tries.clear()
    with pytest.raises(OperationalError), transaction.atomic():
        unlucky(times=1)  # somebody else's transaction: theirs to begin again
    assert len(tries) == 1
