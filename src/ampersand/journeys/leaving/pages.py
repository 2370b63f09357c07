"""The page on which a person leaves."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from ampersand.journeys.leaving import check_may_leave, leave
from ampersand.people.access import PersonRequest, public, signed_in
from ampersand.people.rules import Refused


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
def left(request: HttpRequest) -> HttpResponse:
    """Say that it is done."""
    return render(request, "journeys/left.html")


app_name = "leaving"
urlpatterns = [
    path("account/leave/", leave_altogether, name="leave"),
    path("left/", left, name="left"),
]
