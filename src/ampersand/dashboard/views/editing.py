"""The next version of a scheme's agreement: its text edited, and compared with the published one."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ampersand.agreements.actions.accepting import as_shown
from ampersand.agreements.actions.publishing import draft_from_text
from ampersand.agreements.models import Brought
from ampersand.agreements.queries import on_older_versions
from ampersand.dashboard.forms import WordingForm
from ampersand.people.access import PersonRequest, kept_typing
from ampersand.people.rules import Refused
from ampersand.schemes.models import Scheme
from ampersand.schemes.views.organising import for_organisers
from ampersand.wording import WordingErrors, compare, compare_settings

SHOWN = 60  # letters of a line in which something is wrong


@dataclass(frozen=True)
class Wrong:
    """Something in a text that cannot stand: the line, how it begins, and what to write."""

    line: int
    words: str
    sentence: str


@for_organisers
def edit(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Edit the text of the next version; what cannot be read is said line by line, and nothing is lost."""
    newest = scheme.templates.order_by("-number").first()
    if newest is None:
        raise Http404
    form = WordingForm(request.POST or None, initial={"text": newest.text, **kept_typing(request)})
    form.fields["text"].widget.attrs["lang"] = newest.wording().language
    brought = not newest.published_at and Brought.objects.filter(template=newest).exists()
    context: dict[str, Any] = {"scheme": scheme, "template": newest, "form": form, "brought": brought}
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            draft = draft_from_text(
                scheme=scheme, text=text, by=request.user, seen=request.POST.get("stood", "")
            )
            messages.success(request, _("Saved as a draft. Nobody but organisers sees it."))
            return redirect("dashboard:changes", scheme.slug, draft.number)
        except WordingErrors as errors:
            context["wrong"] = _told(errors, text)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    status = 422 if form.errors or "wrong" in context else 200
    return render(request, "dashboard/edit.html", context, status=status)


def _told(errors: WordingErrors, text: str) -> list[Wrong]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [
        Wrong(
            problem.line,
            lines[problem.line - 1].strip()[:SHOWN] if problem.line <= len(lines) else "",
            problem.sentence,
        )
        for problem in errors.problems
    ]


@for_organisers
def changes(request: PersonRequest, scheme: Scheme, number: int) -> HttpResponse:
    """Compare a version with the one published before it, and lead to publishing it."""
    template = get_object_or_404(scheme.templates, number=number)
    before = scheme.templates.published().filter(number__lt=number).order_by("-number").first()
    if before is None:
        return redirect("dashboard:agreement", scheme.slug)
    context = {
        "scheme": scheme,
        "template": template,
        "before": before,
        "language": template.wording().language,
        "changes": compare(as_shown(before), as_shown(template)),
        "settings": compare_settings(before.wording(), template.wording()),
        "on_older": on_older_versions(template),
    }
    return render(request, "dashboard/changes.html", context)
