"""What is read about schemes, their people and their invitations."""

import hashlib
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ampersand.people.models import Person
from ampersand.questions import Question
from ampersand.schemes.models import Invitation, Member, Role, Scheme, SchemeState

ORGANISED = Question(lambda pk, slug: Scheme.objects.organised_by(Person(pk=pk)).filter(slug=slug), int, str)


def organised_scheme(person: Person, slug: str) -> Scheme:
    """Give the scheme that a person organises; to anyone else it does not exist here."""
    for found in ORGANISED.ask(person.pk, slug):
        return found
    raise Http404


def public_scheme(slug: str) -> Scheme:
    """Give a scheme that has been published, open or closed."""
    return get_object_or_404(Scheme.objects.exclude(state=SchemeState.DRAFT), slug=slug)


OPEN_SCHEMES = Question(lambda: Scheme.objects.open_to_requests().order_by("name"))


def open_schemes() -> list[Scheme]:
    return OPEN_SCHEMES.ask()


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_by_token(token: str) -> Invitation:
    """Find an invitation by its link; only the hash of the link is kept."""
    found = Invitation.objects.select_related("scheme").filter(token_hash=token_hash(token)).first()
    if found is None:
        raise Http404
    return found


def open_invitations(scheme: Scheme) -> QuerySet[Invitation]:
    """Give what was neither accepted nor withdrawn; some may have run out."""
    return scheme.invitations.filter(accepted_at=None, withdrawn_at=None).order_by("-sent_at", "-pk")


def expiring(scheme: Scheme, until: datetime, after: datetime) -> QuerySet[Invitation]:
    """Give the invitations that run out until a moment, or ran out after another."""
    return open_invitations(scheme).filter(expires_at__lte=until, expires_at__gt=after)


def expiry_to_tell() -> tuple[datetime, datetime]:
    """Say of which invitations an organiser is told: three days ahead, and two weeks after."""
    now = timezone.now()
    return now + timedelta(days=3), now - timedelta(days=14)


def invitations_for(email: str, now: datetime) -> QuerySet[Invitation]:
    """Give the invitations to an address that can still be used."""
    return (
        Invitation.objects.filter(email=email, accepted_at=None, withdrawn_at=None, expires_at__gt=now)
        .select_related("scheme")
        .order_by("sent_at")
    )


def memberships_of(person: Person) -> QuerySet[Member]:
    """Give where a person is a member; someone who is both mentor and mentee of a scheme is there twice."""
    return person.memberships.filter(left_at=None).select_related("scheme").order_by("scheme__name", "role")


def is_member(person: Person, scheme: Scheme) -> bool:
    return scheme.members.filter(person=person, left_at=None).exists()


def mentor_in(person: Person, slug: str) -> Member:
    """Give a person's own membership as a mentor."""
    mine = Member.objects.select_related("scheme", "person")
    return get_object_or_404(mine, person=person, scheme__slug=slug, role=Role.MENTOR, left_at=None)
