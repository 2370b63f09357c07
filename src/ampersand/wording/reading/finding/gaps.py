"""Blanks within a line, by their shape alone: dots, underscores, brackets, marks of the format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ampersand.wording.reading.finding.brackets import brackets_in
from ampersand.wording.reading.finding.choices import choices_in
from ampersand.wording.reading.finding.rows import rows_in
from ampersand.wording.reading.kinds import FIELD, UNIT, is_field, kind_of, side_by_side
from ampersand.wording.reading.lines import FILL, WIDE, Line


@dataclass(frozen=True)
class Gap:
    """A place to fill in, from `start` to `end` of a line.

    `form`: "row" of dots or underscores, "fill" by the format, "bracket", "date", "colon", "choice", "boxes",
    "prompt" (nothing but a question). `hint` is what stands in it ("insert name").
    """

    line: int
    start: int
    end: int
    form: str
    hint: str = ""
    kind: str = ""
    options: tuple[str, ...] = ()
    label: str = ""


_DATE = re.compile(
    rf"(?:(?<![_＿.…])[_＿.…]+|{FILL})\s*[/.\-]\s*(?:[_＿.…]+|{FILL})\s*[/.\-]\s*(?:(?:19|20)?(?:[_＿.…]+|{FILL})|20\b)"
    r"|(?<=:)\s*/\s{1,8}/\s*(?:20)?\s*(?=$|\t)|(?<=:)[ \t]+/[ \t]+/(?:[ \t]*20)?"
)
_DATE_SIGN = re.compile(rf"[_＿/{FILL}]")
_DATE_WORDS = re.compile(
    r"\b(?:D{1,2}[/.\- ]M{1,2}[/.\- ]Y{2,4}|M{1,2}[/.\-]D{1,2}[/.\-]Y{2,4}|Y{4}[/.\-]M{1,2}[/.\-]D{1,2}|[JT]{2}[/.]MM[/.][AJ]{2,4}|DD/MM/AAAA"
    r"|Month D{1,2},? Y{4}|D{1,2} Month Y{4}|xx[/.]xx[/.]x{2,4}|XX//?XX/20\d\d|0{2}[/.]0{2}[/.](?:0{2}|0{4})|(?:MM slash DD|DD slash MM) slash YYYY)\b",
    re.IGNORECASE,
)
_YEAR = re.compile("yy|aa|jj|ja|aj|xx|00")
"""How the year, or all, is written in such words, in small letters: most lines hold none and are soon done with."""

_XX_SIGN = re.compile(r"[#X]|NN|YY|N\.|20_")
_XX = re.compile(
    r"(?<![\w/#-])(?:#{3,}(?=\s\w)|20(?:XX(?:-\d?\d?XX)?|__)(?!\w)|[£$€]\s?X{2,}|X{2,}(?=\s?(?:days?|weeks?|months?|hours?|minutes?|years?|times|%|sessions?|meetings?))|(?:N{3,}|X{3,}|Y{3,}|XYZ|N\. ?N\.)(?!\w)|X(?=\s(?:number of|days?|weeks?|months?|hours?|minutes?|years?|times|sessions?|meetings?)\b))"
)
_CAPITALS = re.compile(
    r"(?<![\w/(\[“\"’'#-])(?:(?:[A-Z]{3,} ){0,2}(?:NAME|ADDRESS|TITLE|NUMBER|DATE|YEAR RANGE)S?(?: OF(?: THE)?(?: [A-Z]{2,}){1,3})?|(?:INSERT|DESCRIBE|ENTER|SPECIFY|LIST)(?: [A-Z]{2,}){1,6})(?![\w/:’'-]|\s?[_.…]{2}|, ?(?!NAME|ADDRESS|TITLE|NUMBER|DATE)[A-Z]{3})"
)
_CAPITALS_ES = re.compile(
    r"(?<![\w/(])(?:NOMBRES?(?: Y APELLIDOS?)?|APELLIDOS?|DIRECCIÓN|DOMICILIO|NÚMERO|FECHA)(?![\w/:]|\s[A-ZÁÉÍÓÚÑ]{2})"
)
_LEFT_OUT = re.compile(
    r"\b(?:between|by|from|of|to|in|at|with|for|and|par|de|du|à|le|entre|et|por|von|zwischen|und|am) (?=,\s|\.(?:\s|$))",
    re.IGNORECASE,
)
_LABEL_THEN_STOP = re.compile(r"(?<=[^\W\d]):(?=\s?(?:, ?[a-z]|\.\s?(?:[A-Z]|$)))")
_SPACED_STOPS = re.compile(r"\w (?:,\s|\.(?:\s|$))")
_ROOM = re.compile(
    rf"\b(?:every|each|for|least|within|of|to|after|about|last) ?{WIDE}(?={UNIT.pattern})|\([^()]{{2,40}}{WIDE}(?=\))",
    re.IGNORECASE,
)
THREE_DOTS = re.compile(r"(?<=[\w)] )(?:\.{3}|…)(?=\.?\s*$|\s[\w(])")
_PARTY = re.compile(
    rf"\s*(?:between|and|zwischen|und|entre|et|y|tra)\s*{WIDE}\s*(?=\S)(?![^(]*[_.…]{{3}})", re.IGNORECASE
)
_WIDE_AFTER_COLON = re.compile(rf":(?:\s*{WIDE}|\s{{3}})")
_COLON = re.compile(rf"(?:^|(?<=[{WIDE}{FILL}_]))\s*([^:{WIDE}{FILL}]{{1,60}}):(?=\s*{WIDE}|\s{{3,}})")
_ONLY_LABELS = re.compile(
    r"\s*(?:[A-ZÀ-Þ][\w’'&/()º°#. -]{0,48}(?:NO\.)?:(?:\s+|$|(?=[A-Z]))){2,}(?:NO\.|[A-Z][\w ]{1,20}#|/\s*/\s*)?"
)
_THERE = re.compile(
    r"\b(?:There|These|This|The following|You|We|Both)\b[^:]* (?:is|are|have|has|will|can|may)\b"
)
_RUN_ON_LABEL = re.compile(r"(?<=[_.] )([A-Z](?:[\w’',/-]+ ){5,14}[\w’'/-]+:)(?=\s+[A-Z][^:_]{5,60}:\s*_)")
_VALUE_LAST = re.compile(r":\s+[^:]*\d[^:]*$")
_KNOWN_RUN = re.compile(
    r"([A-Z][\w’' /()]{1,30}):\s+(?=[A-Z][\w’' /()]{1,30}:\s*$|[A-Z][\w’' /()]{1,30}:\s+[A-Z])"
)


def gaps_in(line: Line, index: int, *, marked: bool, dotted: bool = False) -> list[Gap]:
    """The gaps of one line, in order."""
    text = line.text
    found: list[Gap] = []
    if line.contents:
        return found
    shapes = [_choices(text, marked=marked), _dates(text), _rows(text)]
    sample = re.fullmatch(r"\s*[\"“][^\"”]*[\"”]\W*", text)
    if not (line.quoted or sample):
        shapes += [_bracketed(text), _date_words(text), _xx(text), _capitals(text)]
    if dotted:
        shapes.append(Gap(0, dots.start(), dots.end(), "row") for dots in THREE_DOTS.finditer(text))
    shapes += [_between(text), _left_out(text)]
    shapes.append(_colons(text, line_in_table=line.table > 0))
    taken = bytearray(len(text) + 1)
    for shape in shapes:
        for gap in shape:
            end = max(gap.end, gap.start + 1)
            if not any(taken[gap.start : end]):
                taken[gap.start : end] = b"x" * (end - gap.start)
                found.append(replace(gap, line=index))
    found = _merged(text, sorted(found, key=lambda gap: gap.start))
    return _with_fills(line, found)


def _choices(text: str, *, marked: bool) -> Iterator[Gap]:
    for choice in choices_in(text, marked=marked):
        yield Gap(0, choice.start, choice.end, "choice", kind="choice", options=choice.options)


def _dates(text: str) -> Iterator[Gap]:
    if not _DATE_SIGN.search(text):
        return
    for date in _DATE.finditer(text):
        if re.search(rf"[_＿…{FILL}/]|\.{{2}}", date[0]) and (
            "/" in date[0] or re.search(rf"[_＿{FILL}]", date[0])
        ):
            yield Gap(0, date.start(), date.end(), "date", kind="date")


def _rows(text: str) -> Iterator[Gap]:
    for start, end in rows_in(text):
        yield Gap(0, start, end, "fill" if FILL in text[start:end] else "row")


def _bracketed(text: str) -> Iterator[Gap]:
    for start, end, hint in brackets_in(text):
        yield Gap(0, start, end, "bracket", hint=hint)


def _date_words(text: str) -> Iterator[Gap]:
    if not _YEAR.search(text.lower()):
        return
    for date in _DATE_WORDS.finditer(text):
        yield Gap(0, date.start(), date.end(), "date", hint=date[0], kind="date")


def _xx(text: str) -> Iterator[Gap]:
    if not _XX_SIGN.search(text):
        return
    for found in _XX.finditer(text):
        yield Gap(0, found.start(), found.end(), "bracket", hint="")


def _capitals(text: str) -> Iterator[Gap]:
    """Words in capitals, in a sentence that has few, that say what stands there: "from DATE to DATE"."""
    shouted = [*_CAPITALS.finditer(text), *_CAPITALS_ES.finditer(text)]
    if not shouted or len(re.findall(r"\b[a-zà-ÿ]{2,}", text)) < 4:
        return
    for found in shouted:
        if re.match(r"[a-z,]", text[: found.start()].rstrip()[-1:]):
            yield Gap(0, found.start(), found.end(), "bracket", hint=found[0].lower())


def _between(text: str) -> Iterator[Gap]:
    """Room left for a party: "between          (the club)"."""
    party = _PARTY.match(text)
    if party and FILL not in text:
        place = text.index(WIDE)
        yield Gap(0, place, place, "colon")


def _left_out(text: str) -> Iterator[Gap]:
    """Where the line to write on was lost and only its room is left: "between , the tutor", "every      weeks"."""
    for label in _LABEL_THEN_STOP.finditer(text):
        if is_field(" ".join(text[: label.start()].split()[-2:])):
            yield Gap(0, label.end(), label.end(), "row")
    stops = len(_SPACED_STOPS.findall(text))
    found = list(_LEFT_OUT.finditer(text)) if stops else []
    if len(found) == stops:
        yield from (Gap(0, lost.end(), lost.end(), "row") for lost in found)
    if WIDE in text:
        for lost in _ROOM.finditer(text):
            yield Gap(0, lost.end() - 1, lost.end(), "row")


def _colons(text: str, *, line_in_table: bool) -> Iterator[Gap]:
    """Labels with a wide space after the colon: "Name:        Date:"."""
    if _WIDE_AFTER_COLON.search(text):
        for label in _COLON.finditer(text):
            rest = text[label.end() :].strip()
            if (not rest or re.match(r"[^:\t]{1,40}:", rest)) and len(label[1].split()) <= 8:
                yield Gap(0, label.end(), label.end(), "colon")
    several = text.count(":") > 1
    if several and not line_in_table and _ONLY_LABELS.fullmatch(text) and not _THERE.search(text):
        labels = re.finditer(r":(?=\s|$|[A-Z])(?!\s*/)", text)
        yield from (Gap(0, found.end(), found.end(), "colon") for found in labels)
        if text.rstrip().endswith("#"):
            yield Gap(0, len(text.rstrip()), len(text.rstrip()), "colon")
        return
    if text.count(":") >= 4:
        yield from (Gap(0, label.end(1), label.end(1), "colon") for label in _RUN_ON_LABEL.finditer(text))
    for label in _KNOWN_RUN.finditer(text) if several and not _VALUE_LAST.search(text) else ():
        following = re.match(r"[^:]{1,30}", text[label.end() :])
        if is_field(label[1]) and following and is_field(following[0]):
            yield Gap(0, label.end(1) + 1, label.end(1) + 1, "colon")
    if not (line_in_table or "_" in text or FILL in text or ".." in text or "…" in text):
        yield from _bare_labels(text)


def _bare_labels(text: str) -> Iterator[Gap]:
    """Labels side by side with nothing drawn: "Mentor        Date"."""
    segments = [segment.strip() for segment in text.split(WIDE)]
    beside = side_by_side(text) if len(segments) == 1 else []
    segments, kinds = beside or segments, {"signature", "date"} | ({"person"} if beside else set())
    if (
        len(segments) >= 2
        and all(FIELD.search(s) and len(s.split()) <= 4 and re.fullmatch(r"[\w’'/() ]+", s) for s in segments)
        and any(kind_of(segment) in kinds for segment in segments)
    ):
        place = 0
        for segment in segments:
            place = text.index(segment, place) + len(segment)
            yield Gap(0, place, place, "bare")


def _merged(text: str, gaps: list[Gap]) -> list[Gap]:
    """One blank written in two ways beside each other, "……… [name]" or "____ (DD/MM/YYYY)", is one."""
    merged: list[Gap] = []
    for gap in gaps:
        last = merged[-1] if merged else None
        between = text[last.end : gap.start] if last else ""
        chosen = gap.form == "choice" and text[gap.start] == "["
        if chosen and last and last.form == "row" and not between.strip():
            merged.pop()
        one = _as_one(last, gap, between, text) if last else None
        if one:
            merged[-1] = one
        else:
            merged.append(gap)
    return merged


def _as_one(last: Gap, gap: Gap, between: str, text: str) -> Gap | None:
    """Two gaps that stand beside each other as one, if they are one blank."""
    if last.form == "choice" and gap.form == "fill" and not between.strip(" )"):
        return replace(last, end=gap.end)
    if "choice" in (last.form, gap.form):
        return None
    if last.form == gap.form == "row":
        if text[: last.start].rstrip().endswith("(") and re.fullmatch(r"\)\s?", between):
            return replace(last, end=gap.end)
        if re.fullmatch(r"\([^()]{2,30}\)", between):
            return replace(last, end=gap.end, hint=between.strip("()"))
    drawn = last.form in ("row", "fill")
    hinted = gap.form in ("bracket", "date") and gap.hint and re.fullmatch(r"\s?[(,]?\s?", between)
    led = (
        last.form == "bracket" and last.hint and gap.form in ("row", "fill") and re.fullmatch(r" ?", between)
    )
    same = gap.form == last.form and re.fullmatch(r" ?", between)
    if (drawn and (hinted or same)) or led:
        return replace(last, end=gap.end, hint=last.hint or gap.hint, kind=last.kind or gap.kind)
    return None


def _with_fills(line: Line, gaps: list[Gap]) -> list[Gap]:
    """What the format says of its own places: options, kind, label."""
    result = []
    for gap in gaps:
        number = line.text[: gap.start].count(FILL)
        count = line.text[gap.start : gap.end].count(FILL)
        own = line.fills[number] if count and number < len(line.fills) else None
        if own is not None and gap.form != "choice":
            gap = replace(gap, kind=own.kind or gap.kind, options=own.options, label=own.label)
            gap = replace(gap, kind="choice" if own.options else "" if gap.kind == "choice" else gap.kind)
        result.append(gap)
    return result
