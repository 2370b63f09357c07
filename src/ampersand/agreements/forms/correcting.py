"""Correcting what was found in an agreement: one small form for each thing that can be said."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.wording import Clause, Field, Template
from ampersand.wording.catalogue import CATALOGUE, TermKind
from ampersand.wording.reading.correcting import Change, counted

LONGEST = 4000


class Correction(forms.Form):
    """A correction of one thing; `about` is the clause, blank or section it is about."""

    do: ClassVar[str]
    key: ClassVar[str] = "clause"
    theirs: ClassVar[tuple[str, ...]] = ()  # fields that hold words of the agreement, in its language
    use_required_attribute = False

    def __init__(self, data: Any = None, *, wording: Template, about: str = "", **kwargs: Any) -> None:
        self.wording, self.about = wording, about
        super().__init__(data, auto_id=f"{self.do}_%s", **kwargs)
        self.build()
        for name in self.theirs:
            if name in self.fields:
                self.fields[name].widget.attrs["lang"] = wording.language

    def build(self) -> None:
        """Fill in what depends on the agreement."""

    def changes(self) -> list[Change]:
        """Give the changes that were asked for."""
        return [{"do": self.do, self.key: self.about, **self.cleaned_data}]

    @property
    def clause(self) -> Clause:
        """The clause it is about."""
        return next(clause for clause in self.wording.clauses() if clause.id == self.about)

    def words(self) -> list[tuple[str, str]]:
        """The words of the clause, counted, to choose from."""
        return [(str(word.number), f"{word.number}. {word.text[:40]}") for word in counted(self.clause)]


def lines_of(text: str) -> list[str]:
    """The lines that were typed, without the empty ones."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


HOW = (
    ("instead", gettext_lazy("a blank, in place of these words")),
    ("after", gettext_lazy("a blank that stands after these words")),
    ("choice", gettext_lazy("an either/or between these words")),
)


class MarkForm(Correction):
    """Words that are a blank or an either/or."""

    do = "mark"
    theirs = ("first", "last", "label", "options")
    first = forms.ChoiceField(label=gettext_lazy("From the word"))
    last = forms.ChoiceField(
        label=gettext_lazy("to the word"), help_text=gettext_lazy("The same word, if it is one.")
    )
    how = forms.ChoiceField(label=gettext_lazy("This is"), choices=HOW, widget=forms.RadioSelect)
    label = forms.CharField(
        label=gettext_lazy("What it is called"),
        help_text=gettext_lazy("Leave it empty and it is called by these words."),
        max_length=90,
        required=False,
    )
    options = forms.CharField(
        label=gettext_lazy("The options of the either/or"),
        help_text=gettext_lazy("One on each line. Leave it empty if “/” or “or” stands between them."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST,
        required=False,
    )

    def build(self) -> None:
        for name in ("first", "last"):
            self.fields[name].choices = self.words()  # type: ignore[attr-defined]
        self.initial = {"how": "instead", **(self.initial or {})}

    def changes(self) -> list[Change]:
        data = self.cleaned_data
        change: Change = {
            "clause": self.about,
            "first": int(data["first"]),
            "last": int(data["last"]),
            "label": data["label"],
        }
        if data["how"] == "choice":
            return [{"do": "choice", **change, "options": lines_of(data["options"])}]
        return [{"do": "blank", **change, "where": data["how"]}]


class SplitForm(Correction):
    """Where a new clause begins."""

    do = "split"
    theirs = ("at",)
    at = forms.ChoiceField(label=gettext_lazy("A new clause begins with the word"))

    def build(self) -> None:
        self.fields["at"].choices = self.words()[1:]  # type: ignore[attr-defined]

    def changes(self) -> list[Change]:
        return [{"do": "split", "clause": self.about, "at": int(self.cleaned_data["at"])}]


STANDS = {
    "numbered-0": gettext_lazy("a numbered clause"),
    "numbered-1": gettext_lazy("a numbered clause within the one above"),
    "numbered-2": gettext_lazy("a numbered clause, two steps in"),
    "bullet-0": gettext_lazy("a point"),
    "bullet-1": gettext_lazy("a point within the one above"),
    "bullet-2": gettext_lazy("a point, two steps in"),
    "plain-0": gettext_lazy("a clause without a number"),
    "note-0": gettext_lazy("a note, which binds nobody"),
    "step-0": gettext_lazy("a step of what to do"),
    "head-2": gettext_lazy("a heading"),
    "head-3": gettext_lazy("a smaller heading"),
}


class StandForm(Correction):
    """What a clause is."""

    do = "stand"
    what = forms.ChoiceField(label=gettext_lazy("This is"), choices=list(STANDS.items()))

    def build(self) -> None:
        self.initial = {"what": f"{self.clause.mark}-{self.clause.depth}", **(self.initial or {})}

    def changes(self) -> list[Change]:
        mark, _hyphen, number = self.cleaned_data["what"].rpartition("-")
        if mark == "head":
            return [{"do": "head", "clause": self.about, "level": int(number)}]
        return [{"do": "stand", "clause": self.about, "mark": mark, "depth": int(number)}]


class DependsForm(Correction):
    """When a clause, or some of its words, apply."""

    do = "depends"
    theirs = ("on", "first", "last")
    on = forms.ChoiceField(label=gettext_lazy("It applies only if"))
    first = forms.ChoiceField(label=gettext_lazy("From the word"), required=False)
    last = forms.ChoiceField(label=gettext_lazy("to the word"), required=False)

    def build(self) -> None:
        self.fields["on"].choices = conditions(self.wording, self.clause)  # type: ignore[attr-defined]
        whole = ("", _("the whole clause"))
        for name in ("first", "last"):
            self.fields[name].choices = [whole, *self.words()]  # type: ignore[attr-defined]

    def changes(self) -> list[Change]:
        blank, _colon, value = self.cleaned_data["on"].partition(":")
        change: dict[str, Any] = {"do": "depends", "clause": self.about, "blank": blank, "value": value}
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        if first or last:
            change |= {"first": int(first or last), "last": int(last or first)}
        return [change]


def conditions(wording: Template, until: Clause) -> list[tuple[str, str]]:
    """Give what the words of a clause can depend on: the either/ors and blanks up to and in it."""
    found: list[tuple[str, str]] = []
    for clause in wording.clauses():
        for id in (part.field for part in clause.parts if hasattr(part, "field")):
            found += _ways(wording.field(id))
        if clause.id == until.id:
            break
    return list(dict.fromkeys(found))


def _ways(field: Field) -> Iterable[tuple[str, str]]:
    if not field.is_choice:
        return [(f"{field.id}:", _("“%(label)s” is filled in") % {"label": field.label})]
    return [
        (
            f"{field.id}:{option.key}",
            _("“%(words)s” is chosen (%(label)s)") % {"words": option.words, "label": field.label},
        )
        for option in field.options
    ]


STATED = (TermKind.YES_NO, TermKind.CLAUSES, TermKind.NUMBER, TermKind.CHOICE)


class StateForm(Correction):
    """What the software goes by in a clause."""

    do = "state"
    term = forms.ChoiceField(label=gettext_lazy("This clause is about"))
    value = forms.CharField(
        label=gettext_lazy("What it says of it"),
        help_text=gettext_lazy("Only where it names a number, such as 30, or a word, such as final."),
        max_length=40,
        required=False,
    )

    def build(self) -> None:
        terms = [(key, _(term.name)) for key, term in CATALOGUE.items() if term.kind in STATED]
        self.fields["term"].choices = terms  # type: ignore[attr-defined]


class RewordForm(Correction):
    """Other words for a clause."""

    do = "reword"
    theirs = ("text",)
    text = forms.CharField(
        label=gettext_lazy("Its words"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=LONGEST * 5,
        help_text=gettext_lazy(
            "What stands in square brackets is a blank: leave it as it is. {scheme.name}, {scheme.contact} "
            "and {scheme.website} stand for what the scheme’s details say."
        ),
    )


class AddForm(Correction):
    """A clause more."""

    do = "add"
    theirs = ("text",)
    text = forms.CharField(
        label=gettext_lazy("The words of a new clause below this one"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST,
    )


class HeadingForm(Correction):
    """Other words for a heading."""

    do, key = "heading", "section"
    theirs = ("text",)
    text = forms.CharField(label=gettext_lazy("The heading"), max_length=300)
    level = forms.TypedChoiceField(
        label=gettext_lazy("It is"),
        choices=((2, gettext_lazy("a heading")), (3, gettext_lazy("a smaller heading"))),
        coerce=int,
    )

    def build(self) -> None:
        section = next(section for section in self.wording.sections if section.id == self.about)
        self.initial = {"text": section.heading, "level": section.level, **(self.initial or {})}
