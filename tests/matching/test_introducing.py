"""Two people are introduced; each says yes, or someone else, please; nobody learns who said what."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from ampersand.agreements.models import Agreement, AgreementState
from ampersand.matching import queries
from ampersand.matching.actions.introducing import change_room, introduce, say_someone_else, say_yes
from ampersand.matching.models import Introduction, IntroductionState, Request, RequestState
from ampersand.matching.queries import mentors_with_room, place_in_line, taken
from ampersand.matching.views import asking, organising
from ampersand.notifications.models import Letter
from ampersand.pairs.models import Pair, PairState
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.models import Entry
from ampersand.record.queries import pseudonym
from ampersand.schemes.models import Member, Role, Scheme
from tests.cast import mentor_of, person, scheme_of, sign_in
from tests.matching.asking import ask_quickly


@pytest.fixture
def request_made(peer_scheme: Scheme, mentee: Person) -> Request:
    return ask_quickly(peer_scheme, mentee)


@pytest.fixture
def hannah(peer_scheme: Scheme, mentor: Person) -> Member:
    """The mentor's membership: room for one."""
    return Member.objects.get(person=mentor, scheme=peer_scheme)


@pytest.fixture
def introduction(request_made: Request, hannah: Member, organiser: Person) -> Introduction:
    return introduce(request=request_made, mentor=hannah, by=organiser)


def press(client: Client, someone: Person, introduction: Introduction, answer: str) -> str:
    url = f"/introductions/{introduction.pk}/answer/"
    return sign_in(client, someone).post(url, {"answer": answer}, follow=True).content.decode()


def test_an_organiser_introduces_two_people(
    client: Client, request_made: Request, hannah: Member, organiser: Person
) -> None:
    page = f"/s/quiet-hours/organise/introduce/{request_made.pk}/"
    text = sign_in(client, organiser).get(page).content.decode()
    assert "Hannah, room for 1" in text
    assert "To sleep better" in text
    client.post(page, {"mentor": hannah.pk})
    found = Introduction.objects.get()
    assert found.state == IntroductionState.OFFERED
    assert {letter.to for letter in Letter.objects.filter(event__contains="introduced")} == {
        "hannah@example.org",
        "bea@example.org",
    }
    assert Entry.objects.filter(verb="introduction-offered").count() == 1


def test_each_sees_the_others_name_and_own_words(
    client: Client, introduction: Introduction, mentor: Person, mentee: Person
) -> None:
    page = f"/introductions/{introduction.pk}/"
    hers = sign_in(client, mentee).get(page).content.decode()
    assert "Hannah could be your mentor" in hers
    assert "I listen." in hers
    assert "hannah@example.org" not in hers
    theirs = sign_in(client, mentor).get(page).content.decode()
    assert "Bea could be your mentee" in theirs
    assert "To sleep better" in theirs
    assert "bea@example.org" not in theirs
    assert "Ring twice" not in theirs


def test_when_both_say_yes_the_pair_is_in_force_on_what_was_accepted(
    client: Client, introduction: Introduction, mentor: Person, mentee: Person
) -> None:
    assert "You said yes" in press(client, mentee, introduction, "yes")
    assert not Pair.objects.exists()
    assert "You and Bea work together now" in press(client, mentor, introduction, "yes")
    pair = Pair.objects.get()
    assert (pair.state, pair.mentor, pair.mentee) == (PairState.IN_FORCE, mentor, mentee)
    agreement = Agreement.objects.get()
    assert agreement.state == AgreementState.IN_FORCE
    assert agreement.acceptance == introduction.request.acceptance
    assert (Request.objects.get().state, Request.objects.get().wish) == (RequestState.PAIRED, "")
    assert "You both said yes already" in press(client, mentor, introduction, "yes")
    assert Pair.objects.count() == 1


def test_in_a_signed_scheme_their_agreement_opens_to_be_filled_in(
    contract_scheme: Scheme, mentor: Person, mentee: Person, organiser: Person
) -> None:
    member = Member.objects.get(person=mentor, scheme=contract_scheme)
    found = introduce(request=ask_quickly(contract_scheme, mentee), mentor=member, by=organiser)
    say_yes(introduction=found, by=mentor)
    say_yes(introduction=found, by=mentee)
    assert Pair.objects.get().state == PairState.AGREEING
    assert Agreement.objects.get().state == AgreementState.FILLING


@pytest.mark.parametrize("who", ["mentor", "mentee"])
@pytest.mark.parametrize("said_yes_before", [False, True])
def test_someone_else_please_leaves_no_trace_of_who(
    client: Client,
    introduction: Introduction,
    mentor: Person,
    mentee: Person,
    organiser: Person,
    who: str,
    said_yes_before: bool,
) -> None:
    one, other = (mentor, mentee) if who == "mentor" else (mentee, mentor)
    place = place_in_line(introduction.request)
    if said_yes_before:
        press(client, other, introduction, "yes")
    assert "did not go ahead" in press(client, one, introduction, "someone-else")

    introduction.refresh_from_db()
    assert introduction.state == IntroductionState.CLOSED
    assert introduction.mentor_yes_at is None
    assert introduction.mentee_yes_at is None
    made = Request.objects.get()
    assert made.state == RequestState.WAITING
    assert place_in_line(made) == place
    entry = Entry.objects.get(verb="introduction-declined")
    assert entry.who is None
    assert not Entry.objects.filter(scheme=made.scheme_id, verb="introduction-accepted").exists()
    letters = Letter.objects.filter(event__contains="not_ahead")
    assert letters.count() == 4
    page = sign_in(client, organiser).get(f"/introductions/{introduction.pk}/").content.decode()
    assert "It did not go ahead" in page
    for_organisers = {letter.body_text for letter in letters if letter.event.endswith("organiser")}
    assert len(for_organisers) == 1


def test_what_the_organiser_reads_is_the_same_whoever_closed_it(
    client: Client, introduction: Introduction, mentor: Person, mentee: Person, organiser: Person
) -> None:
    pages = []
    for who in (mentor, mentee):
        Introduction.objects.filter(pk=introduction.pk).update(state="offered", closed_at=None)
        Request.objects.update(state="introduced")
        say_someone_else(introduction=introduction, by=who)
        browser = sign_in(Client(), organiser)
        pages.append(browser.get(f"/introductions/{introduction.pk}/").content)
    mask = [page.split(b"<h1")[1].split(b"</main>")[0] for page in pages]
    assert mask[0] == mask[1]


def test_an_open_introduction_does_not_tell_the_organiser_who_has_answered(
    client: Client, introduction: Introduction, mentor: Person, organiser: Person
) -> None:
    def seen() -> bytes:
        page = sign_in(Client(), organiser).get(f"/introductions/{introduction.pk}/").content
        return page.split(b"<h1")[1].split(b"Take it back")[0].split(b"csrfmiddlewaretoken")[0]

    before = seen()
    press(client, mentor, introduction, "yes")
    assert seen() == before


def test_the_same_two_are_not_introduced_again_without_a_second_thought(
    client: Client, introduction: Introduction, hannah: Member, mentee: Person, organiser: Person
) -> None:
    say_someone_else(introduction=introduction, by=mentee)
    page = f"/s/quiet-hours/organise/introduce/{introduction.request_id}/"
    assert "it did not go ahead" in sign_in(client, organiser).get(page).content.decode()
    warned = client.post(page, {"mentor": hannah.pk})
    assert warned.status_code == 422
    assert "tick the box" in warned.content.decode()
    assert client.post(page, {"mentor": hannah.pk, "again": "on"}).status_code == 302
    assert Introduction.objects.count() == 2


def test_an_organiser_takes_back_what_nobody_has_answered(
    client: Client, introduction: Introduction, organiser: Person, mentor: Person
) -> None:
    url = f"/s/quiet-hours/organise/introductions/{introduction.pk}/take-back/"
    page = sign_in(client, organiser).post(url, follow=True).content.decode()
    assert "Taken back" in page
    assert Request.objects.get().state == RequestState.WAITING
    assert "is not open any more" in press(client, mentor, introduction, "yes")
    assert not Pair.objects.exists()
    again = sign_in(client, organiser).post(url, follow=True).content.decode()
    assert "is not open any more" in again


def test_taking_a_request_back_closes_its_introduction(
    client: Client, introduction: Introduction, mentee: Person, mentor: Person, hannah: Member
) -> None:
    sign_in(client, mentee).post(f"/requests/{introduction.request_id}/withdraw/")
    assert taken(hannah) == 0
    assert "is not open any more" in press(client, mentor, introduction, "yes")


def test_a_mentor_without_room_is_not_offered_and_cannot_be_chosen(
    client: Client, introduction: Introduction, hannah: Member, other_mentee: Person, organiser: Person
) -> None:
    waiting = ask_quickly(hannah.scheme, other_mentee)
    assert not mentors_with_room(hannah.scheme).exists()
    page = f"/s/quiet-hours/organise/introduce/{waiting.pk}/"
    assert "No mentor has room" in sign_in(client, organiser).get(page).content.decode()
    stale = client.post(page, {"mentor": hannah.pk})
    assert stale.status_code == 422
    assert "has no room now" in stale.content.decode()
    assert Introduction.objects.count() == 1


def test_nobody_is_introduced_to_themselves(
    peer_scheme: Scheme, mentor: Person, hannah: Member, organiser: Person
) -> None:
    made = ask_quickly(peer_scheme, mentor)
    with pytest.raises(Refused, match="to themselves"):
        introduce(request=made, mentor=hannah, by=organiser)
    assert Member.objects.filter(person=mentor, scheme=peer_scheme).count() == 2


def test_a_pair_is_not_made_twice(
    introduction: Introduction, hannah: Member, mentor: Person, mentee: Person, organiser: Person
) -> None:
    say_yes(introduction=introduction, by=mentor)
    say_yes(introduction=introduction, by=mentee)
    with pytest.raises(Refused, match="You have a mentor in this scheme already"):
        ask_quickly(hannah.scheme, mentee)
    Member.objects.update(capacity=5)
    stale = Request.objects.create(
        scheme=hannah.scheme, mentee=mentee, acceptance=introduction.request.acceptance
    )
    with pytest.raises(Refused, match="a pair already"):
        introduce(request=stale, mentor=hannah, by=organiser)


def test_the_database_keeps_one_introduction_at_a_time(introduction: Introduction, hannah: Member) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.create(request=introduction.request, mentor=hannah)


def test_a_mentor_of_another_scheme_cannot_be_chosen(
    client: Client, request_made: Request, organiser: Person, other_organiser: Person
) -> None:
    stranger = mentor_of(Scheme.objects.get(slug="elsewhere"), person("Secret"))
    page = f"/s/quiet-hours/organise/introduce/{request_made.pk}/"
    refused = sign_in(client, organiser).post(page, {"mentor": stranger.pk})
    assert refused.status_code == 422
    assert "Secret" not in refused.content.decode()
    with pytest.raises(Refused):
        introduce(request=request_made, mentor=stranger, by=organiser)


def test_others_find_no_introduction(
    client: Client,
    introduction: Introduction,
    outsider: Person,
    other_organiser: Person,
    other_mentee: Person,
) -> None:
    for someone in (outsider, other_organiser, other_mentee):
        sign_in(client, someone)
        assert client.get(f"/introductions/{introduction.pk}/").status_code == 404
        assert client.post(f"/introductions/{introduction.pk}/answer/").status_code == 404
        take_back = f"/s/quiet-hours/organise/introductions/{introduction.pk}/take-back/"
        assert client.post(take_back).status_code == 404
        introduce_page = f"/s/quiet-hours/organise/introduce/{introduction.request_id}/"
        assert client.get(introduce_page).status_code == 404
        assert client.get("/s/quiet-hours/mentoring/").status_code == 404


def test_the_two_cannot_take_back_and_organisers_cannot_answer(
    client: Client, introduction: Introduction, mentor: Person, organiser: Person
) -> None:
    take_back = f"/s/quiet-hours/organise/introductions/{introduction.pk}/take-back/"
    taken_back = sign_in(client, mentor).post(take_back)
    assert taken_back.status_code == 404
    press(client, organiser, introduction, "someone-else")
    introduction.refresh_from_db()
    assert introduction.state == IntroductionState.OFFERED


def test_a_mentor_lowers_their_room_and_what_no_longer_fits_is_taken_back(
    client: Client, introduction: Introduction, hannah: Member, mentor: Person
) -> None:
    sign_in(client, mentor).post("/s/quiet-hours/mentoring/", {"capacity": "0", "offers": "Later."})
    introduction.refresh_from_db()
    assert introduction.state == IntroductionState.TAKEN_BACK
    assert taken(hannah) == 0
    assert Request.objects.get().state == RequestState.WAITING


def test_lowering_the_room_leaves_pairs_and_the_introductions_that_fit(
    peer_scheme: Scheme, hannah: Member, organiser: Person, mentor: Person
) -> None:
    change_room(mentor=hannah, capacity=3, offers="")
    made = [ask_quickly(peer_scheme, person(name)) for name in ("One", "Two", "Three")]
    offered = [introduce(request=each, mentor=hannah, by=organiser) for each in made]
    say_yes(introduction=offered[0], by=mentor)
    say_yes(introduction=offered[0], by=made[0].mentee)
    change_room(mentor=hannah, capacity=2, offers="")
    states = list(Introduction.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["accepted", "offered", "taken_back"]
    assert Pair.objects.running().count() == 1


@pytest.mark.parametrize("capacity", ["-1", "many", "101", ""])
def test_a_room_that_cannot_be_is_told_and_what_was_typed_stays(
    client: Client, hannah: Member, mentor: Person, capacity: str
) -> None:
    typed = {"capacity": capacity, "offers": "Written with care"}
    page = sign_in(client, mentor).post("/s/quiet-hours/mentoring/", typed)
    assert page.status_code == 422
    assert "Written with care" in page.content.decode()


def test_requests_come_straight_to_the_only_mentor(client: Client, organiser: Person, mentee: Person) -> None:
    scheme = scheme_of(organiser, "peer", "Just Me", solo=True, capacity=1)
    made = ask_quickly(scheme, mentee)
    assert Letter.objects.filter(event="matching/asks_you", to=organiser.email).count() == 1
    home = sign_in(client, organiser).get("/").content.decode()
    assert "Bea asks you to be their mentor" in home
    client.get(f"/requests/{made.pk}/asks-you/")
    assert not Pair.objects.exists()
    page = client.post(f"/requests/{made.pk}/asks-you/", follow=True).content.decode()
    assert "You and Bea work together now" in page
    assert Pair.objects.get().state == PairState.IN_FORCE
    client.post(f"/requests/{made.pk}/asks-you/")
    assert Pair.objects.count() == 1


def test_the_only_mentor_without_room_leaves_them_waiting(
    client: Client, organiser: Person, mentee: Person
) -> None:
    scheme = scheme_of(organiser, "peer", "Just Me", solo=True, capacity=0)
    made = ask_quickly(scheme, mentee)
    page = sign_in(client, organiser).post(f"/requests/{made.pk}/asks-you/", follow=True)
    assert "has no room now" in page.content.decode()
    assert not Pair.objects.exists()


def test_someone_is_mentor_here_and_mentee_there(
    client: Client, peer_scheme: Scheme, mentor: Person, other_organiser: Person, organiser: Person
) -> None:
    elsewhere = Scheme.objects.get(slug="elsewhere")
    guide = mentor_of(elsewhere, person("Guide"))
    found = introduce(request=ask_quickly(elsewhere, mentor), mentor=guide, by=other_organiser)
    say_yes(introduction=found, by=mentor)
    say_yes(introduction=found, by=guide.person)
    assert Pair.objects.get().mentee == mentor
    page = sign_in(client, mentor).get("/").content.decode()
    assert "Guide is your mentor" in page
    assert "Quiet Hours" in page
    assert Member.objects.filter(person=mentor, role=Role.MENTEE, scheme=elsewhere).exists()
    people = sign_in(client, organiser).get("/s/quiet-hours/organise/people/").content.decode()
    assert "Guide" not in people


def test_yes_is_in_ones_own_history_only(introduction: Introduction, mentor: Person) -> None:
    say_yes(introduction=introduction, by=mentor)
    entry = Entry.objects.get(verb="introduction-accepted")
    assert entry.who == pseudonym(mentor.pk)
    assert entry.scheme is None


@pytest.mark.parametrize("rows", [1, 3])
def test_introducing_takes_as_many_queries_for_one_mentor_as_for_three(
    client: Client,
    peer_scheme: Scheme,
    rows: int,
    organiser: Person,
    mentee: Person,
    django_assert_num_queries: Any,
) -> None:
    for number in range(1, rows):
        mentor_of(peer_scheme, person(f"Mentor{number}"))
    page = f"/s/quiet-hours/organise/introduce/{ask_quickly(peer_scheme, mentee).pk}/"
    sign_in(client, organiser).get(page)
    with django_assert_num_queries(13):
        text = client.get(page).content.decode()
    assert text.count("room for 1") == rows


@pytest.mark.parametrize("days", [0, 5])
def test_an_introduction_open_for_long_needs_the_organiser(
    client: Client, introduction: Introduction, organiser: Person, days: int
) -> None:
    Introduction.objects.update(offered_at=timezone.now() - timedelta(days=days))
    page = sign_in(client, organiser).get("/s/quiet-hours/organise/").content.decode()
    assert ("no pair yet" in page) is (days == 5)


@pytest.mark.parametrize(("paired", "told"), [(4, False), (5, True)])
def test_a_usual_wait_is_told_once_enough_have_waited(
    client: Client, peer_scheme: Scheme, hannah: Member, organiser: Person, paired: int, told: bool
) -> None:
    change_room(mentor=hannah, capacity=9, offers="")
    for number in range(paired):
        made = ask_quickly(peer_scheme, person(f"Waited{number}"))
        Request.objects.filter(pk=made.pk).update(asked_at=timezone.now() - timedelta(days=10 + number))
        found = introduce(request=made, mentor=hannah, by=organiser)
        say_yes(introduction=found, by=hannah.person)
        say_yes(introduction=found, by=made.mentee)
    assert ("usually took 12 days" in client.get("/s/quiet-hours/").content.decode()) is told


@pytest.mark.parametrize(
    ("waits", "told"), [(2, "2 people wait for a mentor"), (3, "More than 2 people wait")]
)
def test_those_who_wait_are_counted_only_so_far(
    client: Client, peer_scheme: Scheme, waits: int, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (queries, asking):
        monkeypatch.setattr(module, "MANY", 2)
    for number in range(waits):
        ask_quickly(peer_scheme, person(f"Waits{number}"))
    assert told in client.get("/s/quiet-hours/").content.decode()


def test_many_mentors_come_in_pages_and_one_of_a_later_page_can_be_chosen(
    client: Client, peer_scheme: Scheme, mentee: Person, organiser: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organising, "ON_A_PAGE", 2)
    others = [mentor_of(peer_scheme, person(f"Mentor{number}"), capacity=9 - number) for number in range(3)]
    request = ask_quickly(peer_scheme, mentee)
    address = f"/s/quiet-hours/organise/introduce/{request.pk}/"
    first = sign_in(client, organiser).get(address).content.decode()
    assert "?mentors=2#mentors" in first
    assert "Mentor1, room for 8" in first
    assert "Mentor2" not in first
    assert "Mentor2, room for 7" in client.get(f"{address}?mentors=2").content.decode()
    client.post(f"{address}?mentors=2", {"mentor": others[2].pk})
    assert Introduction.objects.get().mentor == others[2]
