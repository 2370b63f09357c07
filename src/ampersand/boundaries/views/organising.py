"""An organiser gives panels leave to ask, and takes it away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ampersand.boundaries.actions.granting import grant_to_person, grant_to_program, withdraw_grant
from ampersand.boundaries.forms import GrantForm
from ampersand.boundaries.models import Reach
from ampersand.boundaries.queries.asking import grants_in
from ampersand.people.access import PersonRequest, kept_typing, limited
from ampersand.people.rules import Refused
from ampersand.schemes.models import Scheme
from ampersand.schemes.views.organising import for_organisers


@limited("give leave to ask", "30/h", by="person")
@for_organisers
def panels(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """List who may ask, and give someone leave."""
    form = GrantForm(request.POST or None, initial=kept_typing(request))
    token = ""
    if request.method == "POST" and form.is_valid():
        try:
            token = _give(request, scheme, form)
            if not token:
                return redirect("boundaries:panels", scheme.slug)
            form = GrantForm()
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    context = {
        "scheme": scheme,
        "form": form,
        "token": token,
        "grants": grants_in(scheme),
        "now": timezone.now(),
    }
    return render(request, "boundaries/panels.html", context, status=422 if form.errors else 200)


def _give(request: PersonRequest, scheme: Scheme, form: GrantForm) -> str:
    """Give leave as the form says; give back a program's token, to be shown this once."""
    asked = form.cleaned_data
    called, reach, last_day = asked["called"], Reach(asked["reach"]), asked["last_day"]
    if asked["holder"] == "program":
        return grant_to_program(
            scheme=scheme, called=called, reach=reach, last_day=last_day, by=request.user
        )[1]
    email = asked["email"]
    grant_to_person(
        scheme=scheme, called=called, email=email, reach=reach, last_day=last_day, by=request.user
    )
    messages.success(request, _("%(email)s may ask now, and has a letter that says how.") % {"email": email})
    return ""


@require_POST
@for_organisers
def withdraw(request: PersonRequest, scheme: Scheme, pk: int) -> HttpResponse:
    """End someone's leave to ask at once."""
    withdraw_grant(grant=get_object_or_404(scheme.check_grants, pk=pk), by=request.user)
    messages.success(request, _("Withdrawn. Nothing can be asked under it any more."))
    return redirect("boundaries:panels", scheme.slug)
