"""Where the documents to read are, ours and those lent for developing, each with its reading by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.wording.reading.building import BUILDERS

HERE = Path(__file__).parent
LENT = next(
    (up / "shared" for up in HERE.parents if (up / "shared" / "seeds").is_dir()), HERE.parents[3] / "shared"
)
"""Third-party agreements, lent for tests and kept outside every repository."""


@dataclass(frozen=True)
class Case:
    """A document and what a careful person finds in it."""

    name: str
    data: bytes
    expected: dict[str, Any]


def cases(half: str) -> Iterator[Case]:
    """Our own documents: "develop" to work on, "held_out" to be measured by."""
    for reading in sorted((HERE / "corpus" / half).glob("*.json")):
        if reading.name.endswith(".pdf.json"):
            continue
        source = next(path for path in sorted(reading.parent.glob(f"{reading.stem}.*")) if path != reading)
        ending = source.name[len(reading.stem) :]
        data = BUILDERS[ending](source.read_text()) if ending in BUILDERS else source.read_bytes()
        name = f"{reading.stem}{ending}".removesuffix(".txt") if ending in BUILDERS else source.name
        yield Case(name, data, _whole(json.loads(reading.read_text())))


def _whole(short: dict[str, Any]) -> dict[str, Any]:
    """The short form of the corpus, ["words before", "kind", options…], as the long form."""
    blanks = [{"near": near, "kind": kind, "options": options} for near, kind, *options in short["blanks"]]
    return {
        "facts": {},
        "alternatives": [b["options"] for b in blanks if b["kind"] == "choice"],
        **short,
        "blanks": blanks,
    }


def lent(folder: str) -> Iterator[Case]:
    """The lent agreements of "seeds" or "agreements"; `clauses` there means what we call items."""
    for reading in sorted((LENT / folder).glob("*.json")):
        expected = json.loads(reading.read_text())
        source = reading.with_suffix(".txt")
        if folder == "seeds":
            source = reading.parent / expected["source"].split()[-1]
        expected["items"] = expected["clauses"]
        yield Case(reading.stem, source.read_bytes(), expected)
