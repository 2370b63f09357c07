"""A person's own pages: what they are called, where they are signed in, what is kept about them."""

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ampersand.people.access import PersonRequest, kept_typing, limited, signed_in
from ampersand.people.actions import change_account, end_sessions, take_data
from ampersand.people.forms import AccountForm
from ampersand.people.queries import device_of
from ampersand.record.queries import history_of, in_words


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: PersonRequest) -> HttpResponse:
    """Show and change what an account holds."""
    was_new = not request.user.called
    form = AccountForm(request.POST or None, instance=request.user, initial=kept_typing(request))
    if request.method == "POST" and form.is_valid():
        change_account(person=form.save(commit=False))
        messages.success(request, _("Saved."))
        return redirect("/" if was_new else "people:account")
    return render(request, "people/account.html", {"form": form})


@signed_in
@require_safe
def sessions(request: PersonRequest) -> HttpResponse:
    """List where a person is signed in."""
    found = sorted(UserSession.objects.purge_and_list(request.user), key=lambda each: each.created_at)
    devices = [(each, device_of(each.user_agent)) for each in found]
    return render(request, "people/sessions.html", {"sessions": devices})


@signed_in
@require_POST
def end_session(request: PersonRequest, pk: int) -> HttpResponse:
    """Sign out in one place."""
    session = UserSession.objects.filter(user=request.user, pk=pk).first()
    if session is None:
        raise Http404
    end_sessions(person=request.user, by=request.user, which=[session])
    return redirect("people:sessions")


@signed_in
@require_POST
def end_others(request: PersonRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    end_sessions(person=request.user, by=request.user, which=list(others))
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("people:sessions")


@signed_in
@require_safe
def history(request: PersonRequest) -> HttpResponse:
    """Tell a person in plain words what the record holds of their doing."""
    entries = history_of(request.user.pk, [f"person:{request.user.pk}"])
    page = Paginator(entries, 50).get_page(request.GET.get("page"))
    told = [{"entry": entry, "words": in_words(entry, reader=request.user.pk)} for entry in page]
    return render(request, "people/history.html", {"page": page, "told": told})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@limited("take my data", "10/h", by="person")
def my_data(request: PersonRequest) -> HttpResponse:
    """Hand over everything kept about a person."""
    if request.method != "POST":
        return render(request, "people/my-data.html")
    disposition = {"Content-Disposition": 'attachment; filename="my-data.zip"'}
    packed = take_data(person=request.user, by=request.user)
    return HttpResponse(packed, content_type="application/zip", headers=disposition)
