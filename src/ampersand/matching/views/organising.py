"""An organiser introduces someone who waits to a mentor with room."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ampersand.matching.actions.introducing import introduce, take_back
from ampersand.matching.forms import IntroduceForm
from ampersand.matching.models import Introduction, RequestState
from ampersand.matching.queries import (
    did_not_go_ahead,
    mentors_with_room,
    not_for,
    offered_introduction,
)
from ampersand.people.access import PersonRequest
from ampersand.people.rules import Refused
from ampersand.schemes.models import Scheme
from ampersand.schemes.views.organising import for_organisers

ON_A_PAGE = 20


@for_organisers
def introduce_to(request: PersonRequest, scheme: Scheme, pk: int) -> HttpResponse:
    """Choose a mentor with room for someone who waits."""
    found = get_object_or_404(scheme.requests.select_related("mentee", "scheme"), pk=pk)
    with_room = mentors_with_room(scheme).exclude(person__in=not_for(found))
    members = Paginator(with_room, ON_A_PAGE).get_page(request.GET.get("mentors"))
    tried = did_not_go_ahead(found, list(members))
    form = IntroduceForm(request.POST or None, scheme=scheme, members=list(members), tried=tried)
    if request.method == "POST" and form.is_valid():
        try:
            introduce(
                request=found,
                mentor=form.cleaned_data["mentor"],
                by=request.user,
                again=bool(form.cleaned_data.get("again")),
            )
            messages.success(request, _("Both are told. You see here when a pair comes of it, or not."))
            return redirect("dashboard:overview", scheme.slug)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    context = {
        "scheme": scheme,
        "request_made": found,
        "waits": found.state == RequestState.WAITING,
        "introduction": offered_introduction(found),
        "members": members,
        "form": form,
    }
    return render(request, "matching/introduce.html", context, status=422 if form.errors else 200)


@require_POST
@for_organisers
def take_back_introduction(request: PersonRequest, scheme: Scheme, pk: int) -> HttpResponse:
    """Take back an introduction that is still open."""
    found = get_object_or_404(Introduction, pk=pk, request__scheme=scheme)
    try:
        take_back(introduction=found, by=request.user)
        messages.success(request, _("Taken back. Both are told, and the mentee waits at the old place."))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("dashboard:overview", scheme.slug)
