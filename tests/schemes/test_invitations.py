"""An organiser invites people; they follow the link and join, or read why it no longer works."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ampersand.notifications.models import Letter
from ampersand.people.models import Person
from ampersand.record.models import Entry
from ampersand.schemes.models import Invitation, Member, Organiser, Role, Scheme
from ampersand.schemes.views import invitations
from tests.cast import sign_in
from tests.second_step import give_second_step

PAGE = "/s/quiet-hours/organise/invitations/"


def invite(client: Client, emails: str, invited_as: str = "mentor") -> Any:
    return client.post(PAGE, {"invited_as": invited_as, "emails": emails})


def link_for(email: str) -> str:
    text = Letter.objects.filter(to=email, event__startswith="schemes/invited").latest("pk").body_text
    found = re.search(r"(/invitation/[^/\s]+/)", text)
    assert found
    return found[1]


@pytest.fixture
def office(client: Client, peer_scheme: Scheme, organiser: Person) -> Client:
    """The organiser's browser."""
    return sign_in(client, organiser)


def test_several_addresses_are_invited_at_once(office: Client) -> None:
    pasted = "ana@example.org, Ben Ode <ben@example.org>;\n\n  CY@example.org\tana@example.org"
    page = office.post(PAGE, {"invited_as": "mentor", "emails": pasted}, follow=True).content.decode()
    assert "3 invitations are on their way" in page
    assert set(Invitation.objects.values_list("email", flat=True)) == {
        "ana@example.org",
        "ben@example.org",
        "cy@example.org",
    }
    assert Entry.objects.filter(verb="mentor-invited").count() == 3


def test_every_bad_line_is_named_and_nothing_is_lost_or_sent(office: Client) -> None:
    page = invite(office, "ana@example.org\nnot an address\nben@\ncy@example.org <script>")
    text = page.content.decode()
    assert page.status_code == 422
    assert "Line 2: “not an address”" in text
    assert "Line 3: “ben@”" in text
    assert "Line 4" in text
    assert "ana@example.org\nnot an address" in text
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("pasted", ["", "  \n , ;", "\n".join(f"p{n}@example.org" for n in range(101))])
def test_nothing_and_far_too_much_are_each_a_sentence(office: Client, pasted: str) -> None:
    assert invite(office, pasted).status_code == 422
    assert not Invitation.objects.exists()


def test_only_the_hash_of_the_link_is_kept(office: Client) -> None:
    invite(office, "ana@example.org")
    token = link_for("ana@example.org").split("/")[2]
    kept = Invitation.objects.get().token_hash
    assert token not in kept
    assert len(kept) == 64


def test_inviting_again_leaves_a_good_invitation_alone(office: Client) -> None:
    invite(office, "ana@example.org")
    first = Invitation.objects.get().token_hash
    page = office.post(PAGE, {"invited_as": "mentor", "emails": "ana@example.org"}, follow=True)
    assert "not written to again: ana@example.org" in page.content.decode()
    assert Invitation.objects.get().token_hash == first


def test_sending_again_gives_a_new_link_and_the_old_one_stops(office: Client) -> None:
    invite(office, "ana@example.org")
    old = link_for("ana@example.org")
    office.post(f"{PAGE}{Invitation.objects.get().pk}/again/")
    assert Client().get(old).status_code == 404
    assert Client().get(link_for("ana@example.org")).status_code == 200


def test_looking_at_a_link_changes_nothing(office: Client, outsider: Person) -> None:
    invite(office, "ana@example.org")
    link = link_for("ana@example.org")
    entries = Entry.objects.count()
    browser = sign_in(Client(), outsider)
    for _ in range(20):
        Client().get(link)
        browser.get(f"{link}accept/")
        browser.head(f"{link}accept/")
    assert Invitation.objects.get().accepted_at is None
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"withdrawn_at": timezone.now()}, "was withdrawn"),
        ({"accepted_at": timezone.now()}, "has been used"),
        ({"sent_at": timezone.now() - timedelta(15), "expires_at": timezone.now() - timedelta(1)}, "run out"),
    ],
)
def test_a_link_that_no_longer_works_says_why(
    office: Client, outsider: Person, change: dict[str, Any], sentence: str
) -> None:
    invite(office, "ana@example.org")
    Invitation.objects.update(**change)
    page = Client().get(link_for("ana@example.org"))
    assert page.status_code == 410
    assert sentence in page.content.decode()
    pressed = sign_in(Client(), outsider).post(f"{link_for('ana@example.org')}accept/")
    assert pressed.status_code == 410


def test_an_invitation_withdrawn_while_a_mentor_answers_stops_there(office: Client, outsider: Person) -> None:
    invite(office, "ana@example.org")
    link, browser = link_for("ana@example.org"), sign_in(Client(), outsider)
    answer_as_mentor(browser, link, capacity="2")
    office.post(f"{PAGE}{Invitation.objects.get().pk}/withdraw/")
    assert browser.post(f"{link}mentor/check/").status_code == 410
    assert not Member.objects.filter(person=outsider).exists()


def answer_as_mentor(browser: Client, link: str, **changed: str) -> None:
    browser.post(f"{link}accept/")
    browser.post(f"{link}mentor/name/", {"called": "Ana"})
    browser.post(f"{link}mentor/reach/", {"reach": "By post", "message_safe": "True"})
    browser.post(f"{link}mentor/room/", {"capacity": changed.get("capacity", "0")})
    browser.post(f"{link}mentor/help/", {"offers": "I know the forms."})


def test_a_mentor_joins_one_page_at_a_time_and_none_is_an_answer(office: Client, outsider: Person) -> None:
    invite(office, "ana@example.org")
    link, browser = link_for("ana@example.org"), sign_in(Client(), outsider)
    answer_as_mentor(browser, link, capacity="0")
    check = browser.get(f"{link}mentor/check/").content.decode()
    assert "I know the forms." in check
    assert not Member.objects.filter(person=outsider).exists()
    done = browser.post(f"{link}mentor/check/", follow=True).content.decode()
    assert "You are a mentor in Quiet Hours now" in done
    member = Member.objects.get(person=outsider)
    assert (member.role, member.capacity, member.offers) == (Role.MENTOR, 0, "I know the forms.")
    outsider.refresh_from_db()
    assert (outsider.called, outsider.reach, outsider.message_safe) == ("Ana", "By post", True)
    assert Letter.objects.filter(event="schemes/joined_mentor", to=outsider.email).count() == 1
    assert Letter.objects.filter(event="schemes/someone_joined").count() == 2
    assert Entry.objects.filter(verb="mentor-joined").count() == 1


@pytest.mark.parametrize("capacity", ["-1", "101", "many", ""])
def test_a_room_that_cannot_be_is_told(office: Client, outsider: Person, capacity: str) -> None:
    invite(office, "ana@example.org")
    link, browser = link_for("ana@example.org"), sign_in(Client(), outsider)
    assert browser.post(f"{link}mentor/room/", {"capacity": capacity}).status_code == 422


@pytest.mark.parametrize("name", ["ع" * 200, "名" * 200, "O'Brien-Łukasz & <b>"])
def test_a_name_in_any_script_comes_through(office: Client, outsider: Person, name: str) -> None:
    invite(office, "ana@example.org")
    link, browser = link_for("ana@example.org"), sign_in(Client(), outsider)
    answer_as_mentor(browser, link)
    browser.post(f"{link}mentor/name/", {"called": name})
    assert "<b>" not in browser.get(f"{link}mentor/check/").content.decode()
    browser.post(f"{link}mentor/check/")
    outsider.refresh_from_db()
    assert outsider.called == name


def test_the_same_link_cannot_be_used_by_a_second_person(
    office: Client, outsider: Person, mentee: Person
) -> None:
    invite(office, "ana@example.org")
    link = link_for("ana@example.org")
    first, second = sign_in(Client(), outsider), sign_in(Client(), mentee)
    answer_as_mentor(first, link)
    answer_as_mentor(second, link)
    first.post(f"{link}mentor/check/")
    assert second.post(f"{link}mentor/check/").status_code == 410
    assert not Member.objects.filter(person=mentee).exists()


def test_a_further_organiser_joins(office: Client, outsider: Person) -> None:
    give_second_step(outsider)
    invite(office, "ana@example.org", "organiser")
    browser = sign_in(Client(), outsider)
    link = link_for("ana@example.org")
    assert "sent to another address" in browser.get(f"{link}accept/").content.decode()
    done = browser.post(f"{link}accept/", follow=True).content.decode()
    assert "You are an organiser of Quiet Hours now" in done
    assert Organiser.objects.filter(person=outsider).count() == 1
    assert browser.get(PAGE).status_code == 200


def test_someone_entered_by_hand_reads_the_agreement_and_asks_for_themselves(
    office: Client, mentee: Person
) -> None:
    invite(office, "door@example.org", "mentee")
    assert Entry.objects.filter(verb="person-entered").count() == 1
    link, browser = link_for("door@example.org"), sign_in(Client(), mentee)
    page = browser.post(f"{link}accept/", follow=True).content.decode()
    assert "Please read the whole agreement first" in page
    assert not Member.objects.filter(person=mentee).exists()


def test_strangers_and_organisers_of_other_schemes_find_nothing(
    office: Client, outsider: Person, other_organiser: Person, mentor: Person
) -> None:
    invite(office, "ana@example.org")
    pk = Invitation.objects.get().pk
    for someone in (outsider, other_organiser, mentor):
        browser = sign_in(Client(), someone)
        assert browser.get(PAGE).status_code == 404
        assert browser.post(PAGE, {"invited_as": "mentor", "emails": "x@example.org"}).status_code == 404
        for verb in ("again", "withdraw"):
            assert browser.post(f"{PAGE}{pk}/{verb}/").status_code == 404
    elsewhere = sign_in(Client(), other_organiser)
    assert elsewhere.post(f"/s/elsewhere/organise/invitations/{pk}/withdraw/").status_code == 404
    assert Client().get(PAGE).status_code == 302
    assert Invitation.objects.get().withdrawn_at is None


def test_a_made_up_link_leads_nowhere(db: None) -> None:
    assert Client().get("/invitation/made-up/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    office: Client, count: int, django_assert_num_queries: Any
) -> None:
    invite(office, "\n".join(f"p{n}@example.org" for n in range(count)))
    office.get(PAGE)
    with django_assert_num_queries(6):
        office.get(PAGE)


def test_many_invitations_come_in_pages(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invitations, "ON_A_PAGE", 2)
    emails = "\n".join(f"m{number}@example.org" for number in range(3))
    office.post(PAGE, {"invited_as": "mentor", "emails": emails})
    first, second = (office.get(f"{PAGE}?sent={number}").content.decode() for number in (1, 2))
    assert "?sent=2#sent" in first
    shown = [[f"m{number}@example.org" in page for number in range(3)] for page in (first, second)]
    assert [sum(each) for each in shown] == [2, 1]
    assert all(a != b for a, b in zip(*shown, strict=True))
