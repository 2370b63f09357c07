"""Filling in together: the sheet, its gaps, and what the other changes meanwhile."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.agreements.actions.agreeing import agree as agree_to
from ampersand.agreements.actions.agreeing import suggest
from ampersand.agreements.actions.agreeing import take_back as take_suggestion_back
from ampersand.agreements.forms import BlankForm
from ampersand.agreements.models import Agreement, AgreementState
from ampersand.agreements.queries import own_signature, revision_for
from ampersand.agreements.rules import Overtaken
from ampersand.agreements.views.gaps import Gap
from ampersand.agreements.views.proposing import proposal_page
from ampersand.agreements.views.shared import (
    PARTIES,
    agreement_or_404,
    basics,
    finished_context,
    page,
    sheet_context,
)
from ampersand.agreements.views.sheet import Sheet
from ampersand.people.access import PersonRequest, kept_typing, open_to
from ampersand.people.rules import Refused
from ampersand.wording import WrongValue


@open_to(PARTIES)
@require_GET
def agreement(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the agreement as it stands: being filled in, being sealed, or finished."""
    found = agreement_or_404(request, pk)
    if found.state == AgreementState.FILLING:
        if kept := kept_typing(request):
            return _typed_before(request, found, str(kept.get("blank", "")), str(kept.get("typed", "")))
        return page(request, "agreements/filling.html", sheet_context(found, request.user))
    if found.state == AgreementState.PROPOSED:
        return proposal_page(request, found)
    if found.state == AgreementState.SEALING:
        return page(request, "agreements/sealing.html", basics(found, request.user))
    return page(request, "agreements/finished.html", finished_context(found, request.user))


@open_to(PARTIES)
@require_GET
def changes(request: PersonRequest, pk: int) -> HttpResponse:
    """Give what has changed since a revision; nothing when nothing has."""
    revision = revision_for(request.user, pk)
    if revision is None:
        raise Http404
    since = _number(request.GET.get("since"))
    if revision == since:
        return HttpResponse(status=204)
    if "whole" in request.GET:  # a page that is shown anew as a whole
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    found = agreement_or_404(request, pk)
    if found.state != AgreementState.FILLING and own_signature(found, request.user):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return _changes(request, found, since, {})


@open_to(PARTIES)
@require_http_methods(["GET", "POST"])
def blank(request: PersonRequest, pk: int, field: str) -> HttpResponse:
    """Open one blank; write in it."""
    found = agreement_or_404(request, pk)
    gap = _gap(found, request, field)
    if request.method == "GET":
        kept = kept_typing(request)
        return _editor(request, found, field, {"form": _form(gap, str(kept.get("typed", "")))})
    form = BlankForm(request.POST, field=gap.field)
    if not form.is_valid():
        return _editor(request, found, field, {"form": form})
    typed, seen = form.cleaned_data["typed"], form.cleaned_data["seen"]
    try:
        suggest(agreement=found, field=field, typed=typed, seen=seen, by=request.user)
    except WrongValue as wrong:
        form.add_error("typed", str(wrong))
        return _editor(request, found, field, {"form": form})
    except Overtaken as overtaken:
        shown = BlankForm(field=gap.field, now=typed, seen=overtaken.filling.revision)
        said = {"form": shown, "overtaken": overtaken.sentence, "words": _as_typed(gap, typed)}
        return _editor(request, agreement_or_404(request, pk), field, said)
    except Refused as refused:
        return _editor(request, agreement_or_404(request, pk), field, _kept(gap, typed, refused))
    return _saved(request, pk, field)


@open_to(PARTIES)
@require_POST
def agree(request: PersonRequest, pk: int, field: str) -> HttpResponse:
    """Agree to what is suggested."""
    return _answer(request, pk, field, agree_to)


@open_to(PARTIES)
@require_POST
def take_back(request: PersonRequest, pk: int, field: str) -> HttpResponse:
    """Take one's own suggestion back."""
    return _answer(request, pk, field, take_suggestion_back)


@open_to(PARTIES)
@require_GET
def close_blank(request: PersonRequest, pk: int, field: str) -> HttpResponse:
    """Close a blank without writing in it."""
    agreement_or_404(request, pk)
    return HttpResponse("")


def _answer(request: PersonRequest, pk: int, field: str, action: Any) -> HttpResponse:
    found = agreement_or_404(request, pk)
    gap = _gap(found, request, field)
    try:
        seen = _number(request.POST.get("seen"), default=-1)  # whoever does not say has not seen it
        action(agreement=found, field=field, seen=seen, by=request.user)
    except Overtaken as overtaken:
        current = _gap(agreement_or_404(request, pk), request, field)
        said = {"form": _form(current), "overtaken": overtaken.sentence}
        return _editor(request, agreement_or_404(request, pk), field, said)
    except Refused as refused:
        return _editor(request, found, field, {"refused": refused.sentence, "gap": gap})
    return _saved(request, pk, field)


def _typed_before(request: PersonRequest, found: Agreement, field: str, typed: str) -> HttpResponse:
    """Open the blank again in which someone wrote as their session ended, with their words in it."""
    context = sheet_context(found, request.user)
    if not typed or field not in context["sheet"].standing.fillings:
        return page(request, "agreements/filling.html", context)
    return _editor(request, found, field, {"form": _form(_gap(found, request, field), typed)})


def _gap(found: Agreement, request: PersonRequest, field: str) -> Gap:
    sheet: Sheet = sheet_context(found, request.user)["sheet"]
    try:
        return sheet.gap(sheet.standing.wording.field(field))
    except KeyError as unknown:
        raise Http404 from unknown


def _form(gap: Gap, kept: str = "") -> BlankForm:
    now = kept or gap.filling.suggested or gap.filling.agreed
    return BlankForm(field=gap.field, now=now, seen=gap.filling.revision)


def _kept(gap: Gap, typed: str, refused: Refused) -> dict[str, Any]:
    shown = BlankForm(field=gap.field, now=typed, seen=gap.filling.revision)
    return {"form": shown, "refused": refused.sentence}


def _as_typed(gap: Gap, typed: str) -> str:
    options = {option.key: option.words for option in gap.field.options}
    return options.get(typed, typed)


def _editor(request: PersonRequest, found: Agreement, field: str, extra: dict[str, Any]) -> HttpResponse:
    """Show the blank open in its clause: the part alone for htmx, the whole page otherwise."""
    context = sheet_context(found, request.user)
    sheet: Sheet = context["sheet"]
    context |= {
        "gap": sheet.gap(sheet.standing.wording.field(field)),
        "item": sheet.clause_of(field),
        **extra,
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "agreements/sheet/editor.html", context)
    context["sheet"] = replace(sheet, opened=context["item"].clause.id)
    return page(request, "agreements/filling.html", context)


def _saved(request: PersonRequest, pk: int, field: str) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(reverse("agreements:agreement", args=[pk]) + f"#gap-{field}")
    found = agreement_or_404(request, pk)
    sheet: Sheet = sheet_context(found, request.user)["sheet"]
    said = {"item": sheet.clause_of(field), "saved": timezone.now(), "own": field}
    return _changes(request, found, _number(request.POST.get("since"), default=-1), said)


def _changes(request: PersonRequest, found: Agreement, since: int, extra: dict[str, Any]) -> HttpResponse:
    context = sheet_context(found, request.user)
    sheet: Sheet = context["sheet"]
    context |= {
        "changed": sheet.changed(since),
        "news": [words for name, words in sheet.news(since) if name != extra.get("own")],
        "closed": _closed(found),
    }
    response = render(request, "agreements/sheet/changes.html", context | extra)
    response["Cache-Control"] = "no-store"
    return response


def _closed(found: Agreement) -> str:
    if found.pair.ended_at:
        return _("This mentoring has ended, so the agreement stays as it is.")
    if found.state == AgreementState.DROPPED:
        return _("This change was not made: your agreement stayed as it was.")
    return _("You have both signed, so the words stand as they are.")


def _number(given: str | None, *, default: int = 0) -> int:
    return int(given) if given and given.isdecimal() and len(given) < 10 else default
