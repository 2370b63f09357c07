"""Correcting a blank: what it asks for and who fills it in; that it is none; that another asks the same."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.agreements.forms.correcting import LONGEST, Correction, lines_of
from ampersand.wording import TOGETHER, Field, Kind
from ampersand.wording.catalogue import CATALOGUE
from ampersand.wording.checking import FITTING
from ampersand.wording.reading.correcting import Change

KINDS = {
    Kind.TEXT: gettext_lazy("a few words"),
    Kind.LONG_TEXT: gettext_lazy("several lines"),
    Kind.DATE: gettext_lazy("a date"),
    Kind.PERSON: gettext_lazy("someone’s name"),
    Kind.CONTACT: gettext_lazy("how to reach someone"),
    Kind.NUMBER: gettext_lazy("a number"),
    Kind.DURATION: gettext_lazy("a length of time"),
    Kind.FREQUENCY: gettext_lazy("how often"),
    Kind.TIMES: gettext_lazy("times of the week"),
    Kind.CHOICE: gettext_lazy("one of several options"),
}
NO_TERM = ("", gettext_lazy("nothing: it is only words"))


class AskForm(Correction):
    """What a blank asks for, and who fills it in."""

    do, key = "ask", "blank"
    theirs = ("label", "options", "yes", "suggestion")
    label = forms.CharField(
        label=gettext_lazy("What it is called"),
        help_text=gettext_lazy("It stands in the blank until it is filled in, and screen readers say it."),
        max_length=90,
    )
    kind = forms.ChoiceField(label=gettext_lazy("What is written there"), choices=list(KINDS.items()))
    options = forms.CharField(
        label=gettext_lazy("The options, if there are any to choose from"),
        help_text=gettext_lazy("One on each line."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
        required=False,
    )
    by = forms.ChoiceField(label=gettext_lazy("Who fills it in"), widget=forms.RadioSelect)
    term = forms.ChoiceField(
        label=gettext_lazy("What the software goes by it for"),
        help_text=gettext_lazy("With what stands here the software can remind, count or open a page."),
        required=False,
    )
    yes = forms.ChoiceField(label=gettext_lazy("Which option means yes"), required=False)
    suggestion = forms.CharField(
        label=gettext_lazy("What is suggested there"),
        help_text=gettext_lazy("Both still have to agree to it."),
        max_length=300,
        required=False,
    )
    empty = forms.BooleanField(label=gettext_lazy("It may be left empty"), required=False)

    def build(self) -> None:
        who = {party.key: party.label for party in self.wording.parties}
        self.fields["by"].choices = [  # type: ignore[attr-defined]
            (TOGETHER, _("Both agree on it")),
            ("mentor", _("%(name)s alone") % {"name": who["mentor"]}),
            ("mentee", _("%(name)s alone") % {"name": who["mentee"]}),
        ]
        terms = [(key, _(term.name)) for key, term in CATALOGUE.items() if FITTING[term.kind]]
        self.fields["term"].choices = [NO_TERM, *terms]  # type: ignore[attr-defined]
        field = self.wording.field(self.about)
        self.before = field
        if not field.is_choice:
            del self.fields["yes"]
        else:
            options = [(option.words, option.words) for option in field.options]
            self.fields["yes"].choices = [("", _("the first that is no “not”")), *options]  # type: ignore[attr-defined]
        self.initial = {**_initial(field), **(self.initial or {})}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        term = CATALOGUE.get(data.get("term", ""))
        if term and data.get("kind") not in FITTING[term.kind] and data.get("term") != self.before.term:
            data["kind"] = str(FITTING[term.kind][0])  # a new term brings its own kind
        return data

    def changes(self) -> list[Change]:
        data = dict(self.cleaned_data)
        data["needed"] = not data.pop("empty")
        data["options"] = lines_of(data["options"])
        return [{"do": self.do, "blank": self.about, **data}]


def _initial(field: Field) -> dict[str, Any]:
    yes = next((option.words for option in field.options if option.key == "yes"), "")
    return {
        "label": field.label,
        "kind": str(field.kind),
        "options": "\n".join(option.words for option in field.options),
        "by": field.by,
        "term": field.term,
        "yes": yes,
        "suggestion": field.suggestion,
        "empty": not field.needed,
    }


class NoBlankForm(Correction):
    """It is no blank: which words stand there."""

    do, key = "words", "blank"
    theirs = ("words_there",)
    words_there = forms.CharField(
        label=gettext_lazy("Which words stand in its place"), max_length=LONGEST, required=False
    )

    def changes(self) -> list[Change]:
        return [{"do": "words", "blank": self.about, "words": self.cleaned_data["words_there"]}]


class SameForm(Correction):
    """It asks for what another asks for."""

    do, key = "same", "blank"
    theirs = ("other",)
    other = forms.ChoiceField(label=gettext_lazy("It asks for the same as"))

    def build(self) -> None:
        here = self.wording.field(self.about)
        others = [
            (field.id, field.label)
            for field in self.wording.blanks
            if field.id != here.id and field.is_choice == here.is_choice
        ]
        self.fields["other"].choices = others  # type: ignore[attr-defined]
