"""The declarations themselves."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ampersand.people.access.typed import drop_typing, sign_in_first
from ampersand.people.models import Person
from ampersand.questions import Question

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
V = TypeVar("V", bound=Callable[..., Any])


class PersonRequest(HttpRequest):
    """A request that is known to come from a signed-in person."""

    user: Person


PersonView = Callable[Concatenate[PersonRequest, P], HttpResponse]


def _declare(view: V, who: str) -> V:
    declared = require_http_methods(["GET", "HEAD", "POST"])(_head_is_get(view))
    declared.access = who  # type: ignore[attr-defined]
    return declared


def _head_is_get(view: V) -> V:
    """Answer HEAD as the GET that it stands for: no view tells them apart, so none can take it for a POST.

    Whatever carries the answer leaves the body out; so the request says HEAD again once it is answered.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "HEAD":
            return cast(HttpResponse, view(request, *args, **kwargs))
        request.method = "GET"
        try:
            return cast(HttpResponse, view(request, *args, **kwargs))
        finally:
            request.method = "HEAD"

    return cast(V, answered)


def public(view: View[P]) -> View[P]:
    """Let anyone open it."""
    return _declare(view, "anyone")


def with_token(view: View[P]) -> View[P]:
    """Let a program open it that brings a token, which the view itself looks up. No cookie counts here."""
    declared = require_http_methods(["POST"])(csrf_exempt(view))
    declared.access = "programs that hold a token"  # type: ignore[attr-defined]
    return declared


def open_to(who: str) -> Callable[[PersonView[P]], View[P]]:
    """Let signed-in people open it; `who` says in words whose rows they will find there."""

    def declare(view: PersonView[P]) -> View[P]:
        return _declare(_signed_in_first(view), who)

    return declare


def signed_in(view: PersonView[P]) -> View[P]:
    """Let anyone who is signed in open it: the page is about themselves."""
    return _declare(_signed_in_first(view), "anyone signed in")


def operator_only(view: PersonView[P]) -> View[P]:
    """Let the operators of this installation open it; to anyone else it does not exist."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_operator:
            raise Http404
        return second_factor_first(view)(request, *args, **kwargs)

    return _declare(_signed_in_first(cast("PersonView[P]", guarded)), "operators")


def second_factor_first(view: PersonView[P]) -> PersonView[P]:
    """Open it only to someone with a second step at sign-in; others are shown how to set one up.

    Whoever has one has passed it: signing in asks for it, and setting it up ends every other session.
    A demonstration asks nobody.
    """

    @wraps(view)
    def guarded(request: PersonRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if settings.DEMO or has_second_factor(request.user):
            return view(request, *args, **kwargs)
        request.session["second_factor_for"] = request.get_full_path()
        return redirect("mfa_index")

    return cast("PersonView[P]", guarded)


KINDS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
SECOND_FACTOR = Question(
    lambda pk: Authenticator.objects.filter(user=pk, type__in=KINDS).values_list("pk")[:1], int
)


def has_second_factor(person: Person) -> bool:
    """Say whether signing in asks this person for a second step."""
    return bool(SECOND_FACTOR.ask(person.pk))


def _signed_in_first(view: PersonView[P]) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        if request.method == "POST":
            drop_typing(request)
        response = view(cast("PersonRequest", request), *args, **kwargs)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return cast("View[P]", guarded)
