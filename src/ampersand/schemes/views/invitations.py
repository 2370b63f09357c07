"""An organiser's list of invitations: send, send again, withdraw."""

from typing import Protocol

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ampersand.people.access import PersonRequest, kept_typing, limited
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.actions.inviting import Sent, invite, send_invitation_again, withdraw_invitation
from ampersand.schemes.forms import InviteForm
from ampersand.schemes.models import Invitation, InvitedAs, Scheme
from ampersand.schemes.queries import open_invitations
from ampersand.schemes.views.organising import for_organisers

ON_A_PAGE = 50


class Deed(Protocol):
    """Something an organiser does to one invitation."""

    def __call__(self, *, invitation: Invitation, by: Person) -> None: ...


@limited("invite people", "30/h", by="person")
@for_organisers
def invitations(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """List the open invitations and send new ones."""
    wanted = request.GET.get("as", InvitedAs.MENTOR)
    form = InviteForm(request.POST or None, initial={"invited_as": wanted, **kept_typing(request)})
    if request.method == "POST" and form.is_valid():
        sent = invite(
            scheme=scheme,
            emails=form.cleaned_data["emails"],
            invited_as=InvitedAs(form.cleaned_data["invited_as"]),
            by=request.user,
        )
        messages.success(request, _in_words(sent))
        return redirect("schemes:invitations", scheme.slug)
    context = {
        "scheme": scheme,
        "form": form,
        "invitations": Paginator(open_invitations(scheme), ON_A_PAGE).get_page(request.GET.get("sent")),
        "now": timezone.now(),
    }
    return render(request, "schemes/invitations.html", context, status=422 if form.errors else 200)


def _in_words(sent: Sent) -> str:
    words = []
    if sent.invited:
        count = len(sent.invited)
        words.append(
            ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", count)
            % {"count": count}
        )
    if sent.invited_before:
        words.append(
            _("Invited before and still able to answer, so not written to again: %(who)s.")
            % {"who": ", ".join(sent.invited_before)}
        )
    return " ".join(words)


@require_POST
@limited("send an invitation again", "60/h", by="person")
@for_organisers
def send_again(request: PersonRequest, scheme: Scheme, pk: int) -> HttpResponse:
    """Write an invitation again, with a new link."""
    sentence = _("%(email)s gets a new letter. The link in the earlier one no longer works.")
    return _do(request, scheme, pk, send_invitation_again, sentence)


@require_POST
@for_organisers
def withdraw(request: PersonRequest, scheme: Scheme, pk: int) -> HttpResponse:
    """Make an invitation's link stop working."""
    sentence = _("The invitation of %(email)s is withdrawn. You can invite them again.")
    return _do(request, scheme, pk, withdraw_invitation, sentence)


def _do(request: PersonRequest, scheme: Scheme, pk: int, deed: Deed, sentence: str) -> HttpResponse:
    invitation = get_object_or_404(scheme.invitations, pk=pk)
    try:
        deed(invitation=invitation, by=request.user)
        messages.success(request, sentence % {"email": invitation.email})
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("schemes:invitations", scheme.slug)
