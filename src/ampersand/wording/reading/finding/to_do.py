"""The word TODO where something is to be written: under a heading, after a label or alone on its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ampersand.wording.reading.finding.gaps import Gap
from ampersand.wording.reading.kinds import kind_of
from ampersand.wording.reading.lines import Line

_TO_DO = re.compile(r"(?:^|(?<=: )|(?<=:))(?:TODO|TO DO|TBD)(?:\s*$|:\s+(?P<told>\S.*)$)")


def left_to_do(lines: Sequence[Line]) -> Iterator[Gap]:
    """A gap for each such word. One that follows other text is a note of whoever wrote it, and asks for nothing."""
    for index, line in enumerate(lines):
        found = _TO_DO.search(line.text) if "TO" in line.text or "TBD" in line.text else None
        above = lines[index - 1] if index else None
        if not found or line.table or (found["told"] and not (above and above.heading)):
            continue
        kind = kind_of(above.text) if above and found["told"] else ""
        yield Gap(index, found.start(), len(line.text), "bracket", hint=found["told"] or "", kind=kind)
