"""Pages of signing in, of the second step and of a person's account."""

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from ampersand.notifications.models import Letter, LetterState
from ampersand.people.models import Person
from tests.pages import Shown, page
from tests.second_step import give_second_step


def someone(*, second_step: bool = False, operator: bool = False) -> Person:
    person = Person.objects.create(email="mei@example.org", called="Mei", is_operator=operator)
    return give_second_step(person) if second_step else person


@pytest.fixture
def passkey(db: None) -> Authenticator:
    return Authenticator.objects.create(
        user=someone(), type=Authenticator.Type.WEBAUTHN, data={"name": "My phone", "credential": {}}
    )


@page("people:sign_in")
def signing_in() -> Shown:
    return Shown(reverse("people:sign_in"))


@page("people:enter_code")
def code_not_asked_for() -> Shown:
    return Shown(reverse("people:enter_code"))


@page("people:signed_out")
def signed_out() -> Shown:
    return Shown(reverse("people:signed_out"))


@page("account_inactive")
def closed() -> Shown:
    return Shown(reverse("account_inactive"))


@page("mfa_authenticate")
def second_step_not_asked_for() -> Shown:
    return Shown(reverse("mfa_authenticate"))


def own_page(name: str, *, second_step: bool = False, operator: bool = False) -> None:
    """List a page that a person opens about themselves."""

    def shown(db: None) -> Shown:
        return Shown(reverse(name), someone(second_step=second_step, operator=operator))

    page(name)(shown)


for name in (
    "people:account",
    "people:sessions",
    "people:history",
    "people:my_data",
    "leaving:leave",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
):
    own_page(name)

# These ask for the second step again, and so show that page.
for name in (
    "mfa_reauthenticate",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
):
    own_page(name, second_step=True)


@page("leaving:left")
def left() -> Shown:
    return Shown(reverse("leaving:left"))


@page("people:dead_letters")
def dead_letters(db: None) -> Shown:
    Letter.objects.create(
        event="x/y",
        to="someone@example.org",
        subject="Your meeting on Friday",
        message_id="<1@x>",
        state=LetterState.DEAD,
        attempts=12,
        last_error="SMTPRecipientsRefused 550",
        queued_at=timezone.now(),
    )
    return Shown(reverse("people:dead_letters"), someone(second_step=True, operator=True))
