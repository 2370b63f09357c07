"""An organiser's scheme today, and its people."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ampersand.dashboard.queries import days_waiting, invitations_of, needs_organiser, pair_counts
from ampersand.matching.queries import mentors, unanswered, waiting
from ampersand.people.access import PersonRequest
from ampersand.record.queries import history_of_scheme, in_words
from ampersand.schemes.models import Role, Scheme
from ampersand.schemes.views.organising import for_organisers

LATEST = 30


@for_organisers
def overview(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Show what needs an organiser today, who waits, and which mentors have room."""
    now = timezone.now()
    context = {
        "scheme": scheme,
        "tasks": needs_organiser(scheme),
        "waiting": [(found, days_waiting((now - found.asked_at).days)) for found in waiting(scheme)],
        "introductions": unanswered(scheme),
        "mentors": mentors(scheme),
        "pairs": pair_counts(scheme),
    }
    return render(request, "dashboard/overview.html", context)


@for_organisers
def people(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Show a scheme's people, and its pairs with their state and dates, never their contents."""
    members = scheme.members.filter(left_at=None).select_related("person").order_by("joined_at", "pk")
    pairs = scheme.pairs.select_related("mentor", "mentee").order_by("-introduced_at", "-pk")
    context = {
        "scheme": scheme,
        "organisers": scheme.organisers.select_related("person").order_by("since"),
        "mentees": [member for member in members if member.role == Role.MENTEE],
        "mentors": mentors(scheme),
        "pairs": pairs,
        "counts": pair_counts(scheme),
        "invitations": invitations_of(scheme),
        "history": [(entry.at, in_words(entry)) for entry in history_of_scheme(scheme.pk)[:LATEST]],
    }
    return render(request, "dashboard/people.html", context)
