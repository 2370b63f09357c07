"""Signing in by a code from a letter, and signing out. Following a link never changes anything."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ampersand.people.access import limited, public, tell_refusal
from ampersand.people.actions import ask_for_code, confirm_code
from ampersand.people.forms import AddressForm, CodeForm
from ampersand.people.models import Person, SignInCode
from ampersand.people.rules import Refused

ASKED = "asked_for_code"


def typed_address(request: HttpRequest) -> str:
    """Give the address that a limit counts by: the one typed, or the one a new code would go to."""
    asked, _onward = _asked(request)
    return str(request.POST.get("email") or (asked.email if asked else "")).strip().lower()


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("ask for a code", "60/10m")
@limited("ask for a code for one address", "6/10m", by=typed_address)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and send a code there; new or known makes no difference."""
    onward = _onward(request)
    if request.user.is_authenticated:
        return redirect(onward or "/")
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _send(request, form.cleaned_data["email"], onward)
        return redirect("people:enter_code")
    context = {"form": form, "onward": onward, "typed": bool(request.session.get("typed"))}
    return render(request, "people/sign-in.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("try a code", "60/10m")
def enter_code(request: HttpRequest) -> HttpResponse:
    """Take the code from the letter."""
    if request.user.is_authenticated:
        return redirect("/")
    asked, onward = _asked(request)
    if asked is None:
        return redirect("people:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = confirm_code(asked=asked.pk, typed=form.cleaned_data["code"])
        except Refused as refusal:
            tell_refusal(request, "wrong code")
            form.add_error("code", refusal.sentence)
        else:
            return _enter(request, person, onward)
    return render(request, "people/enter-code.html", {"form": form, "email": asked.email})


@public
@require_POST
@limited("ask for a code", "60/10m")
@limited("ask for a code for one address", "6/10m", by=typed_address)
def send_new_code(request: HttpRequest) -> HttpResponse:
    """Send another code to the same address."""
    asked, onward = _asked(request)
    if asked is None:
        return redirect("people:sign_in")
    _send(request, asked.email, onward)
    return redirect("people:enter_code")


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session and forget everything kept in it."""
    logout(request)
    return redirect("people:signed_out")


@public
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say that the session has ended."""
    return render(request, "people/signed-out.html")


def _send(request: HttpRequest, email: str, onward: str) -> None:
    asked = ask_for_code(email=email)
    request.session[ASKED] = {"pk": asked.pk, "onward": onward}


def _asked(request: HttpRequest) -> tuple[SignInCode | None, str]:
    """Find the code asked for in this browser; the address stands in its row alone, never in the session."""
    kept = request.session.get(ASKED) or {"pk": 0, "onward": ""}
    return SignInCode.objects.filter(pk=kept["pk"]).first(), kept["onward"]


def _enter(request: HttpRequest, person: Person, onward: str) -> HttpResponse:
    """Hand over to allauth: it asks for the second step where there is one, and cycles the session."""
    del request.session[ASKED]
    onward = onward or ("/" if person.called else reverse("people:account"))
    response: HttpResponse = perform_login(
        request, Login(user=person, redirect_url=onward, email=person.email)
    )
    return response


def _onward(request: HttpRequest) -> str:
    onward = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure())
    return onward if safe else ""


@public
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Say that an account is closed."""
    return render(request, "people/closed.html")
