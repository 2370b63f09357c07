"""Whether a label with nothing after its colon is to be answered, leads in to a list or heads what follows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ampersand.wording.reading.finding.gaps import Gap
from ampersand.wording.reading.kinds import SIGNATURE, is_field
from ampersand.wording.reading.lines import Line, is_bullet, marker_shape

_TITLE = re.compile(r"\b(?:agreement|contract|compact|charter|plan|policy|rules|terms|form)$", re.IGNORECASE)
_FIRST = re.compile(r"\(?(?:1|a|A|i|I|1\.1)[.)]?$|§\s*1$")
_DATED = re.compile(r"\b(?:until|from|on|by|called|named|between)$", re.IGNORECASE)
_REACHED = re.compile(
    r"\b(?:name|date|signature|signed|e-?mail|(?:tele)?phone|address|nombre|correo|nom|fecha|datum|t[ée]l(?:éphone)?|courriel|adresse|nationalité)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"^(?:please )?(?:list|describe|state|write|specify|indicate|explain|note)\b(?! that\b)|^if so,",
    re.IGNORECASE,
)
_TO_WRITE = re.compile(
    r"\((?:please )?(?:type|write|insert|enter|add|list|fill|sign|print)\b[^()]*\)", re.IGNORECASE
)
_VALUES = re.compile(
    r"\b(?:at|on|by|in|via) the following (?:\w+ )?(?:times?|days?|dates?|ways?|numbers?|address(?:es)?|places?|intervals?)$",
    re.IGNORECASE,
)
_INTRO = re.compile(
    r"\b(?:a seguir\b.{0,20}|following|follows|below|siguientes?|folgende[ns]?|suivante?s?|seguenti|include[sd]?|including|such as|for example|e\.g\.|i\.e\.|that is|agree(?:s|d)?(?: to)?"
    r"|will|must|should|shall|to|that|are|is|responsibilities|expectations|requirements|note|warning|important|contact us|example|examples)\W*:\W*$",
    re.IGNORECASE,
)

_HERE = re.compile(r"^here (?:are|is)\b|\bquestions to (?:consider|discuss|think about)$", re.IGNORECASE)


def count_words(label: str) -> int:
    """How many words a label has, those in brackets not counted."""
    return len(re.sub(r"\([^()]*\)", "", label).split())


_LEADING = 6


def is_open_label(
    lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int, following: Line | None
) -> bool:
    """Whether a line that ends in a colon stands to be answered."""
    line = lines[index]
    last = re.split(r"[.!?]\s|\t", line.text)[-1]
    label = last.rstrip(": *")
    if not index and _TITLE.search(label):
        return False
    known = is_field(label) or bool(SIGNATURE.search(label))
    if line.gap >= 3 and following is not None:
        return not (following.marker and not line.marker) or line.gap >= 5
    if following is None:
        return len(label.split()) <= 25
    if _TO_WRITE.fullmatch(following.text.strip()):
        return True
    alike = bool(line.marker) and marker_shape(line.marker) == marker_shape(following.marker)
    anew = bool(_FIRST.match(following.marker)) and not _FIRST.match(line.marker)
    sibling = alike and following.depth <= line.depth and not anew
    if _leads_in(lines, index, label, following, known=known, sibling=sibling):
        return False
    if sibling and is_bullet(line.marker) and not known:
        answered = bool(re.match(r"[A-Z][^:.]{1,40}: \S", following.text))
        return answered or following.text.rstrip(" *").endswith((":", "?"))
    numbered = bool(following.marker) and not is_bullet(following.marker)
    long = len(label.split()) >= _LEADING and not known and "?" not in label
    if following.heading and (gaps.get(index + 1) or long):
        return False
    if following.heading or numbered or sibling:
        told = numbered and not line.marker and following.words >= 12 and not known and line.words <= 4
        return sibling or not (told or _heads(lines, gaps, index))
    return _stands_open(lines, gaps, index, following)


def _stands_open(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int, following: Line) -> bool:
    """Whether a label that leads in to nothing is to be answered, by what stands around it."""
    line = lines[index]
    label = re.split(r"[.!?]\s|\t", line.text)[-1].rstrip(": *")
    if _is_row_of_list(lines, gaps, index) or _VALUES.search(label):
        return True
    if _is_told_by_rows(gaps.get(index + 1, []), label, line):
        return False
    beyond = lines[index + 2 : index + 3]
    lead = following.text.rstrip(" *").endswith(":") and any(_begins_list(other) for other in beyond)
    if lead and line.gap < 2 and not (is_field(label) or SIGNATURE.search(label)):
        return False
    if _is_asking(gaps.get(index + 1, []), following) or line.gap >= 2:
        return len(label.split()) <= (35 if line.gap >= 2 else 25) and not _heads(lines, gaps, index)
    if _is_like_another(lines, index, label) or _TELLS.match(label):
        return True
    row = re.match(r"[A-Z][^:.]{1,30}:\s\S", following.text)
    asked = bool(row) or (following.words > 6 and bool(_REACHED.search(label)))
    above = lines[index - 1] if index else None
    among = (
        above is not None and above.text.rstrip(" *").endswith(":") and above.words <= 8 and not above.marker
    )
    if among and line.gap >= 1 and above is not None and above.gap and _REACHED.search(label):
        return count_words(label) <= 7
    known = is_field(label) or bool(SIGNATURE.search(label))
    written = bool(row) or (following.words >= 12 and bool(re.search(r"[.!]$", following.text)))
    return known and count_words(label) <= 5 and ((line.gap >= 1 and asked) or (among and written))


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


def _leads_in(
    lines: Sequence[Line], index: int, label: str, following: Line, *, known: bool, sibling: bool
) -> bool:
    """Whether a line with a colon leads in to what follows instead of asking for an answer."""
    line = lines[index]
    if following.quoted or (_begins_list(following) and not sibling):
        return True
    among = line.table or (index and lines[index - 1].text.rstrip().endswith(":") and line.gap <= 1)
    if (
        count_words(label) > 10
        and not among
        and following.text.rstrip().endswith(":")
        and not (following.marker or _DATED.search(label))
    ):
        return True
    if re.match(r"if\b[^,]*,.*\b(?:is|are) \w+$", label, re.IGNORECASE) and not line.marker:
        return True
    if re.match(r"if\b[^,]*$", label, re.IGNORECASE) and line.gap <= 1:
        return following.text.rstrip().endswith(":")
    if _VALUES.search(label) and not following.marker:
        return False
    asked = sibling and not is_bullet(line.marker)
    if re.search(r"\bfollowing\b[^:]{0,30}:\W*$", line.text) and not known and not asked:
        return True
    if (
        re.search(r"\b(?:will|must|shall|may|agrees? to|not|to|that)\W*:\W*$", line.text, re.IGNORECASE)
        and following.marker
    ):
        return True
    intro = bool(_INTRO.search(line.text) or _HERE.search(label))
    if following.heading:
        return intro or len(label.split()) > 10
    if following.marker and not is_bullet(following.marker):
        return False
    return intro and not (known and len(label.split()) <= 3) and not _DATED.search(label)


def _begins_list(line: Line) -> bool:
    """Whether a list begins with this line, so that what stands before it leads into the list."""
    return bool(line.marker) and (is_bullet(line.marker) or bool(_FIRST.match(line.marker)))


def _is_asking(own: Sequence[Gap], line: Line) -> bool:
    """Whether the line below is a row of the same form."""
    return (line.text.rstrip(" *").endswith(":") and line.words <= 25) or (
        bool(own) and own[0].form != "choice" and own[0].start <= 60 and _is_short(line.text[: own[0].start])
    )


def _is_short(words: str) -> bool:
    return ":" in words or len(words.split()) <= 6


def _heads(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int) -> bool:
    """Whether this label is the heading of the labels below it: "Signatures:", "Preferred contact", "Mentor:"."""
    line, following = lines[index], lines[index + 1]
    if line.table and line.table == following.table:
        return False
    label = line.text.rstrip(": *")
    if (
        label.isupper()
        and not line.gap
        and not following.text.isupper()
        and re.match(r"[^:]{2,40}:", following.text)
    ):
        return True
    if re.search(
        r"(?:signatures|details|information|parties|particulars|unterschriften|firmas|signed by|contact)$",
        label,
        re.I,
    ):
        return True
    first = following.text.split(":")[0]
    below_is_field = re.search(
        r"\b(?:name|print(?:ed)? name|signature|signed|e-?mail|phone|nom|nome|nombre|naam|vorname)\b",
        first,
        re.I,
    )
    own_is_field = re.search(
        r"\b(?:name|date|signature|signed|e-?mail|phone|telephone|address|number|comments?|concerns|remarks|nom|nome|nombre|naam|vorname|téléphone|adresse)\b",
        label,
        re.I,
    )
    short = len(label.split()) <= 5
    held = any(gap.form == "bracket" for gap in gaps.get(index + 1, [])[:1])
    if held and short and not is_field(label):
        return True
    above = lines[index - 1].text if index else ""
    if above.endswith(":") and is_field(above.rstrip(":")) and not lines[index - 1].gap and not line.gap:
        return False
    if re.fullmatch(r"(?:name|date|e-?mail|phone|address)\b.{0,12}:\s*", above, re.I):
        return False
    rows = any(gap.form in ("row", "fill") for gap in gaps.get(index + 1, [])[:1])
    has_row = short and rows and len(first.split()) <= 5
    return bool(short and below_is_field and not own_is_field) or (
        has_row and not own_is_field and not line.marker
    )
