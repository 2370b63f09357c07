"""The sealed copy, for the two and for the organisers of their scheme."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from ampersand.agreements.models import Copy, RenewalCopy
from ampersand.agreements.queries import copy_for, renewal_copy_for
from ampersand.people.access import PersonRequest, open_to, second_factor_first


@open_to("the two people whose agreement it is, and the organisers of their scheme")
@require_safe
def copy(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the sealed copy as a file."""
    found = copy_for(request.user, pk)
    if found is None:
        raise Http404
    if found.agreement.pair.has(request.user):
        return _file(request, found)
    return second_factor_first(_file)(request, found)


@open_to("the two people whose agreement it is, and the organisers of their scheme")
@require_safe
def renewal_copy(request: PersonRequest, pk: int) -> HttpResponse:
    """Give the sealed copy of a renewal as a file."""
    found = renewal_copy_for(request.user, pk)
    if found is None:
        raise Http404
    if found.renewal.pair.has(request.user):
        return _file(request, found)
    return second_factor_first(_file)(request, found)


def _file(request: PersonRequest, found: Copy | RenewalCopy) -> HttpResponse:
    response = HttpResponse(bytes(found.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{found.file_name()}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
