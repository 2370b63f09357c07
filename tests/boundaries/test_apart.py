"""Whoever said beforehand whom they must not meet is not introduced to them, and nobody is told."""

import io
import zipfile

import pytest
from django.test import Client

from ampersand.boundaries.actions.declaring import declare_conflict, give_number, take_conflict_back
from ampersand.boundaries.models import DeclaredConflict
from ampersand.boundaries.queries.apart import apart_from
from ampersand.journeys.leaving import leave
from ampersand.matching.actions.introducing import introduce
from ampersand.matching.models import Introduction
from ampersand.matching.queries import asks_me
from ampersand.notifications.models import Letter
from ampersand.people.models import Person
from ampersand.people.queries import archive_of
from ampersand.people.rules import Refused
from ampersand.record.models import Entry, Verb
from ampersand.schemes.models import Member, Scheme
from tests.boundaries.people import everything_in_the_database
from tests.cast import mentor_of, person, scheme_of, sign_in
from tests.matching.asking import ask_quickly

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who_declares", ["mentee", "mentor"])
def test_two_who_must_not_meet_are_not_offered(
    peer_scheme: Scheme,
    organiser: Person,
    mentor: Person,
    mentee: Person,
    outsider: Person,
    who_declares: str,
) -> None:
    mentor_of(peer_scheme, outsider)
    request = ask_quickly(peer_scheme, mentee)
    url = f"/s/{peer_scheme.slug}/organise/introduce/{request.pk}/"
    browser = sign_in(Client(), organiser)
    before = browser.get(url).content.decode()
    assert "Hannah, room for 1" in before
    by, other = (mentee, mentor) if who_declares == "mentee" else (mentor, mentee)
    declare_conflict(by=by, written=other.email.upper())
    after = browser.get(url).content.decode()
    assert "Uma, room for 1" in after
    assert "Hannah" not in after
    hannah = Member.objects.get(person=mentor, role="mentor")
    with pytest.raises(Refused, match="on the list"):
        introduce(request=request, mentor=hannah, by=organiser)
    assert not Introduction.objects.exists()


def test_declared_by_name_and_by_number_too(mentor: Person, mentee: Person, outsider: Person) -> None:
    Person.objects.filter(pk=mentor.pk).update(called="Hannah Ito")
    mentor.refresh_from_db()
    give_number(person=outsider, number="HCPC PH12345")
    declare_conflict(by=mentee, written="Dr Ito, Hannah")
    declare_conflict(by=mentee, written="ph 12345")
    assert apart_from(mentee, [mentor, outsider, person("Else")]) == {mentor.pk, outsider.pk}
    assert apart_from(mentor, [outsider]) == {mentee.pk}  # whoever declared them, and nobody else


def test_the_only_mentor_of_a_scheme_is_not_asked_by_them(organiser: Person, mentee: Person) -> None:
    scheme = scheme_of(organiser, "peer", "Just Me", solo=True, capacity=2)
    declare_conflict(by=organiser, written=mentee.email)
    ask_quickly(scheme, mentee)
    ask_quickly(scheme, person("Else"))
    assert [request.mentee.called for request in asks_me(organiser)] == ["Else"]
    letters = Letter.objects.filter(person=organiser.pk).values_list("event", flat=True).order_by("pk")
    assert list(letters) == ["matching/someone_asked", "matching/asks_you"]


def test_it_is_declared_seen_and_taken_back_by_oneself_alone(
    peer_scheme: Scheme, organiser: Person, mentor: Person, mentee: Person
) -> None:
    browser = sign_in(Client(), mentee)
    sent = {"who": mentor.email, "own_word": "my ward manager"}
    assert browser.post("/account/apart/", sent).status_code == 302
    assert "my ward manager" in browser.get("/account/apart/").content.decode()
    found = DeclaredConflict.objects.get()
    for someone in (mentor, organiser):
        other = sign_in(Client(), someone)
        assert "my ward manager" not in other.get("/account/apart/").content.decode()
        assert other.post(f"/account/apart/{found.pk}/take-back/").status_code == 404
    entry = Entry.objects.get(verb=Verb.CONFLICT_DECLARED)
    assert (entry.scheme, entry.about) == (None, "conflict")
    assert browser.post(f"/account/apart/{found.pk}/take-back/").status_code == 302
    assert not DeclaredConflict.objects.exists()


def test_nothing_readable_of_the_other_is_kept(mentee: Person) -> None:
    declare_conflict(by=mentee, written="unheard.of@nowhere.example")
    assert "unheard.of" not in everything_in_the_database()
    data = zipfile.ZipFile(io.BytesIO(archive_of(mentee))).read("data.json").decode()
    assert "declared conflict" in data
    assert "keyed_hash" not in data
    leave(person=mentee, by=mentee.pk)
    assert not DeclaredConflict.objects.exists()


@pytest.mark.parametrize("written", ["", "Hannah", "1"])
def test_what_identifies_nobody_is_not_declared(mentee: Person, written: str) -> None:
    answer = sign_in(Client(), mentee).post("/account/apart/", {"who": written})
    assert answer.status_code == 422
    assert "first and a last name" in answer.content.decode() or "full name" in answer.content.decode()


def test_declaring_twice_is_once_and_there_is_an_end_to_it(
    mentee: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    conflict = declare_conflict(by=mentee, written="a@b.example")
    assert declare_conflict(by=mentee, written="A@B.example") == conflict
    monkeypatch.setattr("ampersand.boundaries.actions.declaring.MOST", 1)
    with pytest.raises(Refused, match="as many as fit"):
        declare_conflict(by=mentee, written="c@d.example")
    take_conflict_back(conflict=conflict, by=mentee)
    declare_conflict(by=mentee, written="c@d.example")
