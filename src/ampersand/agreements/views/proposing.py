"""A change that is proposed, as the two see it; what is new in a version; every version there was."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from ampersand.agreements.actions.accepting import as_shown
from ampersand.agreements.actions.moving import accept_newer
from ampersand.agreements.forms import AcceptForm
from ampersand.agreements.models import Agreement, AgreementState, Template
from ampersand.agreements.queries import changes_in, newer_version, open_change, standing_of, versions_of
from ampersand.agreements.views.shared import PARTIES, agreement_or_404, basics, page, sheet_context
from ampersand.pairs.models import Pair
from ampersand.pairs.queries import name_in
from ampersand.people.access import PersonRequest, open_to
from ampersand.people.rules import Refused
from ampersand.wording import carried_over, compare, fill


def proposal_page(request: PersonRequest, found: Agreement, *, said: str = "") -> HttpResponse:
    """Show what is proposed, clause by clause and as a whole, with the answers there are."""
    context = sheet_context(found, request.user) | {"said": said}
    context["changes"] = changes_in(context["sheet"].standing)
    context["language"] = context["sheet"].standing.wording.language
    context["mine"] = found.proposed_by == found.pair.party_of(request.user)
    return page(request, "agreements/proposal.html", context)


@open_to(PARTIES)
@require_GET
def comparison(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what one text changes in the text whose place it takes."""
    found = agreement_or_404(request, pk)
    if found.predecessor_id is None:
        raise Http404
    standing = standing_of(found)
    context = basics(found, request.user) | {
        "changes": changes_in(standing),
        "language": standing.wording.language,
    }
    return page(request, "agreements/comparison.html", context)


@open_to("the two people of the pair")
@require_GET
def versions(request: PersonRequest, pk: int) -> HttpResponse:
    """List every agreement that is or was in force between the two, each with its copy."""
    pair = Pair.objects.of(request.user).select_related("mentor", "mentee", "scheme").filter(pk=pk).first()
    if pair is None:
        raise Http404
    context = {
        "pair": pair,
        "scheme": pair.scheme,
        "other": name_in(pair, pair.other(request.user)),
        "versions": versions_of(pair),
    }
    return page(request, "agreements/versions.html", context)


@open_to(PARTIES)
@require_http_methods(["GET", "POST"])
def newer(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what is new in the scheme's newest wording; accept it, or lead to proposing it."""
    found = agreement_or_404(request, pk)
    template = newer_version(found)
    if found.state != AgreementState.IN_FORCE or found.pair.ended_at or template is None:
        return redirect("agreements:agreement", pk=pk)
    accepts = template.by_asking() and found.pair.mentee_id == request.user.pk
    if not accepts:
        return _newer_page(request, found, template, None)
    read, declarations = as_shown(template).fingerprint, template.wording().declarations
    form = AcceptForm(request.POST or None, declarations=declarations, read=read)
    if request.method == "GET" or not form.is_valid():
        return _newer_page(request, found, template, form)
    try:
        given = form.cleaned_data["read"]
        accepted = accept_newer(
            agreement=found, declarations=form.declared(), fingerprint=given, by=request.user
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _newer_page(request, found, template, form)
    return redirect("agreements:agreement", pk=accepted.pk)


def _newer_page(
    request: PersonRequest, found: Agreement, template: Template, form: AcceptForm | None
) -> HttpResponse:
    standing, wording = standing_of(found), template.wording()
    values = carried_over(standing.wording, standing.values, wording)
    after = fill(wording, values, found.pair.scheme.values(), partial=True)
    context = basics(found, request.user) | {
        "newer": template,
        "changes": compare(standing.draft, after),
        "language": wording.language,
        "form": form,
        "by_asking": template.by_asking(),
        "in_hand": open_change(found.pair),
    }
    return page(request, "agreements/newer.html", context)
