"""Leaving a scheme: what a member was to it ends, and the row stays for its time without a word in it."""

from collections.abc import Sequence

from django.utils import timezone

from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.schemes.models import Member


def end_membership(*, members: Sequence[Member], by: Person) -> None:
    """Let someone go from a scheme; call it with their rows locked, when nothing of theirs runs there."""
    for member in members:
        member.left_at, member.capacity, member.offers = timezone.now(), 0, ""
        member.save(update_fields=["left_at", "capacity", "offers"])
    for member in members[:1]:  # someone who was both mentor and mentee leaves once
        verb = Verb.MEMBER_LEFT if by.pk == member.person_id else Verb.MEMBER_REMOVED
        note_down(verb=verb, by=by.pk, about=f"member:{member.pk}", scheme=member.scheme_id)
