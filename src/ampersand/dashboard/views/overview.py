"""An organiser's scheme today, and its people."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from ampersand.dashboard.queries import (
    AT_ONCE,
    day_of,
    invitations_of,
    needs_organiser,
    pair_counts,
)
from ampersand.matching.queries import mentors, waiting
from ampersand.meetings.queries.counting import tallies
from ampersand.people.access import PersonRequest
from ampersand.record.queries import history_of_scheme, in_words
from ampersand.schemes.models import Role, Scheme
from ampersand.schemes.views.organising import for_organisers

LATEST = 30
ON_A_PAGE = 50


@for_organisers
def overview(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Show what needs an organiser today, who waits, and which mentors have room."""
    day = day_of(scheme)
    context = {
        "scheme": scheme,
        "tasks": needs_organiser(day),
        "waiting": day.waiting,
        "introductions": day.unanswered,
        "mentors": day.mentors,
        "first": AT_ONCE,
        "pairs": day.pairs,
    }
    return render(request, "dashboard/overview.html", context)


@for_organisers
def people(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Show a scheme's people, and its pairs with their state and dates, never their contents."""
    members = scheme.members.filter(left_at=None).select_related("person").order_by("joined_at", "pk")
    rows = scheme.pairs.select_related("mentor", "mentee").order_by("-introduced_at", "-pk")
    pairs = _page(request, "pairs", rows)
    met = tallies([pair.pk for pair in pairs], zone=scheme.time_zone)
    context = {
        "scheme": scheme,
        "organisers": scheme.organisers.select_related("person").order_by("since"),
        "waiting": _page(request, "waiting", waiting(scheme)),
        "mentees": _page(request, "mentees", members.filter(role=Role.MENTEE)),
        "mentors": _page(request, "mentors", mentors(scheme)),
        "pairs": pairs,
        "met": [(pair, met.get(pair.pk)) for pair in pairs],
        "counts": pair_counts(scheme),
        "invitations": invitations_of(scheme),
        "history": [(entry.at, in_words(entry)) for entry in history_of_scheme(scheme.pk)[:LATEST]],
    }
    return render(request, "dashboard/people.html", context)


def _page(request: PersonRequest, name: str, rows: QuerySet[Any]) -> Page[Any]:
    """Give the page of a list that was asked for; each list has its own."""
    return Paginator(rows, ON_A_PAGE).get_page(request.GET.get(name))
