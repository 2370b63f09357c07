"""From a sheet of lines to everything found in it."""

from __future__ import annotations

import re
from dataclasses import replace

from ampersand.wording.reading.as_template import template_of
from ampersand.wording.reading.blanks import find_blanks
from ampersand.wording.reading.clauses import count_clauses, count_items, parts_of, title_of
from ampersand.wording.reading.facts import find_facts, find_parties
from ampersand.wording.reading.findings import Reading
from ampersand.wording.reading.kinds import is_field
from ampersand.wording.reading.lines import BOX, WIDE, Line, Sheet, squeeze
from ampersand.wording.reading.look_at import find_look_at
from ampersand.wording.reading.signatures import find_signing

_TYPED_BOX = re.compile(
    r"[☑☒□❏❑❒◻⬜▢]|\[ ?\](?=\s*\w)|(?<=^)\[[xX]\](?=\s*\w)|(?<=\] )\[[xX]\]|(?:(?<=^)|(?<=\s))\([ xX]?\)(?=\s+\w)|(?<=\w )\[ ?\](?=\s|$)(?=.*\[ ?\]|\s*$)"
)


def understand(sheet: Sheet) -> Reading:
    """Finds title, parties, sections, points, blanks, either/ors, signature blocks and facts."""
    sheet = replace(sheet, lines=_with_listed_options(tuple(_with_boxes(line) for line in sheet.lines)))
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
    r"\b(?:choose|select|tick|circle|check|pick|mark) (?:only )?(?:one|all that apply|any that apply|which(?:ever)? appl\w+)\b[^:]*:\W*$",
    re.I,
)


def _with_listed_options(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Short points under "Please choose one:" as boxes to tick."""
    result, picking = [], False
    for line in lines:
        option = picking and bool(line.marker) and line.words <= 7 and BOX not in line.text
        result.append(replace(line, text=f"{BOX} {line.text}", marker="") if option else line)
        picking = option or bool(_PICK.search(line.text))
    return tuple(result)


_SHORT_ROWS = re.compile(
    r"(?:(?<=[:?.])|^)\s*(?:_{2,6}\s*[A-Za-z][\w’' /-]{0,30}?\s*[;,/\t]?\s*){2,}(?=$|[.;,])"
)


def _with_boxes(line: Line) -> Line:
    """Boxes typed as "[ ]", with other signs or as short rows before each option, as the one sign for a box."""
    text = _TYPED_BOX.sub(BOX, line.text)
    short = _SHORT_ROWS.search(text) if text.count("__") > 1 else None
    if short:
        options = [option.strip(" ;,/\t.") for option in re.split(r"_+", short[0])[1:]]
        if all(option and len(option.split()) <= 4 and not is_field(option) for option in options):
            boxes = WIDE.join(f"{BOX} {option}" for option in options)
            text = f"{text[: short.start()]} {boxes}{text[short.end() :]}"
    return replace(line, text=text)
