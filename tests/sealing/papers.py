"""Agreements as the typesetter makes them, for sealing."""

import json
from datetime import UTC, datetime
from typing import Any

import typst

from ampersand.sealing import attachment

NOW = datetime(2026, 3, 2, 16, 32, tzinfo=UTC)
FINGERPRINT = "5e" * 32

SOURCE = b"""
#set document(title: "Mentoring agreement", date: datetime(year: 2026, month: 3, day: 2))
#set text(lang: "en")
#pdf.attach(
  "agreement.json", bytes(sys.inputs.attached),
  relationship: "source", mime-type: "application/json", description: "The agreement as data",
)
= Mentoring agreement
#sys.inputs.words
"""


def typeset(words: str = "Notes will not be kept.", attached: str | None = None) -> bytes:
    """Set an agreement as PDF/A-3a and PDF/UA-1, with its data attached."""
    if attached is None:
        attached = attachment(agreement={"words": words}, fingerprint=FINGERPRINT).decode()
    standards: Any = ["a-3a", "ua-1"]
    inputs = {"words": words, "attached": attached}
    return typst.compile(SOURCE, format="pdf", pdf_standards=standards, sys_inputs=inputs)


def with_record(record: object) -> str:
    """Give what is attached when the record's proof is this."""
    return json.dumps({"fingerprint": FINGERPRINT, "agreement": {}, "record": record})
