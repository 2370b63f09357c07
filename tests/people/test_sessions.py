"""A session is one person in one browser, from signing in until it ends: fifteen ways it could go wrong."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from ampersand.journeys.leaving import leave
from ampersand.people.models import Person
from tests.figures import Figure
from tests.people.conftest import ask, is_signed_in, latest_code, sign_in
from tests.people.test_second_step import set_up
from tests.second_step import give_second_step

pytestmark = pytest.mark.django_db
Case = Callable[[Client, Person], None]


def may_enter(browser: Client) -> bool:
    return bool(browser.get("/account/").status_code == 200)


def key_of(browser: Client) -> str:
    return str(browser.cookies["sessionid"].value)


def with_key(key: str) -> Client:
    browser = Client()
    browser.cookies["sessionid"] = key
    return browser


def signed_in() -> Client:
    browser = Client()
    sign_in(browser)
    return browser


def a_key_planted_before_signing_in_is_worthless_afterwards(client: Client, mei: Person) -> None:
    ask(client)
    planted = key_of(client)
    client.post("/sign-in/code/", {"code": latest_code()})
    assert may_enter(client)
    assert not may_enter(with_key(planted))


def a_key_made_up_by_the_browser_is_not_taken(client: Client, mei: Person) -> None:
    browser = with_key("of-my-own-making-0123456789abcdef")
    sign_in(browser)
    assert key_of(browser) != "of-my-own-making-0123456789abcdef"
    assert not may_enter(with_key("of-my-own-making-0123456789abcdef"))


def the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client, mei: Person) -> None:
    sign_in(client)
    cookie = client.cookies["sessionid"]
    kept = {name: cookie[name] for name in ("httponly", "samesite", "path", "domain")}
    assert kept == {"httponly": True, "samesite": "Lax", "path": "/", "domain": ""}


def signing_out_ends_it_on_the_server(client: Client, mei: Person) -> None:
    sign_in(client)
    key = key_of(client)
    client.post("/sign-out/")
    assert not may_enter(with_key(key))


def a_session_ends_by_itself_after_its_time(client: Client, mei: Person) -> None:
    sign_in(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not may_enter(client)


def it_lasts_while_it_is_used_and_ends_when_it_is_not(client: Client, mei: Person) -> None:
    sign_in(client)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _look in range(3):
            clock.shift(timedelta(days=13))
            assert may_enter(client)
        clock.shift(timedelta(days=15))
        assert not may_enter(client)


def it_ends_at_last_however_much_it_is_used(client: Client, mei: Person) -> None:
    sign_in(client)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _look in range(6):
            clock.shift(timedelta(days=9, hours=23))
            assert may_enter(client)
        clock.shift(timedelta(days=1))
        assert not may_enter(client)
        assert not Session.objects.exists()


def an_operator_can_end_them_all(client: Client, mei: Person) -> None:
    other = signed_in()
    sign_in(client)
    call_command("person", "sign-out", mei.email)
    assert not may_enter(other)
    assert not may_enter(client)


def between_the_two_steps_nobody_is_signed_in(client: Client, mei: Person) -> None:
    give_second_step(mei)
    sign_in(client)
    assert not is_signed_in(client)
    assert not may_enter(client)


def one_can_be_ended_from_another(client: Client, mei: Person) -> None:
    lost = signed_in()
    sign_in(client)
    first = mei.usersession_set.order_by("pk")[0]
    client.post(f"/account/sessions/{first.pk}/end/")
    assert (may_enter(lost), may_enter(client)) == (False, True)


def all_others_end_and_this_one_goes_on(client: Client, mei: Person) -> None:
    lost, left_open = signed_in(), signed_in()
    sign_in(client)
    client.post("/account/sessions/end-others/")
    assert (may_enter(lost), may_enter(left_open), may_enter(client)) == (False, False, True)


def setting_up_a_second_step_ends_those_without_it(client: Client, mei: Person) -> None:
    stolen = signed_in()
    sign_in(client)
    set_up(client)
    assert (may_enter(stolen), may_enter(client)) == (False, True)


def lifting_a_second_step_ends_them_all(client: Client, mei: Person) -> None:
    sign_in(client)
    set_up(client)
    call_command("person", "no-second-step", mei.email)
    assert not may_enter(client)


def erasing_or_closing_an_account_ends_them_all(client: Client, mei: Person) -> None:
    other = signed_in()
    Person.objects.update(is_active=False)
    assert not may_enter(other)
    Person.objects.update(is_active=True)
    leave(person=mei, by=None)
    assert not may_enter(other)


def nothing_of_it_stays_in_caches(client: Client, mei: Person) -> None:
    sign_in(client)
    for address in ("/account/", "/account/sessions/", "/pairs/", "/account/history/"):
        assert "no-store" in client.get(address)["Cache-Control"], address


CASES: tuple[Case, ...] = (
    a_key_planted_before_signing_in_is_worthless_afterwards,
    a_key_made_up_by_the_browser_is_not_taken,
    the_cookie_is_out_of_reach_of_scripts_and_other_sites,
    signing_out_ends_it_on_the_server,
    a_session_ends_by_itself_after_its_time,
    it_lasts_while_it_is_used_and_ends_when_it_is_not,
    it_ends_at_last_however_much_it_is_used,
    an_operator_can_end_them_all,
    between_the_two_steps_nobody_is_signed_in,
    one_can_be_ended_from_another,
    all_others_end_and_this_one_goes_on,
    setting_up_a_second_step_ends_those_without_it,
    lifting_a_second_step_ends_them_all,
    erasing_or_closing_an_account_ends_them_all,
    nothing_of_it_stays_in_caches,
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_a_session(case: Case, client: Client, mei: Person, figure: Figure) -> None:
    case(client, mei)
    if case is CASES[-1]:
        figure("session cases", f"{len(CASES)} of {len(CASES)}", goal="15")


def test_a_session_that_outlives_its_end_would_be_seen(
    client: Client, mei: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ampersand.people.views.sign_in.logout", lambda _request: None)
    with pytest.raises(AssertionError):
        signing_out_ends_it_on_the_server(client, mei)
