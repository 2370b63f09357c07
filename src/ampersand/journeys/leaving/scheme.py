"""Leaving one scheme, or being taken out of it: all that runs and waits there ends in one step."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ampersand.agreements.models import Agreement, Renewal
from ampersand.journeys.ending import stop
from ampersand.journeys.notices import tell_of_leaving, tell_of_removal
from ampersand.matching.actions.asking import withdraw
from ampersand.matching.actions.introducing import let_mentor_go
from ampersand.matching.models import Introduction
from ampersand.matching.queries import requests_that_rest_on
from ampersand.meetings.actions.taking import lock_time_of
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


@transaction.atomic
def leave_scheme(*, scheme: Scheme, person: Person) -> None:
    """Leave a scheme; nobody asks why, and the organisers are told that it is so."""
    check_may_leave_scheme(scheme, person)
    if part(scheme=scheme, person=person, by=person):
        tell_of_leaving(scheme, person)


@transaction.atomic
def remove_from_scheme(*, scheme: Scheme, person: Person, by: Person) -> None:
    """Take someone out of a scheme. They are told, and whom they can write to."""
    check_may_leave_scheme(scheme, person)
    if part(scheme=scheme, person=person, by=by):
        tell_of_removal(scheme, person, by=by)


@transaction.atomic
def part(*, scheme: Scheme, person: Person, by: Person) -> bool:
    """End what a person has in a scheme: pairs, requests, introductions, room. Say if there was anything.

    Everything is locked in the order of docs/decisions/0012 before the first word in the record.
    """
    locked = _locked_members(scheme, person)
    members = [member for member in locked if member.person_id == person.pk and not member.left_at]
    if not members:
        return False
    requests = list(requests_that_rest_on(scheme, person).select_for_update(no_key=True))
    pairs = list(Pair.objects.of(person).running().filter(scheme=scheme).order_by("pk"))
    list(Agreement.objects.filter(pair__in=pairs).order_by("pk").select_for_update(of=("self",)))
    list(Renewal.objects.filter(pair__in=pairs).order_by("pk").select_for_update(of=("self",)))
    list(Pair.objects.filter(pk__in=[pair.pk for pair in pairs]).order_by("pk").select_for_update())
    lock_time_of({pk for pair in pairs for pk in (pair.mentor_id, pair.mentee_id)})
    for pair in pairs:
        stop(pair=pair)
    for request in requests:
        if request.mentee_id == person.pk:
            withdraw(request=request, by=by)
    for member in members:
        let_mentor_go(mentor=member)
    end_membership(members=members, by=by)
    return True


def _locked_members(scheme: Scheme, person: Person) -> list[Member]:
    """Lock a person's memberships, and the mentors whose places they give back."""
    mentors = Pair.objects.running().filter(scheme=scheme, mentee=person).values("mentor")
    offers = Introduction.objects.offered().filter(request__mentee=person).values("mentor")
    theirs = Q(person=person, left_at=None) | Q(person__in=mentors, role=Role.MENTOR) | Q(pk__in=offers)
    rows = scheme.members.select_for_update(of=("self",), no_key=True).select_related("person", "scheme")
    return list(rows.filter(theirs).order_by("pk"))
