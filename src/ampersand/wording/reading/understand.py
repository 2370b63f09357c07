"""From a sheet of lines to everything found in it."""

from __future__ import annotations

from dataclasses import replace

from ampersand.wording.reading.as_template import template_of
from ampersand.wording.reading.finding.blanks import find_blanks
from ampersand.wording.reading.finding.clauses import count_clauses, count_items, parts_of, title_of
from ampersand.wording.reading.finding.picking import with_listed_options
from ampersand.wording.reading.finding.prompted import with_prompts_as_rows
from ampersand.wording.reading.finding.signatures import find_signing
from ampersand.wording.reading.finding.typed_boxes import with_boxes
from ampersand.wording.reading.finding.web_forms import with_fields
from ampersand.wording.reading.findings import Reading
from ampersand.wording.reading.lines import Sheet, squeeze
from ampersand.wording.reading.noticing.facts import find_facts, find_parties
from ampersand.wording.reading.noticing.look_at import find_look_at
from ampersand.wording.reading.sheets.flat import unflattened


def understand(sheet: Sheet) -> Reading:
    """Finds title, parties, sections, points, blanks, either/ors, signature blocks and facts."""
    lines = with_fields(unflattened(with_boxes(with_prompts_as_rows(sheet.lines))))
    sheet = replace(sheet, lines=with_listed_options(lines))
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
