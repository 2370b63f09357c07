"""Several people act at the same moment, each over a connection of their own; nobody gets too many people."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from ampersand.matching.actions.introducing import change_room, introduce, say_someone_else, say_yes
from ampersand.matching.models import Introduction, Request, RequestState
from ampersand.matching.queries import running_pairs, taken
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.models import Member, Scheme
from tests.cast import mentor_of, person
from tests.matching.asking import ask_quickly

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do several things at the same moment; give the refusals."""
    together = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> str:
        try:
            together.wait(timeout=60)
            deed()
        except Refused as refusal:
            return refusal.sentence
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [sentence for sentence in pool.map(do, deeds) if sentence]


@pytest.fixture
def member(peer_scheme: Scheme, mentor: Person) -> Member:
    return Member.objects.get(person=mentor, scheme=peer_scheme)


def test_two_organisers_cannot_give_one_mentor_two_people(
    member: Member, organiser: Person, second_organiser: Person
) -> None:
    for number in range(ROUNDS):
        mentor = mentor_of(member.scheme, person(f"Mentor{number}"))
        one, two = (ask_quickly(member.scheme, person(f"{name}{number}")) for name in ("One", "Two"))
        refused = at_once(
            lambda one=one, mentor=mentor: introduce(request=one, mentor=mentor, by=organiser),
            lambda two=two, mentor=mentor: introduce(request=two, mentor=mentor, by=second_organiser),
        )
        assert len(refused) == 1
        assert "has no room now" in refused[0]
        assert taken(mentor) == 1


def test_two_organisers_cannot_introduce_one_mentee_twice(
    member: Member, organiser: Person, second_organiser: Person, mentee: Person
) -> None:
    other = mentor_of(member.scheme, person("Other"))
    made = ask_quickly(member.scheme, mentee)
    refused = at_once(
        lambda: introduce(request=made, mentor=member, by=organiser),
        lambda: introduce(request=made, mentor=other, by=second_organiser),
    )
    assert len(refused) == 1
    assert Introduction.objects.count() == 1


def test_saying_yes_while_the_mentor_lowers_their_room(member: Member, organiser: Person) -> None:
    for number in range(ROUNDS):
        mentor = mentor_of(member.scheme, person(f"Mentor{number}"))
        made = ask_quickly(member.scheme, person(f"One{number}"))
        found = introduce(request=made, mentor=mentor, by=organiser)
        say_yes(introduction=found, by=mentor.person)
        refused = at_once(
            lambda found=found, made=made: say_yes(introduction=found, by=made.mentee),
            lambda mentor=mentor: change_room(mentor=mentor, capacity=0, offers=""),
        )
        found.refresh_from_db()
        if refused:  # the room was lowered first
            assert (found.state, running_pairs(mentor)) == ("taken_back", 0)
        else:
            assert (found.state, running_pairs(mentor)) == ("accepted", 1)
        assert mentor.introductions.offered().count() == 0


def test_both_say_yes_at_once_and_are_one_pair(member: Member, organiser: Person) -> None:
    for number in range(ROUNDS):
        mentor = mentor_of(member.scheme, person(f"Mentor{number}"))
        made = ask_quickly(member.scheme, person(f"One{number}"))
        found = introduce(request=made, mentor=mentor, by=organiser)
        at_once(
            lambda found=found, made=made: say_yes(introduction=found, by=made.mentee),
            lambda found=found, mentor=mentor: say_yes(introduction=found, by=mentor.person),
        )
        assert Pair.objects.filter(mentor=mentor.person).count() == 1


def test_yes_and_someone_else_at_once_end_one_way_or_the_other(member: Member, organiser: Person) -> None:
    for number in range(ROUNDS):
        mentor = mentor_of(member.scheme, person(f"Mentor{number}"))
        made = ask_quickly(member.scheme, person(f"One{number}"))
        found = introduce(request=made, mentor=mentor, by=organiser)
        say_yes(introduction=found, by=mentor.person)
        at_once(
            lambda found=found, made=made: say_yes(introduction=found, by=made.mentee),
            lambda found=found, mentor=mentor: say_someone_else(introduction=found, by=mentor.person),
        )
        made.refresh_from_db()
        paired = Pair.objects.filter(mentor=mentor.person).exists()
        assert made.state == (RequestState.PAIRED if paired else RequestState.WAITING)


def test_two_clicks_at_once_make_one_request(member: Member, mentee: Person) -> None:
    refused = at_once(*(lambda: ask_quickly(member.scheme, mentee) for _ in range(4)))
    assert refused == []
    assert Request.objects.count() == 1
