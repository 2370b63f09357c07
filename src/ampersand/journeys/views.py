"""A pair's page for the two and for their organisers, and stopping."""

from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from ampersand.agreements.models import Copy
from ampersand.agreements.queries import Standing, current_agreement, standing_of
from ampersand.journeys.ending import UNDO, stop, undo
from ampersand.pairs.models import Pair, PairState
from ampersand.pairs.queries import name_in
from ampersand.people.access import PersonRequest, open_to, second_factor_first
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.wording import Kind, Template, coverage, show_value

THE_TWO = "the two people of the pair"
SALT = "ampersand.stopped"


@open_to("whoever is half of a pair")
@require_GET
def pairs(request: PersonRequest) -> HttpResponse:
    """List a person's mentoring, what runs first."""
    own = (
        Pair.objects.of(request.user).select_related("mentor", "mentee", "scheme").order_by("-introduced_at")
    )
    running_first = sorted(own.order_by("-pk"), key=lambda pair: pair.state == PairState.ENDED)
    items = [{"pair": pair, "other": name_in(pair, pair.other(request.user))} for pair in running_first]
    return render(request, "journeys/pairs.html", {"items": items})


@open_to("the two people of the pair, and the organisers of its scheme")
@require_GET
def pair(request: PersonRequest, pk: int) -> HttpResponse:
    """Show a pair: to the two what they need, to organisers where it stands."""
    rows = Pair.objects.visible_to(request.user).select_related("mentor", "mentee", "scheme")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    agreement = current_agreement(found)
    context: dict[str, Any] = {
        "pair": found,
        "scheme": found.scheme,
        "agreement": agreement,
        "sealed": bool(agreement)
        and Copy.objects.visible_to(request.user).filter(agreement=agreement).exists(),
    }
    if not found.has(request.user):
        return _for_organisers(request, context)
    context |= {"other": name_in(found, found.other(request.user)), "may_undo": _may_undo(request, found)}
    if found.state == PairState.ENDED:
        return _private(render(request, "journeys/ended.html", context))
    context |= _for_the_two(found, request.user, standing_of(agreement) if agreement else None)
    return _private(render(request, "journeys/pair.html", context))


@open_to(THE_TWO)
@require_http_methods(["GET", "POST"])
def stop_pair(request: PersonRequest, pk: int) -> HttpResponse:
    """Stop, after one question and without another."""
    found = _own(request, pk)
    if found.state == PairState.ENDED:
        return redirect("journeys:pair", pk=pk)
    if request.method == "GET":
        other = name_in(found, found.other(request.user))
        return render(request, "journeys/stop.html", {"pair": found, "scheme": found.scheme, "other": other})
    ended_at = stop(pair=found)
    response = redirect("journeys:pair", pk=pk)
    # Who stopped is known to their own browser alone: nothing of it is stored here.
    response.set_signed_cookie(
        _cookie(found),
        f"{request.user.pk} {ended_at.isoformat()}",
        salt=SALT,
        max_age=UNDO,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return response


@open_to(THE_TWO)
@require_POST
def undo_stop(request: PersonRequest, pk: int) -> HttpResponse:
    """Take one's own ending back while there is time."""
    found = _own(request, pk)
    response = redirect("journeys:pair", pk=pk)
    if not _may_undo(request, found):
        return response
    try:
        undo(pair=found)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return response
    response.delete_cookie(_cookie(found), samesite="Lax")
    messages.success(request, _("Your mentoring goes on as before. No letter has been sent."))
    return response


@second_factor_first
def _for_organisers(request: PersonRequest, context: dict[str, Any]) -> HttpResponse:
    return _private(render(request, "journeys/pair_for_organisers.html", context))


def _own(request: PersonRequest, pk: int) -> Pair:
    found = Pair.objects.of(request.user).select_related("mentor", "mentee", "scheme").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _cookie(found: Pair) -> str:
    return f"stopped-{found.pk}"


def _may_undo(request: PersonRequest, found: Pair) -> bool:
    """Say whether this person ended this pair in this browser less than ten minutes ago."""
    if found.ended_at is None or timezone.now() >= found.ended_at + UNDO:
        return False
    kept = request.get_signed_cookie(_cookie(found), default="", salt=SALT, max_age=UNDO)
    return kept == f"{request.user.pk} {found.ended_at.isoformat()}"


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _for_the_two(found: Pair, reader: Person, standing: Standing | None) -> dict[str, Any]:
    other = found.other(reader)
    if standing is None:
        return {"reach": other.reach}
    wishes = [
        {"label": field.label, "value": show_value(field, standing.values[field.id])}
        for field in standing.wording.blanks
        if field.kind in {Kind.CONTACT, Kind.TIMES}
        and field.by == found.party_of(other)
        and field.id in standing.values
    ]
    return {
        "wishes": wishes,
        "reach": "" if wishes else other.reach,
        "does": _does(standing.wording),
        "left": len(standing.left),
    }


@lru_cache(maxsize=128)
def _does(wording: Template) -> tuple[str, ...]:
    """Say what the software does about an agreement; the same words always come to the same."""
    said = (v.sentence for c in coverage(wording) for v in c.verdicts if v.word == "does")
    return tuple(dict.fromkeys(said))
