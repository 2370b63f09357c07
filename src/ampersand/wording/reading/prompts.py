"""Labels and questions that stand to be answered, with no blank drawn for the answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ampersand.wording.reading.gaps import Gap
from ampersand.wording.reading.kinds import SIGNATURE, is_field
from ampersand.wording.reading.lines import FILL, Line, is_bullet, marker_shape

_INTRO = re.compile(
    r"\b(?:following|follows|below|siguientes?|folgende[ns]?|suivante?s?|seguenti|include[sd]?|including|such as|for example|e\.g\.|i\.e\.|that is|agree(?:s|d)?(?: to)?"
    r"|will|must|should|shall|to|that|are|is|responsibilities|expectations|requirements|note|warning|important|contact us|example|examples)\W*:\W*$",
    re.IGNORECASE,
)
_ASKED_ABOVE = re.compile(
    r"\b(?:please answer|answer (?:the|these|each)|please complete|complete the|fill (?:in|out)|write (?:down )?your|beantworte|responda|répondez)",
    re.I,
)
_HINT = re.compile(
    r":\s*\((?:please |e\.?g\.?|print|insert|optional|if |block|max|for example|ex\.)[^()]*\)\s*$",
    re.IGNORECASE,
)
_DESCRIBE = re.compile(
    r"^(?:please )?(?:describe|list|explain|write|state|specify|name|give|note down|summari[sz]e)\b.*[:.]$",
    re.IGNORECASE,
)


def is_label(text: str) -> bool:
    """Whether a few words name what is to be written: "Mentor", "Date", "Signature of guardian (if under 18)"."""
    return is_field(text) or bool(SIGNATURE.search(text)) or len(text.split()) <= 3


def open_prompts(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], boxed: set[int]) -> list[Gap]:
    """Labels with nothing after their colon, and questions with room for an answer."""
    found: list[Gap] = []
    for index, line in enumerate(lines):
        if index in boxed or line.quoted or not re.search(r"\w", line.text):
            continue
        if _is_among_bare_labels(lines, gaps, index):
            found.append(Gap(index, len(line.text), len(line.text), "bare"))
            continue
        if _is_lone_number(lines, index):
            found.append(Gap(index, len(line.text), len(line.text), "number"))
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        taken = bool(gaps.get(index + 1)) and _only_gaps(lines[index + 1], gaps[index + 1])
        if taken or index + 1 in boxed:
            continue
        if _is_asked(lines, gaps, index, following) or (found and _goes_with(lines, found[-1], index)):
            found.append(Gap(index, len(line.text), len(line.text), "prompt"))
    return found


def _count(label: str) -> int:
    """How many words a label has, those in brackets not counted."""
    return len(re.sub(r"\([^()]*\)", "", label).split())


def _goes_with(lines: Sequence[Line], last: Gap, index: int) -> bool:
    """Whether a short label with nothing after it comes right after another that is asked."""
    line = lines[index]
    label = line.text.rstrip()
    above = lines[index - 1]
    labelled = last.form == "prompt" and above.text.rstrip().endswith(":") and not above.marker
    alike = last.line == index - 1 and labelled and _count(above.text) <= 6
    lead = re.search(r"\b(?:will|must|agrees?(?: to)?|following)\W*$", label)
    return (
        alike
        and label.endswith(":")
        and line.words <= 5
        and line.gap >= 1
        and not (line.marker or line.heading or lead)
    )


_LONE = re.compile(r"\(?(?:\d{1,2}|[a-h])[.)]$")


def _is_lone_number(lines: Sequence[Line], index: int) -> bool:
    """Whether a number stands alone to have something written after it, as its neighbours do."""
    if not _LONE.match(lines[index].text.strip()):
        return False
    beside = [lines[other].text.strip() for other in (index - 1, index + 1) if 0 <= other < len(lines)]
    return any(_LONE.match(text) for text in beside)


def _is_among_bare_labels(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int) -> bool:
    """Whether a label stands alone, with room, among others like it: "Mentor name (print)" under a signature."""
    line = lines[index]
    if (
        gaps.get(index)
        or line.gap < 2
        or line.heading
        or line.words > 6
        or not is_field(line.text)
        or line.text.endswith((".", ":", ";"))
    ):
        return False
    beside = (gaps.get(index - 1, []), gaps.get(index + 1, []))
    return any(own and all(gap.form == "bare" for gap in own) for own in beside)


def _only_gaps(line: Line, gaps: Sequence[Gap]) -> bool:
    return all(gap.form in ("row", "fill", "date") for gap in gaps) and not re.search(
        r"[^\W_]", line.text.replace(FILL, "")
    )


def _is_asked(
    lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int, following: Line | None
) -> bool:
    line = lines[index]
    text = line.text.rstrip(" *`")
    own = gaps.get(index, [])
    if own and re.search(r"\w", line.text[own[-1].end :]) is None:
        return False
    if not own and (
        _HINT.search(text) or re.search(r":\W{0,3}e\.?\s?g\.?\s[^.:]{2,60}$", text, re.IGNORECASE)
    ):
        return len(text.split(":")[0].split()) <= 6
    if line.heading:
        empty = following is None or (0 < following.heading <= line.heading)
        return line.heading > 1 and empty and line.gap >= 3 and following is not None
    room = line.gap if following is not None else 3
    if text.endswith(":"):
        return _is_open_label(lines, gaps, index, following, room)
    if text.endswith("?"):
        return (line.gap >= 2 and following is not None) or _is_asked_above(lines, index)
    if re.search(r"\w\s*[–—-]$", text):
        return room >= 3
    return line.gap >= 4 and following is not None and bool(line.marker) and line.words <= 20


def _is_open_label(
    lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int, following: Line | None, room: int
) -> bool:
    line = lines[index]
    last = re.split(r"[.!?]\s|\t", line.text)[-1]
    label = last.rstrip(": *")
    known = is_field(label) or bool(SIGNATURE.search(label))
    if line.gap >= 3 and following is not None:
        return not (following.marker and not line.marker) or line.gap >= 5
    if following is None:
        return known or len(label.split()) <= 6
    alike = bool(line.marker) and marker_shape(line.marker) == marker_shape(following.marker)
    sibling = alike and following.depth <= line.depth
    if _leads_in(line, label, following, known=known, sibling=sibling):
        return False
    numbered = bool(following.marker) and not is_bullet(following.marker)
    if following.heading or numbered or sibling:
        return sibling or not _heads(lines, gaps, index)
    if _is_asking(gaps.get(index + 1, []), following) or line.gap >= 2:
        return len(label.split()) <= 25 and not _heads(lines, gaps, index)
    row = re.match(r"[A-Z][^:.]{1,30}:\s\S", following.text)
    asked = bool(row) or (following.words > 6 and bool(_REACHED.search(label)))
    return known and len(label.split()) <= 5 and line.gap >= 1 and asked


def _leads_in(line: Line, label: str, following: Line, *, known: bool, sibling: bool) -> bool:
    """Whether a line with a colon leads in to what follows instead of asking for an answer."""
    if following.quoted or (_begins_list(following) and not sibling):
        return True
    if (
        _count(label) > 10
        and following.text.rstrip().endswith(":")
        and not (following.marker or _DATED.search(label))
    ):
        return True
    if re.search(r"\bfollowing\b[^:]{0,30}:\W*$", line.text) and not known:
        return True
    if (
        re.search(r"\b(?:will|must|shall|may|agrees? to|not|to|that)\W*:\W*$", line.text, re.IGNORECASE)
        and following.marker
    ):
        return True
    intro = bool(_INTRO.search(line.text))
    if following.heading:
        return intro or len(label.split()) > 10
    if following.marker and not is_bullet(following.marker):
        return False
    return intro and not (known and len(label.split()) <= 3) and not _DATED.search(label)


_REACHED = re.compile(
    r"\b(?:name|date|signature|signed|e-?mail|(?:tele)?phone|address|nombre|correo|nom|fecha|datum)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:until|from|on|by|called|named|between)$", re.IGNORECASE)
_FIRST = re.compile(r"\(?(?:1|a|A|i|I|1\.1)[.)]?$|§\s*1$")


def _begins_list(line: Line) -> bool:
    """Whether a list begins with this line, so that what stands before it leads into the list."""
    return bool(line.marker) and (is_bullet(line.marker) or bool(_FIRST.match(line.marker)))


def _is_asking(own: Sequence[Gap], line: Line) -> bool:
    """Whether the line below is a row of the same form."""
    return line.text.rstrip(" *").endswith(":") or (
        bool(own) and own[0].form != "choice" and own[0].start <= 60
    )


def _heads(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int) -> bool:
    """Whether this label is the heading of the labels below it: "Signatures:", "Preferred contact", "Mentor:"."""
    line, following = lines[index], lines[index + 1]
    if line.table and line.table == following.table:
        return False
    label = line.text.rstrip(": *")
    if re.search(
        r"(?:signatures|details|information|parties|particulars|unterschriften|firmas|signed by|contact)$",
        label,
        re.I,
    ):
        return True
    first = following.text.split(":")[0]
    below_is_field = re.search(r"\b(?:name|print(?:ed)? name|signature|signed|e-?mail|phone)\b", first, re.I)
    own_is_field = re.search(
        r"\b(?:name|date|signature|signed|e-?mail|phone|telephone|address|number)\b", label, re.I
    )
    short = len(label.split()) <= 5
    rows = any(gap.form in ("row", "fill") for gap in gaps.get(index + 1, [])[:1])
    has_row = short and rows and len(first.split()) <= 5
    return bool(short and below_is_field and not own_is_field) or (
        has_row and not own_is_field and not line.marker
    )


def _is_asked_above(lines: Sequence[Line], index: int) -> bool:
    for earlier in range(index - 1, max(index - 8, -1), -1):
        if not lines[earlier].text.rstrip().endswith("?"):
            return bool(_ASKED_ABOVE.search(lines[earlier].text)) or bool(
                _DESCRIBE.match(lines[earlier].text)
            )
    return False
