"""What was typed into a form whose session had ended: kept until it can be sent."""

import time
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

SHELF = "typed"
HOUR = 3600
MOST = 100_000  # characters, over all fields
NEVER_KEPT = {"csrfmiddlewaretoken", "next", "code", "credential"}
NEVER_KEPT |= {"deciding", "decided_about"}  # whom a conflict check is about stands nowhere

Typing = dict[str, str | list[str]]


def sign_in_first(request: HttpRequest) -> HttpResponse:
    """Ask someone to sign in, keep what they typed, and bring them back to it."""
    part = request.headers.get("HX-Request") == "true"  # htmx asks for a part of the page it is on
    page = _page_of_form(request) if part or request.method == "POST" else request.get_full_path()
    if request.method == "POST":
        _keep(request, page)
    answer = redirect_to_login(page)
    return HttpResponse(status=204, headers={"HX-Redirect": answer.url}) if part else answer


def send_once_more(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page had been open for too long: its words are kept, if it came from here.

    This is Django's view for a form that fails the check against forgery; `reason` is its log line.
    """
    page = _page_of_form(request)
    own = _came_from_here(request)
    if own and request.method == "POST":
        _keep(request, page)
    return render(request, "403_csrf.html", {"page": page if own else ""}, status=403)


def kept_typing(request: HttpRequest) -> Typing:
    """Give what was typed on this page before the session ended, as a form's initial values.

    Reading takes nothing away: the words stay until the form is sent, or an hour.
    """
    kept = request.session.get(SHELF)
    if not kept or kept["page"] != request.path or time.time() - kept["at"] > HOUR:
        return {}
    return dict(kept["fields"])


def drop_typing(request: HttpRequest) -> None:
    """Forget what was kept for a page, now that its form is being sent."""
    kept = request.session.get(SHELF)
    if kept and kept["page"] == urlsplit(_page_of_form(request)).path:
        del request.session[SHELF]


def _keep(request: HttpRequest, page: str) -> None:
    fields: Typing = {}
    room = MOST
    for name, values in request.POST.lists():
        room -= sum(map(len, values))
        if name in NEVER_KEPT or room < 0:
            continue
        fields[name] = str(values[0]) if len(values) == 1 else [str(value) for value in values]
    if fields:
        request.session[SHELF] = {"page": urlsplit(page).path, "at": time.time(), "fields": fields}


def _page_of_form(request: HttpRequest) -> str:
    """Find the page on which a form was shown: a button's own address may answer to POST alone."""
    referer = request.headers.get("Referer", "")
    if referer and url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        parts = urlsplit(referer)
        return "/" + parts.path.lstrip("/") + (f"?{parts.query}" if parts.query else "")
    return request.get_full_path()


def _came_from_here(request: HttpRequest) -> bool:
    """Say whether the browser vouches that a form was on one of our own pages."""
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}"
