"""After both have erased their accounts, no byte in the database names either of them.

But for what both signed, which stays for as long as either may have to show it.
"""

import pytest
from django.db import connection

from ampersand.journeys.leaving import leave
from ampersand.matching.actions.introducing import introduce, say_yes
from ampersand.notifications.models import Letter
from ampersand.people.models import Person
from ampersand.schemes.models import Member, Scheme
from tests.agreements.people import Two
from tests.figures import Figure
from tests.jobs import run_jobs
from tests.matching.asking import ask_quickly

pytestmark = pytest.mark.django_db
NAMES = ("Hannelore", "Beatrix", "hannelore@work.example", "beatrix@home.example", "07700 900123")
KEPT_AS_SIGNED = {"ampersand_filling", "ampersand_signature"}  # and the sealed copy, which is packed


def tables_that_name(words: tuple[str, ...]) -> set[str]:
    """Search every column of every row, texts and bytes alike, and give the tables where a word was found."""
    forms = [form for word in words for form in (word.casefold(), word.encode().hex())]
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT lower(t::text) FROM "{table}" t')
            if any(form in row for (row,) in cursor.fetchall() if row for form in forms):
                found.add(table)
    return found


@pytest.fixture
def two(contract_scheme: Scheme, mentor: Person, mentee: Person, organiser: Person, outsider: Person) -> Two:
    """Two people with names like no other, who came together as people do, with every letter on the way."""
    for person, called, email in ((mentor, NAMES[0], NAMES[2]), (mentee, NAMES[1], NAMES[3])):
        person.called, person.email, person.reach = called, email, NAMES[4]
        person.save()
    request = ask_quickly(contract_scheme, mentee, wish=f"Ring me: {NAMES[4]}")
    found = introduce(request=request, mentor=Member.objects.get(person=mentor), by=organiser)
    for person in (mentor, mentee):
        say_yes(introduction=found, by=person)
    found.refresh_from_db()
    assert found.pair
    two = Two(contract_scheme, found.pair, mentor, mentee, organiser, outsider)
    two.agreement = found.pair.agreements.get()
    two.suggest(mentor, "mentor-contact", NAMES[2])
    two.suggest(mentee, "mentee-contact", f"{NAMES[4]}, {NAMES[1]}")
    return two


def erase_both(two: Two) -> None:
    run_jobs()
    assert len(tables_that_name(NAMES)) >= 3
    for person in (two.hannah, two.sam):
        leave(person=person, by=person.pk)
    run_jobs()


def test_two_who_never_both_signed_leave_no_byte(two: Two, figure: Figure) -> None:
    two.fill_all()
    two.sign(two.hannah)
    erase_both(two)
    found = tables_that_name(NAMES)
    figure("tables that still name two erased people who had not both signed", len(found), goal="0")
    assert found == set()
    assert Letter.objects.filter(person=two.olive.pk).exclude(body_text="").exists()


def test_what_both_signed_keeps_their_names_and_nothing_else_does(two: Two, figure: Figure) -> None:
    two.fill_all()
    for field, name in (("mentor-name", NAMES[0]), ("mentee-name", NAMES[1])):
        two.suggest(two.hannah if field == "mentor-name" else two.sam, field, name)
    two.sign(two.hannah)
    two.sign(two.sam)
    erase_both(two)
    found = tables_that_name(NAMES)
    besides = len(found - KEPT_AS_SIGNED)
    figure("tables that still name two erased people, besides what both had signed", besides, goal="0")
    assert found == KEPT_AS_SIGNED


def test_a_name_left_in_a_letter_would_be_found(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ampersand.journeys.leaving.unname", lambda **_words: 0)
    erase_both(two)
    assert "ampersand_letter" in tables_that_name(NAMES)
