"""Reading real agreements: a Word file, PDF, page or text becomes findings, offline.

    reading = read(Path("contract.docx"))        # in a guarded child process
    reading.blanks, reading.alternatives, reading.items, reading.signature_blocks, reading.facts
    reading.template                             # the same in our agreement language, for `ampersand.wording.parse`
    reading.as_dict()                            # what `ampersand read --json` prints

`Unreadable` is raised, with a sentence for the person, for whatever cannot be read.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ampersand.wording.reading.findings import Blank, LookAt, Part, Reading
from ampersand.wording.reading.lines import Unreadable

if TYPE_CHECKING:
    from ampersand.wording.reading.asking import read

__all__ = ["Blank", "LookAt", "Part", "Reading", "Unreadable", "read"]


def __getattr__(name: str) -> object:
    """What asks is opened when it is asked for: the child, which begins here too, has no use for it."""
    if name != "read":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(f"{__name__}.asking").read
