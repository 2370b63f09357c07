"""Following the link in an invitation, and the few pages on which a mentor joins."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ampersand.people.access import PersonRequest, open_to, public
from ampersand.people.rules import Refused
from ampersand.schemes.actions.joining import Offer, join_as_mentor, join_as_organiser
from ampersand.schemes.forms import CalledForm, CapacityForm, OffersForm, ReachForm
from ampersand.schemes.models import Invitation, InvitedAs, Member, Role
from ampersand.schemes.queries import invitation_by_token
from ampersand.schemes.rules import check_can_be_used
from ampersand.schemes.views.steps import Journey, Step

STEPS = (
    Step("name", _("What shall we call you?"), CalledForm),
    Step("reach", _("How can you be reached?"), ReachForm),
    Step(
        "room",
        _("How many people can you take?"),
        CapacityForm,
        _("You can change this whenever you like. Nobody is introduced to you beyond it."),
    ),
    Step("help", _("What can you help with?"), OffersForm),
)


@public
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what one is invited to; signing in leads to the page with the button that joins."""
    found = invitation_by_token(token)
    try:
        check_can_be_used(found)
    except Refused as refusal:
        return _over(request, found, refusal)
    if request.user.is_authenticated:
        return redirect("schemes:accept_invitation", token)
    accept = reverse("schemes:accept_invitation", args=[token])
    context = {"invitation": found, "scheme": found.scheme, "next": accept}
    return render(request, "schemes/invitation.html", context)


@open_to("whoever holds the link in the invitation")
def accept_invitation(request: PersonRequest, token: str) -> HttpResponse:
    """Ask once more under which account, then join, or go to the pages on which a mentor joins."""
    found = invitation_by_token(token)
    try:
        check_can_be_used(found)
        if request.method == "POST":
            return _accepted(request, found, token)
    except Refused as refusal:
        return _over(request, found, refusal)
    return render(request, "schemes/accept_invitation.html", {"invitation": found, "scheme": found.scheme})


def _accepted(request: PersonRequest, found: Invitation, token: str) -> HttpResponse:
    if found.invited_as == InvitedAs.MENTOR:
        return redirect("schemes:join", token, STEPS[0].key)
    if found.invited_as == InvitedAs.MENTEE:
        request.session[f"invited:{found.scheme_id}"] = found.pk
        return redirect("matching:scheme", found.scheme.slug)
    join_as_organiser(invitation=found, person=request.user)
    return redirect("schemes:joined", found.scheme.slug)


def _over(request: HttpRequest, found: Invitation, refusal: Refused) -> HttpResponse:
    context = {"scheme": found.scheme, "sentence": refusal.sentence}
    return render(request, "schemes/invitation_over.html", context, status=410)


def _journey(request: PersonRequest, found: Invitation, token: str) -> Journey:
    return Journey(
        request, f"joining-{found.pk}", STEPS, lambda key: reverse("schemes:join", args=[token, key])
    )


@open_to("whoever holds the link in the invitation")
def join(request: PersonRequest, token: str, step: str) -> HttpResponse:
    """Ask one thing of a new mentor, then the next; last, let them check and join."""
    found = invitation_by_token(token)
    try:
        check_can_be_used(found)
        journey = _journey(request, found, token)
        if step == "check":
            return _check(request, found, journey)
    except Refused as refusal:
        return _over(request, found, refusal)
    if found.invited_as != InvitedAs.MENTOR:
        return redirect("schemes:accept_invitation", token)
    start: Any = Member(capacity=1) if step in {"room", "help"} else request.user
    return journey.show(step, instance=start, context={"scheme": found.scheme})


def _check(request: PersonRequest, found: Invitation, journey: Journey) -> HttpResponse:
    missing = journey.unanswered()
    if missing:
        return redirect(journey.page(missing.key))
    if request.method == "POST":
        join_as_mentor(invitation=found, person=request.user, offer=Offer(**journey.all()))
        journey.forget()
        return redirect("schemes:joined", found.scheme.slug)
    context = {"scheme": found.scheme, "rows": journey.rows()}
    return render(request, "schemes/check_joining.html", context)


@open_to("people who have joined the scheme as mentor or organiser")
def joined(request: PersonRequest, slug: str) -> HttpResponse:
    """Say what happens now that someone has joined."""
    mentors = Member.objects.filter(role=Role.MENTOR, left_at=None).select_related("scheme")
    member = mentors.filter(person=request.user, scheme__slug=slug).first()
    organiser = request.user.organises.filter(scheme__slug=slug).select_related("scheme").first()
    scheme = member.scheme if member else organiser.scheme if organiser else None
    if scheme is None:
        return redirect("dashboard:home")
    context = {"scheme": scheme, "member": member}
    return render(request, "schemes/joined.html", context | _what_next(as_mentor=bool(member)))


def _what_next(*, as_mentor: bool) -> dict[str, object]:
    if as_mentor:
        return {
            "steps": [
                _("An organiser looks for someone you could help."),
                _("You get a letter with their name and the way to their own words."),
                _("You say yes, or ask for someone else; nobody asks why."),
            ],
            "meanwhile": _("You can change how many people you take, also to none, whenever you like."),
        }
    return {
        "steps": [
            _("People ask for a mentor on the scheme's public page."),
            _("You introduce each of them to a mentor with room."),
            _("When both say yes they are a pair, and their agreement opens."),
        ],
        "meanwhile": _("You can invite mentors, and enter people who asked you in another way."),
    }
