"""A pair's page, for the two and for their organisers."""

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ampersand.agreements.models import Agreement, AgreementState
from ampersand.agreements.queries import (
    Standing,
    clauses_stating,
    contact_wishes,
    copies_of_renewals,
    current_agreement,
    done_so_far,
    prospects_of,
    renewal_for,
    standing_of,
)
from ampersand.boundaries.queries.binding import bound_in
from ampersand.journeys.views.shared import may_undo, private
from ampersand.meetings.queries.counting import tallies
from ampersand.meetings.queries.meetings import next_meeting
from ampersand.meetings.queries.page import telephone_in
from ampersand.pairs.models import Pair, PairState
from ampersand.pairs.queries import name_in, pair_for
from ampersand.people.access import PersonRequest, open_to, second_factor_first
from ampersand.people.models import Person
from ampersand.schemes.models import Scheme
from ampersand.schemes.queries import memberships_of
from ampersand.wording import Template, coverage


@open_to("whoever is half of a pair")
@require_GET
def pairs(request: PersonRequest) -> HttpResponse:
    """List a person's mentoring, what runs first."""
    own = (
        Pair.objects.of(request.user).select_related("mentor", "mentee", "scheme").order_by("-introduced_at")
    )
    running_first = sorted(own.order_by("-pk"), key=lambda pair: pair.state == PairState.ENDED)
    items = [{"pair": pair, "other": name_in(pair, pair.other(request.user))} for pair in running_first]
    return render(request, "journeys/pairs.html", {"items": items, "schemes": _schemes_of(request.user)})


def _schemes_of(person: Person) -> list[Scheme]:
    """Give each scheme that a person is in once, whether as mentor, mentee or both."""
    return list(dict.fromkeys(member.scheme for member in memberships_of(person)))


@open_to("the two people of the pair, and the organisers of its scheme")
@require_GET
def pair(request: PersonRequest, pk: int) -> HttpResponse:
    """Show a pair: to the two what they need, to organisers where it stands."""
    found = pair_for(request.user, pk)
    if found is None:
        raise Http404
    agreement = current_agreement(found)
    context: dict[str, Any] = {
        "pair": found,
        "scheme": found.scheme,
        "agreement": agreement,
        "sealed": agreement is not None and agreement.sealed,
        "renewed": copies_of_renewals(found),
    }
    context["may_undo"] = may_undo(request, found)
    if not found.has(request.user):
        return _for_organisers(request, context)
    context |= prospects_of(found, agreement)
    context |= {
        "other": name_in(found, found.other(request.user)),
        "zone": found.other(request.user).time_zone,
        "boundaries": bound_in(found, request.user),
    }
    if found.state == PairState.ENDED:
        context |= {"remains": _remains(agreement), "party": found.party_of(request.user)}
        context |= {"language": agreement.wording().language if agreement else ""}
        return private(render(request, "journeys/ended.html", context))
    context["next_meeting"] = next_meeting(found)
    context |= _carrying_on(found, request.user)
    context |= _for_the_two(found, request.user, standing_of(agreement) if agreement else None)
    return private(render(request, "journeys/pair.html", context))


def _carrying_on(found: Pair, reader: Person) -> dict[str, Any]:
    """Say what is asked of the reader about carrying on, and what they themselves have done about it."""
    renewal = renewal_for(reader, found.pk)
    if renewal is None:
        return {}
    return {
        "renewal": renewal,
        "answered": renewal.answers.filter(person=reader).exists(),
        "signed_again": renewal.signatures.filter(person=reader).exists(),
    }


REMAINING = frozenset({"confidential", "confidential-afterwards", "exemption"})


def _remains(agreement: Agreement | None) -> dict[str, list[str]]:
    """Give what stays confidential, in the words of the agreement; boundaries have a place of their own."""
    if agreement is None or agreement.in_force_at is None:
        return {}
    return clauses_stating(standing_of(agreement), REMAINING)


@second_factor_first
def _for_organisers(request: PersonRequest, context: dict[str, Any]) -> HttpResponse:
    pair = context["pair"]
    context["tally"] = tallies([pair.pk], zone=pair.scheme.time_zone).get(pair.pk)
    return private(render(request, "journeys/pair_for_organisers.html", context))


def _for_the_two(found: Pair, reader: Person, standing: Standing | None) -> dict[str, Any]:
    other = found.other(reader)
    if standing is None:
        return {"reach": other.reach}
    wishes = contact_wishes(standing, found.party_of(other))
    return {
        "wishes": wishes,
        "reach": "" if wishes else other.reach,
        "telephone": telephone_in(standing, found) if found.party_of(reader) == "mentee" else None,
        "does": _does(standing.wording),
        **_agreeing(found, reader, standing),
    }


def _agreeing(found: Pair, reader: Person, standing: Standing) -> dict[str, Any]:
    """Say what is left to agree, and whether the reader has signed; of the other that is not told."""
    left = len(standing.left) if found.state == PairState.AGREEING else 0
    signs = standing.agreement.state == AgreementState.FILLING and not left
    return {"left": left, "signed": signs and done_so_far(standing.agreement, reader)[0]}


@lru_cache(maxsize=128)
def _does(wording: Template) -> tuple[str, ...]:
    """Say what the software does about an agreement; the same words always come to the same."""
    said = (v.sentence for c in coverage(wording) for v in c.verdicts if v.word == "does")
    return tuple(dict.fromkeys(said))
