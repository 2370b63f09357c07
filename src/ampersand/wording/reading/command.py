"""`ampersand read FILE [--json]`: prints what was found in an agreement."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ampersand.wording.reading.asking import read as read_agreement
from ampersand.wording.reading.findings import Blank, Reading
from ampersand.wording.reading.lines import Unreadable


def command(argv: Sequence[str]) -> int:
    """Find clauses, blanks, either/ors and signature lines in an agreement. The exit status is 0 if it was read."""
    parser = argparse.ArgumentParser(
        prog="ampersand read",
        description="Finds clauses, blanks, either/ors and signature lines in an agreement.",
    )
    parser.add_argument(
        "file", type=Path, help="a .docx, .pdf, .odt, .txt, .md, .html or .tex file; - for pasted text"
    )
    parser.add_argument("--json", action="store_true", help="print everything as JSON")
    options = parser.parse_args(argv)
    try:
        reading = (
            read_agreement(sys.stdin.buffer.read())
            if str(options.file) == "-"
            else read_agreement(options.file)
        )
    except (Unreadable, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if options.json:
        sys.stdout.write(json.dumps(_for_json(reading), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(_told(reading)) + "\n")
    return 0


read = command
"""The command's name is the function's, for whoever looks commands up by name."""


def _for_json(reading: Reading) -> dict[str, object]:
    whole = reading.as_dict()
    whole["blanks"] = [
        {key: blank[key] for key in ("near", "kind", "options", "default") if key in blank}
        for blank in whole["blanks"]
    ]
    whole["look_at"] = [f"{hint.about}: {hint.told}" for hint in reading.look_at]
    del whole["parts"]
    return whole


def found_sentence(reading: Reading) -> str:
    """ "We found 24 clauses, 8 blanks, 3 either/ors, 2 people who sign, on 2 occasions." """
    choices = sum(blank.kind == "choice" for blank in reading.blanks)
    blanks = sum(blank.kind not in ("choice", "signature") for blank in reading.blanks)
    said = [
        _many(reading.clauses, "clause", "clauses"),
        _many(blanks, "blank", "blanks"),
        _many(choices, "either/or", "either/ors"),
    ]
    if not reading.signers:
        return f"We found {', '.join(said)} and nobody who signs."
    said.append(_many(reading.signers, "person who signs", "people who sign"))
    occasions = f", on {reading.occasions} occasions" if reading.occasions > 1 else ""
    return f"We found {', '.join(said)}{occasions}."


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _told(reading: Reading) -> Iterator[str]:
    yield reading.title
    yield found_sentence(reading)
    if reading.parties:
        yield f"Between: {', '.join(reading.parties)}"
    if reading.sections:
        yield f"Sections: {'; '.join(reading.sections)}"
    if reading.blanks:
        yield "To fill in, choose or sign:"
        yield from (f"  {_line(blank)}" for blank in reading.blanks)
    if reading.facts:
        yield "What the text fixes:"
        yield from (f"  {name.replace('_', ' ')}: {value}" for name, value in reading.facts.items())
    if reading.look_at:
        yield "Please look at:"
        yield from (f"  {hint.about}: {hint.told}" for hint in reading.look_at)


def _line(blank: Blank) -> str:
    options = f" ({' / '.join(blank.options)})" if blank.options else ""
    return f"{blank.near}  [{blank.kind}]{options}"
