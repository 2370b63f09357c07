"""Blanks over the whole document: what each stands beside, one blank over several lines, repeated labels."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace

from ampersand.wording.reading.choices import delete_as_appropriate
from ampersand.wording.reading.findings import Blank
from ampersand.wording.reading.gaps import Gap, box_groups, gaps_in
from ampersand.wording.reading.kinds import is_field, kind_of
from ampersand.wording.reading.lines import FILL, WIDE, Line, squeeze
from ampersand.wording.reading.prompts import is_label, open_prompts

_ROW_FORMS = ("row", "fill", "date")
_WORDS_NEAR = 7
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Þ“\"(])")


def find_blanks(lines: tuple[Line, ...]) -> list[Blank]:
    """Every place where someone must write, and every either/or, in document order."""
    marked = any(delete_as_appropriate(line.text) and "*" in line.text for line in lines)
    groups, boxed = box_groups(lines)
    gaps: dict[int, list[Gap]] = {
        index: gaps_in(line, index, marked=marked) for index, line in enumerate(lines)
    }
    for group in groups:
        before = [gap for gap in gaps[group.line] if gap.end <= group.start and gap.form != "colon"]
        after = [gap for gap in gaps[group.line] if gap.start > group.start and gap.form in _ROW_FORMS]
        gaps[group.line] = [*before, group, *after]
    labels = _settle_rows(lines, gaps)
    for prompt in open_prompts(lines, gaps, boxed):
        gaps[prompt.line].append(prompt)
    blanks = []
    for index, line in enumerate(lines):
        for number, gap in enumerate(gaps[index]):
            near = labels.get((index, number)) or _near(lines, gaps, index, number)
            blanks.append(_blank(line, gap, near))
    return _with_context(lines, blanks)


def _blank(line: Line, gap: Gap, near: str) -> Blank:
    after = line.text[gap.end :]
    near = near or squeeze(gap.label) or squeeze(gap.hint)
    hint = gap.hint if not gap.options else ""
    kind = gap.kind if gap.kind else kind_of(near, after, _describing(hint))
    return Blank(near, kind, gap.options, _default(hint), gap.line, gap.start, gap.end, gap.form == "boxes")


_SUGGESTION = re.compile(
    r"^(?:e\.?\s?g\.?[,:]?\s*)?((?:\d+|one|two|three|six|twelve)\s\w+|weekly|monthly|fortnightly|daily|every .+|once .+|twice .+)$",
    re.I,
)


def _default(hint: str) -> str:
    found = _SUGGESTION.match(hint.strip())
    return found[1] if found else ""


def _describing(hint: str) -> str:
    return "how often" if re.search(r"week|month|fortnight|daily|every|once|twice", hint, re.I) else hint


def _settle_rows(lines: tuple[Line, ...], gaps: dict[int, list[Gap]]) -> dict[tuple[int, int], str]:
    """Lines of nothing but dots or rules: the rest of a blank above, the answer to the label above or below, or
    an ornament. Returns the labels of those answered by the words below."""
    labels: dict[tuple[int, int], str] = {}
    used: set[int] = set()
    for index, line in enumerate(lines):
        if not gaps[index] or not _only_rows(line, gaps[index]):
            continue
        above = index - 1 if index else None
        below = _labels_below(lines, gaps, index)
        if above is not None and _runs_on(lines, gaps, above, index) and not (below and _is_signing(below)):
            gaps[index] = []
        elif (
            above is not None
            and above not in used
            and not _in_columns(below, gaps[index])
            and _asks(lines, gaps, above, line)
        ):
            used.add(above)
            gaps[index] = gaps[index][:1]
        elif below and len(below) >= len(gaps[index]):
            used.add(index + 1)
            gaps[index + 1] = []
            row = list(gaps[index])
            if len(row) == 1 and len(below) > 1:
                row = [replace(row[0], start=row[0].start) for _ in below]
                gaps[index] = row
            heads = _column_heads(lines, gaps, index, len(below))
            for number, label in enumerate(below[: len(row)]):
                labels[index, number] = f"{heads[number]} {label}" if heads else label
        elif not (
            above is not None
            and lines[index].marker == ""
            and above not in used
            and _strong(gaps[index], lines[above])
        ):
            gaps[index] = []
    return labels


def _in_columns(below: Sequence[str], own: Sequence[Gap]) -> bool:
    """Whether several rules stand side by side over as many labels."""
    return len(own) >= 2 and len(below) == len(own)


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
            asked = any(is_field(piece) and kind_of(piece) in ("signature", "date") for piece in pieces)
            if not asked and _key(pieces[0]) not in ("name", "print name", "title", "position"):
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
    if not re.search(r"[^\W_]", text):
        return False
    if gaps[above] and gaps[above][-1].form != "choice":
        tail = lines[above].text[gaps[above][-1].end :]
        if not (re.search(r"\w", tail) and text.endswith((":", "?"))):
            return False
    if text.endswith((":", "?", "–", "—")):
        return True
    ruled = index_is_ruled(lines, above + 1)
    strong = FILL in line.text or len(line.text.strip()) >= 12 or ruled
    if re.search(r"[.!;,]$", text):
        return False
    short = lines[above].words <= 9
    return strong and lines[above].gap <= 2 and (short or not text.endswith(".")) and lines[above].words <= 25


def index_is_ruled(lines: tuple[Line, ...], index: int) -> bool:
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
    if len(segments) == 1 and len(gaps[index]) > 1:
        segments = _split_labels(segments[0], len(gaps[index]))
    if not segments or any(len(s.split()) > 8 or re.search(r"[.!?]$|:\s*\S", s) for s in segments):
        return []
    return segments if all(is_label(segment) for segment in segments) else []


def _split_labels(text: str, count: int) -> list[str]:
    """Labels that lost the space between them: "Signature of mentor Date"."""
    found = re.match(r"(.+?)\s+(Date|Datum|Fecha|Data)\b\s*(.*)$", text)
    if not found:
        return [text]
    return [piece for piece in (found[1], found[2], found[3]) if piece][:count]


def _is_signing(labels: Sequence[str]) -> bool:
    return any(kind_of(label) in ("signature", "date") for label in labels)


def _near(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int, number: int) -> str:
    """The words just before a gap, from its own line or, if it begins one, from the line above."""
    text, own = lines[index].text, gaps[index]
    gap = own[number]
    if gap.form == "number":
        return _above(lines, gaps, index)
    if gap.form == "prompt":
        hinted = re.match(r"(.{2,60}:)\W{0,3}(?:\(|e\.?\s?g)", text, re.IGNORECASE)
        return squeeze(hinted[1] if hinted else _tail(text, 14))
    if gap.form == "bare":
        return _bare_label(lines, index, own, number)
    if gap.form == "boxes":
        return squeeze(_tail(gap.label, 10)) or _above(lines, gaps, index) or squeeze(text[: gap.start])
    start = own[number - 1].end if number else 0
    before = _without_gaps(text, own, start, gap.start)
    if (
        len(re.findall(r"\w+", before)) < 2
        and not (before.rstrip().endswith(":") or is_field(before))
        and number
    ):
        before = _without_gaps(text, own, 0, gap.start)
    bracket = re.match(r"\s*\(([^()]{2,40})\)", text[gap.end :])
    if (
        bracket
        and not before.split(WIDE)[-1].strip(" .,")
        and gap.form != "choice"
        and WIDE in text[: gap.start] + text[gap.end :]
    ):
        return bracket[0].strip()
    words = _tail(
        before.split(WIDE)[-1] if before.split(WIDE)[-1].strip(" .,") else before,
        _WORDS_NEAR if gap.form != "choice" else 5,
    )
    if gap.form == "choice":
        return squeeze(f"{words} {text[gap.start : gap.end]}")
    if not re.search(r"\w", words):
        after = squeeze(text[gap.end :])
        bracket = re.match(r"\(([^()]{2,40})\)", after)
        words = (
            _going_on(lines, gaps, index)
            or (bracket[0] if bracket else "")
            or (" ".join(after.split()[:6]) if len(after.split()) >= 3 and not lines[index].marker else "")
            or _above(lines, gaps, index)
            or " ".join(after.split()[:5])
        )
    return squeeze(words)


def _bare_label(lines: tuple[Line, ...], index: int, own: Sequence[Gap], number: int) -> str:
    """A label of several in a row, with the one that stands above it: "Mentor (signature)"."""
    text = lines[index].text
    segment = squeeze(text[own[number - 1].end if number else 0 : own[number].end])
    above = [piece.strip() for piece in lines[index - 1].text.split(WIDE)] if index else []
    if len(above) == len(own) and len(set(text.split(WIDE))) < len(own) and not lines[index - 1].gap:
        return squeeze(f"{above[number]} {segment}")
    return segment


def _without_gaps(text: str, own: Sequence[Gap], start: int, end: int) -> str:
    piece = list(text[:end])
    for gap in own:
        if gap.form != "choice" and gap.end <= end:
            piece[gap.start : gap.end] = [" "] * (gap.end - gap.start)
    return "".join(piece)[start:]


def _tail(text: str, count: int) -> str:
    """The last words of the last sentence; a whole label if it ends in a colon."""
    text = squeeze(text.replace(FILL, " ").replace("☐", " ")).strip()
    sentence = _SENTENCE.split(text)[-1] if not text.endswith((".", "!", ";")) else text
    words = sentence.split()
    limit = max(count, 12) if text.endswith((":", "?", "–")) else count
    return " ".join(words[-limit:]).lstrip("*,;.) ")


def _going_on(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int) -> str:
    """The last words of the line above if its sentence goes on in this line."""
    above = lines[index - 1] if index else None
    if (
        above is None
        or above.gap
        or above.heading
        or not re.search(r"[^\W_]\s*$", above.text)
        or lines[index].marker
    ):
        return ""
    own = gaps[index - 1]
    start = own[-1].end if own else 0
    return squeeze(_tail(above.text[start:], _WORDS_NEAR)) if above.words > 4 or own else ""


def _above(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int) -> str:
    """The words of the nearest line above that has some."""
    for earlier in range(index - 1, max(index - 7, -1), -1):
        words = _without_gaps(lines[earlier].text, gaps[earlier], 0, len(lines[earlier].text))
        if re.search(r"[^\W_]", re.sub(r"^\(?\w[.)]$", "", words.strip())):
            return squeeze(_tail(words, 10))
    return ""


def _with_context(lines: tuple[Line, ...], blanks: list[Blank]) -> list[Blank]:
    """Labels that repeat take the words they stand under or beside before them."""
    counts = Counter(_key(blank.near) for blank in blanks)
    asked = {blank.line for blank in blanks}
    result = []
    for number, blank in enumerate(blanks):
        if counts[_key(blank.near)] > 1 and len(blank.near.split()) <= 6 and blank.kind != "choice":
            first = next((other for other in blanks[:number] if other.line == blank.line), None)
            context = _short(first.near) if first is not None and _key(first.near) != _key(blank.near) else ""
            context = context or _heading_above(lines, asked, counts, blank)
            if context and _key(context) != _key(blank.near):
                kind = "contact" if blank.kind == "person" and kind_of(context) == "contact" else blank.kind
                blank = replace(blank, near=f"{context} {blank.near}", kind=kind)
        result.append(blank)
    return result


def _key(near: str) -> str:
    return re.sub(r"\W+", " ", near).strip().lower()


def _short(label: str) -> str:
    words = label.split()
    return label if len(words) <= 6 else ""


def _heading_above(lines: tuple[Line, ...], asked: set[int], labels: Container[str], blank: Blank) -> str:
    """The nearest short line above that is no blank itself: "Signatures:", "Mentor"."""
    for earlier in range(blank.line - 1, max(blank.line - 9, -1), -1):
        line = lines[earlier]
        if earlier in asked or not re.search(r"[^\W_]", line.text):
            continue
        if line.table:
            return ""
        if (
            line.words > 10
            or re.search(r"[.;!]\s*$", line.text)
            or earlier == 0
            or line.heading == 1
            or line.marker
        ):
            return ""
        if _key(line.text) in labels:
            return ""
        if (
            earlier <= 2
            and not any(above.words > 10 for above in lines[:earlier])
            and not line.text.rstrip().endswith(":")
        ):
            return ""
        return squeeze(line.text)
    return ""
