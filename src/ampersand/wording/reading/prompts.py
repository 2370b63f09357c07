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


_TELLS = re.compile(
    r"^(?:please )?(?:list|describe|state|write|specify|indicate|explain|note)\b(?! that\b)|^if so,",
    re.IGNORECASE,
)
_PLEASE = re.compile(
    r"(?:^|[,.] )please (?:note(?! that)|list|describe|state|write|specify|indicate|explain|summari[sz]e)\b[^.?!]*[.:]$",
    re.IGNORECASE,
)
_BARE_SIGNATURE = re.compile(
    r"(?:(?:[\w’'/()-]+ ){0,5}signature(?: of (?:the )?[\w’'/ -]{3,30})?|signed(?: by)?(?: [\w’'/ -]{3,30})?)(?:\s*(?:&|and|/|,)\s*date)?(?: \([^()]{3,30}\))?\W{0,2}",
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
        if _is_bare_signature(lines, gaps, index):
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
    following = lines[index + 1] if index + 1 < len(lines) else None
    headed = following is not None and following.words >= 8 and bool(re.search(r"[.!]$", following.text))
    return (
        alike
        and label.endswith(":")
        and line.words <= 5
        and line.gap >= 1
        and not (line.marker or line.heading or lead or headed)
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


def _is_bare_signature(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int) -> bool:
    """Whether a line says no more than whose signature stands here: "Mentor’s signature", late in a document."""
    line = lines[index]
    if gaps.get(index) or line.heading or line.table or line.words > 8 or index < 0.4 * len(lines):
        return False
    drawn = [other for other in (index - 1, index + 1) if 0 <= other < len(lines) and gaps.get(other)]
    if any(_only_gaps(lines[other], gaps[other]) for other in drawn):
        return False
    if gaps.get(index + 1) and line.words == 1:
        return False
    plain = line.text.strip(" *_")
    late = index >= len(lines) - 4 or any(
        _BARE_SIGNATURE.fullmatch(lines[other].text.strip(" *_"))
        for other in (index - 1, index + 1)
        if 0 <= other < len(lines)
    )
    return late and bool(_BARE_SIGNATURE.fullmatch(plain)) and not plain.endswith((":", "."))


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
    rest = line.text[own[-1].end :] if own else ""
    chosen = bool(own) and own[-1].form == "choice" and not re.search(r"[.!?]\)?\s", rest)
    if own and (chosen or re.search(r"\w", rest) is None):
        return False
    if not own and (
        _HINT.search(text) or re.search(r":\W{0,3}e\.?\s?g\.?\s[^.:]{2,60}$", text, re.IGNORECASE)
    ):
        return len(text.split(":")[0].split()) <= 6
    if line.heading:
        empty = following is None or (0 < following.heading <= line.heading)
        return line.heading > 1 and index > 1 and empty and line.gap >= 3 and following is not None
    room = line.gap if following is not None else 3
    if text.endswith(":"):
        return _is_open_label(lines, gaps, index, following, room)
    if text.endswith("?"):
        return (line.gap >= 2 and following is not None) or _is_asked_above(lines, index)
    if re.search(r"\w\s*[–—-]$", text):
        return room >= 3
    if (
        not own
        and _PLEASE.search(re.sub(r"\s*\([^()]*\)$", "", text))
        and not (following and following.marker)
    ):
        return True
    ended = bool(re.search(r"[.!;]$", text)) and not _DESCRIBE.match(text)
    return line.gap >= 4 and following is not None and bool(line.marker) and line.words <= 20 and not ended


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
        return len(label.split()) <= 25
    alike = bool(line.marker) and marker_shape(line.marker) == marker_shape(following.marker)
    anew = bool(_FIRST.match(following.marker)) and not _FIRST.match(line.marker)
    sibling = alike and following.depth <= line.depth and not anew
    if _leads_in(line, label, following, known=known, sibling=sibling):
        return False
    if sibling and is_bullet(line.marker) and not known:
        return following.text.rstrip(" *").endswith((":", "?"))
    numbered = bool(following.marker) and not is_bullet(following.marker)
    if following.heading or numbered or sibling:
        return sibling or not _heads(lines, gaps, index)
    if _is_row_of_list(lines, gaps, index):
        return True
    if _is_told_by_rows(gaps.get(index + 1, []), label, line):
        return False
    if _is_asking(gaps.get(index + 1, []), following) or line.gap >= 2:
        return len(label.split()) <= 25 and not _heads(lines, gaps, index)
    if _is_like_another(lines, index, label) or _TELLS.match(label):
        return True
    row = re.match(r"[A-Z][^:.]{1,30}:\s\S", following.text)
    asked = bool(row) or (following.words > 6 and bool(_REACHED.search(label)))
    above = lines[index - 1] if index else None
    among = (
        above is not None and above.text.rstrip(" *").endswith(":") and above.words <= 8 and not above.marker
    )
    written = bool(row) or (following.words >= 12 and bool(re.search(r"[.!]$", following.text)))
    return known and _count(label) <= 5 and ((line.gap >= 1 and asked) or (among and written))


def _is_row_of_list(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int) -> bool:
    """Whether a short numbered label comes right after others like it: "4. In ten years:", "5. Other aims:"."""
    line, above = lines[index], lines[index - 1]
    alike = bool(line.marker) and index > 0 and marker_shape(above.marker or "x") == marker_shape(line.marker)
    return alike and above.text.rstrip().endswith(":") and line.words <= 6 and not is_bullet(line.marker)


def _is_told_by_rows(own: Sequence[Gap], label: str, line: Line) -> bool:
    """Whether a whole sentence leads in to rows that are drawn below it: "This is between:", "Mentor: ____"."""
    drawn = bool(own) and own[0].form in ("row", "fill", "bracket") and own[0].start <= 40
    return drawn and len(label.split()) > 5 and line.gap < 2


def _is_like_another(lines: Sequence[Line], index: int, label: str) -> bool:
    """Whether another open sentence begins with the same two words: "We agree … as:", "We agree … by:"."""
    start = " ".join(label.lower().split()[:2])
    told = re.match(
        r"(?:we|i|the \w+|both|each|in this)\b.*\b(?:agrees?|will|is|are|expects?|commits?|wants?)\b",
        label,
        re.I,
    )
    others = [
        line.text.lower()
        for number, line in enumerate(lines)
        if number != index and line.text.rstrip().endswith(":")
    ]
    return bool(told) and any(other.startswith(start) for other in others)


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
    asked = sibling and not is_bullet(line.marker)
    if re.search(r"\bfollowing\b[^:]{0,30}:\W*$", line.text) and not known and not asked:
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
    return (line.text.rstrip(" *").endswith(":") and line.words <= 25) or (
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
    held = any(gap.form == "bracket" for gap in gaps.get(index + 1, [])[:1])
    if held and short and not is_field(label):
        return True
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
