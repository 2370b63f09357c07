"""Signing on paper: print it, upload the scan, say whether it matches."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ampersand.agreements.actions.by_hand import confirm, say_it_differs, sign_on_screen_instead, upload
from ampersand.agreements.forms import ScanForm
from ampersand.agreements.models import Agreement, AgreementState, Scan, ScanState
from ampersand.agreements.queries import waiting_scan
from ampersand.agreements.rules import check_can_be_set
from ampersand.agreements.views.shared import PARTIES, agreement_or_404, page, sheet_context
from ampersand.agreements.views.uploads import too_large
from ampersand.people.access import PersonRequest, open_to
from ampersand.people.rules import Refused
from ampersand.wording.typesetting import typeset


@open_to(PARTIES)
@require_http_methods(["GET", "POST"])
def by_hand(request: PersonRequest, pk: int) -> HttpResponse:
    """Print, upload a scan, and see how it stands."""
    found = agreement_or_404(request, pk)
    if found.state != AgreementState.FILLING:
        return redirect("agreements:agreement", pk=pk)
    if request.method == "GET":
        return _page(request, found, ScanForm())
    form = ScanForm(request.POST, request.FILES, too_large=too_large(request))
    if not form.is_valid():
        return _page(request, found, form)
    try:
        upload(
            agreement=found,
            by=request.user,
            read=form.cleaned_data["read"],
            name=form.cleaned_data["scan"].name,
            content=form.picture.content,
            content_type=form.picture.content_type,
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, agreement_or_404(request, pk), form)
    return redirect("agreements:by_hand", pk=pk)


@open_to(PARTIES)
@require_safe
def paper(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the text with ruled lines, to print and sign by hand."""
    found = agreement_or_404(request, pk)
    context = sheet_context(found, request.user)
    standing = context["sheet"].standing
    if found.state != AgreementState.FILLING or standing.left:
        return redirect("agreements:by_hand", pk=pk)
    try:
        check_can_be_set(standing.document)
    except Refused:
        return redirect("agreements:by_hand", pk=pk)
    pdf = typeset(standing.document, ruled=True, when=timezone.now())
    return _file(pdf, "application/pdf", 'attachment; filename="agreement-to-sign.pdf"')


@open_to(PARTIES)
@require_safe
def scan(request: PersonRequest, pk: int, scan: int) -> HttpResponse:
    """Give the scan to the two: a picture to look at, or a PDF to download."""
    found = agreement_or_404(request, pk)
    row: Scan | None = found.scans.filter(pk=scan, state__in=[ScanState.WAITING, ScanState.CONFIRMED]).first()
    if row is None:
        raise Http404
    way = "inline" if row.content_type.startswith("image/") else "attachment"
    response = _file(bytes(row.content), row.content_type, f'{way}; filename="{row.attached_name()}"')
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@open_to(PARTIES)
@require_POST
def answer_scan(request: PersonRequest, pk: int, scan: int) -> HttpResponse:
    """Say that a scan matches, or that it does not."""
    found = agreement_or_404(request, pk)
    if not found.scans.filter(pk=scan).exists():
        raise Http404
    action = confirm if request.POST.get("answer") == "matches" else say_it_differs
    try:
        action(agreement=found, scan=scan, by=request.user)
    except Refused as refused:
        return _page(request, agreement_or_404(request, pk), ScanForm(), said=refused.sentence)
    return redirect("agreements:agreement", pk=pk)


@open_to(PARTIES)
@require_POST
def on_screen(request: PersonRequest, pk: int) -> HttpResponse:
    """Go back to signing on screen; a scan that waits lapses."""
    found = agreement_or_404(request, pk)
    try:
        sign_on_screen_instead(agreement=found)
    except Refused:
        return redirect("agreements:agreement", pk=pk)
    return redirect("agreements:sign", pk=pk)


def _file(content: bytes, content_type: str, disposition: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = disposition
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _page(request: PersonRequest, found: Agreement, form: ScanForm, *, said: str = "") -> HttpResponse:
    context = sheet_context(found, request.user) | {"live": False}
    if context["sheet"].standing.left:
        return page(request, "agreements/left.html", context)
    form.initial["read"] = context["fingerprint"]
    context |= {"form": form, "said": said, "scan": waiting_scan(found)}
    try:
        check_can_be_set(context["sheet"].standing.document)
    except Refused as refused:
        context["cannot"] = refused.sentence
    return page(request, "agreements/by_hand.html", context)
