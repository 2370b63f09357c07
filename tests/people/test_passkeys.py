"""Passkeys, with a real browser and an authenticator that it makes believe in."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from ampersand.people.models import Person
from tests.browsing import Visit, leave_by
from tests.people.conftest import latest_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def with_authenticator(page: Page) -> Any:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools


def test_a_passkey_is_added_renamed_used_to_sign_in_and_removed(visit: Visit) -> None:
    Person.objects.create(email="mei@example.org", called="Mei")
    page = visit()
    with_authenticator(page)
    page.goto("/sign-in/")
    page.get_by_label("Your e-mail address").fill("mei@example.org")
    leave_by(page, page.get_by_role("button", name="Send me a code"))
    page.get_by_label("The code from the letter").fill(latest_code())
    leave_by(page, page.get_by_role("button", name="Sign in"))

    page.goto("/account/second-step/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for this passkey").fill("My phone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert Authenticator.objects.filter(type="webauthn").count() == 1

    page.goto("/account/second-step/passkeys/")
    page.get_by_role("link", name="Rename").click()
    page.get_by_label("A name for this passkey").fill("My other phone")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="My other phone")).to_be_visible()

    leave_by(page, page.get_by_role("button", name="Sign out"))
    page.goto("/sign-in/?next=/account/second-step/passkeys/")
    page.get_by_role("button", name="Use a passkey instead").click()
    expect(page).to_have_url(re.compile("^[^?]*/account/second-step/passkeys/$"))

    leave_by(page, page.get_by_role("link", name="Remove"))
    use = page.get_by_role("button", name="Use a passkey")
    if page.get_by_role("heading", name="Is it you?").is_visible():
        if not use.is_visible():
            page.get_by_role("link", name="Use a passkey instead").click()
        use.click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("You have none.")).to_be_visible()
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_a_passkey_is_the_second_step_after_the_code(visit: Visit) -> None:
    Person.objects.create(email="mei@example.org", called="Mei")
    page = visit()
    with_authenticator(page)
    for turn in ("setting up", "signing in again"):
        page.goto("/sign-in/")
        page.get_by_label("Your e-mail address").fill("mei@example.org")
        leave_by(page, page.get_by_role("button", name="Send me a code"))
        page.get_by_label("The code from the letter").fill(latest_code())
        leave_by(page, page.get_by_role("button", name="Sign in"))
        if turn == "setting up":
            page.goto("/account/second-step/passkeys/add/")
            page.get_by_role("button", name="Add it").click()
            expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
            leave_by(page, page.get_by_role("button", name="Sign out"))
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
