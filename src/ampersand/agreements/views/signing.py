"""Checking the whole text, and signing it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ampersand.agreements.actions.signing import sign as sign_agreement
from ampersand.agreements.forms import SignForm
from ampersand.agreements.models import Agreement, AgreementState
from ampersand.agreements.queries import own_signature, signing_name
from ampersand.agreements.rules import TextChanged, check_can_be_set
from ampersand.agreements.views.shared import PARTIES, agreement_or_404, page, sheet_context
from ampersand.people.access import PersonRequest, open_to
from ampersand.people.rules import Refused


@open_to(PARTIES)
@require_http_methods(["GET", "POST"])
def sign(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the whole text to read once more, and take a signature under it."""
    found = agreement_or_404(request, pk)
    if found.state != AgreementState.FILLING or own_signature(found, request.user):
        return redirect("agreements:agreement", pk=pk)
    if request.method == "GET":
        return _page(request, found, None)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    given = form.cleaned_data
    try:
        sign_agreement(
            agreement=found,
            by=request.user,
            read=given["read"],
            name=given["name"],
            strokes=given["strokes"],
        )
    except TextChanged as changed:
        return _page(request, agreement_or_404(request, pk), _again(given["name"]), said=changed.sentence)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, agreement_or_404(request, pk), form)
    return redirect("agreements:agreement", pk=pk)


def _again(name: str) -> SignForm:
    return SignForm(initial={"name": name})


def _page(request: PersonRequest, found: Agreement, form: SignForm | None, *, said: str = "") -> HttpResponse:
    context = sheet_context(found, request.user) | {"live": False, "said": said}
    sheet = context["sheet"]
    if sheet.standing.left:
        return page(request, "agreements/left.html", context)
    form = form or SignForm(initial={"name": signing_name(sheet.standing, request.user)})
    form.initial["read"] = context["fingerprint"]
    context["form"] = form
    try:
        check_can_be_set(sheet.standing.document)
    except Refused as refused:
        context["cannot"] = refused.sentence
    return page(request, "agreements/sign.html", context)
