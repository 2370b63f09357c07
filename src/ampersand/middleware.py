"""What every answer carries, and where every question came from."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from ampersand.people.access import tell_refusal

Answering = Callable[[HttpRequest], HttpResponse]

# Beside the policy and the headers that Django sets itself: a browser may do little with our pages.
HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def same_headers(answer: Answering) -> Answering:
    """Set the same headers on every answer, errors and static files included."""

    def headed(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response

    return headed


REFUSED = {400: "not understood", 403: "forged or too old", 405: "method refused", 429: "too often"}


def refusals_told(answer: Answering) -> Answering:
    """Tell the log of what was refused, and of what someone signed in asked for that is not for them."""

    def watched(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if response.status_code in REFUSED:
            tell_refusal(request, REFUSED[response.status_code])
        elif response.status_code == 404 and request.resolver_match and _is_signed_in(request):
            tell_refusal(request, "not there, or not theirs")
        return response

    return watched


def _is_signed_in(request: HttpRequest) -> bool:
    return hasattr(request, "user") and bool(request.user.is_authenticated)


def no_such_address(answer: Answering) -> Answering:
    """Find nothing at an address with a sign in it that no column of the database takes."""

    def looked_for(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404
        return answer(request)

    return looked_for


def client_address(answer: Answering) -> Answering:
    """Behind our own proxy, take the address that it saw: the last one it wrote down, not what came before.

    Without AMPERSAND_BEHIND_PROXY the header means nothing: anyone can write one.
    """

    def addressed(request: HttpRequest) -> HttpResponse:
        if settings.BEHIND_PROXY:
            last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
            if last:
                request.META["REMOTE_ADDR"] = last
        return answer(request)

    return addressed
