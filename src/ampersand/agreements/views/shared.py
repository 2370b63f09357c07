"""What the pages of an agreement share."""

from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from ampersand.agreements.models import Agreement, AgreementState
from ampersand.agreements.queries import (
    agreement_for,
    done_so_far,
    prospects_of,
    renewed_signatures,
    signatures_of,
    signed_for,
    standing_of,
)
from ampersand.agreements.views.sheet import Sheet
from ampersand.pairs.models import Pair
from ampersand.pairs.queries import name_in
from ampersand.people.access import PersonRequest
from ampersand.people.models import Person
from ampersand.wording import Document, Signed

PARTIES = "the two people whose agreement it is"


def agreement_or_404(request: PersonRequest, pk: int) -> Agreement:
    """Find an agreement of the person who asks; to others it does not exist."""
    agreement = agreement_for(request.user, pk)
    if agreement is None:
        raise Http404
    return agreement


def pair_of_or_404(request: PersonRequest, pk: int) -> Pair:
    """Find a pair of the person who asks; to others it does not exist."""
    pair = Pair.objects.of(request.user).select_related("mentor", "mentee", "scheme").filter(pk=pk).first()
    if pair is None:
        raise Http404
    return pair


def basics(agreement: Agreement, reader: Person) -> dict[str, Any]:
    """What every page of an agreement says."""
    pair = agreement.pair
    return {
        "agreement": agreement,
        "pair": pair,
        "scheme": pair.scheme,
        "other": name_in(pair, pair.other(reader)),
        "contact": pair.scheme.contact_email,
        "before": agreement.predecessor,
    }


def sheet_context(agreement: Agreement, reader: Person) -> dict[str, Any]:
    """What the sheet needs while it is being filled in."""
    pair = agreement.pair
    live = agreement.state == AgreementState.FILLING and not pair.ended_at
    reader = pair.mentor if reader.pk == pair.mentor_id else pair.mentee  # as read with the agreement
    sheet = Sheet(standing_of(agreement), reader, live)
    complete = not sheet.standing.left
    signed, scan = done_so_far(agreement, reader)
    return basics(agreement, reader) | {
        "sheet": sheet,
        "oob": False,
        "live": live,
        "signed": signed,
        "scan": scan,
        "fingerprint": sheet.standing.document.fingerprint if complete else "",
        "signing": signing_places(sheet.standing.draft, []),
    }


def finished_context(agreement: Agreement, reader: Person) -> dict[str, Any]:
    """What the sheet needs once both have signed."""
    standing = standing_of(agreement)
    signed = signed_for(agreement, [*signatures_of(agreement), *renewed_signatures(agreement)])
    return basics(agreement, reader) | {
        **prospects_of(agreement.pair, agreement),
        "sheet": Sheet(standing, reader),
        "fingerprint": agreement.fingerprint,
        "signing": signing_places(standing.draft, signed),
    }


def sheet_as_read(document: Document) -> SafeString:
    """The sheet of an agreement that nobody has filled in: laid out once, as published words stand."""
    return _sheet_as_read(document, get_language())


@lru_cache(maxsize=64)
def _sheet_as_read(document: Document, language: str | None) -> SafeString:
    return render_to_string("agreements/as_read.html", {"document": document})


def signing_places(document: Document, signed: list[Signed]) -> list[dict[str, Any]]:
    """Give each occasion with its lines, and on them who has signed."""
    places = []
    for place in document.signing:
        lines = [_line(line.label, place.occasion, line.party, signed) for line in place.lines]
        days = [line["on"] for line in lines if line["on"]]
        whole = bool(days) and len(days) == len(lines)
        places.append({"label": place.label, "on": max(days) if whole else None, "lines": lines})
    return places


def _line(label: str, occasion: str, party: str, signed: list[Signed]) -> dict[str, Any]:
    found = next((s for s in signed if (s.occasion, s.party) == (occasion, party)), None)
    if found is None:
        return {"label": label, "name": "", "on": None, "drawing": ""}
    return {"label": label, "name": found.name, "on": found.on, "drawing": picture(found.drawing)}


def picture(svg: str) -> SafeString:
    """A drawing that we built ourselves, of nothing but numbers."""
    return mark_safe(svg)  # noqa: S308


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Show a page that no cache may keep."""
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response
