"""A question, a list of questions, and leave to ask."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ampersand.boundaries.forms.spreadsheets import Lines, read_people
from ampersand.boundaries.models import Capacity, Reach
from ampersand.boundaries.queries.asking import SIZES
from ampersand.boundaries.queries.recognising import Who, read_who

LARGEST = 2_000_000
FOR_A_YEAR = timedelta(days=365)


def capacities() -> list[tuple[str, str]]:
    """List what can be asked about, each as it stands beside its button."""
    return [(value, capfirst(str(label))) for value, label in Capacity.choices]


class PurposeForm(forms.Form):
    """In what capacity, and what for: asked with every question."""

    capacity = forms.ChoiceField(label=_("In what?"), choices=capacities, widget=forms.RadioSelect)
    purpose = forms.CharField(
        label=_("What is it for?"),
        help_text=_("Those it concerns read this. Name the decision, and no person."),
        max_length=200,
        error_messages={"required": _("Say in a few words what it is for.")},
    )


class QuestionForm(PurposeForm):
    """May the one take part in deciding about the other?"""

    deciding = forms.CharField(
        label=_("Who would take part in deciding?"),
        help_text=_("An e-mail address, a professional number, or a first and a last name."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    decided_about = forms.CharField(
        label=_("About whom?"),
        help_text=_(
            "In the same way. A name alone may belong to two people: an address or a number is surer."
        ),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("deciding", "decided_about", "capacity", "purpose")

    def clean_deciding(self) -> Who:
        return self._recognised("deciding")

    def clean_decided_about(self) -> Who:
        return self._recognised("decided_about")

    def _recognised(self, field: str) -> Who:
        found = read_who(self.cleaned_data[field])
        if not found:
            raise ValidationError(
                _now("Write an e-mail address, a professional number, or a first and a last name.")
            )
        return found


class ListForm(PurposeForm):
    """A panel's list against a list of candidates."""

    deciding = forms.FileField(
        label=_("Those who would decide (CSV)"),
        help_text=_("One person a line, with columns for e-mail, number or name; a heading line is welcome."),
    )
    decided_about = forms.FileField(
        label=_("Those decided about (CSV)"), help_text=_("In the same way, in a file of its own.")
    )
    field_order = ("deciding", "decided_about", "capacity", "purpose")

    def clean_deciding(self) -> Lines:
        return self._lines("deciding")

    def clean_decided_about(self) -> Lines:
        return self._lines("decided_about")

    def _lines(self, field: str) -> Lines:
        file: UploadedFile[bytes] = self.cleaned_data[field]
        if file.size is not None and file.size > LARGEST:
            raise ValidationError(_now("This file is larger than any list of people. Choose another."))
        try:
            return read_people(file.read(), most=max(SIZES[Reach.LARGE]) * 2)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class GrantForm(forms.Form):
    """Leave to ask, for a person or a program."""

    called = forms.CharField(
        label=_("What is the panel or organisation called?"),
        help_text=_("People who are asked about read this name. Not the name of a person."),
        max_length=120,
    )
    holder = forms.ChoiceField(
        label=_("Who will ask?"),
        choices=[
            ("person", _("A person, who signs in with a code sent by e-mail")),
            ("program", _("A program, with a token that can do nothing else")),
        ],
        widget=forms.RadioSelect,
        initial="person",
    )
    email = forms.EmailField(
        label=_("E-mail address of the person"), help_text=_("Leave it empty for a program."), required=False
    )
    reach = forms.ChoiceField(
        label=_("How much at a time?"), choices=Reach.choices, widget=forms.RadioSelect, initial=Reach.PANEL
    )
    last_day = forms.DateField(
        label=_("Until when?"),
        help_text=_("At most two years from now. You can withdraw it at any time."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=lambda: timezone.localdate() + FOR_A_YEAR,
    )

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if not timezone.localdate() <= day <= timezone.localdate() + 2 * FOR_A_YEAR:
            raise ValidationError(_now("Choose a day from today on, at most two years ahead."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("holder") == "person" and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _now("Write the address at which this person signs in."))
        return data
