"""A scheme's public page, and asking for a mentor, one thing per page."""

from typing import Any, TypedDict, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ampersand.agreements.actions.accepting import as_shown
from ampersand.agreements.models import Template
from ampersand.agreements.queries import wording_in_use
from ampersand.agreements.views.shared import sheet_as_read
from ampersand.matching.actions.asking import Asking, ask
from ampersand.matching.forms import DeclarationsForm, WishForm
from ampersand.matching.models import Request
from ampersand.matching.queries import MANY, availability, open_request, usual_wait
from ampersand.matching.rules import check_has_no_mentor_here, check_takes_requests
from ampersand.people.access import PersonRequest, limited, open_to, public
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.forms import CalledForm, ReachForm
from ampersand.schemes.models import Invitation, Scheme
from ampersand.schemes.queries import is_member, public_scheme
from ampersand.schemes.views.steps import Journey, Step

STEPS = (
    Step("name", gettext_lazy("What shall we call you?"), CalledForm),
    Step("reach", gettext_lazy("How can you be reached?"), ReachForm),
    Step("hope", gettext_lazy("What do you hope for?"), WishForm),
)


class Declared(TypedDict):
    """What was declared, and of which text, while the other answers are being given."""

    fingerprint: str
    declarations: list[str]


def public_page(
    request: HttpRequest, scheme: Scheme, template: Template, *, preview: bool = False
) -> HttpResponse:
    """Show the whole agreement, then the button. An organiser's preview is this very page."""
    document, found = as_shown(template), availability(scheme)
    context = {
        "scheme": scheme,
        "template": template,
        "document": document,
        "sheet": sheet_as_read(document),
        "waiting": found.waiting,
        "many": MANY,
        "usual": usual_wait(scheme),
        "room": found.room,
        "preview": preview,
        "mine": open_request(request.user, scheme) if isinstance(request.user, Person) else None,
        "member": isinstance(request.user, Person) and is_member(request.user, scheme),
    }
    return render(request, "matching/scheme.html", context)


@public
@require_safe
def scheme_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a scheme and its whole agreement to anyone."""
    template = wording_in_use(slug)
    return public_page(request, template.scheme, template)


@public
@limited("declare before asking", "60/10m")
def declare(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the declarations that the agreement needs, of someone who comes from having read it."""
    scheme = public_scheme(slug)
    refusal = _why_not(scheme, request.user if isinstance(request.user, Person) else None)
    if refusal:
        return refusal
    template = wording_in_use(slug)
    form = DeclarationsForm(
        request.POST or None,
        declarations=template.wording().declarations,
        initial={"read": request.GET.get("read", "")},
    )
    if as_shown(template).fingerprint != (request.POST.get("read") or request.GET.get("read")):
        return _read_first(request, scheme)
    if request.method == "POST" and form.is_valid():
        declared = Declared(fingerprint=form.cleaned_data["read"], declarations=form.declared())
        request.session[f"declared:{scheme.pk}"] = declared
        return redirect("matching:ask", slug, STEPS[0].key)
    context = {"scheme": scheme, "form": form}
    return render(request, "matching/declare.html", context, status=422 if form.errors else 200)


def _read_first(request: HttpRequest, scheme: Scheme) -> HttpResponse:
    """Send back to the agreement whoever has not read it, or has read another text."""
    if request.POST.get("read") or request.GET.get("read"):
        messages.warning(
            request, _("The agreement has changed since you read it. Please read it again, then ask.")
        )
    return redirect("matching:scheme", scheme.slug)


def _why_not(scheme: Scheme, person: Person | None) -> HttpResponse | None:
    """Lead those who cannot ask now to the page that says so, or to the request they have."""
    mine = open_request(person, scheme) if person else None
    if mine:
        return redirect("matching:request", mine.pk)
    try:
        check_takes_requests(scheme)
        if person:
            check_has_no_mentor_here(scheme, person)
    except Refused:
        return redirect("matching:not_now", scheme.slug)
    return None


@public
@require_safe
def not_now(request: HttpRequest, slug: str) -> HttpResponse:
    """Say why asking is not possible, and what is."""
    scheme = public_scheme(slug)
    try:
        check_takes_requests(scheme)
        if isinstance(request.user, Person):
            check_has_no_mentor_here(scheme, request.user)
    except Refused as refusal:
        return render(request, "matching/not_now.html", {"scheme": scheme, "sentence": refusal.sentence})
    return redirect("matching:scheme", slug)


@open_to("the person who asks")
def ask_step(request: PersonRequest, slug: str, step: str) -> HttpResponse:
    """Ask one thing, then the next; last, let the person check their answers and ask."""
    scheme = public_scheme(slug)
    refusal = _why_not(scheme, request.user)
    if refusal:
        return refusal
    declared = cast("Declared | None", request.session.get(f"declared:{scheme.pk}"))
    if declared is None:
        return redirect("matching:scheme", slug)
    journey = Journey(
        request, f"asking-{scheme.pk}", STEPS, lambda key: reverse("matching:ask", args=[slug, key])
    )
    if step == "check":
        return _check(request, scheme, journey, declared)
    start: Any = Request() if step == "hope" else request.user
    return journey.show(step, instance=start, context={"scheme": scheme})


def _check(request: PersonRequest, scheme: Scheme, journey: Journey, declared: Declared) -> HttpResponse:
    missing = journey.unanswered()
    if missing:
        return redirect(journey.page(missing.key))
    template = wording_in_use(scheme.slug)
    if request.method == "POST":
        try:
            made = ask(
                template=template,
                person=request.user,
                asking=Asking(**journey.all()),
                declarations=declared["declarations"],
                fingerprint=declared["fingerprint"],
                invitation=_invitation(request, scheme),
            )
        except Refused as refusal:
            messages.warning(request, refusal.sentence)
            return redirect("matching:scheme", scheme.slug)
        journey.forget()
        request.session.pop(f"declared:{scheme.pk}", None)
        return redirect("matching:request", made.pk)
    declarations = [d.sentence for d in template.wording().declarations if d.term in declared["declarations"]]
    context = {
        "scheme": scheme,
        "rows": journey.rows(),
        "declarations": declarations,
        "template": template,
    }
    return render(request, "matching/check.html", context)


def _invitation(request: HttpRequest, scheme: Scheme) -> Invitation | None:
    """Find the invitation by which someone entered by hand came here."""
    pk = request.session.pop(f"invited:{scheme.pk}", None)
    return Invitation.objects.filter(pk=pk, scheme=scheme).first() if pk else None
