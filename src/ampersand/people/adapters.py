"""What allauth asks of us: its letters become ours, its sentences too, and its secrets are kept sealed."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ampersand.people.access import network_address
from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb

SAID = {
    "mfa/messages/totp_activated.txt": _("Your authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("Your authenticator app is no longer asked for."),
    "mfa/messages/recovery_codes_generated.txt": _("You have new recovery codes. Keep them somewhere safe."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is set up."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "usersessions/messages/sessions_logged_out.txt": _("You are signed out everywhere else."),
}


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts as allauth sees them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("That was tried too often. Wait five minutes, then try again."),
        "rate_limited": _("That was tried too often. Wait a little, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts begin with a code of ours, never through allauth's own form."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return network_address(request)

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        *_context: Any,
        message: str | None = None,
        **_more: Any,
    ) -> None:
        """Say it in our words, or not at all."""
        said = message or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said))

    def login(self, request: HttpRequest, user: Person) -> None:
        """Sign someone in, now that every step is done, and note it down."""
        with transaction.atomic():
            super().login(request, user)
            note_down(verb=Verb.SIGNED_IN, by=user.pk, about=f"person:{user.pk}")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: our own letters say what there is to say."""

    def send_notification_mail(self, template_prefix: str, user: Person, *_args: Any, **_kwargs: Any) -> None:
        """Send nothing: allauth does so after its commit. `actions.changing_second_step` tells in its own."""


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second steps at sign-in."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "That code is not right, or was used already. Wait for the next one and try that."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        """Propose a name for a passkey."""
        there_are = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)d") % {"number": there_are + 1}


def _box() -> Fernet:
    key = hashlib.sha256(b"second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
