"""What each line is: heading, point, clause, form row, note, step; and the document's title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ampersand.wording.reading.findings import Blank, Part
from ampersand.wording.reading.kinds import is_field
from ampersand.wording.reading.lines import BOX, FILL, Line, Sheet, is_bullet, is_step, marker_shape, squeeze

_TERM = re.compile(
    r"\b(?:will|shall|must|may|should|can(?:not)?|agrees?|is|are|has|have|lasts?|meets?|keeps?|needs?|do(?:es)? not|remains?|requires?|wird|werden|soll(?:en)?"
    r"|muss|müssen|darf|dürfen|kann|ist|sind|se compromete|debe[n]?|puede[n]?|es|son|doit|doivent|peut|peuvent|est|sont|deve|devono|può|é|zal|moet|kan)\b",
    re.IGNORECASE,
)
_TELLS = re.compile(r"^\W*(?:please )?(?:delete|cross out|strike out|circle|tick|underline)\b", re.IGNORECASE)
_CONTENTS = re.compile(
    r"^(?:table of )?(?:contents|inhalt(?:sverzeichnis)?|índice|sommaire|table des matières|indice|inhoud)\W*$",
    re.I,
)
_SIGNED = re.compile(
    r"(?:[\w’']+ ){0,3}(?:signatures?|signed(?: by)?|firmas|unterschriften)\W*", re.IGNORECASE
)
_PAGE_ENTRY = re.compile(r"(?:[.…·]{3,}|\t|\ue000)\s*\d{1,3}\s*$")
_TITLE_WORDS = re.compile(
    r"agreement|contract|charter|compact|policy|terms|code|plan|guidelines|handbook|form|memorandum|understanding|partnership|pledge|vereinbarung|vertrag"
    r"|acuerdo|contrato|convenio|accord|contrat|charte|accordo|contratto|acordo|overeenkomst|avtal|aftale|umowa",
    re.IGNORECASE,
)


def parts_of(sheet: Sheet, blanks: Sequence[Blank]) -> list[Part]:
    """Every line with what it is. Lines that repeat the table of contents are left out."""
    lines = sheet.lines
    contents = _contents(lines)
    headings = _numbered_headings(lines, contents, bold_heads=sheet.kind not in ("markdown", "html"))
    asked = {blank.line for blank in blanks}
    signed = {blank.line for blank in blanks if blank.kind == "signature"}
    parts: list[Part] = []
    for index, line in enumerate(lines):
        if index in contents:
            role = "contents"
        elif line.heading or index in headings:
            role = "heading"
        elif index in signed and line.words <= 8:
            role = "form"
        else:
            role = _role(lines, index, asked)
        level = (line.heading or 2) if role == "heading" else 0
        parts.append(Part(role, line.text, line.marker, line.depth, level))
    return parts


def _role(lines: Sequence[Line], index: int, asked: set[int]) -> str:
    line = lines[index]
    if line.quoted:
        return "note"
    if is_step(line.text):
        return "step"
    if line.text.startswith(BOX):
        group = _boxes_around(lines, index)
        if len(group) > 1 and any(re.match(rf"{BOX}\W*(?:yes|no)\b", lines[o].text, re.I) for o in group):
            return "form"
        if len(group) == 1 and index in asked:
            return "form"
        listed = bool(line.marker) or len(group) > 1
        many = sum(lines[other].words for other in group) >= (4.5 if line.marker else 5) * len(group)
        return "item" if listed and many and line.text.count(BOX) == 1 else "form"
    if line.marker and line.words <= 6 and _is_signed_under(lines, index):
        return "note"
    if line.marker:
        return "item" if re.search(r"[^\W_]", re.sub(r"\b[XxVvIi]\b", "", line.text)) else "form"
    if _is_heading(lines, index, asked):
        return "heading"
    if index in asked and not _is_sentence(line):
        return "form"
    told = line.text.rstrip().endswith(":") or bool(_TELLS.search(line.text))
    return "clause" if _is_sentence(line) and _TERM.search(line.text) and not told else "note"


def _is_signed_under(lines: Sequence[Line], index: int) -> bool:
    """Whether a point stands in a list right under "Signatures" or "Signed:": it is the name of who signed."""
    above = next((line for line in reversed(lines[:index]) if not line.marker), None)
    headed = next((line for line in reversed(lines[:index]) if line.heading), above)
    return any(line is not None and bool(_SIGNED.fullmatch(line.text.strip())) for line in (above, headed))


def _boxes_around(lines: Sequence[Line], index: int) -> range:
    """The lines of the group of boxes that this line is in."""
    first = last = index
    while first > 0 and lines[first - 1].text.startswith(BOX):
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].text.startswith(BOX):
        last += 1
    return range(first, last + 1)


def title_of(sheet: Sheet) -> str:
    """The document's title: its first heading of the first level, what its format says, or its first short line."""
    lines = sheet.lines
    first = next((line for line in lines if line.heading == 1), None)
    if first is not None and sheet.kind != "markdown":
        return squeeze(first.text)
    if sheet.title:
        return squeeze(sheet.title)
    if first is not None:
        return squeeze(first.text)
    short = [
        line
        for line in lines[:6]
        if not line.marker and line.words <= 14 and not re.search(r"[_.…]{3}|\ue000|[.:;]$", line.text)
    ]
    for line in short[:3]:
        if _TITLE_WORDS.search(line.text):
            return squeeze(re.split(r"\t", line.text)[0])
    return squeeze(short[0].text) if short else ""


def count_items(parts: Sequence[Part]) -> int:
    """How many points there are, numbered, lettered or bulleted, at any depth."""
    return sum(part.role == "item" for part in parts)


def count_clauses(parts: Sequence[Part]) -> int:
    """How many parts carry a term: points and, where points do not make up the agreement, plain paragraphs."""
    items = count_items(parts)
    first = next((number for number, part in enumerate(parts) if part.role == "item"), 0)
    plain = sum(part.role == "clause" and (number > first or items < 3) for number, part in enumerate(parts))
    return items + plain


def _is_sentence(line: Line) -> bool:
    words = re.sub(rf"[_.…{FILL}]{{2,}}", " ", line.text)
    return len(re.findall(r"\w+", words)) >= 5


def _contents(lines: Sequence[Line]) -> set[int]:
    """The lines of a table of contents."""
    found: set[int] = set()
    for index, line in enumerate(lines):
        if line.contents or (
            line.text.rstrip()[-1:].isdecimal()
            and _PAGE_ENTRY.search(line.text)
            and line.words <= 16
            and not re.search(r":\s*[.…_\ue000]", line.text)
        ):
            found.add(index)
        elif _CONTENTS.match(line.text):
            found.add(index)
            for later in range(index + 1, len(lines)):
                if not lines[later].marker or lines[later].words > 10 or lines[later].heading:
                    break
                found.add(later)
    entries = [index for index in found if _PAGE_ENTRY.search(lines[index].text)]
    return found if len(entries) != 1 or len(found) > 1 else found - set(entries)


def _looks_like_heading(line: Line) -> bool:
    text = line.text.strip(" *")
    titled = re.fullmatch(
        r"(?:[A-Z][\w’'-]+|of|the|and|this|for|to|in|a|an|with|or)(?: (?:[A-Z][\w’'-]+|of|the|and|this|for|to|in|a|an|with|or))+\.",
        text,
    )
    text = text.rstrip(".") if titled else text
    if line.words > 9 or re.search(r"[.;?!,…]$|_{3,}|\.{3,}|\ue000", text) or not text[:1].isalnum():
        return False
    return not text[:1].islower()


def _numbered_headings(lines: Sequence[Line], contents: set[int], *, bold_heads: bool) -> set[int]:
    """Numbered lines that head what follows rather than say it: "2 Meeting pupils"."""
    families: dict[tuple[str, int, bool], list[int]] = {}
    for index, line in enumerate(lines):
        if (
            index not in contents
            and line.marker
            and not (line.heading or is_bullet(line.marker) or line.quoted)
        ):
            families.setdefault((marker_shape(line.marker), line.depth, line.listed), []).append(index)
    found: set[int] = set()
    for (shape, _, _), members in families.items():
        heads = [index for index in members if _heads(lines, index, bold_heads=bold_heads)]
        if shape.startswith("§") or (heads and len(heads) >= 0.6 * len(members)):
            found.update(
                index
                for index in members
                if shape.startswith("§") or lines[index].bold or _looks_like_heading(lines[index])
            )
    return found


def _is_titled(text: str) -> bool:
    """Whether every longer word begins with a capital, as in "The Host Agrees to the Following Duties:"."""
    long = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 4]
    return len(long) >= 3 and all(word[0].isupper() for word in long)


def _all_bold(lines: Sequence[Line]) -> bool:
    return sum(line.bold for line in lines) > 0.6 * len(lines)


def _heads(lines: Sequence[Line], index: int, *, bold_heads: bool) -> bool:
    line = lines[index]
    if not _looks_like_heading(line) or index + 1 >= len(lines):
        return False
    following = lines[index + 1]
    if line.text.isupper() and line.words >= 1 and following.words > 3:
        return True
    if (
        (bold_heads or not line.listed)
        and line.bold
        and not line.text.rstrip().endswith(":")
        and not _all_bold(lines)
    ):
        return True
    if following.heading:
        return False
    if following.marker:
        other = marker_shape(following.marker) != marker_shape(line.marker)
        deeper = re.match(r"\(?\d", following.marker) or (not line.listed and following.words > 3)
        led = line.text.rstrip().endswith(":") and not _is_titled(line.text)
        return bool(other and deeper) and not led
    return following.words >= 5 or bool(re.search(r":\s*(?:[_.…\ue000]|$)|\?$", following.text))


def _is_heading(lines: Sequence[Line], index: int, asked: set[int]) -> bool:
    """Whether an unmarked line without the format's mark of a heading reads as one."""
    line = lines[index]
    text = line.text.strip(" *")
    if (
        index in asked
        or re.search(r":\s+\S", text)
        or line.table
        or line.words > 9
        or not text[:1].isupper()
        or re.search(r"[.;,!]$|\t|\ue000|☐|@", text)
    ):
        return False
    if index + 1 >= len(lines) or (text.endswith(":") and not (line.bold or text.isupper())):
        return False
    following = lines[index + 1]
    alone = (
        index == 0
        or bool(re.search(r"[.!?]\)?\s*$", lines[index - 1].text))
        or lines[index - 1].gap > 0
        or line.gap > 0
        or lines[index - 1].heading > 0
    )
    if line.bold or text.isupper():
        return True
    closed = (
        index > 0
        and bool(re.search(r"[.!?:)]\s*$", lines[index - 1].text))
        and line.words <= 3
        and not is_field(text)
    )
    return alone and (following.words >= 5 or closed) and not text.endswith("?")
