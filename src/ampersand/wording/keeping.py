"""A document as JSON, and back."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ampersand.wording.document import (
    Document,
    FilledClause,
    FilledPart,
    FilledSection,
    SignatureLine,
    SigningPlace,
)
from ampersand.wording.template import Entered, Field, Kind, Mark, Option, Party

FORMAT = "ampersand-agreement-1"


def as_json(document: Document) -> str:
    """The document as JSON text with its fingerprint, for `from_json` and for people."""
    kept = {"format": FORMAT, "fingerprint": document.fingerprint, **asdict(document)}
    return json.dumps(kept, ensure_ascii=False, indent=1)


def from_json(text: str) -> Document:
    """The document that `as_json` wrote. ValueError if it is not one, or its fingerprint is another's."""
    try:
        kept = json.loads(text)
        if kept.pop("format") != FORMAT:
            raise ValueError("This is not an agreement that this version of Ampersand wrote.")
        fingerprint = kept.pop("fingerprint")
        document = _document(kept)
    except (KeyError, TypeError, AttributeError) as wrong:
        raise ValueError("This is not an agreement written by Ampersand.") from wrong
    if document.fingerprint != fingerprint:
        raise ValueError("The agreement’s words and its fingerprint do not belong together.")
    return document


def _document(kept: dict[str, Any]) -> Document:
    whole = {
        "entered": Entered(kept["entered"]),
        "parties": tuple(Party(**party) for party in kept["parties"]),
        "sections": tuple(_section(section) for section in kept["sections"]),
        "signing": tuple(_place(place) for place in kept["signing"]),
        "copies": tuple(kept["copies"]),
    }
    return Document(**{**kept, **whole})


def _section(kept: dict[str, Any]) -> FilledSection:
    return FilledSection(**{**kept, "clauses": tuple(_clause(clause) for clause in kept["clauses"])})


def _clause(kept: dict[str, Any]) -> FilledClause:
    parts = tuple(FilledPart(**{**part, "field": _field(part["field"])}) for part in kept["parts"])
    return FilledClause(**{**kept, "parts": parts, "mark": Mark(kept["mark"])})


def _field(kept: dict[str, Any] | None) -> Field | None:
    if kept is None:
        return None
    options = tuple(Option(**option) for option in kept["options"])
    return Field(**{**kept, "kind": Kind(kept["kind"]), "options": options})


def _place(kept: dict[str, Any]) -> SigningPlace:
    return SigningPlace(**{**kept, "lines": tuple(SignatureLine(**line) for line in kept["lines"])})
