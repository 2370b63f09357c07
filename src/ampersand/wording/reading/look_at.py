"""What a careful reader would notice before publishing. Nothing is ever reworded silently."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ampersand.wording.reading.facts import find_facts
from ampersand.wording.reading.findings import Blank, LookAt
from ampersand.wording.reading.lines import Line, squeeze

_LOST_LINK = re.compile(
    r"\b(?:website|site|page|link|here|at|form|address|e-?mail(?: me)?(?: at)?)\s*(?:[-–—]\s+[-–—]|\(\s*\)|<\s*>|\[\s*\]\(\s*\)|:\s*(?=\.|$))[^.]{0,30}"
    r"|\be-?mail\b[^.]{0,40}\bat (?=with\b|for\b|if\b|or\b|and\b|before\b)[^.]{0,30}",
    re.I,
)
_BEFORE_IT = 40  # letters of the sentence that are shown before the place
_LEFTOVER = re.compile(
    r"\b(?:delete|strike out|cross out)\b[^.]{0,30}\b(?:appropriate|applicable|necessary|required|appl(?:y|ies)|one)\b|nichtzutreffendes|\brayer\b|\btáchese\b",
    re.IGNORECASE,
)
_GENERAL = re.compile(r"\W*(?:other|address|e-?mail|(?:tele)?phone|name|title|\(?\w\W?)\W*", re.IGNORECASE)
_ONE_EACH = {
    "session_minutes": "how long a meeting lasts",
    "duration_months": "how long it all lasts",
    "notice_days": "how much notice is given",
    "contact_email": "where to write to",
}


def find_look_at(lines: Sequence[Line], blanks: Sequence[Blank]) -> tuple[LookAt, ...]:
    """Hints in the order of the document."""
    hints: list[LookAt] = []
    for line in lines:
        lost = _lost_link(line.text)
        if lost and "_" not in lost and not line.text.rstrip().endswith(":"):
            hints.append(LookAt(squeeze(lost), "A link or address seems to have been lost here."))
        if _is_unclosed(line.text):
            hints.append(
                LookAt(_about(line.text), "A bracket is opened or closed here without its other half.")
            )
        if _LEFTOVER.search(line.text):
            hints.append(
                LookAt(
                    _about(line.text),
                    "This tells readers to delete something. Here the two people choose instead, so it can go.",
                )
            )
    return tuple([*hints, *_twice(lines, blanks), *_contradictions(lines), *_numbers(lines)])


def _lost_link(text: str) -> str:
    """Where a link or address is missing, with the words around it; "" if nowhere."""
    lost = _LOST_LINK.search(text)
    if lost is None:
        return ""
    sentence = text.rfind(".", 0, lost.start()) + 1
    return text[max(sentence, lost.start() - _BEFORE_IT) : lost.end()]


def _about(text: str) -> str:
    words = squeeze(text).split()
    return " ".join(words[:14]) + (" …" if len(words) > 14 else "")


def _is_unclosed(text: str) -> bool:
    plain = re.sub(r"^\s*\(?\w{1,3}\)|[:;]-?[()]", "", text)
    return plain.count("(") != plain.count(")") or plain.count("[") != plain.count("]")


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
            hints.append(
                LookAt(
                    label,
                    f"This is asked {count} times. If the answer is the same, it can be one blank that stands in {count} places.",
                )
            )
    titles = [squeeze(line.text).lower() for line in lines[:3]]
    if len(titles) > 1 and len(titles[1]) > 8 and (titles[1] in titles[0]):
        hints.append(LookAt(_about(lines[1].text), "The title stands here twice."))
    return hints


def _contradictions(lines: Sequence[Line]) -> list[LookAt]:
    """Two clauses that fix different values for the same thing."""
    seen: dict[str, tuple[object, str]] = {}
    hints = []
    for line in lines:
        if line.quoted:
            continue
        facts = find_facts([line])
        for name, what in _ONE_EACH.items():
            if name not in facts:
                continue
            key = f"{name} {facts.get('notice_for', '')}" if name == "notice_days" else name
            value, text = seen.setdefault(key, (facts[name], line.text))
            if value != facts[name]:
                hints.append(LookAt(_about(line.text), f"This says {what} otherwise than “{_about(text)}”."))
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
            hints.append(
                LookAt(f"{line.marker} {_about(line.text)}", f"After number {last} comes number {number}.")
            )
        last = number
    return hints
