"""Beginning a scheme, changing its details, closing and opening it."""

from copy import copy

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ampersand.dashboard.forms import BeginForm
from ampersand.journeys.joining import begin_scheme
from ampersand.people.access import PersonRequest, kept_typing, open_to
from ampersand.people.rules import Refused
from ampersand.schemes.actions.making import change_scheme, close_to_requests, open_to_requests
from ampersand.schemes.forms import DetailsForm
from ampersand.schemes.models import Scheme
from ampersand.schemes.rules import check_may_make_schemes
from ampersand.schemes.views.organising import for_organisers


@open_to("those who may make schemes here; the page says who they are")
def new_scheme(request: PersonRequest) -> HttpResponse:
    """Begin a scheme."""
    try:
        check_may_make_schemes(request.user)
    except Refused as refusal:
        return render(request, "dashboard/may_not_make.html", {"sentence": refusal.sentence})
    start = {"contact_email": request.user.email, "time_zone": request.user.time_zone, "agreement": "peer"}
    form = BeginForm(request.POST or None, initial={**start, **kept_typing(request)})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            scheme = begin_scheme(
                details=form.details(),
                agreement=chosen["agreement"],
                by=request.user,
                capacity=chosen["capacity"] or 0,
            )
            own = chosen["agreement"] == "own"
            return redirect("agreements:bring" if own else "dashboard:agreement", scheme.slug)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    return render(request, "dashboard/new_scheme.html", {"form": form}, status=422 if form.errors else 200)


@for_organisers
def details(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Change a scheme's details."""
    form = DetailsForm(request.POST or None, instance=copy(scheme), initial=kept_typing(request))
    if request.method == "POST" and form.is_valid():
        try:
            scheme = change_scheme(scheme=scheme, details=form.details(), by=request.user)
            messages.success(request, _("Saved."))
            return redirect("dashboard:overview", scheme.slug)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    context = {"scheme": scheme, "form": form}
    return render(request, "dashboard/details.html", context, status=422 if form.errors else 200)


@require_POST
@for_organisers
def close(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Take no new requests."""
    close_to_requests(scheme=scheme, by=request.user)
    messages.success(request, _("Closed: nobody new can ask. Those who wait and all pairs go on."))
    return redirect("dashboard:overview", scheme.slug)


@require_POST
@for_organisers
def reopen(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Take requests again."""
    open_to_requests(scheme=scheme, by=request.user)
    messages.success(request, _("Open: people can ask for a mentor again."))
    return redirect("dashboard:overview", scheme.slug)
