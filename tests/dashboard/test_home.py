"""The first page, an organiser's day, and the people of a scheme."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from ampersand.matching.actions.introducing import introduce, say_yes
from ampersand.matching.models import Request
from ampersand.people.models import Person
from ampersand.schemes.actions.inviting import invite
from ampersand.schemes.models import Invitation, InvitedAs, Member, Scheme, SchemeState
from tests.agreements.brought import garden_draft
from tests.agreements.people import Two
from tests.cast import mentor_of, person, sign_in
from tests.matching.asking import ask_quickly

TODAY = "/s/quiet-hours/organise/"


def paired(scheme: Scheme, mentee: Person, mentor: Person, organiser: Person) -> None:
    member = Member.objects.get(scheme=scheme, person=mentor)
    found = introduce(request=ask_quickly(scheme, mentee), mentor=member, by=organiser)
    say_yes(introduction=found, by=mentor)
    say_yes(introduction=found, by=mentee)


def test_a_stranger_reads_what_it_is_and_finds_the_open_schemes(client: Client, peer_scheme: Scheme) -> None:
    page = client.get("/").content.decode()
    assert "Ampersand runs mentoring schemes" in page
    assert "/s/quiet-hours/" in page
    assert "/sign-in/" in page
    assert "/check/" in page


def test_with_no_scheme_open_it_says_what_will_be_there(client: Client, db: None) -> None:
    assert "No scheme is open here yet" in client.get("/").content.decode()


@pytest.mark.parametrize(("who", "told"), [("anyone", True), ("operators", False)])
def test_whoever_may_make_a_scheme_reads_how_on_the_first_page(
    client: Client, outsider: Person, settings: Settings, who: str, told: bool
) -> None:
    settings.WHO_MAKES_SCHEMES = who
    for someone in (Client(), sign_in(client, outsider)):
        assert ("Do you run a mentoring scheme?" in someone.get("/").content.decode()) is told


def test_someone_who_has_said_their_name_is_led_to_their_first_page(client: Client, outsider: Person) -> None:
    Person.objects.filter(pk=outsider.pk).update(called="")
    form = sign_in(client, outsider).get("/account/").context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {"called": "Noor"}
    assert client.post("/account/", typed).headers["Location"] == "/"
    assert client.post("/account/", typed).headers["Location"] == "/account/"


def test_someone_new_sees_an_example_and_the_next_step(client: Client, outsider: Person) -> None:
    page = sign_in(client, outsider).get("/").content.decode()
    assert "You have not joined a scheme yet" in page
    assert "For example" in page


def test_things_for_each_person_stand_on_their_first_page(
    client: Client, peer_scheme: Scheme, mentor: Person, mentee: Person, organiser: Person, outsider: Person
) -> None:
    member = Member.objects.get(scheme=peer_scheme, person=mentor)
    found = introduce(request=ask_quickly(peer_scheme, mentee), mentor=member, by=organiser)
    invite(scheme=peer_scheme, emails=[outsider.email], invited_as=InvitedAs.MENTOR, by=organiser)
    assert "Bea could be your mentee" in sign_in(client, mentor).get("/").content.decode()
    assert "Hannah could be your mentor" in sign_in(client, mentee).get("/").content.decode()
    assert "You are invited to Quiet Hours as mentor" in sign_in(client, outsider).get("/").content.decode()
    say_yes(introduction=found, by=mentor)
    say_yes(introduction=found, by=mentee)
    assert "You mentor Bea" in sign_in(client, mentor).get("/").content.decode()
    hers = sign_in(client, mentee).get("/").content.decode()
    assert "Hannah is your mentor" in hers
    assert "could be" not in hers
    assert "Bea" not in sign_in(client, outsider).get("/").content.decode()


def test_an_agreement_to_fill_in_is_among_the_things(
    client: Client, contract_scheme: Scheme, mentor: Person, mentee: Person, organiser: Person
) -> None:
    paired(contract_scheme, mentee, mentor, organiser)
    assert "Agree and sign with Hannah" in sign_in(client, mentee).get("/").content.decode()


def test_who_has_signed_has_nothing_left_to_do(client: Client, signed_once: Two) -> None:
    assert "Agree and sign with Sam" not in sign_in(client, signed_once.hannah).get("/").content.decode()
    assert "Agree and sign with Hannah" in sign_in(client, signed_once.sam).get("/").content.decode()


def test_who_has_signed_reads_that_on_the_page_of_the_pair_and_the_other_does_not(
    client: Client, signed_once: Two
) -> None:
    address = f"/pairs/{signed_once.pair.pk}/"
    assert "You have signed." in sign_in(client, signed_once.hannah).get(address).content.decode()
    others = sign_in(client, signed_once.sam).get(address).content.decode()
    assert "signed." not in others
    assert "Each of you now checks the text and signs." in others


def test_the_organisers_day_has_the_longest_wait_first(
    client: Client, peer_scheme: Scheme, mentee: Person, other_mentee: Person, organiser: Person
) -> None:
    ask_quickly(peer_scheme, mentee)
    late = ask_quickly(peer_scheme, other_mentee)
    Request.objects.filter(pk=late.pk).update(asked_at=timezone.now() - timedelta(days=4))
    page = sign_in(client, organiser).get(TODAY).content.decode()
    assert page.index("Introduce Carl") < page.index("Introduce Bea")
    assert "Waiting for 4 days." in page


@pytest.mark.parametrize(("days", "told"), [(1, True), (0, True), (-1, True), (10, False)])
def test_an_invitation_that_runs_out_is_told(
    client: Client, peer_scheme: Scheme, organiser: Person, days: int, told: bool
) -> None:
    invite(scheme=peer_scheme, emails=["ana@example.org"], invited_as=InvitedAs.MENTOR, by=organiser)
    now = timezone.now()
    Invitation.objects.update(sent_at=now - timedelta(days=13), expires_at=now + timedelta(days=days))
    page = sign_in(client, organiser).get(TODAY).content.decode()
    assert ("The invitation of ana@example.org" in page) is told


def test_help_lines_to_check_are_told(client: Client, peer_scheme: Scheme, organiser: Person) -> None:
    assert "Check that the urgent help" not in sign_in(client, organiser).get(TODAY).content.decode()
    Scheme.objects.update(urgent_help_review_on=timezone.localdate())
    assert "Check that the urgent help" in client.get(TODAY).content.decode()


def test_an_organiser_is_told_of_an_agreement_that_is_not_published_yet(
    client: Client, peer_scheme: Scheme, organiser: Person, mentor: Person
) -> None:
    sign_in(client, organiser)
    for page in ("/", TODAY):
        assert "not published yet" not in client.get(page).content.decode()
    draft = garden_draft(peer_scheme, organiser)
    first, today = (client.get(page).content.decode() for page in ("/", TODAY))
    assert "The agreement of Quiet Hours is not published yet: go on" in first
    assert "Version 2 of your agreement is not published yet: go on" in today
    assert f'href="{TODAY}agreement/"' in first.split("Things for you")[1].split("</section>")[0]
    assert "not published yet" not in sign_in(Client(), mentor).get("/").content.decode()
    Scheme.objects.update(state=SchemeState.DRAFT)
    assert "Your agreement is not published yet: go on" in client.get(TODAY).content.decode()
    draft.delete()
    assert "Bring your agreement, or begin with one of ours" in client.get(TODAY).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_drafts_of_several_schemes_take_as_many_queries_as_of_one(
    client: Client, peer_scheme: Scheme, organiser: Person, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        peer_scheme.pk, peer_scheme.slug, peer_scheme.name = None, f"more-{number}", f"More {number}"
        peer_scheme.save()
        peer_scheme.organisers.create(person=organiser)
        peer_scheme.templates.create(number=1, text="")
    sign_in(client, organiser).get("/")
    with django_assert_num_queries(7):
        page = client.get("/").content.decode()
    assert page.count("is not published yet: go on") == rows


def test_organisers_see_names_states_and_dates_and_no_contents(
    client: Client, peer_scheme: Scheme, mentor: Person, mentee: Person, organiser: Person
) -> None:
    paired(peer_scheme, mentee, mentor, organiser)
    page = sign_in(client, organiser).get(f"{TODAY}people/").content.decode()
    assert "Hannah" in page
    assert "in force" in page
    assert "A pair began." in page
    for private in ("Ring twice", "To sleep better", "bea@example.org", "hannah@example.org"):
        assert private not in page


@pytest.mark.parametrize("page", ["", "people/"])
def test_others_do_not_find_an_organisers_pages(
    client: Client, peer_scheme: Scheme, outsider: Person, mentor: Person, other_organiser: Person, page: str
) -> None:
    for someone in (outsider, mentor, other_organiser):
        assert sign_in(client, someone).get(f"{TODAY}{page}").status_code == 404
    assert Client().get(f"{TODAY}{page}").status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("/", 7), (TODAY, 9), (f"{TODAY}people/", 17)])
def test_a_list_takes_as_many_queries_for_one_as_for_three(
    client: Client,
    peer_scheme: Scheme,
    organiser: Person,
    mentor: Person,
    rows: int,
    page: str,
    queries: int,
    django_assert_num_queries: Any,
) -> None:
    Member.objects.update(capacity=50)
    for number in range(rows):
        extra = mentor_of(peer_scheme, person(f"Mentor{number}"), capacity=1)
        ask_quickly(peer_scheme, person(f"Waits{number}"))
        introduce(request=ask_quickly(peer_scheme, person(f"Meets{number}")), mentor=extra, by=organiser)
        paired(peer_scheme, person(f"Paired{number}"), mentor, organiser)
    sign_in(client, mentor if page == "/" else organiser)
    client.get(page)
    with django_assert_num_queries(queries):
        assert client.get(page).status_code == 200
