"""What a careful reader would notice before publishing. Nothing is ever reworded silently."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ampersand.wording.reading.findings import Blank, LookAt
from ampersand.wording.reading.lines import Line, squeeze
from ampersand.wording.reading.noticing.contradicting import contradictions
from ampersand.wording.reading.noticing.leftovers import about, hints_in

ASKED_AGAIN = "This is asked more than once. If the answer is the same, it can be one blank that stands in several places."
JUMPS = "After number %(last)s comes number %(number)s."
_GENERAL = re.compile(r"\W*(?:other|address|e-?mail|(?:tele)?phone|name|title|\(?\w\W?)\W*", re.IGNORECASE)


def find_look_at(lines: Sequence[Line], blanks: Sequence[Blank]) -> tuple[LookAt, ...]:
    """Hints in the order of the document."""
    said = [line.text for line in lines if not line.quoted]
    hints = [LookAt(*hint) for line in lines for hint in hints_in(line.text)]
    contradicting = [
        LookAt(about(text), sentence, {"other": other})
        for _, text, sentence, other in contradictions([("", text) for text in said])
    ]
    return tuple([*hints, *_twice(lines, blanks), *contradicting, *_numbers(lines)])


def _twice(lines: Sequence[Line], blanks: Sequence[Blank]) -> list[LookAt]:
    hints = []
    labels = Counter(
        (blank.near.lower(), blank.kind)
        for blank in blanks
        if blank.kind in ("person", "contact", "number", "duration")
        and not _GENERAL.fullmatch(blank.near.strip(" :*"))
    )
    for (label, _), count in labels.items():
        if count > 1 and label:
            hints.append(LookAt(label, ASKED_AGAIN))
    titles = [squeeze(line.text).lower() for line in lines[:3]]
    if len(titles) > 1 and len(titles[1]) > 8 and (titles[1] in titles[0]):
        hints.append(LookAt(about(lines[1].text), "The title stands here twice."))
    return hints


def _numbers(lines: Sequence[Line]) -> list[LookAt]:
    """Typed numbers that repeat or jump."""
    hints, last = [], 0
    for line in lines:
        found = re.fullmatch(r"(\d{1,2})[.)]", line.marker)
        if not found or line.listed or line.depth:
            continue
        number = int(found[1])
        if last and number not in (1, last + 1):
            named = {"last": str(last), "number": str(number)}
            hints.append(LookAt(f"{line.marker} {about(line.text)}", JUMPS, named))
        last = number
    return hints
