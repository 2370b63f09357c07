"""Carry on? Each is asked alone, and sees their own answer alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ampersand.agreements.actions.renewing import answer
from ampersand.agreements.models import RenewalState
from ampersand.agreements.queries import renewal_for
from ampersand.journeys.views.shared import THE_TWO, own_pair, private
from ampersand.pairs.queries import name_in
from ampersand.people.access import PersonRequest, open_to
from ampersand.people.rules import Refused


@open_to(THE_TWO)
@require_http_methods(["GET", "POST"])
def carry_on(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask one of the two whether they carry on; show them their own answer and nobody else's."""
    found = own_pair(request, pk)
    renewal = renewal_for(request.user, pk)
    if renewal is None:
        return redirect("journeys:pair", pk=pk)
    if request.method == "POST" and request.POST.get("answer") in {"yes", "no"}:
        try:
            renewal = answer(renewal=renewal, carries_on=request.POST["answer"] == "yes", by=request.user)
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect("journeys:pair", pk=pk)
        if renewal.state == RenewalState.ASKED:
            messages.success(request, _("Your answer is kept. Only you can see it."))
            return redirect("journeys:carry_on", pk=pk)
    if renewal.state == RenewalState.AGREED:
        return redirect("agreements:sign_renewal", pk=pk)
    context = {
        "pair": found,
        "scheme": found.scheme,
        "other": name_in(found, found.other(request.user)),
        "renewal": renewal,
        "mine": renewal.answers.filter(person=request.user).first(),
    }
    return private(render(request, "journeys/carry_on.html", context))
