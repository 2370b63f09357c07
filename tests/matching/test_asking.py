"""A mentee reads the agreement, declares what it needs, asks, waits, and may take it back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ampersand.agreements.actions.publishing import draft_from_text, publish
from ampersand.agreements.models import Acceptance
from ampersand.matching.models import Request, RequestState
from ampersand.notifications.models import Letter
from ampersand.people.models import Person
from ampersand.record.models import Entry
from ampersand.schemes.models import Invitation, Member, Role, Scheme, SchemeState
from ampersand.wording import builtin
from tests.cast import person, sign_in
from tests.matching.asking import answer, ask_quickly, declare, read
from tests.people.conftest import latest_code

CHECK = "/s/quiet-hours/ask/check/"


def test_the_whole_agreement_stands_before_the_button(client: Client, peer_scheme: Scheme) -> None:
    page = client.get("/s/quiet-hours/").content.decode()
    wording = peer_scheme.templates.get().wording()
    assert page.count('class="clause ') == len(list(wording.clauses()))
    assert page.index("sheet-foot") < page.index("Ask for a mentor</a>")
    assert "Ring 999" in page


def test_a_stranger_asks_from_the_public_page_to_the_place_in_line(
    client: Client, peer_scheme: Scheme
) -> None:
    assert declare(client, "quiet-hours")["Location"] == "/s/quiet-hours/ask/name/"
    to_sign_in = client.get("/s/quiet-hours/ask/name/")
    assert to_sign_in["Location"].startswith("/sign-in/")
    client.post("/sign-in/", {"email": "new@example.org", "next": "/s/quiet-hours/ask/name/"})
    back = client.post("/sign-in/code/", {"code": latest_code("new@example.org")})
    assert back["Location"] == "/s/quiet-hours/ask/name/"
    assert answer(client, "quiet-hours", called="Nia")["Location"] == CHECK
    assert "To sleep better" in client.get(CHECK).content.decode()
    assert not Request.objects.exists()
    page = client.post(CHECK, follow=True).content.decode()
    assert "We have your request" in page
    assert "Your place in line: 1." in page

    made = Request.objects.get()
    assert made.mentee.called == "Nia"
    assert made.mentee.message_safe is False
    assert Member.objects.filter(person=made.mentee, role=Role.MENTEE).count() == 1
    assert Letter.objects.filter(event="matching/asked", to="new@example.org").count() == 1
    assert Letter.objects.filter(event="matching/someone_asked").count() == 2
    assert Entry.objects.filter(verb="request-made").count() == 1


def test_every_clause_is_kept_as_it_was_shown(peer_scheme: Scheme, mentee: Person) -> None:
    ask_quickly(peer_scheme, mentee)
    kept = Acceptance.objects.get()
    template = peer_scheme.templates.get()
    assert [row["id"] for row in kept.clauses] == [clause.id for clause in template.wording().clauses()]
    assert all(row["words"] for row in kept.clauses)
    assert "Quiet Hours" in str(kept.clauses)
    assert len(kept.fingerprint) == 64
    assert Entry.objects.get(verb="agreement-accepted").fingerprint == kept.fingerprint


@pytest.mark.parametrize("number", [0, 1])
def test_without_a_declaration_nobody_gets_further(client: Client, peer_scheme: Scheme, number: int) -> None:
    declarations = peer_scheme.templates.get().wording().declarations
    assert len(declarations) == 2
    page = declare(client, "quiet-hours", leaving_out=declarations[number].term)
    assert page.status_code == 422
    text = page.content.decode()
    assert "this needs to be true and ticked" in text
    assert text.count(" checked") == 1
    assert sign_in(client, person("Nia")).get("/s/quiet-hours/ask/name/").status_code == 302


def test_asking_without_having_read_leads_to_the_agreement(client: Client, peer_scheme: Scheme) -> None:
    assert client.get("/s/quiet-hours/ask/")["Location"] == "/s/quiet-hours/"
    assert client.post("/s/quiet-hours/ask/", {"read": "0" * 64})["Location"] == "/s/quiet-hours/"


def test_a_version_published_meanwhile_must_be_read_first(
    client: Client, peer_scheme: Scheme, organiser: Person, mentee: Person
) -> None:
    sign_in(client, mentee)
    button = read(client, "quiet-hours")
    declare(client, "quiet-hours", button=button)
    answer(client, "quiet-hours")
    text = builtin()["peer"].text.replace("about 30 minutes", "about 40 minutes")
    publish(template=draft_from_text(scheme=peer_scheme, text=text), by=organiser)
    page = client.post(CHECK, follow=True).content.decode()
    assert "has changed since you read it" in page
    assert not Request.objects.exists()
    again = client.get(button, follow=True).content.decode()
    assert "has changed since you read it" in again
    declare(client, "quiet-hours")
    assert "Ring twice" in client.get("/s/quiet-hours/ask/reach/").content.decode()
    client.post(CHECK)
    assert Request.objects.get().acceptance.template.number == 2


def test_a_double_click_makes_one_request(client: Client, peer_scheme: Scheme, mentee: Person) -> None:
    sign_in(client, mentee)
    declare(client, "quiet-hours")
    answer(client, "quiet-hours")
    first, second = client.post(CHECK), client.post(CHECK)
    assert first["Location"] == second["Location"]
    assert Request.objects.count() == Acceptance.objects.count() == 1
    assert Letter.objects.filter(event="matching/asked").count() == 1


def test_whoever_has_a_request_is_shown_it(client: Client, peer_scheme: Scheme, mentee: Person) -> None:
    made = ask_quickly(peer_scheme, mentee)
    sign_in(client, mentee)
    for page in ("ask/", "ask/name/"):
        assert client.get(f"/s/quiet-hours/{page}")["Location"] == f"/requests/{made.pk}/"
    assert "See your request" in client.get("/s/quiet-hours/").content.decode()


def test_a_closed_scheme_says_so(client: Client, peer_scheme: Scheme, mentee: Person) -> None:
    sign_in(client, mentee)
    button = read(client, "quiet-hours")
    declare(client, "quiet-hours")
    answer(client, "quiet-hours")
    Scheme.objects.update(state=SchemeState.CLOSED)
    assert "takes no new requests" in client.get(button, follow=True).content.decode()
    assert "takes no new requests" in client.post(CHECK, follow=True).content.decode()
    assert not Request.objects.exists()


def test_a_name_is_all_that_is_needed(client: Client, peer_scheme: Scheme, mentee: Person) -> None:
    sign_in(client, mentee)
    declare(client, "quiet-hours")
    missing = client.post("/s/quiet-hours/ask/name/", {"called": " "})
    assert missing.status_code == 422
    client.post("/s/quiet-hours/ask/name/", {"called": "名" * 200})
    client.post("/s/quiet-hours/ask/reach/", {"reach": "", "message_safe": ""})
    client.post("/s/quiet-hours/ask/hope/", {"wish": ""})
    client.post(CHECK)
    assert Request.objects.get().wish == ""
    too_long = client.post("/s/quiet-hours/ask/name/", {"called": "名" * 201})
    assert too_long.status_code in {302, 422}


def test_the_place_counts_those_who_have_waited_longer(
    client: Client, peer_scheme: Scheme, mentee: Person, other_mentee: Person
) -> None:
    first, second = ask_quickly(peer_scheme, mentee), ask_quickly(peer_scheme, other_mentee)
    Request.objects.filter(pk=first.pk).update(asked_at=timezone.now() - timedelta(days=3))
    page = sign_in(client, other_mentee).get(f"/requests/{second.pk}/").content.decode()
    assert "Your place in line: 2." in page
    sign_in(client, mentee).post(f"/requests/{first.pk}/withdraw/")
    page = sign_in(client, other_mentee).get(f"/requests/{second.pk}/").content.decode()
    assert "Your place in line: 1." in page


def test_a_request_is_taken_back_with_one_button_and_no_question(
    client: Client, peer_scheme: Scheme, mentee: Person
) -> None:
    made = ask_quickly(peer_scheme, mentee)
    sign_in(client, mentee)
    page = client.post(f"/requests/{made.pk}/withdraw/", follow=True).content.decode()
    assert "Your request is taken back" in page
    client.post(f"/requests/{made.pk}/withdraw/")
    made.refresh_from_db()
    assert (made.state, made.wish) == (RequestState.WITHDRAWN, "")
    assert Entry.objects.filter(verb="request-withdrawn").count() == 1
    assert ask_quickly(peer_scheme, mentee).pk != made.pk


def test_looking_at_the_address_of_a_button_withdraws_nothing(
    client: Client, peer_scheme: Scheme, mentee: Person
) -> None:
    made = ask_quickly(peer_scheme, mentee)
    assert sign_in(client, mentee).get(f"/requests/{made.pk}/withdraw/").status_code == 405
    made.refresh_from_db()
    assert made.state == RequestState.WAITING


def test_nobody_else_finds_a_request(
    client: Client,
    peer_scheme: Scheme,
    mentee: Person,
    outsider: Person,
    mentor: Person,
    other_organiser: Person,
) -> None:
    made = ask_quickly(peer_scheme, mentee)
    for someone in (outsider, mentor, other_organiser):
        sign_in(client, someone)
        assert client.get(f"/requests/{made.pk}/").status_code == 404
        assert client.post(f"/requests/{made.pk}/withdraw/").status_code == 404
        assert client.get(f"/requests/{made.pk}/asks-you/").status_code == 404
    assert Client().get(f"/requests/{made.pk}/").status_code == 302


def test_organisers_do_not_withdraw_for_a_mentee(
    client: Client, peer_scheme: Scheme, mentee: Person, organiser: Person
) -> None:
    made = ask_quickly(peer_scheme, mentee)
    sign_in(client, organiser)
    assert client.post(f"/requests/{made.pk}/withdraw/").status_code == 404
    assert client.get(f"/requests/{made.pk}/")["Location"].endswith(f"/introduce/{made.pk}/")


def test_someone_entered_by_hand_uses_up_the_invitation_by_asking(
    client: Client, peer_scheme: Scheme, mentee: Person
) -> None:
    now = timezone.now()
    invitation = Invitation.objects.create(
        scheme=peer_scheme,
        email="door@example.org",
        invited_as="mentee",
        token_hash="0" * 64,
        sent_at=now,
        expires_at=now + timedelta(days=1),
    )
    sign_in(client, mentee)
    session = client.session
    session[f"invited:{peer_scheme.pk}"] = invitation.pk
    session.save()
    declare(client, "quiet-hours")
    answer(client, "quiet-hours")
    client.post(CHECK)
    invitation.refresh_from_db()
    assert invitation.accepted_at


def test_in_a_signed_scheme_asking_binds_to_nothing(
    client: Client, contract_scheme: Scheme, mentee: Person
) -> None:
    assert "Asking does not bind you" in client.get("/s/long-road/").content.decode()
    ask_quickly(contract_scheme, mentee)
    assert not Entry.objects.filter(verb="agreement-accepted").exists()


@pytest.mark.parametrize("waiting", [1, 3])
def test_the_public_page_takes_as_many_queries_for_one_as_for_three(
    client: Client, peer_scheme: Scheme, waiting: int, django_assert_num_queries: Any
) -> None:
    for number in range(waiting):
        ask_quickly(peer_scheme, person(f"Person{number}"))
    client.get("/s/quiet-hours/")
    with django_assert_num_queries(3):
        page = client.get("/s/quiet-hours/").content.decode()
    assert ("One person waits" if waiting == 1 else "3 people wait") in page
