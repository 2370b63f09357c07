"""From a sheet of lines to everything found in it."""

from __future__ import annotations

import re
from dataclasses import replace

from ampersand.wording.reading.as_template import template_of
from ampersand.wording.reading.blanks import find_blanks
from ampersand.wording.reading.clauses import count_clauses, count_items, parts_of, title_of
from ampersand.wording.reading.facts import find_facts, find_parties
from ampersand.wording.reading.findings import Reading
from ampersand.wording.reading.flat import unflattened
from ampersand.wording.reading.kinds import is_field
from ampersand.wording.reading.lines import BOX, WIDE, Line, Sheet, marker_shape, squeeze
from ampersand.wording.reading.look_at import find_look_at
from ampersand.wording.reading.signatures import find_signing
from ampersand.wording.reading.web_forms import with_fields

_TYPED_BOX = re.compile(
    r"[☑☒□❏❑❒◻⬜▢]|\[ ?\](?=\s*\w)|(?<=^)\[[xX]\](?=\s*\w)|(?<=\] )\[[xX]\]|(?:(?<=^)|(?<=\s))\([ xX]?\)(?=\s+\w)|(?<=\w )\[ ?\](?=\s|$)(?=.*\[ ?\]|\s*$)"
)


def understand(sheet: Sheet) -> Reading:
    """Finds title, parties, sections, points, blanks, either/ors, signature blocks and facts."""
    lines = with_fields(unflattened([_with_boxes(line) for line in sheet.lines]))
    sheet = replace(sheet, lines=_with_listed_options(lines))
    signing = find_signing(sheet.lines, find_blanks(sheet.lines))
    parts = parts_of(sheet, signing.blanks)
    title = title_of(sheet)
    reading = Reading(
        title=title,
        parties=find_parties(
            title, sheet.lines, [blank.near for blank in signing.blanks if blank.kind == "signature"]
        ),
        sections=tuple(squeeze(f"{part.marker} {part.text}") for part in parts if part.role == "heading"),
        items=count_items(parts),
        clauses=count_clauses(parts),
        blanks=signing.blanks,
        alternatives=tuple(
            blank.options for blank in signing.blanks if blank.kind == "choice" and len(blank.options) > 1
        ),
        signature_blocks=signing.blocks,
        occasions=signing.occasions,
        signers=signing.signers,
        facts=find_facts(sheet.lines),
        look_at=find_look_at(sheet.lines, signing.blanks),
        parts=tuple(parts),
    )
    return replace(reading, template=template_of(sheet.lines, reading))


_PICK = re.compile(
    r"\?\s[^?]*\b(?:options|suggestions|choices)\b[^?]*:\W*$|\b(?:choose|select|tick|circle|check|pick|mark) (?:only )?(?:one|all that apply|any that apply|which(?:ever)? appl\w+)\b[^:]*:\W*$",
    re.I,
)
_PICK_BELOW = re.compile(
    r"^\W*(?:please )?(?:place|put|tick|mark|check|select|choose|circle|highlight)\b.{0,30}\b(?:one of the (?:boxes|options)|one box|one option|the boxes|below)\b.{0,20}$",
    re.IGNORECASE,
)


def _with_listed_options(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Short points under "Please choose one:" as boxes to tick."""
    result, picking, below, shape = [], False, False, ""
    for line in lines:
        short = line.words <= 7 and BOX not in line.text
        plain = (
            below
            and line.words <= 5
            and not (line.marker or line.heading or re.search(r"[.:?;_]\s*$", line.text))
        )
        same = bool(line.marker) and marker_shape(line.marker) == (shape or marker_shape(line.marker))
        option = short and ((picking and same) or plain)
        shape = marker_shape(line.marker) if option and line.marker else ""
        result.append(replace(line, text=f"{BOX} {line.text}", marker="") if option else line)
        picking = (option and not plain) or bool(_PICK.search(line.text))
        below = (plain and not line.gap) or bool(_PICK_BELOW.search(line.text))
    return tuple(result)


_EMPTY_IN_SENTENCE = re.compile(
    r"(?<=\b(?:is|of|at|to|in|by|on) )\[ ?\](?=[ ,.;]|$)|(?<=(?:for|are|ery|hin|ast|ost|een|and) )\[ ?\](?=[ ,.;]|$)"
)
_YES_NO_ROWS = re.compile(r"(?<!\w)(Y|Yes)\s?_{2,6}[\s/,;]*(N|No)\s?_{2,6}(?!\w)")
_TEMPLATE_CODE = re.compile(r"\{\{\s*(?:[#/^][^{}]*|else[^{}]*)\}\}|\{%[^%{}]*%\}")
_SHORT_ROWS = re.compile(
    r"(?:(?<=[:?.])|^)\s*(?:_{2,6}\s*[A-Za-z][\w’' /-]{0,30}?\s*[;,/\t]?\s*){2,}(?=$|[.;,])"
)


def _with_boxes(line: Line) -> Line:
    """Boxes typed as "[ ]", with other signs or as short rows before each option, as the one sign for a box."""
    text = _TEMPLATE_CODE.sub("", line.text)
    if len(re.findall(r"\[ ?\]", text)) == 1:
        text = _EMPTY_IN_SENTENCE.sub("____", text)
    text = _YES_NO_ROWS.sub(rf"{BOX} \1 {BOX} \2", _TYPED_BOX.sub(BOX, text))
    short = _SHORT_ROWS.search(text) if text.count("__") > 1 else None
    if short:
        options = [option.strip(" ;,/\t.") for option in re.split(r"_+", short[0])[1:]]
        if all(option and len(option.split()) <= 4 and not is_field(option) for option in options):
            boxes = WIDE.join(f"{BOX} {option}" for option in options)
            text = f"{text[: short.start()]} {boxes}{text[short.end() :]}"
    return replace(line, text=text)
