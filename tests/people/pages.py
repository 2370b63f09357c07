"""Pages of signing in, of the second step and of a person's account."""

import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from ampersand.notifications.models import Letter, LetterState
from ampersand.people.models import Person
from tests.pages import Shown, page
from tests.people.conftest import ADDRESS, ask, sign_in
from tests.second_step import give_second_step

# What a browser once answered when a passkey was made with an authenticator that existed nowhere.
PASSKEY = {
    "name": "My phone",
    "credential": {
        "id": "8dI595DOHwXQQP-Jg98IYAKNr3NmOhAGBnYDkaZPkmA",
        "rawId": "8dI595DOHwXQQP-Jg98IYAKNr3NmOhAGBnYDkaZPkmA",
        "type": "public-key",
        "response": {
            "clientDataJSON": (
                "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiamhKNmpKbnZUanlGZ1UzVHVqQ3RO"
                "XzlXalVnRW5iYjF0NHppNURqdy1GZyIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6NDY1MjciLCJj"
                "cm9zc09yaWdpbiI6ZmFsc2V9"
            ),
            "attestationObject": (
                "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMd"
                "l2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIPHSOfeQzh8F0ED_iYPfCGACja9zZjoQBgZ2A5GmT5JgpQEC"
                "AyYgASFYINXU_IE3stM3afjpCMqQ-TMjc17V7y9k9DIozwFlvRuvIlggrh04XAkEbacba0NYLsMmSm_A"
                "1G8FaAVQ6Ln8v0t8LtM"
            ),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    },
}


def someone(*, second_step: bool = False, operator: bool = False) -> Person:
    person = Person.objects.create(email=ADDRESS, called="Mei", is_operator=operator)
    return give_second_step(person) if second_step else person


def passkey_of_someone() -> tuple[Person, int]:
    person = someone()
    made = Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=PASSKEY)
    return person, made.pk


def second_step_just_given(person: Person) -> Client:
    """Let someone in who has given their second step a moment ago, and is not asked again."""
    client = Client()
    client.force_login(person)
    session = client.session
    passed = {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [passed]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


@page("people:sign_in")
def signing_in() -> Shown:
    return Shown(reverse("people:sign_in"))


@page("people:enter_code")
def entering_the_code() -> Shown:
    client = Client()
    ask(client)
    return Shown(reverse("people:enter_code"), client=client)


@page("people:signed_out")
def signed_out() -> Shown:
    return Shown(reverse("people:signed_out"))


@page("account_inactive")
def closed() -> Shown:
    return Shown(reverse("account_inactive"))


@page("mfa_authenticate")
def asked_for_the_second_step() -> Shown:
    someone(second_step=True)
    client = Client()
    sign_in(client)
    return Shown(reverse("mfa_authenticate"), client=client)


def own_page(name: str, *, second_step: bool = False, operator: bool = False) -> None:
    """List a page that a person opens about themselves."""

    def shown() -> Shown:
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

own_page("mfa_reauthenticate", second_step=True)


def behind_second_step(view: str, name: str) -> None:
    """List a page that opens once the second step was just given."""

    def shown() -> Shown:
        return Shown(reverse(view), client=second_step_just_given(someone(second_step=True)))

    page(name)(shown)


for view in (
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_add_webauthn",
):
    behind_second_step(view, f"{view} with a second step")


@page("leaving:left")
def left() -> Shown:
    return Shown(reverse("leaving:left"))


@page("people:dead_letters with a mail server")
def held_letters(settings: Settings) -> Shown:
    settings.MAIL_SERVER = object()
    Letter.objects.create(
        event="x/z", to="else@example.org", subject="Your letter", message_id="<2@x>", state=LetterState.HELD
    )
    return dead_letters()


@page("people:dead_letters")
def dead_letters() -> Shown:
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


@page("mfa_reauthenticate_webauthn")
def asked_for_a_passkey_again() -> Shown:
    person, _pk = passkey_of_someone()
    return Shown(reverse("mfa_reauthenticate_webauthn"), person)


@page("mfa_list_webauthn with one")
def one_passkey() -> Shown:
    person, _pk = passkey_of_someone()
    return Shown(reverse("mfa_list_webauthn"), person)


@page("mfa_edit_webauthn")
def renaming_a_passkey() -> Shown:
    person, pk = passkey_of_someone()
    return Shown(reverse("mfa_edit_webauthn", args=[pk]), client=second_step_just_given(person))


@page("mfa_remove_webauthn")
def removing_a_passkey() -> Shown:
    person, pk = passkey_of_someone()
    return Shown(reverse("mfa_remove_webauthn", args=[pk]), client=second_step_just_given(person))


@page("privacy")
def privacy() -> Shown:
    return Shown(reverse("privacy"))


@page("accessibility")
def accessibility() -> Shown:
    return Shown(reverse("accessibility"))
