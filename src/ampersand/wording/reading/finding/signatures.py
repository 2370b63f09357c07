"""Signature blocks: one signer on one occasion. Decides which blanks are signatures when no word says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ampersand.wording.reading.findings import Blank
from ampersand.wording.reading.kinds import ROLE, SIGNATURE
from ampersand.wording.reading.lines import Line

_CUE = re.compile(
    r"\b(?:by signing|signatures?|(?<!be )(?<!reviewed and )(?<!completed and )(?<!read and )signed(?! cop)|sign below|sign here|agreed (?:by|and)|in witness|acknowledge\w*|unterschrift\w*|firmas?|firmado|signé|assinatur\w+"
    r"|handtekening\w*|executed|we agree to|i agree to|i have read|we have read|undersigned|undersigned)\b",
    re.IGNORECASE,
)
_APPROVED = re.compile(r"[\d.]*\s*(?:approved(?: by)?|approvals?):?", re.IGNORECASE)
_NAME = re.compile(
    r"\b(?:print(?:ed)?|block|names?|nombre|nom|naam|title|position|id|number|e-?mail|phone)\b", re.IGNORECASE
)
_REACH = 14


@dataclass(frozen=True)
class Signing:
    """The blanks with signatures told, how many blocks, by how many people, on how many occasions."""

    blanks: tuple[Blank, ...]
    blocks: int
    signers: int
    occasions: int


def find_signing(lines: Sequence[Line], blanks: Sequence[Blank]) -> Signing:
    """Tells which blanks are signed and counts them."""
    known = list(blanks)
    explicit = [number for number, blank in enumerate(known) if blank.kind == "signature"]
    for number in _by_role(lines, known, explicit):
        known[number] = replace(known[number], kind="signature")
    signed = [
        blank
        for blank in known
        if blank.kind == "signature" and not re.search(r"\binitials?\b", blank.near, re.I)
    ]
    labels = Counter(_signer(blank.near) for blank in signed)
    most = max(labels.values(), default=0)
    occasions = most if len(labels) > 1 and most > 1 and len(set(labels.values())) == 1 else min(most, 1)
    signers = len(labels) if occasions > 1 or len(labels) > 1 else len(signed)
    return Signing(tuple(known), len(signed), signers, occasions)


def _signer(near: str) -> str:
    roles = ROLE.findall(near)
    return " ".join(role.lower() for role in roles) or re.sub(r"\W+", " ", near.lower()).strip()


def _by_role(lines: Sequence[Line], blanks: Sequence[Blank], explicit: Sequence[int]) -> list[int]:
    """Blanks labelled with a role only ("Mentor: ____ Date: ____") that stand where people sign."""
    found = []
    for number, blank in enumerate(blanks):
        if blank.kind not in ("person", "text") or lines[blank.line].words > 25:
            continue
        beside = [other for other in blanks if other.line == blank.line and _NAME.search(other.near)]
        if beside and explicit and not _late(lines, blank):
            continue
        if not _is_role_label(blank.near) or _has_own_signature(lines, blanks, number, explicit):
            continue
        if _has_date_beside(blanks, number) or _after_cue(lines, blank):
            found.append(number)
    lone = [number for number in found if _late(lines, blanks[number]) or _after_cue(lines, blanks[number])]
    lone += [
        number
        for number in range(len(blanks))
        if number not in lone and _is_beside_signing(blanks, number, lone)
    ]
    return lone or _names_that_sign(lines, blanks, explicit) or _closing_names(lines, blanks, explicit)


def _is_beside_signing(blanks: Sequence[Blank], number: int, lone: Sequence[int]) -> bool:
    """Whether this blank is of the same form as one that is signed, a line or two away: a label and a date."""
    blank = blanks[number]
    if (
        blank.kind not in ("person", "text")
        or not _has_date_beside(blanks, number)
        or _NAME.search(blank.near)
    ):
        return False
    return any(
        1 <= abs(blanks[other].line - blank.line) <= 2 and len(blank.near.split()) <= 4 for other in lone
    )


def _closing_names(lines: Sequence[Line], blanks: Sequence[Blank], explicit: Sequence[int]) -> list[int]:
    """Two or more names with a row of dots that end a document: people sign there without being told."""
    if explicit:
        return []
    closing: list[int] = []
    dates = 0
    for number in range(len(blanks) - 1, -1, -1):
        blank = blanks[number]
        if lines[blank.line].marker:
            break
        alone = (
            blank.line in (len(lines) - 1 - dates - len(closing), len(lines) - 1 - dates) and blank.start < 40
        )
        if alone and blank.kind == "date" and not (dates or closing):
            dates = 1
            continue
        if (
            not alone
            or lines[blank.line].heading
            or blank.end == blank.start
            or lines[blank.line].text[blank.start] in "[<{("
            or len(blank.near.split()) > 3
            or blank.kind not in ("person", "text")
        ):
            break
        if _NAME.search(blank.near):
            break
        closing.append(number)
    return closing if len(closing) >= 2 and any(line.marker for line in lines) else []


def _names_that_sign(lines: Sequence[Line], blanks: Sequence[Blank], explicit: Sequence[int]) -> list[int]:
    """Where a document asks to sign below and offers only names and dates, the names are the signatures."""
    if explicit:
        return []
    return [
        number
        for number, blank in enumerate(blanks)
        if blank.kind == "person"
        and lines[blank.line].words <= 25
        and _has_date_beside(blanks, number)
        and _after_cue(lines, blank)
        and _late(lines, blank)
    ]


def _late(lines: Sequence[Line], blank: Blank) -> bool:
    return blank.line >= 0.45 * len(lines)


def _is_role_label(near: str) -> bool:
    label = re.split(r":\s+(?=\S)", near.strip())[-1].strip(" :*()")
    if re.search(r"\b(?:and|or|between|by|with|to|of|for|from|as)$|\bto \w+$", label, re.IGNORECASE):
        return False
    return len(label.split()) <= 5 and bool(ROLE.search(label)) and not _NAME.search(label)


def _has_own_signature(
    lines: Sequence[Line], blanks: Sequence[Blank], number: int, explicit: Sequence[int]
) -> bool:
    """Whether the same person has a line of their own for the signature, so that this one is for the name."""
    blank = blanks[number]
    for other in explicit:
        if blanks[other].line == blank.line:
            return True
        if abs(blanks[other].line - blank.line) <= 3 and _signer(blanks[other].near) == _signer(blank.near):
            return True
        following = blanks[number + 1] if number + 1 < len(blanks) else None
        if following is not None and following is blanks[other] and following.line - blank.line <= 2:
            return re.fullmatch(r"\W*(?:\w+\W+){0,3}signature\W*", following.near, re.I) is not None
    return False


def _has_date_beside(blanks: Sequence[Blank], number: int) -> bool:
    line = blanks[number].line
    after = blanks[number + 1 : number + 5]
    same = any(other.kind == "date" and other.line - line <= 1 for other in after[:2])
    return same or any(other.kind == "date" and other.line == line for other in after)


def _after_cue(lines: Sequence[Line], blank: Blank) -> bool:
    """Whether the words just above speak of signing, with no other subject begun since."""
    if SIGNATURE.search(blank.near):
        return True
    for asked, earlier in enumerate(range(blank.line - 1, max(blank.line - _REACH, -1), -1)):
        line = lines[earlier]
        if _CUE.search(line.text) or (line.heading and _APPROVED.fullmatch(line.text.strip())):
            intro = bool(re.search(r"following|terms", line.text, re.I)) and line.text.rstrip().endswith(":")
            return not intro or asked == 0
        if line.heading or line.marker or line.words > 25:
            return False
    return False
