"""What a person says of themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ConflictForm(forms.Form):
    """Someone whom a person must not be brought together with."""

    who = forms.CharField(
        label=_("Whom?"),
        help_text=_(
            "Their e-mail address is surest. A professional number, or a first and a last name, will do."
        ),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write an e-mail address, a professional number, or a full name.")},
    )
    own_word = forms.CharField(
        label=_("A word for yourself"),
        help_text=_("So that you recognise them in the list below. Only you see it."),
        max_length=80,
        required=False,
    )


class NumberForm(forms.Form):
    """A professional number, or none."""

    number = forms.CharField(
        label=_("Your professional number"),
        help_text=_(
            "Such as that of the GMC, NMC or HCPC. Nobody but you reads it. Empty the field to take it away."
        ),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
