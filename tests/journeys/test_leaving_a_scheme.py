"""Leaving one scheme, or being taken out of it: all that runs and waits there ends, and people are told."""

from datetime import timedelta

import pytest
from django.test import Client

from ampersand.journeys.ending import stop, undo
from ampersand.journeys.keeping import apply_keeping
from ampersand.journeys.leaving import leave
from ampersand.journeys.leaving.scheme import leave_scheme
from ampersand.matching.actions.introducing import introduce, say_yes
from ampersand.matching.models import Introduction, IntroductionState, RequestState
from ampersand.matching.queries import anyone_has_room
from ampersand.notifications.models import Letter
from ampersand.pairs.models import Pair, PairState
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.models import Entry, Verb
from ampersand.schemes.models import Member, Scheme
from tests.cast import scheme_of, sign_in
from tests.matching.asking import ask_quickly

pytestmark = pytest.mark.django_db
LEAVE, LEFT = "/s/quiet-hours/leave/", "/s/quiet-hours/left/"


def letters_to(someone: Person) -> dict[str, str]:
    return dict(Letter.objects.filter(person=someone.pk).values_list("event", "body_text"))


def member(scheme: Scheme, someone: Person) -> Member:
    return Member.objects.get(scheme=scheme, person=someone)


def paired(scheme: Scheme, mentee: Person, mentor: Person, organiser: Person) -> Pair:
    found = introduce(request=ask_quickly(scheme, mentee), mentor=member(scheme, mentor), by=organiser)
    say_yes(introduction=found, by=mentor)
    say_yes(introduction=found, by=mentee)
    return Pair.objects.get(mentee=mentee)


def remove_address(someone: Member) -> str:
    return f"/s/quiet-hours/organise/people/{someone.pk}/remove/"


def test_a_mentee_who_waits_leaves_and_everyone_is_told(
    client: Client, peer_scheme: Scheme, mentee: Person, organiser: Person
) -> None:
    request = ask_quickly(peer_scheme, mentee)
    page = sign_in(client, mentee).get(LEAVE).content.decode()
    assert "Leave Quiet Hours?" in page
    assert "textarea" not in page.split("<main")[1]
    assert client.post(LEAVE)["Location"] == LEFT
    assert "You have left Quiet Hours" in client.get(LEFT).content.decode()
    request.refresh_from_db()
    assert request.state == RequestState.WITHDRAWN
    assert member(peer_scheme, mentee).left_at is not None
    assert "Nobody asks why" in letters_to(mentee)["journeys/left_scheme"]
    assert "Bea has left Quiet Hours." in letters_to(organiser)["journeys/someone_left"]
    assert Entry.objects.filter(verb=Verb.MEMBER_LEFT).count() == 1
    assert client.get(LEAVE).status_code == 404
    assert client.post(LEAVE).status_code == 404


def test_what_is_left_behind_counts_its_time_from_there(peer_scheme: Scheme, mentee: Person) -> None:
    ask_quickly(peer_scheme, mentee)
    leave_scheme(scheme=peer_scheme, person=mentee)
    gone = member(peer_scheme, mentee).left_at
    assert gone
    over = gone.replace(year=gone.year + 2)
    apply_keeping(now=over - timedelta(seconds=1))
    assert Member.objects.filter(person=mentee).exists()
    apply_keeping(now=over)
    assert not Member.objects.filter(person=mentee).exists()


def test_a_mentor_leaves_and_whoever_was_introduced_waits_at_the_old_place(
    client: Client, peer_scheme: Scheme, mentor: Person, mentee: Person, organiser: Person
) -> None:
    request = ask_quickly(peer_scheme, mentee)
    introduce(request=request, mentor=member(peer_scheme, mentor), by=organiser)
    sign_in(client, mentor).post(LEAVE)
    request.refresh_from_db()
    assert request.state == RequestState.WAITING
    assert Introduction.objects.get().state == IntroductionState.TAKEN_BACK
    assert "matching/not_ahead_mentee" in letters_to(mentee)
    gone = member(peer_scheme, mentor)
    assert (gone.capacity, gone.offers) == (0, "")
    assert not anyone_has_room(peer_scheme)
    assert client.get("/s/quiet-hours/mentoring/").status_code == 404
    with pytest.raises(Refused, match="not a mentor in this scheme any more"):
        introduce(request=request, mentor=gone, by=organiser)


def test_mentoring_that_runs_ends_with_it_and_that_is_said_before(
    client: Client, peer_scheme: Scheme, mentor: Person, mentee: Person, organiser: Person
) -> None:
    pair = paired(peer_scheme, mentee, mentor, organiser)
    assert "ends at once" in sign_in(client, mentee).get(LEAVE).content.decode()
    client.post(LEAVE)
    pair.refresh_from_db()
    assert pair.state == PairState.ENDED
    assert "journeys/someone_left" not in letters_to(mentor)
    with pytest.raises(Refused, match="no longer both in the scheme"):
        undo(pair=pair)


def test_who_ended_a_mentoring_and_then_finds_the_other_gone_cannot_undo(
    peer_scheme: Scheme, mentor: Person, mentee: Person, organiser: Person
) -> None:
    pair = paired(peer_scheme, mentee, mentor, organiser)
    stop(pair=pair)
    leave_scheme(scheme=peer_scheme, person=mentor)
    with pytest.raises(Refused, match="no longer both"):
        undo(pair=pair)


def test_someone_who_left_can_come_back(peer_scheme: Scheme, mentee: Person) -> None:
    ask_quickly(peer_scheme, mentee)
    leave_scheme(scheme=peer_scheme, person=mentee)
    assert ask_quickly(peer_scheme, mentee).state == RequestState.WAITING
    assert member(peer_scheme, mentee).left_at is None


def test_the_only_mentor_stays_until_there_is_another(client: Client, organiser: Person) -> None:
    scheme = scheme_of(organiser, "peer", "Alone", solo=True)
    page = sign_in(client, organiser).get("/s/alone/leave/").content.decode()
    assert "no other mentor" in page
    assert "Leave now" not in page
    client.post("/s/alone/leave/")
    assert member(scheme, organiser).left_at is None
    client.post("/s/alone/organise/close/")
    client.post("/s/alone/leave/")
    assert member(scheme, organiser).left_at


def test_an_organiser_takes_someone_out_without_a_word_on_why(
    client: Client,
    peer_scheme: Scheme,
    mentor: Person,
    mentee: Person,
    organiser: Person,
    second_organiser: Person,
) -> None:
    pair = paired(peer_scheme, mentee, mentor, organiser)
    address = remove_address(member(peer_scheme, mentor))
    people = sign_in(client, organiser).get("/s/quiet-hours/organise/people/").content.decode()
    assert address in people
    page = client.get(address).content.decode()
    assert "Take Hannah out of the scheme?" in page
    assert "between Hannah and Bea ends at once" in page
    assert "textarea" not in page.split("<main")[1]
    assert client.post(address)["Location"] == "/s/quiet-hours/organise/people/"
    pair.refresh_from_db()
    assert pair.state == PairState.ENDED
    assert "taken you out" in letters_to(mentor)["journeys/removed"]
    assert "help@example.org" in letters_to(mentor)["journeys/removed"]
    assert "taken Hannah out" in letters_to(second_organiser)["journeys/someone_removed"]
    assert "journeys/someone_removed" not in letters_to(organiser)
    assert Entry.objects.filter(verb=Verb.MEMBER_REMOVED).count() == 1
    assert client.get(address).status_code == 404


def test_nobody_else_can_take_someone_out(
    peer_scheme: Scheme, mentor: Person, mentee: Person, outsider: Person, other_organiser: Person
) -> None:
    ask_quickly(peer_scheme, mentee)
    address = remove_address(member(peer_scheme, mentee))
    for someone in (mentor, mentee, outsider, other_organiser):
        browser = sign_in(Client(), someone)
        assert browser.get(address).status_code == 404
        assert browser.post(address).status_code == 404
    assert sign_in(Client(), outsider).get(LEAVE).status_code == 404


def test_leaving_is_reached_from_account_and_scheme(
    client: Client, peer_scheme: Scheme, mentor: Person, mentee: Person, outsider: Person
) -> None:
    ask_quickly(peer_scheme, mentee)
    assert "/pairs/" in sign_in(client, mentee).get("/account/").content.decode()
    for page in ("/pairs/", "/s/quiet-hours/"):
        assert LEAVE in client.get(page).content.decode()
    assert LEAVE in sign_in(Client(), mentor).get("/s/quiet-hours/mentoring/").content.decode()
    for page in ("/pairs/", "/s/quiet-hours/"):
        assert LEAVE not in sign_in(Client(), outsider).get(page).content.decode()


def test_erasing_an_account_leaves_every_scheme(
    peer_scheme: Scheme, mentor: Person, mentee: Person, organiser: Person
) -> None:
    request = ask_quickly(peer_scheme, mentee)
    introduce(request=request, mentor=member(peer_scheme, mentor), by=organiser)
    leave(person=mentor, by=mentor.pk)
    request.refresh_from_db()
    assert request.state == RequestState.WAITING
    assert member(peer_scheme, mentor).left_at is not None


def test_whoever_has_just_erased_their_account_asks_for_nothing_from_another_window(
    peer_scheme: Scheme, mentee: Person
) -> None:
    leave(person=mentee, by=mentee.pk)
    with pytest.raises(Refused, match="This account is closed"):
        ask_quickly(peer_scheme, mentee)  # by whom that window still takes them for
    mentee.refresh_from_db()
    assert (mentee.called, mentee.reach) == ("", "")
    assert not Member.objects.filter(person=mentee).exists()
