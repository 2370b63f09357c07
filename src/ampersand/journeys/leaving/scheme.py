"""Leaving one scheme, or being taken out of it: all that runs and waits there ends in one step."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ampersand.journeys.ending import lock_mentoring, stop
from ampersand.journeys.notices import tell_of_leaving, tell_of_removal
from ampersand.matching.actions.asking import withdraw
from ampersand.matching.actions.introducing import let_mentor_go
from ampersand.matching.models import Introduction
from ampersand.matching.queries import requests_that_rest_on
from ampersand.meetings.actions.taking import tried_again
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.actions.leaving import end_membership
from ampersand.schemes.models import Member, Role, Scheme, SchemeState


def check_may_leave_scheme(scheme: Scheme, person: Person) -> None:
    """Refuse while a scheme with one mentor, which takes requests, would be left without any."""
    if scheme.state != SchemeState.OPEN:
        return
    if scheme.solo and scheme.members.filter(person=person, role=Role.MENTOR, left_at=None).exists():
        raise Refused(
            _(
                "The scheme has no other mentor. Say in its details that there are more, or close it to "
                "requests; then its only mentor can leave."
            )
        )


@tried_again
def leave_scheme(*, scheme: Scheme, person: Person) -> None:
    """Leave a scheme; nobody asks why, and the organisers are told that it is so."""
    check_may_leave_scheme(scheme, person)
    if part(schemes=[scheme], person=person, by=person):
        tell_of_leaving(scheme, person)


@tried_again
def remove_from_scheme(*, scheme: Scheme, person: Person, by: Person) -> None:
    """Take someone out of a scheme. They are told, and whom they can write to."""
    check_may_leave_scheme(scheme, person)
    if part(schemes=[scheme], person=person, by=by):
        tell_of_removal(scheme, person, by=by)


@transaction.atomic
def part(*, schemes: Collection[Scheme], person: Person, by: Person) -> bool:
    """End what a person has in schemes: pairs, requests, introductions, room. Say if there was anything.

    All of it, in all of them, is locked in the order of docs/decisions/0039 before the first of it ends.
    """
    locked = _locked_members(schemes, person)
    members = [member for member in locked if member.person_id == person.pk and not member.left_at]
    requests = list(requests_that_rest_on(schemes, person).select_for_update(no_key=True))
    pairs = list(Pair.objects.of(person).running().filter(scheme__in=schemes).order_by("pk"))
    lock_mentoring(pairs)
    for pair in pairs:
        stop(pair=pair)
    for request in requests:
        if request.mentee_id == person.pk:
            withdraw(request=request, by=by)
    for member in members:
        let_mentor_go(mentor=member)
    end_membership(members=members, by=by)
    return bool(members)


def _locked_members(schemes: Collection[Scheme], person: Person) -> list[Member]:
    """Lock a person's memberships, and the mentors whose places they give back."""
    running = Pair.objects.running().filter(mentee=person, scheme=OuterRef("scheme"))
    mentors = running.filter(mentor=OuterRef("person"))
    offers = Introduction.objects.offered().filter(request__mentee=person).values("mentor")
    theirs = Q(person=person, left_at=None) | Q(Exists(mentors), role=Role.MENTOR) | Q(pk__in=offers)
    rows = Member.objects.filter(theirs, scheme__in=schemes).select_related("person", "scheme")
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
