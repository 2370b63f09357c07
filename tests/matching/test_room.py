"""Whom a mentor has is counted by the database; whether anyone has room is found at once among many."""

import re

import pytest
from django.db import connection

from ampersand.journeys.ending import stop, undo
from ampersand.matching.actions.introducing import introduce, say_yes
from ampersand.matching.models import Introduction, IntroductionState
from ampersand.matching.queries import anyone_has_room, mentors_with_room, with_room
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.schemes.models import Member, Role, Scheme
from tests.cast import mentor_of, person, scheme_of
from tests.matching.asking import ask_quickly

pytestmark = pytest.mark.django_db


def member(scheme: Scheme, someone: Person) -> Member:
    return Member.objects.get(scheme=scheme, person=someone)


def paired(scheme: Scheme, mentee: Person, mentor: Person, organiser: Person) -> Pair:
    found = introduce(request=ask_quickly(scheme, mentee), mentor=member(scheme, mentor), by=organiser)
    say_yes(introduction=found, by=mentor)
    say_yes(introduction=found, by=mentee)
    return Pair.objects.get(mentee=mentee)


def test_the_database_counts_whom_a_mentor_has(
    peer_scheme: Scheme, mentor: Person, mentee: Person, organiser: Person
) -> None:
    def taken() -> int:
        return member(peer_scheme, mentor).taken

    Member.objects.update(capacity=3)
    pair = paired(peer_scheme, mentee, mentor, organiser)
    assert taken() == 1
    introduce(
        request=ask_quickly(peer_scheme, person("Carl")), mentor=member(peer_scheme, mentor), by=organiser
    )
    assert taken() == 2
    stop(pair=pair)
    assert taken() == 1
    undo(pair=pair)
    assert taken() == 2
    assert [found.room for found in mentors_with_room(peer_scheme)] == [1]
    Introduction.objects.exclude(state=IntroductionState.ACCEPTED).delete()
    assert taken() == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT ampersand_recount_room()")
    assert taken() == 1
    late = mentor_of(scheme_of(organiser, "peer", "Other"), mentor)
    assert Member.objects.get(pk=late.pk).taken == 0


def test_whether_anyone_has_room_is_found_by_an_index_however_many_mentors(peer_scheme: Scheme) -> None:
    Member.objects.update(capacity=0)
    mentee = person("Bea")
    people = Person.objects.bulk_create(
        Person(email=f"m{number}@example.org", called=f"M{number}") for number in range(3000)
    )
    Pair.objects.bulk_create(Pair(scheme=peer_scheme, mentor=each, mentee=mentee) for each in people)
    Member.objects.bulk_create(
        Member(scheme=peer_scheme, person=each, role=Role.MENTOR, capacity=1) for each in people
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ampersand_member")
    assert not anyone_has_room(peer_scheme)
    plan = with_room(peer_scheme).explain(analyze=True)
    assert re.search(r"mentors_with_room.*actual[^)]*rows=[01]\b", plan), plan
    assert "Seq Scan on ampersand_member" not in plan, plan
    assert "ampersand_pair" not in plan, plan
