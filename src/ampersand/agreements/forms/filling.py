"""Forms of the sheet: one blank at a time, a signature, a scan, a copy to check."""

import json
import re

from django import forms
from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.agreements.rules import Picture, sniffed
from ampersand.people.rules import Refused
from ampersand.wording import Field, Kind

LONGEST = 2000
POINTS = 5000
STROKES = 200

HINTS = {
    Kind.DATE: gettext_lazy("For example 21 November 2026."),
    Kind.DURATION: gettext_lazy("For example 7 days."),
    Kind.FREQUENCY: gettext_lazy("For example every 2 weeks, or monthly."),
    Kind.TIMES: gettext_lazy("For example Tuesdays 18:00 to 20:00."),
    Kind.CONTACT: gettext_lazy("As you wish to be reached. Only the two of you see it."),
}


class BlankForm(forms.Form):
    """What should stand in one blank. What it may be is for the wording to say."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    blank = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, data: object = None, *, field: Field, now: str = "", seen: int = 0) -> None:
        initial = {"typed": now, "seen": seen, "blank": field.id}
        super().__init__(data, initial=initial, auto_id=f"{field.id}_%s")  # type: ignore[arg-type]
        self.fields["typed"] = control_for(field)
        self.order_fields(["typed", "seen", "blank"])
        self.fields["typed"].widget.attrs["autofocus"] = True


def control_for(field: Field) -> forms.CharField:
    """Give the control in which a blank is written: its label, its hint and room for its kind."""
    hint = HINTS.get(field.kind, "")
    if field.is_choice:
        options = [(option.key, option.words) for option in field.options]
        return forms.ChoiceField(  # type: ignore[return-value]
            label=field.label, choices=options, widget=forms.RadioSelect(attrs={"class": "pen"})
        )
    if field.kind in {Kind.LONG_TEXT, Kind.TIMES, Kind.CONTACT}:
        widget: forms.Widget = forms.Textarea(attrs={"rows": 3})
    elif field.kind is Kind.NUMBER:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        hint = _range_of(field)
    else:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=field.label, help_text=hint, max_length=LONGEST, widget=widget)


def _range_of(field: Field) -> str:
    if field.low is not None and field.high is not None:
        return _("A number from %(low)d to %(high)d.") % {"low": field.low, "high": field.high}
    return ""


class SignForm(forms.Form):
    """A signature: the name typed, and a drawing for those who like to draw."""

    name = forms.CharField(label=gettext_lazy("Your name"), max_length=200)
    read = forms.CharField(widget=forms.HiddenInput, max_length=64)
    strokes = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400_000)

    def clean_strokes(self) -> list[list[list[float]]]:
        """Take the points of a drawing, and nothing else that may have come along."""
        try:
            drawn = [_points(stroke) for stroke in json.loads(self.cleaned_data["strokes"] or "[]")]
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise forms.ValidationError(_("The drawing could not be read. Please draw it again.")) from error
        if len(drawn) > STROKES or sum(map(len, drawn)) > POINTS:
            raise forms.ValidationError(_("The drawing has too many lines. Please draw a simpler one."))
        return [stroke for stroke in drawn if stroke]


def _points(stroke: list[list[float]]) -> list[list[float]]:
    return [[_within(x, 600), _within(y, 200)] for x, y in stroke]


def _within(value: float, most: int) -> float:
    return round(min(max(float(value), 0.0), float(most)), 1)


class ScanForm(forms.Form):
    """A scan or photograph of the signed paper."""

    read = forms.CharField(widget=forms.HiddenInput, max_length=64)
    scan = forms.FileField(
        label=gettext_lazy("The signed paper, scanned or photographed"),
        help_text=gettext_lazy("All pages in one PDF, or one picture (JPEG or PNG). 15 MB at most."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
        error_messages={
            "required": gettext_lazy("Choose the file with the signed paper."),
            "empty": gettext_lazy("This file is empty. Choose the file with the signed paper."),
        },
    )
    picture: Picture

    def __init__(self, data: object = None, files: object = None, *, too_large: bool = False) -> None:
        super().__init__(data, files)  # type: ignore[arg-type]
        if too_large:
            self.fields["scan"].error_messages["required"] = _(
                "This file is larger than 15 MB. Scan it in grey or at 200 dots per inch, or take a smaller "
                "photograph, then choose it again."
            )

    def clean_scan(self) -> "File[bytes]":
        """Look at what the file is, whatever it is called."""
        upload: File[bytes] = self.cleaned_data["scan"]
        try:
            self.picture = sniffed(upload.read())
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from refused
        return upload


class CheckForm(forms.Form):
    """A copy to check: its hash when the browser could work that out, or else the file itself."""

    file = forms.FileField(
        label=gettext_lazy("The PDF you were given"),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={"required": gettext_lazy("Choose the PDF you were given.")},
    )
    sha256 = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def clean_sha256(self) -> str:
        given: str = self.cleaned_data["sha256"].strip().lower()
        if given and not re.fullmatch(r"[0-9a-f]{64}", given):
            raise forms.ValidationError(_("That is not the hash of a file."))
        return given

    def clean(self) -> None:
        if self.cleaned_data.get("sha256"):
            self.errors.pop("file", None)
