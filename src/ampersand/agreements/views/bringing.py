"""Bringing a scheme's own agreement: upload or paste it, look at what was found, correct it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ampersand.agreements.actions.bringing import bring as bring_agreement
from ampersand.agreements.actions.bringing import correct as correct_agreement
from ampersand.agreements.actions.bringing import redo as redo_correction
from ampersand.agreements.actions.bringing import undo as undo_correction
from ampersand.agreements.forms import BringForm
from ampersand.agreements.forms.correcting import Correction
from ampersand.agreements.models import Template
from ampersand.agreements.views.corrections import about, form_for, opened, panel
from ampersand.agreements.views.found import Found, Offered
from ampersand.agreements.views.places import TOP, of_changes, place_of
from ampersand.agreements.views.uploads import too_large
from ampersand.people.access import PersonRequest, kept_typing, limited, tell_refusal
from ampersand.people.rules import Refused
from ampersand.schemes.models import Scheme
from ampersand.schemes.views.organising import for_organisers
from ampersand.wording import Template as Wording
from ampersand.wording.reading import Unreadable, read


@for_organisers
@limited("bring an agreement", "40/h", by="person")
def bring(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Take an agreement as a file or as text, and read it."""
    if request.method == "GET":
        return _bring_page(request, scheme, BringForm(initial=kept_typing(request)))
    form = BringForm(request.POST, request.FILES, too_large=too_large(request))
    if not form.is_valid():
        return _bring_page(request, scheme, form)
    matter, name = form.matter()
    try:
        draft = bring_agreement(scheme=scheme, reading=read(matter, name), name=name, by=request.user)
    except (Unreadable, Refused) as refusal:
        tell_refusal(request, "a paper that could not be read")
        form.add_error("file" if name else "text", _(str(refusal)))
        return _bring_page(request, scheme, form)
    if draft.brought.standing:
        messages.success(
            request,
            _(
                "What the published version says of the same words was taken over: its blanks, who signs, "
                "what the software goes by. “Undo” takes that back."
            ),
        )
    return redirect("agreements:found", scheme.slug)


def _bring_page(request: PersonRequest, scheme: Scheme, form: BringForm) -> HttpResponse:
    context = {"scheme": scheme, "form": form, "draft": scheme.templates.drafts().first()}
    context["aside"] = list(scheme.set_aside.defer("read", "corrections"))
    return render(request, "agreements/bring.html", context, status=422 if form.errors else 200)


def _brought(scheme: Scheme) -> Template | None:
    """Give the scheme's draft, if it was brought and nobody has written it anew since."""
    drafts = scheme.templates.drafts().filter(brought__isnull=False)
    return drafts.select_related("brought").first()


@for_organisers
@require_safe
def found(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Show what was found on the sheet, and open what is asked for, to be corrected."""
    template = _brought(scheme)
    if template is None:
        return redirect("agreements:bring", scheme.slug)
    kept = kept_typing(request)
    if kept.get("do"):  # what was typed as the session ended
        typed = {name: value if isinstance(value, list) else [value] for name, value in kept.items()}
        form = form_for(MultiValueDict(typed), template.wording())
        if form is not None:
            return _found_page(request, scheme, template, *about(form), form=form)
    what, id = opened(request.GET)
    return _found_page(request, scheme, template, what, id)


@require_POST
@for_organisers
def correct(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Correct one thing; it is kept at once."""
    template = _brought(scheme)
    if template is None:
        return redirect("dashboard:agreement", scheme.slug)
    wording = template.wording()
    form = form_for(request.POST, wording)
    if form is None:
        return redirect(_meanwhile(scheme))
    if form.is_valid():
        try:
            new = correct_agreement(
                template=template,
                changes=form.changes(),
                by=request.user,
                about=about(form),
                seen=request.POST.get("stood", ""),
            )
            return redirect(_next(scheme, form, wording, new))
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    return _found_page(request, scheme, template, *about(form), form=form)


def _next(scheme: Scheme, form: Correction, before: Wording, after: Template) -> str:
    """Where to go on: at a blank just marked, to say what it asks for; or where the correction was."""
    wording = after.wording()
    known = {field.id for field in before.blanks}
    fresh = [field.id for field in wording.blanks if field.id not in known]
    if len(fresh) == 1:
        address = reverse("agreements:found", args=[scheme.slug])
        return f"{address}?blank={fresh[0]}#gap-{fresh[0]}"
    what, id = of_changes(form.changes())
    return _at(scheme, "kept", place_of(what, id, before, wording))


def _at(scheme: Scheme, word: str, place: str) -> str:
    """The sheet, with a word on what was done at its place."""
    return f"{reverse('agreements:found', args=[scheme.slug])}?saved={word}&at={place}#{place}"


def _meanwhile(scheme: Scheme) -> str:
    """Where to see how it stands now; the page says so itself, since a part of it may be all that shows."""
    return _at(scheme, "meanwhile", TOP)


@require_POST
@for_organisers
def undo(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Take the last correction back."""
    return _step(request, scheme, undo_correction)


@require_POST
@for_organisers
def redo(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Make the correction again that was taken back."""
    return _step(request, scheme, redo_correction)


def _step(request: PersonRequest, scheme: Scheme, action: Any) -> HttpResponse:
    template = _brought(scheme)
    if template is None:
        return redirect("dashboard:agreement", scheme.slug)
    before, brought = template.wording(), template.brought
    number = brought.standing + (action is redo_correction)
    about_it = brought.corrections.filter(number=number).first()
    try:
        after = action(template=template, by=request.user, seen=request.POST.get("stood", ""))
    except Refused:
        return redirect(_meanwhile(scheme))
    word = "undone" if action is undo_correction else "redone"
    what, id = of_changes(about_it.changes) if about_it else ("", "")
    return redirect(_at(scheme, word, place_of(what, id, before, after.wording())))


@for_organisers
def terms(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Ask which of the terms that the agreement seems to hold the software may go by."""
    template = _brought(scheme)
    if template is None:
        return redirect("dashboard:agreement", scheme.slug)
    seen = Found(template.brought, template.wording())
    offered = seen.suggested()
    if request.method == "POST":
        wanted = set(request.POST.getlist("take"))
        shown = [one for one in offered if one.key in request.POST.getlist("shown")]
        changes = [dict(one.change) for one in shown if one.key in wanted]
        changes.append({"do": "seen", "what": [one.key for one in shown if one.key not in wanted]})
        try:
            correct_agreement(template=template, changes=changes, by=request.user)
        except Refused as refusal:
            messages.warning(request, refusal.sentence)
            return redirect("agreements:terms", scheme.slug)
        count = len(changes) - 1
        said = ngettext(
            "The software goes by one thing more.", "The software goes by %(count)d things more.", count
        )
        messages.success(request, said % {"count": count})
        return redirect("dashboard:agreement", scheme.slug)
    context = {
        "scheme": scheme,
        "suggestions": [Offered.of(one) for one in offered],
        "language": seen.wording.language,
    }
    return render(request, "agreements/terms.html", context)


def _found_page(
    request: PersonRequest, scheme: Scheme, template: Template, what: str, id: str, form: Any = None
) -> HttpResponse:
    sheet = Found(template.brought, template.wording())
    look = sheet.to_look_at()
    context = {
        "scheme": scheme,
        "template": template,
        "found": sheet,
        "sections": sheet.sections(id if what == "clause" else ""),
        "look": look,
        "unseen": sum(not ticked for _notice, ticked in look),
        "what": what,
        "id": id,
        "panel": panel(sheet, what, id, form),
        "saved": request.GET.get("saved", ""),
        "at": request.GET.get("at", TOP),
        "now": timezone.now(),
    }
    response = render(request, "agreements/found.html", context)
    response["Cache-Control"] = "no-store"
    if request.method == "POST" and not request.htmx:  # type: ignore[attr-defined]
        response.status_code = 422
    return response
