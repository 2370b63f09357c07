"""Correcting what an agreement is called, who it is between, who signs it and when."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.agreements.forms.correcting import LONGEST, Correction
from ampersand.wording.reading.correcting import Change

OCCASIONS = 3
ORGANISERS = "organisers"
TWO = ("mentor", "mentee")


class SigningForm(Correction):
    """Title, people, occasions of signing, copies."""

    do = "signing"
    title = forms.CharField(label=gettext_lazy("What the agreement is called"), max_length=200)
    mentor = forms.CharField(label=gettext_lazy("What it calls the mentor"), max_length=80)
    mentee = forms.CharField(label=gettext_lazy("What it calls the mentee"), max_length=80)
    others = forms.CharField(
        label=gettext_lazy("Who else signs it"),
        help_text=gettext_lazy(
            "A guardian, for example; one on each line. Mentor and mentee sign here on screen or on paper. "
            "For anyone else there is a line to sign by hand on the finished copy."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST,
        required=False,
    )
    afresh = forms.BooleanField(
        label=gettext_lazy("Its numbers begin again under each heading"), required=False
    )
    copies = forms.MultipleChoiceField(
        label=gettext_lazy("Who receives the signed copy"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def build(self) -> None:
        wording = self.wording
        people = {party.key: party.label for party in wording.parties}
        extra = {key: label for key, label in people.items() if key not in TWO}
        self.initial = {
            "title": wording.title,
            "afresh": wording.by_section,
            "mentor": people["mentor"],
            "mentee": people["mentee"],
            "others": "\n".join(extra.values()),
            "copies": [key for key in wording.copies if key not in extra],
        }
        self.fields["copies"].choices = [  # type: ignore[attr-defined]
            ("mentor", people["mentor"]),
            ("mentee", people["mentee"]),
            (ORGANISERS, _("the organisers")),
        ]
        for number in range(OCCASIONS):
            self._occasion(number, extra)
        names = [name for number in range(OCCASIONS) for name in (f"label_{number}", f"with_{number}")]
        self.order_fields(["title", "afresh", "mentor", "mentee", "others", *names, "copies"])

    def _occasion(self, number: int, extra: dict[str, str]) -> None:
        there = self.wording.occasions[number : number + 1]
        label = {
            0: _("The date of the first signing is called"),
            1: _("If it is signed again, such as at a renewal, that date is called"),
        }.get(number, _("And if once more, that date is called"))
        self.fields[f"label_{number}"] = forms.CharField(
            label=label,
            max_length=80,
            required=False,
            help_text=_("Empty if nobody signs: it then counts as soon as someone asks.")
            if not number
            else "",
        )
        self.initial[f"label_{number}"] = there[0].label if there else ""
        if extra and there:
            self.fields[f"with_{number}"] = forms.MultipleChoiceField(
                label=_("Who signs then, besides mentor and mentee"),
                choices=list(extra.items()),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            self.initial[f"with_{number}"] = [key for key in there[0].signers if key in extra]

    def changes(self) -> list[Change]:
        data = self.cleaned_data
        others = [" ".join(line.split()) for line in data["others"].splitlines() if line.strip()]
        known = {party.label.casefold(): party.key for party in self.wording.parties}
        fresh = [name for name in others if name.casefold() not in known]
        people: Change = {
            "do": "people",
            "mentor": data["mentor"],
            "mentee": data["mentee"],
            "others": others,
        }
        occasions = [
            {
                "label": data[f"label_{number}"],
                "signers": [*TWO, *data.get(f"with_{number}", [])],
                "also": fresh,
            }
            for number in range(OCCASIONS)
            if data[f"label_{number}"].strip()
        ]
        return [
            {"do": "title", "text": data["title"]},
            {"do": "count", "by_section": data["afresh"]},
            people,
            {"do": "signing", "occasions": occasions, "copies": data["copies"]},
        ]
