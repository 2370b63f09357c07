"""Signing once more: the agreement in force, on its line for renewing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ampersand.agreements.actions.renewing import sign_renewal as sign_again
from ampersand.agreements.forms import SignForm
from ampersand.agreements.models import Agreement, Renewal, RenewalState
from ampersand.agreements.queries import agreement_in_force, renewal_for, signing_name
from ampersand.agreements.rules import TextChanged
from ampersand.agreements.views.shared import PARTIES, finished_context, page, pair_of_or_404
from ampersand.people.access import PersonRequest, open_to
from ampersand.people.rules import Refused


@open_to(PARTIES)
@require_http_methods(["GET", "POST"])
def sign_renewal(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the text in force once more, and take a signature on its line for renewing."""
    pair = pair_of_or_404(request, pk)
    renewal = renewal_for(request.user, pair.pk)
    if renewal is None or renewal.state != RenewalState.AGREED:
        return redirect("journeys:pair", pk=pk)
    found = agreement_in_force(pair)
    if request.method == "GET":
        return _page(request, renewal, found, None)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _page(request, renewal, found, form)
    given = form.cleaned_data
    try:
        sign_again(
            renewal=renewal,
            by=request.user,
            read=given["read"],
            name=given["name"],
            strokes=given["strokes"],
        )
    except TextChanged as changed:
        again = SignForm(initial={"name": given["name"]})
        return _page(request, renewal, agreement_in_force(pair), again, said=changed.sentence)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, renewal, found, form)
    return redirect("agreements:sign_renewal", pk=pk)


def _page(
    request: PersonRequest, renewal: Renewal, found: Agreement, form: SignForm | None, *, said: str = ""
) -> HttpResponse:
    context: dict[str, Any] = finished_context(found, request.user) | {"renewal": renewal, "said": said}
    signed = renewal.signatures.filter(person=request.user, fingerprint=found.fingerprint).first()
    if signed and form is None:
        return page(request, "agreements/renewal_signed.html", context)
    form = form or SignForm(initial={"name": signing_name(context["sheet"].standing, request.user)})
    form.initial["read"] = context["fingerprint"]
    context["form"] = form
    return page(request, "agreements/sign_renewal.html", context)
