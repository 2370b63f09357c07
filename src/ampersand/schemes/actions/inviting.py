"""Inviting people by letter. The link is in the letter only; the database keeps its hash."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.schemes.models import Invitation, InvitedAs, Scheme
from ampersand.schemes.notices import tell_invited
from ampersand.schemes.queries import token_hash

LASTS = timedelta(days=14)
VERBS = {
    InvitedAs.ORGANISER: Verb.ORGANISER_INVITED,
    InvitedAs.MENTOR: Verb.MENTOR_INVITED,
    InvitedAs.MENTEE: Verb.PERSON_ENTERED,
}


@dataclass(frozen=True)
class Sent:
    """What became of a list of addresses."""

    invited: tuple[str, ...]
    invited_before: tuple[str, ...]


@transaction.atomic
def invite(*, scheme: Scheme, emails: Sequence[str], invited_as: InvitedAs, by: Person) -> Sent:
    """Invite each address once; one whose invitation is still good is left alone."""
    scheme = Scheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)
    earlier = {
        i.email: i
        for i in scheme.invitations.filter(
            invited_as=invited_as, email__in=emails, accepted_at=None, withdrawn_at=None
        )
    }
    invited, before = [], []
    for email in dict.fromkeys(emails):
        invitation = earlier.get(email)
        if invitation and invitation.expires_at > timezone.now():
            before.append(email)
            continue
        _send(invitation or Invitation(scheme=scheme, email=email, invited_as=invited_as), by)
        invited.append(email)
    return Sent(tuple(invited), tuple(before))


@transaction.atomic
def send_invitation_again(*, invitation: Invitation, by: Person) -> None:
    """Write the letter again with a new link; the old link stops working."""
    _send(_locked_open(invitation), by)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Person) -> None:
    """Make an invitation's link stop working."""
    invitation = _locked_open(invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    _note(Verb.INVITATION_WITHDRAWN, invitation, by)


def _locked_open(invitation: Invitation) -> Invitation:
    invitation = Invitation.objects.select_for_update(of=("self",), no_key=True).get(pk=invitation.pk)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused(_("This invitation was used or withdrawn meanwhile. Nothing more was done."))
    return invitation


def _send(invitation: Invitation, by: Person) -> None:
    token = secrets.token_urlsafe(32)
    invitation.token_hash = token_hash(token)
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + LASTS
    invitation.save()
    tell_invited(invitation, token=token, by=by)
    _note(VERBS[InvitedAs(invitation.invited_as)], invitation, by)


def _note(verb: Verb, invitation: Invitation, by: Person) -> None:
    note_down(verb=verb, by=by.pk, about=f"invitation:{invitation.pk}", scheme=invitation.scheme_id)
