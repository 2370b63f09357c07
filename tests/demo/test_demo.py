"""Anyone may try the house as one of a made-up cast; where the demo is off there is none of it."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from ampersand.agreements.models import Agreement, AgreementState, Evidence, ScanState
from ampersand.demo.cast import EVERYONE
from ampersand.matching.models import Introduction, IntroductionState, Request, RequestState
from ampersand.notifications.models import Letter
from ampersand.pairs.models import PairState
from ampersand.people.models import Person


def agreement_of(mentee: str) -> Agreement:
    return Agreement.objects.get(pair__mentee__email=f"{mentee}@demo.example")


def be(key: str) -> Client:
    browser = Client()
    assert browser.post(f"/demo/be/{key}/").status_code == 302
    return browser


def test_filling_the_demo_brings_a_pair_to_every_stage(demo_filled: None) -> None:
    joe, aisha, wei, marek, ruth = map(agreement_of, ("joe", "aisha", "wei", "marek", "ruth"))
    assert (joe.state, aisha.state) == (AgreementState.FILLING, AgreementState.FILLING)
    assert joe.fillings.exclude(suggested_by=None).exists()
    assert [signature.party for signature in aisha.signatures.all()] == ["mentee"]
    assert (wei.state, wei.evidence, wei.copy.pdf[:5]) == (AgreementState.IN_FORCE, Evidence.SCREEN, b"%PDF-")
    assert [scan.state for scan in marek.scans.all()] == [ScanState.WAITING]
    assert ruth.pair.state == PairState.ENDED
    assert agreement_of("ben").evidence == Evidence.ASKING
    assert Introduction.objects.get(request__mentee__called="Elin").state == IntroductionState.OFFERED
    waiting = Request.objects.filter(state=RequestState.WAITING).values_list("mentee__called", flat=True)
    assert {"Dai", "Carys"} <= set(waiting)


def test_filling_it_twice_changes_nothing(demo_told: None, capsys: pytest.CaptureFixture[str]) -> None:
    people, letters = Person.objects.count(), Letter.objects.count()
    call_command("demo", "fill")
    assert (Person.objects.count(), Letter.objects.count()) == (people, letters)
    assert "filled already" in capsys.readouterr().out


def test_one_click_makes_you_anyone_of_the_cast(demo_told: None) -> None:
    cast = Client().get("/demo/").content.decode()
    for role in EVERYONE:
        assert f"Be {role.called}" in cast
        assert f"Hello, {role.called}" in be(role.key).get("/").content.decode()


def test_nobody_outside_the_cast_can_be_chosen(demo_told: None) -> None:
    Person.objects.create(email="real@demo.example", called="Real")
    assert Client().post("/demo/be/real/").status_code == 404
    assert Client().get("/demo/be/joe/").status_code == 405


def test_what_waits_for_whom(demo_told: None) -> None:
    assert "Agree and sign with Hannah" in be("joe").get("/").content.decode()
    assert "Agree and sign with Hannah" not in be("aisha").get("/").content.decode()
    assert "Samuel could be your mentor" in be("elin").get("/").content.decode()
    assert "Introduce Dai" in be("priya").get("/s/harbour/organise/").content.decode()


def test_every_letter_can_be_read_with_what_is_enclosed(demo_told: None) -> None:
    browser = Client()
    pages = [
        browser.get(f"/demo/letters/?page={number}").content.decode()
        for number in range(1, 2 + Letter.objects.count() // 50)
    ]
    for letter in Letter.objects.all():
        address = f"/demo/letters/{letter.pk}/"
        assert address in "".join(pages)
        page = browser.get(address).content.decode()
        assert letter.to in page
        for enclosed in letter.enclosures.all():
            assert f"{address}enclosed/{enclosed.pk}/" in page
    sealed = Letter.objects.filter(enclosures__content_type="application/pdf").latest("pk")
    paper = browser.get(f"/demo/letters/{sealed.pk}/enclosed/{sealed.enclosures.get().pk}/")
    assert paper.content.startswith(b"%PDF-")


def test_every_page_leads_to_another_person_and_to_the_letters(demo_told: None) -> None:
    for page in (be("joe").get("/"), Client().get("/no-such-page/")):
        label = page.content.decode().partition('class="demo-label"')[2].partition("</p>")[0]
        assert 'href="/demo/"' in label
        assert 'href="/demo/letters/"' in label


def test_where_the_demo_is_off_there_is_none_of_it(
    demo_told: None, settings: Settings, client: Client
) -> None:
    letter = Letter.objects.latest("pk")
    settings.DEMO, settings.ROOT_URLCONF = False, "ampersand.urls"
    for address in ("", "letters/", f"letters/{letter.pk}/", f"letters/{letter.pk}/enclosed/1/"):
        assert client.get(f"/demo/{address}").status_code == 404
    assert client.post("/demo/be/joe/").status_code == 404
    assert "demo-label" not in client.get("/").content.decode()
    with pytest.raises(CommandError, match="The demo is off"):
        call_command("demo", "fill")


def test_the_views_themselves_refuse_where_the_demo_is_off(
    demo_told: None, settings: Settings, client: Client
) -> None:
    settings.DEMO = False  # the addresses are still there
    assert client.post("/demo/be/joe/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_whoever_came_by_one_click_sees_where_they_are_signed_in(demo_told: None) -> None:
    page = be("joe").get("/account/sessions/").content.decode()
    assert "<h2>Here</h2>" in page
    assert "End this session" not in page
