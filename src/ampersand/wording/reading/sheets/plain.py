"""Plain text: lines, wrapped or not, with white space for layout."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from ampersand.wording.reading.kinds import is_field
from ampersand.wording.reading.lines import FILL, WIDE, Line, Sheet, is_step, split_marker, tidy
from ampersand.wording.reading.sheets.spans import uncommented

_ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")
_PAGE = re.compile(
    r"\s*(?:-\s*)?(?:page|seite|página|pagina)?\s*\d+\s*(?:(?:of|/|von|de|sur)\s*\d+)?(?:\s*-)?\s*$", re.I
)
_ENDS = re.compile(r"[.!?:;…)_\]]['\"”’]?\s*$")
_BLANKISH = re.compile(r"_{3,}|\.{4,}|…|\ue000|＿{2}")


def decode(data: bytes) -> str:
    """Bytes as text, in the encoding they are most likely in."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        if encoding == "utf-16":
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace")


def read(data: bytes) -> Sheet:
    """A plain text file."""
    return read_text(decode(data))


def read_text(text: str) -> Sheet:
    """Pasted text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\x00", "")
    text = uncommented(text)
    rows = [row.rstrip() for row in text.expandtabs(8).split("\n") if not _is_page_number(row)]
    return Sheet(lines=tidy(_with_depth(_joined(_with_headings(rows)))))


def _is_page_number(row: str) -> bool:
    stripped = row.strip()
    return bool(stripped) and bool(_PAGE.fullmatch(stripped)) and not stripped.isdigit()


_ASCIIDOC = re.compile(r"(={1,5})\s+(\S.*)")
_CODE_ROW = re.compile(r"//.*|\.\. [\w-]+::.*|\.\. _[^:]+:.*|:[\w-]+:(?: .*)?|\[[\w-]+(?:[=,][^\]]*)\]|\|===")


def _with_headings(rows: list[str]) -> list[str | Line]:
    """Headings as AsciiDoc ("== Aims") and reStructuredText (a row of signs under it) write them; their code goes."""
    result: list[str | Line] = []
    dots = any(row.startswith(". ") and after.startswith(". ") for row, after in pairwise(rows))
    for row in rows:
        asciidoc, above = _ASCIIDOC.fullmatch(row), result[-1] if result else ""
        if asciidoc:
            result.append(Line(text=asciidoc[2], heading=len(asciidoc[1])))
        elif isinstance(above, str) and _underlines(row, above):
            result[-1] = Line(text=above.strip(), heading=1 if row[0] == "=" else 2)
        elif (field := re.fullmatch(r":([\w ]{3,30}):(.*)", row)) and is_field(field[1]):
            result.append(f"{field[1]}:{field[2]}")
        elif row.startswith("|") and not _CODE_ROW.fullmatch(row):
            cells = [cell.strip() for cell in row.strip("|").split("|")]
            result.append(
                WIDE.join(cells) if cells[-1] and not row.endswith("|") else f"{WIDE.join(cells)} {FILL}"
            )
        elif not _CODE_ROW.fullmatch(row):
            row = re.sub(r"^(\s*)#\. (?=\S)", r"\1• ", re.sub(r"^\. (?=[A-Z])", "• ", row) if dots else row)
            row = re.sub(r"^(\*{2,5}) (?=\S)", lambda stars: "   " * (len(stars[1]) - 1) + "* ", row)
            result.append(row)
    return result


def _underlines(row: str, above: str) -> bool:
    """Whether a row of signs stands under a heading of about its length."""
    signs = re.fullmatch(r"([=~^\"'`#*+-])\1{2,}", row.strip())
    long = 0.7 * len(above.strip()) <= len(row.strip()) <= 1.3 * len(above.strip()) + 3
    return (
        bool(signs)
        and bool(re.match(r"\w", above.strip()))
        and long
        and not above.rstrip().endswith((":", "."))
        and len(above.split()) <= 12
    )


def _joined(rows: list[str | Line]) -> list[Line]:
    """Rows as lines: a row that goes on in the next is joined to it."""
    longest = max((len(row) for row in rows if isinstance(row, str)), default=0)
    wrapped = 40 <= longest <= 120
    lines: list[Line] = []
    open_row = ""
    for row in rows:
        if isinstance(row, Line):
            lines.append(row)
            open_row = ""
            continue
        if lines and open_row and row.strip() and _goes_on(open_row, row, longest, wrapped=wrapped):
            lines[-1] = replace(lines[-1], text=_join(lines[-1].text, row))
        else:
            lines.append(Line(text=row))
        open_row = row
    return [_spaced(line) for line in lines]


def _join(text: str, row: str) -> str:
    if text.endswith("-") and text[-2:-1].isalpha():
        return text + row.lstrip()
    return f"{text} {row.strip()}"


def _goes_on(row: str, following: str, longest: int, *, wrapped: bool) -> bool:
    """Whether a sentence runs on from one row into the next."""
    if (
        re.match(r"\s*o [A-ZÀ-Þ]", following)
        or split_marker(following)[0]
        or is_step(following)
        or _is_rule(following)
        or _is_rule(row)
    ):
        return False
    if re.search(r"\S {4,}\S", following) or re.search(r"\S {4,}\S", row.lstrip()):
        return False
    if re.match(r"\s*[A-Z][\w’'(),-]*(?: [\w’'(),/-]+){0,4}:(?:\s|$)", following):
        return False
    first = following.strip()[0]
    if row.endswith(":") and re.match(r"\s*(?:, |\.\s?[A-Z])", following):
        return True
    if _BLANKISH.search(row[-12:]) and not first.islower():
        return False
    if _ENDS.search(row) and not (row.endswith((")", "…")) and first.islower()):
        return False
    if first.islower() and not _BLANKISH.match(following.strip()):
        return len(row) > 25
    return wrapped and len(row) >= 0.82 * longest and longest >= 60 and (first.isalnum() or first in '(“"')


def _is_rule(row: str) -> bool:
    return bool(row.strip()) and not re.search(r"\w", row.replace("_", ""))


def _spaced(line: Line) -> Line:
    """Wide spaces within the line become one mark; the indent stays for now."""
    indent = len(line.text) - len(line.text.lstrip())
    text = re.sub(r"(?<=\S) {3,}(?=\S)", WIDE, line.text.strip())
    return replace(line, text=" " * indent + text)


def _with_depth(lines: list[Line]) -> list[Line]:
    """Indents of points as depth, counted per document: the least indent is 0."""
    indents = sorted({_indent(line.text) for line in lines if split_marker(line.text)[0]})
    levels = {indent: min(number, 5) for number, indent in enumerate(_far_apart(indents))}
    return [
        replace(line, depth=_level(_indent(line.text), levels) if split_marker(line.text)[0] else 0)
        for line in lines
    ]


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _far_apart(indents: list[int]) -> list[int]:
    kept: list[int] = []
    for indent in indents:
        if not kept or indent - kept[-1] >= 2:
            kept.append(indent)
    return kept


def _level(indent: int, levels: dict[int, int]) -> int:
    return max((level for least, level in levels.items() if least <= indent), default=0)
