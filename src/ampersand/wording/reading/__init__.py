"""Reading real agreements: a Word file, PDF, page or text becomes findings, offline.

    reading = read(Path("contract.docx"))        # in a guarded child process
    reading.blanks, reading.alternatives, reading.items, reading.signature_blocks, reading.facts
    reading.template                             # the same in our agreement language, for `ampersand.wording.parse`
    reading.as_dict()                            # what `ampersand read --json` prints

`Unreadable` is raised, with a sentence for the person, for whatever cannot be read.
"""

from __future__ import annotations

from ampersand.wording.reading.asking import read
from ampersand.wording.reading.findings import Blank, LookAt, Part, Reading
from ampersand.wording.reading.lines import Unreadable

__all__ = ["Blank", "LookAt", "Part", "Reading", "Unreadable", "read"]
