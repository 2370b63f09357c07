"""The pages on which a person leaves: altogether, or one scheme; and on which organisers take someone out."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ampersand.journeys.leaving import check_may_leave, leave
from ampersand.journeys.leaving.scheme import check_may_leave_scheme, leave_scheme, remove_from_scheme
from ampersand.pairs.models import Pair
from ampersand.people.access import PersonRequest, open_to, public, signed_in
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.models import Scheme
from ampersand.schemes.queries import is_member
from ampersand.schemes.views.organising import for_organisers


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def leave_altogether(request: PersonRequest) -> HttpResponse:
    """Say what will happen, and on a press of the button do it."""
    refusal = ""
    try:
        if request.method == "POST":
            leave(person=request.user, by=request.user.pk)
            logout(request)
            return redirect("leaving:left")
        check_may_leave(request.user)
    except Refused as refused:
        refusal = refused.sentence
    return render(request, "journeys/leave.html", {"refusal": refusal})


@public
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """Say that it is done."""
    return render(request, "journeys/left.html")


@open_to("members of the scheme")
@require_http_methods(["GET", "HEAD", "POST"])
def leave_one_scheme(request: PersonRequest, slug: str) -> HttpResponse:
    """Say what leaving a scheme means, and on a press of the button do it."""
    rows = Scheme.objects.filter(members__person=request.user, members__left_at=None).distinct()
    scheme = get_object_or_404(rows, slug=slug)
    refusal = ""
    try:
        if request.method == "POST":
            leave_scheme(scheme=scheme, person=request.user)
            return redirect("leaving:left_scheme", slug)
        check_may_leave_scheme(scheme, request.user)
    except Refused as refused:
        refusal = refused.sentence
    context = {"scheme": scheme, "refusal": refusal, "running": _running(scheme, request.user)}
    return render(request, "journeys/leave_scheme.html", context)


@open_to("whoever has left the scheme")
def left_one_scheme(request: PersonRequest, slug: str) -> HttpResponse:
    """Say that it is done, and how to come back."""
    rows = Scheme.objects.filter(members__person=request.user, members__left_at__isnull=False).distinct()
    scheme = get_object_or_404(rows, slug=slug)
    if is_member(request.user, scheme):
        raise Http404
    return render(request, "journeys/left_scheme.html", {"scheme": scheme})


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def remove_member(request: PersonRequest, scheme: Scheme, pk: int) -> HttpResponse:
    """Take someone out of the scheme, after one question and with nowhere to write a reason."""
    member = get_object_or_404(scheme.members.select_related("person"), pk=pk, left_at=None)
    refusal = ""
    try:
        if request.method == "POST":
            remove_from_scheme(scheme=scheme, person=member.person, by=request.user)
            messages.success(request, _("%(name)s is no longer in the scheme.") % {"name": member.person})
            return redirect("dashboard:people", scheme.slug)
        check_may_leave_scheme(scheme, member.person)
    except Refused as refused:
        refusal = refused.sentence
    context = {
        "scheme": scheme,
        "member": member,
        "refusal": refusal,
        "running": _running(scheme, member.person),
    }
    return render(request, "journeys/remove_member.html", context)


def _running(scheme: Scheme, person: Person) -> list[Pair]:
    return list(Pair.objects.of(person).running().filter(scheme=scheme).select_related("mentor", "mentee"))


app_name = "leaving"
urlpatterns = [
    path("account/leave/", leave_altogether, name="leave"),
    path("left/", left, name="left"),
    path("s/<slug:slug>/leave/", leave_one_scheme, name="leave_scheme"),
    path("s/<slug:slug>/left/", left_one_scheme, name="left_scheme"),
    path("s/<slug:slug>/organise/people/<int:pk>/remove/", remove_member, name="remove"),
]
