"""The one app, and how its forms speak."""

from typing import Any

from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Ampersand(AppConfig):
    name = "ampersand"
    label = "ampersand"

    def ready(self) -> None:
        """Say what to do, where Django says what is wrong."""
        forms.Field.default_error_messages["required"] = _("Fill this in.")
        _also(forms.BooleanField, required=_("Tick this to go on."))
        _also(forms.ChoiceField, required=_("Choose one."))
        _also(forms.MultipleChoiceField, required=_("Choose at least one."))
        _also(forms.FileField, required=_("Choose a file."))
        _also(forms.EmailField, required=_("Type an e-mail address."))
        _also(forms.DateField, invalid=_("Give a day, month and year."))


def _also(field: type[forms.Field], **sentences: Any) -> None:
    own: dict[str, Any] = field.__dict__.get("default_error_messages", {})
    field.default_error_messages = {**own, **sentences}
