"""Bringing an agreement: a file, or its text."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TYPES = ".docx,.pdf,.odt,.txt,.md,.html,.htm,.doc,.tex"


class BringForm(forms.Form):
    """An organisation's own agreement, as a file or pasted."""

    one_is_enough = True  # so neither field is called optional

    file = forms.FileField(
        label=gettext_lazy("The agreement as a file"),
        help_text=gettext_lazy(
            "A Word file, a PDF, an OpenDocument file, a web page or plain text. 15 MB at most."
        ),
        widget=forms.FileInput(attrs={"accept": TYPES}),
        required=False,
        error_messages={"empty": gettext_lazy("This file is empty. Choose the file with your agreement.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste its text"),
        help_text=gettext_lazy("With its headings, numbers, dots and lines, just as they stand."),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        strip=False,
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.too_large:
            self.add_error("file", _("This file is larger than 15 MB. An agreement is much smaller."))
        elif not data.get("file") and not data.get("text", "").strip() and not self.errors:
            raise forms.ValidationError(_("Choose the file with your agreement, or paste its text."))
        return data

    def matter(self) -> tuple[bytes, str]:
        """Give what was brought, and the file's name; a file goes before pasted text."""
        if self.cleaned_data["file"]:
            return self.cleaned_data["file"].read(), str(self.cleaned_data["file"].name)
        return str(self.cleaned_data["text"]).encode(), ""
