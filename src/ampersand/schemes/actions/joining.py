"""Joining a scheme by an invitation, and what a mentor says of themselves."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ampersand.people.models import Person
from ampersand.people.rules import check_is_here
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.schemes.models import Invitation, Member, Organiser, Role
from ampersand.schemes.notices import tell_joined
from ampersand.schemes.rules import check_can_be_used


@dataclass(frozen=True, kw_only=True)
class Offer:
    """What a mentor says on joining."""

    called: str
    reach: str = ""
    message_safe: bool | None = None
    capacity: int = 0
    offers: str = ""


@transaction.atomic
def join_as_mentor(*, invitation: Invitation, person: Person, offer: Offer) -> Member:
    """Become a mentor of the scheme; whoever holds the link is the one invited."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    check_is_here(person)
    invitation = _use(invitation)
    person.called, person.reach, person.message_safe = offer.called, offer.reach, offer.message_safe
    person.save(update_fields=["called", "reach", "message_safe"])
    member, _made = Member.objects.update_or_create(
        scheme=invitation.scheme,
        person=person,
        role=Role.MENTOR,
        defaults={"capacity": offer.capacity, "offers": offer.offers, "left_at": None},
    )
    tell_joined(invitation, person)
    note_down(verb=Verb.MENTOR_JOINED, by=person.pk, about=f"member:{member.pk}", scheme=invitation.scheme_id)
    return member


@transaction.atomic
def join_as_organiser(*, invitation: Invitation, person: Person) -> Organiser:
    """Become an organiser of the scheme."""
    invitation = _use(invitation)
    organiser, made = Organiser.objects.get_or_create(scheme=invitation.scheme, person=person)
    if made:
        tell_joined(invitation, person)
        note_down(
            verb=Verb.ORGANISER_JOINED,
            by=person.pk,
            about=f"organiser:{organiser.pk}",
            scheme=invitation.scheme_id,
        )
    return organiser


def use_as_mentee(*, invitation: Invitation, person: Person) -> None:
    """Count the invitation of someone entered by hand as used, now that they have asked for themselves."""
    _use(invitation)


def _use(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",), no_key=True).select_related("scheme")
    invitation = rows.get(pk=invitation.pk)
    check_can_be_used(invitation)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return invitation
