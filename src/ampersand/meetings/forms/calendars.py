"""Calendars of one's own, which say when one is busy."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NamedForm(forms.Form):
    """A calendar, under a name of one's own."""

    name = forms.CharField(
        label=_("A name for it"),
        max_length=100,
        help_text=_("Such as “work”. Only you see it."),
        error_messages={"required": _("Give it a name, such as “work”.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SubscribeForm(NamedForm):
    """The address of a calendar that is looked at again and again."""

    address = forms.CharField(
        label=_("Its address"),
        max_length=2000,
        help_text=_("It often ends in .ics, and begins with https:// or webcal://"),
        error_messages={"required": _("Paste the address that your calendar gives you.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )


class FileForm(NamedForm):
    """A calendar as a file, read once."""

    file = forms.FileField(
        label=_("The file"),
        help_text=_("It usually ends in .ics."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose another."),
            "missing": _("Choose a file."),
        },
    )
