"""An organiser makes a scheme, looks at it as a mentee would, and publishes it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ampersand.agreements.actions.publishing import publish
from ampersand.agreements.models import Template
from ampersand.people.models import Person
from ampersand.record.models import Entry
from ampersand.schemes.models import Member, Scheme, SchemeState
from tests.cast import person, sign_in


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "agreement": "peer",
        "name": "Evening Tea",
        "slug": "",
        "contact_email": "tea@example.org",
        "website": "https://example.org/tea",
        "welcome": "",
        "urgent_help": "Ring 999",
        "urgent_help_review_on": (timezone.localdate() + timedelta(days=90)).isoformat(),
        "time_zone": "Europe/London",
        "discreet": "on",
        "capacity": "",
        **changes,
    }


@pytest.fixture
def operator(organiser: Person) -> Person:
    organiser.is_operator = True
    organiser.save()
    return organiser


@pytest.fixture
def draft(client: Client, operator: Person) -> Scheme:
    sign_in(client, operator)
    client.post("/schemes/new/", typed())
    return Scheme.objects.get()


def test_an_operator_makes_a_scheme_and_its_address_comes_from_its_name(draft: Scheme) -> None:
    assert draft.slug == "evening-tea"
    assert draft.state == SchemeState.DRAFT
    assert draft.organisers.count() == 1
    assert Template.objects.get().number == 1
    assert list(Entry.objects.values_list("verb", flat=True)) == ["scheme-made"]


def test_someone_who_is_no_operator_reads_whom_to_ask(client: Client, outsider: Person) -> None:
    page = sign_in(client, outsider).get("/schemes/new/")
    assert "only its operators make new schemes" in page.content.decode()
    client.post("/schemes/new/", typed())
    assert not Scheme.objects.exists()


def test_anyone_may_where_the_settings_say_so(client: Client, outsider: Person, settings: Any) -> None:
    settings.WHO_MAKES_SCHEMES = "anyone"
    sign_in(client, outsider).post("/schemes/new/", typed())
    assert Scheme.objects.get().organisers.get().person == outsider


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"slug": "quiet-hours"}, "“quiet-hours-2” is free"),
        ({"name": "Quiet Hours"}, "“quiet-hours-2” is free"),
        ({"urgent_help_review_on": "2020-01-01"}, "Choose a day in the future"),
        ({"contact_email": "tea at home"}, "Enter a valid email address"),
        ({"name": ""}, "Fill this in."),
        ({"solo": "on"}, "0 is an answer"),
        ({"slug": "with spaces & junk"}, "valid “slug”"),
        ({"agreement": "made-up"}, "Select a valid choice"),
    ],
)
def test_what_cannot_stand_is_told_in_a_sentence_and_nothing_typed_is_lost(
    client: Client, operator: Person, peer_scheme: Scheme, wrong: dict[str, str], sentence: str
) -> None:
    sign_in(client, operator)
    page = client.post("/schemes/new/", typed(welcome="Come in, sit down", **wrong))
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert "Come in, sit down" in page.content.decode()
    assert Scheme.objects.count() == 1


@pytest.mark.parametrize("name", ["夜のお茶", "شاي المساء", "Ж" * 120])
def test_a_name_in_any_script_gets_an_address(client: Client, operator: Person, name: str) -> None:
    assert sign_in(client, operator).post("/schemes/new/", typed(name=name)).status_code == 302
    assert Scheme.objects.get().name == name
    assert Scheme.objects.get().slug == "scheme"


def test_the_only_mentor_says_how_many_people_they_take(client: Client, operator: Person) -> None:
    sign_in(client, operator).post("/schemes/new/", typed(solo="on", capacity="3"))
    assert Member.objects.get(person=operator).capacity == 3


def test_the_organiser_sees_what_the_software_does_about_each_clause(client: Client, draft: Scheme) -> None:
    page = client.get("/s/evening-tea/organise/agreement/").content.decode()
    assert "Publish version 1" in page
    assert "asks" in page
    assert page.count("<tr>") > 20


def test_the_preview_is_the_public_page_under_a_banner(client: Client, draft: Scheme) -> None:
    page = client.get("/s/evening-tea/organise/preview/").content.decode()
    assert "This is the page as a mentee finds it" in page
    assert "https://example.org/tea" in page


def test_a_draft_is_seen_by_nobody_else(client: Client, draft: Scheme, outsider: Person) -> None:
    assert Client().get("/s/evening-tea/").status_code == 404
    sign_in(client, outsider)
    for page in ("", "agreement/", "preview/", "people/", "details/", "invitations/", "agreement/1/"):
        assert client.get(f"/s/evening-tea/organise/{page}").status_code == 404
    assert client.post("/s/evening-tea/organise/agreement/1/publish/").status_code == 404


def test_publishing_opens_the_scheme_and_says_what_next(client: Client, draft: Scheme) -> None:
    answer = client.post("/s/evening-tea/organise/agreement/1/publish/", follow=True)
    assert "Version 1 is published" in answer.content.decode()
    assert "/s/evening-tea/" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == SchemeState.OPEN
    assert "Ask for a mentor" in Client().get("/s/evening-tea/").content.decode()


def test_publishing_twice_or_coming_back_is_told_and_changes_nothing(client: Client, draft: Scheme) -> None:
    client.post("/s/evening-tea/organise/agreement/1/publish/")
    before = Template.objects.get()
    again = client.post("/s/evening-tea/organise/agreement/1/publish/", follow=True)
    assert "never changes" in again.content.decode()
    assert Template.objects.get().published_at == before.published_at
    assert Entry.objects.filter(verb="scheme-published").count() == 1


def test_a_change_is_a_new_version(client: Client, draft: Scheme) -> None:
    client.post("/s/evening-tea/organise/agreement/1/publish/")
    client.post("/s/evening-tea/organise/agreement/draft/", {"agreement": "contract"})
    assert list(Template.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    public = Client().get("/s/evening-tea/").content.decode()
    assert "Version 1 of the wording" in public
    client.post("/s/evening-tea/organise/agreement/2/publish/")
    assert "Version 2 of the wording" in Client().get("/s/evening-tea/").content.decode()


def test_publishing_without_the_website_it_names_is_told(client: Client, draft: Scheme) -> None:
    Scheme.objects.update(website="")
    text = Template.objects.get().text.replace("{scheme.name}", "{scheme.website}")
    Template.objects.update(text=text)
    answer = client.post("/s/evening-tea/organise/agreement/1/publish/", follow=True)
    assert "add it to the scheme" in answer.content.decode()
    assert Template.objects.get().published_at is None


def test_details_change_and_the_address_stays_once_open(client: Client, draft: Scheme) -> None:
    client.post("/s/evening-tea/organise/agreement/1/publish/")
    stays = client.post("/s/evening-tea/organise/details/", typed(slug="morning-tea"))
    assert "The address stays" in stays.content.decode()
    client.post("/s/evening-tea/organise/details/", typed(slug="evening-tea", welcome="Come in"))
    assert Scheme.objects.get().welcome == "Come in"


def test_a_scheme_closes_and_opens_again(client: Client, draft: Scheme) -> None:
    client.post("/s/evening-tea/organise/agreement/1/publish/")
    client.post("/s/evening-tea/organise/close/")
    assert "takes no new requests" in Client().get("/s/evening-tea/").content.decode()
    client.post("/s/evening-tea/organise/reopen/")
    assert "takes no new requests" not in Client().get("/s/evening-tea/").content.decode()


def test_an_organiser_without_a_second_step_is_shown_how_to_set_one_up(client: Client, draft: Scheme) -> None:
    newcomer = person("Ona")
    draft.organisers.create(person=newcomer)
    answer = sign_in(client, newcomer).get("/s/evening-tea/organise/")
    assert answer.status_code == 302
    assert "/organise/" not in answer["Location"]


def test_an_organiser_gives_a_scheme_a_button_to_leave_the_site(client: Client, draft: Scheme) -> None:
    publish(template=Template.objects.get(), by=draft.organisers.get().person)
    public = f"/s/{draft.slug}/"
    assert "data-leave" not in Client().get(public).content.decode()
    details = typed(slug=draft.slug, leave_button="on")
    assert client.post(f"/s/{draft.slug}/organise/details/", details).status_code == 302
    assert "data-leave" in Client().get(public).content.decode()
