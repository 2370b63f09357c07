"""Lines of nothing but dots or rules: what they belong to, the words above, the words below, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ampersand.wording.reading.finding.context import key
from ampersand.wording.reading.finding.gaps import Gap
from ampersand.wording.reading.finding.prompts import is_label
from ampersand.wording.reading.kinds import FIELD, ROLE, SIGNATURE, is_field, kind_of, side_by_side
from ampersand.wording.reading.lines import FILL, WIDE, Line, squeeze

_ROW_FORMS = ("row", "fill", "date")


_GENERAL = re.compile(r"(?:print(?:ed)? |full )?name|title|position|e ?mail|phone|address")


def settle_rows(lines: tuple[Line, ...], gaps: dict[int, list[Gap]]) -> dict[tuple[int, int], str]:
    """Lines of nothing but dots or rules: the rest of a blank above, the answer to the label above or below, or
    an ornament. Returns the labels of those answered by the words below."""
    labels: dict[tuple[int, int], str] = {}
    used: set[int] = set()
    for index, line in enumerate(lines):
        if not gaps[index] or not _only_rows(line, gaps[index]):
            continue
        above = index - 1 if index else None
        below = _labels_below(lines, gaps, index)
        heads = _labels_beside(lines, gaps, index) if not below else []
        if heads:
            used.add(index - 1)
            labels |= {(index, number): label for number, label in enumerate(heads)}
            continue
        if over := _signers_below(lines, gaps, index):
            gaps[index] = [replace(gap, kind="signature") for gap in gaps[index]]
            labels |= {(index, number): label for number, label in enumerate(over)}
            continue
        if above is not None and _is_ornament(lines, gaps, above, index, below):
            gaps[index] = []
        elif (
            above is not None
            and above not in used
            and not _in_columns(below, gaps[index])
            and not _is_signed_below(lines[above], below)
            and _asks(lines, gaps, above, line)
        ):
            used.add(above)
            gaps[index] = gaps[index][:1]
        elif below and len(below) >= len(gaps[index]):
            used.add(index + 1)
            labels |= _named_below(lines, gaps, index, below)
        elif not (
            above is not None
            and lines[index].marker == ""
            and above not in used
            and _strong(gaps[index], lines[above])
        ):
            gaps[index] = []
    return labels


def _labels_beside(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int) -> list[str]:
    """The labels side by side in the line above that stand over as many rules: "Name        Town"."""
    if not index or len(gaps[index]) < 2 or lines[index - 1].gap > 1:
        return []
    heads = [squeeze(piece) for piece in lines[index - 1].text.split(WIDE) if piece.strip()]
    free = all(gap.form in ("bare", "colon") for gap in gaps[index - 1])
    if len(heads) != len(gaps[index]) or not free or not all(is_label(head) for head in heads):
        return []
    gaps[index - 1] = []
    return heads


def _named_below(
    lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int, below: Sequence[str]
) -> dict[tuple[int, int], str]:
    """Gives a row of rules the labels below it, one rule to a label."""
    gaps[index + 1] = []
    row = gaps[index] = list(gaps[index]) * len(below) if len(gaps[index]) == 1 else list(gaps[index])
    heads = _column_heads(lines, gaps, index, len(below))
    return {
        (index, number): f"{heads[number]} {label}" if heads else label
        for number, label in enumerate(below[: len(row)])
    }


def _signers_below(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int) -> list[str]:
    """Whose names stand, or are still to be put in, below the lines to sign on, late in a document."""
    if index <= 0.4 * len(lines) or lines[index].gap > 1 or index + 1 == len(lines):
        return []
    below, named = gaps[index + 1], lines[index + 1]
    names = [gap for gap in below if gap.form == "bracket" and kind_of(gap.hint) == "person"]
    if len(names) == len(gaps[index]) == len(below):
        return [squeeze(gap.hint) for gap in names]
    dated = any(gap.kind == "date" for other in range(index + 2, index + 5) for gap in gaps.get(other, []))
    alone = len(gaps[index]) == 1 and not (below or named.marker or named.heading)
    return [squeeze(named.text)] if alone and dated and _FULL_NAME.fullmatch(named.text.strip(" *_")) else []


_FULL_NAME = re.compile(
    r"[A-ZÀ-Þ][\w’'-]*\.?(?: (?:d[aei]l?|v[ao]n|y)){0,2} [A-ZÀ-Þ][\w’'-]*\.?(?: [\w’'/,&-]+){0,6}"
)
_FILLED_IN = re.compile(r"[^:]{2,40}:\s?(?:[A-ZÀ-Þ][\w’'-]*\.?)(?: [A-ZÀ-Þ][\w’'-]*\.?){1,3}")


def _is_ornament(
    lines: tuple[Line, ...], gaps: dict[int, list[Gap]], above: int, index: int, below: Sequence[str]
) -> bool:
    """Whether a rule goes on with the blank above it, or what it is for is written over it: "Name: Anna Berg"."""
    if _runs_on(lines, gaps, above, index) and not (below and _is_signing(below)):
        return True
    told = lines[above].text.strip(" *_")
    label, _, answer = told.partition(":")
    return bool(_FILLED_IN.fullmatch(told)) and is_field(label) and not FIELD.search(answer)


def _in_columns(below: Sequence[str], own: Sequence[Gap]) -> bool:
    """Whether several rules stand side by side over as many labels."""
    return len(own) >= 2 and len(below) == len(own)


def _is_signed_below(above: Line, below: Sequence[str]) -> bool:
    """Whether "Signed:" stands over a rule that has the signer's name under it, or a greeting over a signature."""
    text = above.text.rstrip(" *")
    greets = not (text.endswith((":", "?")) or is_field(text)) and any(
        kind_of(label) == "signature" for label in below[:1]
    )
    signed = bool(SIGNATURE.search(text)) and any(ROLE.search(label) for label in below)
    return above.words <= 3 and (signed or greets)


def _column_heads(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int, count: int) -> list[str]:
    """The names that stand over columns of places to sign: "Tutor        Client"."""
    if count < 2:
        return []
    for earlier in range(index - 1, max(index - 9, -1), -1):
        pieces = [squeeze(piece) for piece in lines[earlier].text.split(WIDE) if piece.strip()]
        if (
            len(pieces) == count
            and not gaps[earlier]
            and all(re.fullmatch(r"[\w’' ]{2,30}:?", piece) for piece in pieces)
        ):
            asked = any(kind_of(piece) in ("signature", "date") for piece in pieces)
            if not asked and not _GENERAL.fullmatch(key(pieces[0])):
                return pieces
        elif lines[earlier].words > 12:
            return []
    return []


def _only_rows(line: Line, gaps: Sequence[Gap]) -> bool:
    rest = line.text
    for gap in gaps:
        if gap.form not in _ROW_FORMS or gap.hint:
            return False
        rest = rest.replace(line.text[gap.start : gap.end], " ", 1)
    return not re.search(r"\w", rest.replace("_", "")) and not line.marker


def _runs_on(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], above: int, index: int) -> bool:
    """Whether the blank that ends the line above goes on here, or a whole line of blank stands above."""
    if len(gaps[index]) > 1 or lines[above].gap > 1:
        return False
    while above > 0 and not gaps[above] and _is_rule(lines[above]):
        above -= 1
    own = gaps[above]
    if (
        not own
        or own[-1].form not in (*_ROW_FORMS, "colon")
        or len(lines[index].text.strip()) < 8 > lines[index].text.count(FILL) * 8
    ):
        return False
    ends = not re.search(r"\w", lines[above].text[own[-1].end :].replace("_", ""))
    date = own[-1].form == "date" or re.search(r"\bdate\W*$", lines[above].text[: own[-1].start], re.I)
    return (
        ends and not date and not (lines[above].gap == 1 and _only_rows(lines[above], own) and len(own) > 1)
    )


def _is_rule(line: Line) -> bool:
    return not re.search(r"\w", line.text.replace("_", ""))


def _asks(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], above: int, line: Line) -> bool:
    """Whether the line above is what is to be answered here."""
    text = lines[above].text.rstrip(" *")
    if not re.search(r"[^\W_]", text) or (
        above <= 1 and lines[above].words <= 8 and not is_field(text) and not text.endswith(":")
    ):
        return False
    if not (gaps[above] or lines[above].gap or lines[above].heading) and re.search(
        r"\b(?:from|by|to|of|for|with|at|in|on|is|are|be|and)$", text
    ):
        return True
    if gaps[above] and gaps[above][-1].form != "choice":
        tail = lines[above].text[gaps[above][-1].end :]
        if not (re.search(r"\w", tail) and text.endswith((":", "?"))):
            return False
    if text.endswith((":", "?", "–", "—")):
        return True
    ruled = _is_ruled(lines, above + 1)
    named = is_field(text) and lines[above].words <= 4
    strong = FILL in line.text or len(line.text.strip()) >= (5 if named else 12) or ruled
    if re.search(r"[.!;,]$", text):
        return False
    short = lines[above].words <= 9
    return strong and lines[above].gap <= 2 and (short or not text.endswith(".")) and lines[above].words <= 25


def _is_ruled(lines: tuple[Line, ...], index: int) -> bool:
    """Whether several whole lines of rules stand here one under the other."""
    return index + 1 < len(lines) and _is_rule(lines[index]) and _is_rule(lines[index + 1])


def _strong(own: list[Gap], above: Line) -> bool:
    """Whether places the format itself marks stand here, which are asked for whatever the words say."""
    return all(gap.form == "fill" for gap in own) and bool(above.text)


def _labels_below(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int) -> list[str]:
    """The labels in the line below a row of rules: "Mentor        Date"."""
    if index + 1 >= len(lines) or lines[index].gap > 1:
        return []
    below = lines[index + 1]
    if below.heading or any(gap.form not in ("bare", "choice") for gap in gaps[index + 1]) or below.marker:
        return []
    segments = [segment.strip() for segment in below.text.split(WIDE) if segment.strip()]
    beside = side_by_side(segments[0]) if len(segments) == 1 else []
    if len(beside) >= max(len(gaps[index]), 2):
        segments = beside
    elif len(segments) == 1:
        fused = re.search(
            r"[a-z](?:Date|Datum|Fecha|Data)\b|\b(?:signature|signed|name)\b.*(?<!and)(?<!&)(?<!/)(?<!of) Date$",
            segments[0],
        )
        count = max(len(gaps[index]), 2) if fused else len(gaps[index])
        segments = _split_labels(segments[0], count) if count > 1 else segments
    if not segments or any(len(s.split()) > 8 or re.search(r"[.!?:]$|:\s*\S", s) for s in segments):
        return []
    return segments if all(is_label(segment) for segment in segments) else []


def _split_labels(text: str, count: int) -> list[str]:
    """Labels that lost the space between them: "Signature of mentor Date", "(mentor) (date)"."""
    captions = re.findall(r"\([^()]+\)", text)
    if len(captions) == count and not re.sub(r"\([^()]+\)", "", text).strip():
        return captions
    found = re.match(r"(.+?)(?:\s+|(?<=[a-z]))(Date|Datum|Fecha|Data)\b\s*(.*)$", text)
    if not found:
        return [text]
    return [piece for piece in (found[1], found[2], found[3]) if piece][:count]


def _is_signing(labels: Sequence[str]) -> bool:
    return any(kind_of(label) in ("signature", "date") for label in labels)
