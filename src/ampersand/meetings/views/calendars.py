"""A person's own calendars: when they are busy is left out, and their meetings stand in them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.meetings.actions import calendars as deeds
from ampersand.meetings.actions.times import replace_feed, wishes_for
from ampersand.meetings.forms.calendars import FileForm, SubscribeForm
from ampersand.meetings.models import Subscription
from ampersand.meetings.queries.calendars import trouble_in_words
from ampersand.meetings.queries.times import calendars_of, wishes_of
from ampersand.meetings.views.shared import private
from ampersand.people.access import PersonRequest, kept_typing, limited, signed_in
from ampersand.people.models import Person
from ampersand.people.rules import Refused

ADD: dict[str, Callable[..., Subscription]] = {"address": deeds.subscribe, "file": deeds.upload}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@limited("add a calendar", "30/h", by="person")
def calendars(request: PersonRequest) -> HttpResponse:
    """Show a person's calendars and their private address, and take in one more calendar."""
    kind = str(request.POST.get("kind", ""))
    offered = _offered(request, kind)
    if request.method == "POST":
        form = offered.get(kind)
        if form is not None and form.is_valid():
            try:
                ADD[kind](person=request.user, **_given(form))
            except Refused as refused:
                form.add_error(kind, refused.sentence)
            else:
                messages.success(request, _("Added. Times at which you are busy are left out from now on."))
                return redirect("meetings:calendars")
    context = {
        "forms": offered,
        "calendars": [
            {"calendar": each, "trouble": trouble_in_words(each)} for each in calendars_of(request.user)
        ],
        "feed": _feed(request.user),
    }
    status = 422 if request.method == "POST" else 200
    return private(render(request, "meetings/calendars.html", context, status=status))


def _offered(request: PersonRequest, kind: str) -> dict[str, forms.Form]:
    """Give the two forms; the one that was sent holds what was typed into it."""
    sent = {kind: request.POST} if request.method == "POST" else {}
    kept = kept_typing(request)
    return {
        "address": SubscribeForm(sent.get("address"), initial=kept, auto_id="address_%s"),
        "file": FileForm(sent.get("file"), request.FILES or None, auto_id="file_%s"),
    }


def _given(form: forms.Form) -> dict[str, Any]:
    """Give what was sent, as the action takes it: of a file its bytes."""
    found = dict(form.cleaned_data)
    return found | {"file": found["file"].read()} if "file" in found else found


def _feed(person: Person) -> str:
    """Give a person's private address, once they have asked for one."""
    found = wishes_of(person)
    if found.pk is None:
        return ""
    return settings.ADDRESS + reverse("meetings:feed", args=[found.feed_token])


@signed_in
@require_POST
def new_feed(request: PersonRequest) -> HttpResponse:
    """Make a private address; one that was there before is good no longer."""
    if wishes_of(request.user).pk is None:
        wishes_for(person=request.user)
        messages.success(request, _("Here is your address."))
    else:
        replace_feed(person=request.user)
        messages.success(request, _("Here is your new address. The old one shows nothing any more."))
    return redirect(f"{reverse('meetings:calendars')}#feed")


@signed_in
@require_POST
def look_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Have a calendar read now."""
    deeds.look_again(calendar=_own(request, pk), by=request.user)
    messages.success(request, _("It will be read in a few minutes."))
    return redirect("meetings:calendars")


@signed_in
@require_POST
def unsubscribe(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a calendar away, and with it the times that it blocked."""
    deeds.take_away(calendar=_own(request, pk), by=request.user)
    messages.success(request, _("Removed. Its times are no longer left out."))
    return redirect("meetings:calendars")


def _own(request: PersonRequest, pk: int) -> Subscription:
    found = Subscription.objects.filter(person=request.user, pk=pk).first()
    if found is None:
        raise Http404
    return found
