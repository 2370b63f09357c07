"""The scheme's agreement: what each clause leads to, a look at it as a mentee, and publishing it."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ampersand.agreements.actions.accepting import as_shown
from ampersand.agreements.actions.publishing import draft_from_builtin, publish
from ampersand.agreements.models import Brought, Template
from ampersand.agreements.views.found import Found
from ampersand.dashboard.forms import DraftForm
from ampersand.dashboard.queries import covered
from ampersand.matching.views.asking import public_page
from ampersand.people.access import PersonRequest
from ampersand.people.rules import Refused
from ampersand.schemes.models import Scheme
from ampersand.schemes.views.organising import for_organisers


def _draft_or_latest(scheme: Scheme) -> Template:
    found = scheme.templates.order_by("-number").first()
    if found is None:
        raise Http404
    return found


@for_organisers
def agreement(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Show what the software does about each clause, with the way to preview and publish."""
    aside = list(scheme.set_aside.defer("read", "corrections"))
    if not scheme.templates.exists():
        context = {"scheme": scheme, "aside": aside, "form": DraftForm()}
        return render(request, "dashboard/no_agreement.html", context)
    template = _draft_or_latest(scheme)
    brought = None if template.published_at else Brought.objects.filter(template=template).first()
    rows = covered(template)
    words = [verdict.word for row in rows for verdict in row.verdicts]
    context = {
        "scheme": scheme,
        "template": template,
        "coverage": rows,
        "language": template.wording().language,
        "counts": {word: words.count(word) for word in dict.fromkeys(words)},
        "versions": scheme.templates.published().order_by("-number"),
        "brought": brought is not None,
        "unseen": Found(brought, template.wording()).unseen if brought else 0,
        "aside": aside,
        "form": DraftForm(initial={"agreement": "peer" if template.by_asking() else "contract"}),
    }
    return render(request, "dashboard/agreement.html", context)


@for_organisers
def preview(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Show the public page exactly as a mentee will find it, under a banner."""
    return public_page(request, scheme, _draft_or_latest(scheme), preview=True)


@for_organisers
def version(request: PersonRequest, scheme: Scheme, number: int) -> HttpResponse:
    """Show one version of the agreement as it is worded."""
    template = get_object_or_404(scheme.templates, number=number)
    context = {"scheme": scheme, "template": template, "document": as_shown(template)}
    return render(request, "dashboard/version.html", context)


@require_POST
@for_organisers
def draft(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Begin the next version with a built-in agreement."""
    form = DraftForm(request.POST)
    if form.is_valid():
        template = draft_from_builtin(scheme=scheme, key=form.cleaned_data["agreement"], by=request.user)
        messages.success(
            request,
            _("Version %(number)s is a draft now. Nobody but organisers sees it.")
            % {"number": template.number},
        )
    else:
        messages.warning(request, _("Choose one of the agreements to begin with."))
    return redirect("dashboard:agreement", scheme.slug)


@require_POST
@for_organisers
def publish_version(request: PersonRequest, scheme: Scheme, number: int) -> HttpResponse:
    """Publish the draft: from now on it never changes."""
    template = get_object_or_404(scheme.templates, number=number)
    try:
        publish(template=template, by=request.user, seen=request.POST.get("stood", ""))
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("dashboard:agreement", scheme.slug)
    return redirect("dashboard:published", scheme.slug, number)


@for_organisers
def published(request: PersonRequest, scheme: Scheme, number: int) -> HttpResponse:
    """Say what comes after publishing."""
    template = get_object_or_404(scheme.templates.published(), number=number)
    context = {
        "scheme": scheme,
        "template": template,
        "address": settings.ADDRESS + reverse("matching:scheme", args=[scheme.slug]),
        "steps": _what_next(scheme),
        "meanwhile": _("You can change the scheme's details, or close it to new requests."),
    }
    return render(request, "dashboard/published.html", context)


def _what_next(scheme: Scheme) -> list[str]:
    if scheme.solo:
        return [
            _("You share the address with those who may want a mentor."),
            _("Whoever asks comes straight to you, and you get a letter."),
            _("You accept, or leave them waiting until you have room."),
        ]
    return [
        _("You invite mentors; each says how many people they can take."),
        _("You share the address with those who may want a mentor."),
        _("When someone asks you get a letter, and introduce them to a mentor with room."),
    ]
