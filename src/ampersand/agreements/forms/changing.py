"""Forms by which an agreement in force is changed, or a newer version accepted."""

from collections.abc import Collection, Mapping, Sequence

from django import forms
from django.utils.translation import gettext as _

from ampersand.agreements.forms.filling import LONGEST, control_for
from ampersand.wording import (
    Declaration,
    Field,
    WrongValue,
    WrongWords,
    fields,
    read_value,
    reword,
    rewordable,
    store_value,
    words_of,
)
from ampersand.wording import Template as Wording


class ChangeForm(forms.Form):
    """What someone would like to change in an agreement: blanks, and words where the scheme allows it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(
        self,
        data: object = None,
        *,
        wording: Wording,
        now: Mapping[str, str],
        mine: Collection[str],
        may_reword: bool,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))  # type: ignore[arg-type]
        self.wording = wording
        self.now = now
        self.stored = dict(now)
        self.words: dict[str, str] = {}
        for field in fields(wording):
            if field.id in mine:
                self.fields[f"blank-{field.id}"] = self._blank(field)
        for clause in rewordable(wording) if may_reword else ():
            self.fields[f"words-{clause.id}"] = forms.CharField(
                label=_("Other words for this clause"),
                help_text=_("What stands in square brackets is a blank: keep each one."),
                initial=words_of(wording, clause.id),
                max_length=LONGEST,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4, "lang": wording.language}),
            )

    def _blank(self, field: Field) -> forms.CharField:
        control = control_for(field)
        control.required = field.needed and bool(self.now.get(field.id))
        control.error_messages["required"] = _("Something stands here now. Write what should stand instead.")
        control.initial = self.now.get(field.id) or field.suggestion
        return control

    def clean(self) -> dict[str, object]:
        """Read each value and each clause as the wording does, and say what is wrong where it stands."""
        for name, typed in list(self.cleaned_data.items()):
            kind, _hyphen, id = name.partition("-")
            try:
                if kind == "blank":
                    self._read_blank(id, str(typed))
                elif kind == "words":
                    self._read_words(id, str(typed))
            except (WrongValue, WrongWords) as wrong:
                self.add_error(name, str(wrong))
        return self.cleaned_data

    def _read_blank(self, id: str, typed: str) -> None:
        field = self.wording.field(id)
        if typed.strip() or (field.needed and self.now.get(id)):
            self.stored[id] = store_value(field, read_value(field, typed))
        else:
            self.stored[id] = ""

    def _read_words(self, id: str, typed: str) -> None:
        words = " ".join(typed.split())
        if not words and f"words-{id}" in self.data:
            raise WrongWords(_("A clause cannot be empty. Write its words, or leave them as they are."))
        if words and words != words_of(self.wording, id):
            self.wording = reword(self.wording, id, words)
            self.words[id] = words


class AcceptForm(forms.Form):
    """What someone declares who accepts a newer version, and which text they have read."""

    read = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: object = None, *, declarations: Sequence[Declaration], read: str) -> None:
        super().__init__(data, initial={"read": read})  # type: ignore[arg-type]
        for declaration in declarations:
            self.fields[f"declared-{declaration.term}"] = forms.BooleanField(
                label=declaration.sentence, error_messages={"required": _("Please tick this to go on.")}
            )

    def declared(self) -> list[str]:
        """Give the terms that were declared."""
        names = [name for name, ticked in self.cleaned_data.items() if ticked and name != "read"]
        return [name.removeprefix("declared-") for name in names]
