"""What people are asked about themselves: little, and nothing that must be answered."""

from functools import lru_cache
from importlib import resources
from typing import Any, ClassVar
from zoneinfo import available_timezones

from allauth.mfa.base import forms as asking
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ampersand.people.models import MailWish, Person


class AddressForm(forms.Form):
    """Where to send a code."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send you a code to type on the next page. There is no password to remember."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Type your e-mail address."),
            "invalid": _("That does not look like an e-mail address. It needs an @ and a name after it."),
        },
    )


class CodeForm(forms.Form):
    """The code from the letter."""

    code = forms.CharField(
        label=_("The code from the letter"),
        max_length=40,
        help_text=_("Six digits."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Type the six digits from the letter.")},
    )


SAFE = (("", _("I would rather not say")), ("true", _("Yes")), ("false", _("No")))


class ReachForm(forms.ModelForm):  # type: ignore[type-arg]
    """What to be called and how to be reached; for asking, joining and the account page alike."""

    called = forms.CharField(
        label=_("What would you like to be called?"),
        max_length=200,
        help_text=_("Any name will do. It is shown to those you are introduced to."),
        error_messages={"required": _("Type a name to be called by. It need not be your full one.")},
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    reach = forms.CharField(
        label=_("How would you like to be reached?"),
        required=False,
        max_length=1000,
        help_text=_(
            "A telephone number, times that suit you, anything useful. Only the other half of a pair sees it."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    message_safe = forms.NullBooleanField(
        label=_("Is it safe to leave a message there?"),
        required=False,
        widget=forms.RadioSelect(choices=SAFE),
    )

    class Meta:
        model = Person
        fields: ClassVar[Any] = ("called", "reach", "message_safe")


@lru_cache
def zones() -> list[tuple[str, str]]:
    """List the time zones that people live in, as words: each city by its name of today, or UTC."""
    table = resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text()
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    names = sorted({row[2] for row in rows} & available_timezones())
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


def zones_and(own: str) -> list[tuple[str, str]]:
    """List them with the one that somebody has, should it be an older name."""
    known = zones()
    return known if not own or own in dict(known) else [*known, (own, own.replace("_", " "))]


class AccountForm(ReachForm):
    """All that an account holds, beside its address."""

    time_zone = forms.ChoiceField(label=_("Your time zone"), choices=zones)
    language = forms.ChoiceField(label=_("Your language"), choices=lambda: settings.LANGUAGES)
    mail_wish = forms.ChoiceField(
        label=_("Letters that are not urgent"),
        choices=MailWish.choices,
        widget=forms.RadioSelect,
        help_text=_(
            "Codes, invitations and changes to a meeting always come at once. What is kept for one letter a "
            "day comes at eight in the morning, by the time zone above."
        ),
    )

    class Meta(ReachForm.Meta):
        fields: ClassVar[Any] = (*ReachForm.Meta.fields, "time_zone", "language", "mail_wish")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zones_and(self.instance.time_zone)  # type: ignore[attr-defined]


class AppCode(forms.Form):
    """The code that an authenticator app shows, or a recovery code; mixed into allauth's forms."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Type the code.")},
    )


class SecondStepForm(AppCode, asking.AuthenticateForm):  # type: ignore[misc]
    """Asked at sign-in."""


class AgainForm(AppCode, asking.ReauthenticateForm):  # type: ignore[misc]
    """Asked before a second step is changed."""


class SetUpAppForm(AppCode, totp.ActivateTOTPForm):  # type: ignore[misc]
    """Asked to show that the app works."""


class AddPasskeyForm(passkeys.AddWebAuthnForm):  # type: ignore[misc]
    """A name for a new passkey; the rest is between browser and server."""

    name = forms.CharField(label=_("A name for this passkey"), required=False, max_length=100)
    passwordless = None


class RenamePasskeyForm(passkeys.EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    name = forms.CharField(label=_("A name for this passkey"), max_length=100)
