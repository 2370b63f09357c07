"""What an organiser fills in to begin a scheme."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.schemes.forms import MOST, DetailsForm

AGREEMENTS = [
    (
        "peer",
        gettext_lazy(
            "Peer mentoring: someone with experience helps another over a few half-hour meetings. "
            "Accepted by asking, not signed."
        ),
    ),
    (
        "contract",
        gettext_lazy(
            "Mentoring contract: two colleagues meet for a year, fill in the details together and both sign."
        ),
    ),
]


OWN = ("own", gettext_lazy("Your own agreement: bring it as a file or paste its text, on the next page."))


class BeginForm(DetailsForm):
    """A new scheme: its agreement first, then its details."""

    agreement = forms.ChoiceField(
        label=gettext_lazy("Which agreement do you begin with?"),
        help_text=gettext_lazy("You see the whole text before anyone else does, and publish it yourself."),
        choices=[*AGREEMENTS, OWN],
        widget=forms.RadioSelect,
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("How many people can you take yourself?"),
        help_text=gettext_lazy("Only if you are the only mentor."),
        min_value=0,
        max_value=MOST,
        required=False,
    )
    field_order = ("agreement",)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("solo") and data.get("capacity") is None and "capacity" not in self.errors:
            self.add_error("capacity", _("Write how many people you can take; 0 is an answer."))
        return data


class DraftForm(forms.Form):
    """Begin the next version of a scheme's agreement."""

    agreement = forms.ChoiceField(
        label=gettext_lazy("Begin with"), choices=AGREEMENTS, widget=forms.RadioSelect
    )


class WordingForm(forms.Form):
    """The text of an agreement in our language."""

    text = forms.CharField(
        label=gettext_lazy("The text of the agreement"),
        help_text=gettext_lazy(
            "What stands in square brackets is a blank. Keep the short names in braces, such as {#notice}, "
            "at the end of a clause that you reword: by them versions are compared."
        ),
        max_length=200_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "class": "wording", "spellcheck": "true"}),
        error_messages={"required": gettext_lazy("The text is empty. Write the agreement here.")},
    )
