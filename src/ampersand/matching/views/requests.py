"""A mentee's own request: the place in line, what happens next, taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ampersand.matching.actions.asking import withdraw
from ampersand.matching.models import Request
from ampersand.matching.queries import (
    anyone_has_room,
    offered_introduction,
    place_in_line,
    request_for,
    usual_wait,
)
from ampersand.people.access import PersonRequest, open_to
from ampersand.people.rules import Refused


@open_to("the mentee who asked; the scheme's organisers are led to their own page")
def request_page(request: PersonRequest, pk: int) -> HttpResponse:
    """Show where a request stands."""
    found = request_for(request.user, pk)
    if found.mentee_id != request.user.pk:
        return redirect("matching:introduce", found.scheme.slug, found.pk)
    context = {
        "scheme": found.scheme,
        "request_made": found,
        "place": place_in_line(found),
        "usual": usual_wait(found.scheme),
        "introduction": offered_introduction(found),
        **_what_next(found),
    }
    return render(request, "matching/request.html", context)


def _what_next(found: Request) -> dict[str, object]:
    if found.scheme.solo:
        first = _("The scheme's mentor reads your request and accepts it as soon as they have room.")
    elif anyone_has_room(found.scheme):
        first = _("An organiser looks for a mentor for you; there is one with room.")
    else:
        first = _("An organiser looks for a mentor for you. None has room right now.")
    return {
        "steps": [first, _("You get a letter when there is someone. You need not look here every day.")],
        "meanwhile": _("You can take your request back at any time."),
    }


@require_POST
@open_to("the mentee who asked")
def withdraw_request(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one's own request back."""
    found = get_object_or_404(Request, pk=pk, mentee=request.user)
    try:
        withdraw(request=found, by=request.user)
        messages.success(request, _("Your request is taken back. You can ask again whenever you like."))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("matching:request", pk)
