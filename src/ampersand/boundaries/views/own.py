"""Everyone's own pages: what binds me, who asked about me, whom I must not meet, my professional number."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ampersand.boundaries.actions.declaring import declare_conflict, give_number, take_conflict_back
from ampersand.boundaries.forms import ConflictForm, NumberForm
from ampersand.boundaries.models import DeclaredConflict, ProfessionalNumber
from ampersand.boundaries.queries.asking import asked_about
from ampersand.boundaries.queries.binding import bound_anywhere
from ampersand.people.access import PersonRequest, kept_typing, limited, signed_in
from ampersand.people.rules import Refused

ON_A_PAGE = 25


@signed_in
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """Show what binds a person, and every conflict check that concerned them."""
    context = {
        "boundaries": bound_anywhere(request.user),
        "asked": Paginator(asked_about(request.user), ON_A_PAGE).get_page(request.GET.get("asked")),
    }
    return render(request, "boundaries/mine.html", context)


@signed_in
@limited("declare a conflict", "60/h", by="person")
def apart(request: PersonRequest) -> HttpResponse:
    """Show and declare whom a person must not be brought together with."""
    form = ConflictForm(request.POST or None, initial=kept_typing(request))
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data
            declare_conflict(by=request.user, written=said["who"], own_word=said["own_word"])
            messages.success(
                request, _("Kept. You will not be introduced to each other, and nobody is told.")
            )
            return redirect("boundaries:apart")
        except Refused as refusal:
            form.add_error("who", refusal.sentence)
    declared = DeclaredConflict.objects.visible_to(request.user).order_by("-declared_at", "-pk")
    context = {"form": form, "declared": declared}
    return render(request, "boundaries/apart.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a declared conflict back."""
    found = get_object_or_404(DeclaredConflict.objects.visible_to(request.user), pk=pk)
    take_conflict_back(conflict=found, by=request.user)
    messages.success(request, _("Taken back."))
    return redirect("boundaries:apart")


@signed_in
@limited("give a number", "60/h", by="person")
def number(request: PersonRequest) -> HttpResponse:
    """Show and change a person's professional number."""
    kept = ProfessionalNumber.objects.filter(person=request.user).first()
    form = NumberForm(
        request.POST or None, initial={"number": kept.number if kept else "", **kept_typing(request)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            give_number(person=request.user, number=form.cleaned_data["number"])
            messages.success(request, _("Saved."))
            return redirect("boundaries:number")
        except Refused as refusal:
            form.add_error("number", refusal.sentence)
    return render(request, "boundaries/number.html", {"form": form}, status=422 if form.errors else 200)
