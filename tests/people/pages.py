"""Pages of signing in, of the second step and of a person's account."""

from allauth.mfa.models import Authenticator
from django.urls import reverse
from django.utils import timezone

from ampersand.notifications.models import Letter, LetterState
from ampersand.people.models import Person
from tests.pages import Shown, page
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
    person = Person.objects.create(email="mei@example.org", called="Mei", is_operator=operator)
    return give_second_step(person) if second_step else person


def passkey_of_someone() -> tuple[Person, int]:
    person = someone()
    made = Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=PASSKEY)
    return person, made.pk


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


@page("mfa_reauthenticate_webauthn")
def asked_for_a_passkey_again(db: None) -> Shown:
    person, _pk = passkey_of_someone()
    return Shown(reverse("mfa_reauthenticate_webauthn"), person)


@page("mfa_list_webauthn with one")
def one_passkey(db: None) -> Shown:
    person, _pk = passkey_of_someone()
    return Shown(reverse("mfa_list_webauthn"), person)


@page("mfa_edit_webauthn")
def renaming_a_passkey(db: None) -> Shown:
    person, pk = passkey_of_someone()
    return Shown(reverse("mfa_edit_webauthn", args=[pk]), person)


@page("mfa_remove_webauthn")
def removing_a_passkey(db: None) -> Shown:
    person, pk = passkey_of_someone()
    return Shown(reverse("mfa_remove_webauthn", args=[pk]), person)
