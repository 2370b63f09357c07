"""Which form corrects what: the panel that opens at a clause, a blank, a heading or the signatures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.agreements.forms.asking import AskForm, NoBlankForm, SameForm
from ampersand.agreements.forms.correcting import (
    AddForm,
    Correction,
    DependsForm,
    HeadingForm,
    MarkForm,
    RewordForm,
    SplitForm,
    StandForm,
    StateForm,
)
from ampersand.agreements.forms.parties import SigningForm
from ampersand.agreements.views.found import Found
from ampersand.wording import Template
from ampersand.wording.reading.correcting import Change, stood, typed

BUTTONS = {"always": "clause", "drop": "clause", "join": "clause", "unhead": "section"}


class Press(Correction):
    """A correction that needs no more than a press of its button."""

    do = "press"

    def __init__(self, data: Any = None, *, wording: Template, about: str, change: Change) -> None:
        self.change = change
        super().__init__(data, wording=wording, about=about)

    def changes(self) -> list[Change]:
        return [self.change]


FORMS: dict[str, tuple[str, type[Correction]]] = {
    "ask": ("blank", AskForm),
    "words": ("blank", NoBlankForm),
    "same": ("blank", SameForm),
    "mark": ("clause", MarkForm),
    "split": ("clause", SplitForm),
    "stand": ("clause", StandForm),
    "depends": ("clause", DependsForm),
    "state": ("clause", StateForm),
    "reword": ("clause", RewordForm),
    "add": ("clause", AddForm),
    "heading": ("section", HeadingForm),
    "signing": ("signing", SigningForm),
}


def form_for(data: Mapping[str, Any], wording: Template) -> Correction | None:
    """Find the form that was sent, or None if what it is about is no longer there."""
    do, id = str(data.get("do", "")), str(data.get("about", ""))
    if do == "seen":
        return Press(data, wording=wording, about="", change={"do": "seen", "what": [id[:80]]})
    what, form = FORMS.get(do, (BUTTONS.get(do, "clause" if do == "unstate" else ""), Press))
    if not what or not _is_there(wording, what, id):
        return None
    if form is Press:
        change = {"do": do, what: id}
        if do == "unstate":
            change["term"] = str(data.get("term", ""))
        return Press(data, wording=wording, about=id, change=change)
    return form(data, wording=wording, about=id)


def _is_there(wording: Template, what: str, id: str) -> bool:
    there = {
        "clause": {clause.id for clause in wording.clauses()},
        "blank": {field.id for field in wording.blanks},
        "section": {section.id for section in wording.sections if section.heading},
        "signing": {"signing"},
    }
    return id in there.get(what, set())


def about(form: Correction) -> tuple[str, str]:
    """What a form is about: a clause, a blank, a heading or the signatures; and which."""
    if isinstance(form, Press):
        return next((key, str(id)) for key, id in form.change.items() if key in {"clause", "section", "what"})
    return FORMS[form.do][0], form.about


def opened(query: Mapping[str, str]) -> tuple[str, str]:
    """What the address asks to open."""
    for what in ("clause", "blank", "section", "signing"):
        if query.get(what):
            return what, query[what]
    return "", ""


@dataclass(frozen=True)
class Fold:
    """One thing that can be said of a clause or blank: a sentence to open, and its form."""

    sentence: str
    button: str
    form: Correction

    @property
    def open(self) -> bool:
        return bool(self.form.errors)


_SAYS = {
    "mark": (gettext_lazy("Mark a blank or an either/or"), gettext_lazy("Mark it")),
    "stand": (gettext_lazy("What it is: a clause, a point, a heading …"), gettext_lazy("Make it this")),
    "split": (gettext_lazy("Begin a new clause within it"), gettext_lazy("Split here")),
    "depends": (
        gettext_lazy("It, or part of it, depends on something"),
        gettext_lazy("Let it depend on this"),
    ),
    "state": (gettext_lazy("What the software goes by here"), gettext_lazy("Go by this")),
    "reword": (gettext_lazy("Change its words"), gettext_lazy("Save these words")),
    "add": (gettext_lazy("Add a clause below it"), gettext_lazy("Add it")),
    "words": (gettext_lazy("This is no blank"), gettext_lazy("Make it words")),
    "same": (gettext_lazy("It asks for the same as another"), gettext_lazy("Make them one blank")),
}


def panel(found: Found, what: str, id: str, sent: Correction | None) -> dict[str, Any]:
    """What is opened at a place: its main form, if it has one, and what else can be said."""
    wording = found.wording
    if not what or (what != "signing" and not _is_there(wording, what, id)):
        return {}
    made = {"blank": _of_blank, "clause": _of_clause}.get(what)
    forms = made(found, id) if made else {}
    if sent is not None and not isinstance(sent, Press):
        forms[sent.do] = sent
    main = forms.pop("ask", None)
    if what == "section":
        main = sent if isinstance(sent, HeadingForm) else HeadingForm(wording=wording, about=id)
    if what == "signing":
        main = sent if isinstance(sent, SigningForm) else SigningForm(wording=wording, about="signing")
    said = sent.non_field_errors() if isinstance(sent, Press) else []
    folds = [Fold(str(_SAYS[do][0]), str(_SAYS[do][1]), form) for do, form in forms.items() if do in _SAYS]
    failed = bool(sent is not None and sent.errors)
    return {
        "main": main,
        "folds": folds,
        "said": said,
        "failed": failed,
        "stood": stood(wording, what, id),
        "button": _("Save"),
    }


def _of_blank(found: Found, id: str) -> dict[str, Correction]:
    wording = found.wording
    stood = found.original(wording.field(id))
    forms: dict[str, Correction] = {
        "ask": AskForm(wording=wording, about=id),
        "words": NoBlankForm(wording=wording, about=id, initial={"words_there": stood}),
    }
    same = SameForm(wording=wording, about=id)
    if same.fields["other"].choices:  # type: ignore[attr-defined]
        forms["same"] = same
    return forms


def _of_clause(found: Found, id: str) -> dict[str, Correction]:
    wording = found.wording
    forms: dict[str, Correction] = {}
    mark = MarkForm(wording=wording, about=id)
    if mark.words():
        forms["mark"] = mark
    forms["stand"] = StandForm(wording=wording, about=id)
    if len(mark.words()) > 1:
        forms["split"] = SplitForm(wording=wording, about=id)
    depends = DependsForm(wording=wording, about=id)
    if depends.fields["on"].choices:  # type: ignore[attr-defined]
        forms["depends"] = depends
    forms["state"] = StateForm(wording=wording, about=id)
    forms["reword"] = RewordForm(wording=wording, about=id, initial={"text": typed(wording, id)})
    forms["add"] = AddForm(wording=wording, about=id)
    return forms
