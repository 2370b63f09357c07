"""Word files, from their XML: tables, automatic numbers, content controls, form fields, tab leaders, underlined spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml.etree import _Element as Element

from ampersand.wording.reading.kinds import SIGNATURE
from ampersand.wording.reading.lines import FILL, RULE, Fill, Line, Sheet, Unreadable, is_bullet, tidy
from ampersand.wording.reading.sheets.docx_parts import Parts
from ampersand.wording.reading.sheets.docx_runs import DEEPEST, MC, Runs, W, fill_of, is_empty, value_of
from ampersand.wording.reading.sheets.numbering import Numbering
from ampersand.wording.reading.sheets.tables import flatten

_QUOTED = {"quote", "block text", "intense quote"}
_LEADERS = {"dot", "underscore", "hyphen", "middleDot", "heavy"}


def read(data: bytes) -> Sheet:
    """A Word file, with tracked changes accepted."""
    try:
        parts = Parts.of(data)
    except Exception as error:
        raise Unreadable(
            "This Word file is damaged and could not be read. Open it in Word and save it again."
        ) from error
    walker = _Walker(styles=_styles(parts.styles), numbering=Numbering.of(parts.numbering))
    for body in parts.document.findall(f"{W}body")[:1]:
        walker.container(body, 0)
    head = next(_headers(parts), "")
    return Sheet(
        lines=tidy(_without_strays(_without_ornaments(walker.lines))), title=parts.title or head, kind="word"
    )


def _without_ornaments(lines: list[Line]) -> list[Line]:
    """Rules between two parts of a text as empty lines, unless someone is to sign on them."""
    kept = []
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        if line.text == RULE:
            signed = below and not below.listed and below.words <= 8 and SIGNATURE.search(below.text)
            line = replace(line, text="________" if signed else "")
        kept.append(line)
    return kept


def _without_strays(lines: list[Line]) -> list[Line]:
    """Leaves out a point with nothing in it that stands alone: it was left over, and two or more are a form."""

    def bare(index: int) -> bool:
        return (
            0 <= index < len(lines)
            and lines[index].listed
            and lines[index].text == FILL
            and not is_bullet(lines[index].marker)
        )

    listed = [line.listed and line.text == FILL for line in lines]
    return [
        line
        for index, line in enumerate(lines)
        if not listed[index] or (bare(index) and (bare(index - 1) or bare(index + 1)))
    ]


def _headers(parts: Parts) -> Iterator[str]:
    for header in parts.headers:
        for paragraph in header.iter(f"{W}p"):
            words = "".join(paragraph.itertext(f"{W}t")).strip()
            if words:
                yield words


@dataclass(frozen=True)
class _Style:
    """What a paragraph inherits from its style."""

    name: str = ""
    heading: int = 0
    number: tuple[str, int] | None = None
    leaders: tuple[bool, ...] = ()
    depth: int = 0


def _styles(root: Element | None) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    raw = {style.get(f"{W}styleId"): style for style in root.findall(f"{W}style")} if root is not None else {}
    for key, style in raw.items():
        chain: list[Element] = []
        current: Element | None = style
        while current is not None and len(chain) < 12:
            chain.append(current)
            current = raw.get(value_of(current, "basedOn"))
        found[key or ""] = _style(chain)
    return found


def _style(chain: list[Element]) -> _Style:
    names = [(value_of(style, "name") or "").lower() for style in chain]
    heading = 0
    for name in names:
        found = re.fullmatch(r"heading (\d)", name)
        heading = heading or (min(int(found[1]), 6) if found else 1 if name == "title" else 0)
    number: tuple[str, int] | None = None
    leaders: tuple[bool, ...] = ()
    for style in chain:
        properties = style.find(f"{W}pPr")
        if properties is not None:
            number = number or _number(properties)
            leaders = leaders or _leaders(properties)
    deeper = re.fullmatch(r"list (?:number|bullet|continue) (\d)", names[0] if names else "")
    return _Style(names[0] if names else "", heading, number, leaders, int(deeper[1]) - 1 if deeper else 0)


def _number(properties: Element) -> tuple[str, int] | None:
    key, level = value_of(properties, "numPr/numId"), value_of(properties, "numPr/ilvl")
    return (key or "", int(level) if level and level.isdigit() else 0) if key or level else None


def _leaders(properties: Element) -> tuple[bool, ...]:
    stops = properties.findall(f"{W}tabs/{W}tab")
    return tuple(stop.get(f"{W}leader") in _LEADERS for stop in stops if stop.get(f"{W}val") != "clear")


@dataclass
class _Walker:
    styles: dict[str, _Style]
    numbering: Numbering
    lines: list[Line] = field(default_factory=list)
    tables: int = 0

    def container(self, element: Element, depth: int) -> None:
        """Writes down the paragraphs and tables of a body, cell, text box or content control."""
        if depth > DEEPEST:
            raise Unreadable("This Word file is nested too deeply to be read.")
        for child in element:
            if child.tag == f"{W}p":
                self._paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                self._table(child, depth)
            elif child.tag == f"{W}sdt":
                self._control(child, depth)
            elif child.tag in (f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                self.container(child, depth + 1)

    def _control(self, control: Element, depth: int) -> None:
        content = control.find(f"{W}sdtContent")
        if control.find(f"{W}sdtPr/{W}docPartObj") is not None or content is None:
            return
        if content.find(f"{W}tbl") is None and is_empty(control):
            self.lines.append(Line(text=FILL, fills=(fill_of(control),)))
        else:
            self.container(content, depth + 1)

    def _table(self, table: Element, depth: int) -> None:
        rows = []
        for row in table.iter(f"{W}tr"):
            if _owner(row) is not table or row.find(f"{W}trPr/{W}del") is not None:
                continue
            cells = []
            for cell in _cells(row):
                inner = _Walker(self.styles, self.numbering, tables=self.tables + 1)
                holder = cell.getparent().getparent() if cell.getparent() is not row else None
                if holder is None or not is_empty(holder):
                    inner.container(cell, depth + 1)
                written = tuple(line for line in tidy(inner.lines))
                cells.append([] if all(line.text.strip() == FILL for line in written) else list(written))
            rows.append(cells)
        self.tables += 1
        self.lines += flatten(rows, self.tables)

    def _paragraph(self, paragraph: Element, depth: int) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = self.styles.get(value_of(properties, "pStyle") or "", _Style())
        if style.name.startswith("toc"):
            return
        own = _leaders(properties) if properties is not None else ()
        writer = Runs(own or style.leaders)
        writer.run(paragraph, 0)
        if value_of(properties, "pBdr/bottom") not in (None, "none", "nil"):
            writer.rule_below()
        number = (_number(properties) if properties is not None else None) or style.number
        if number and not number[0] and style.number:
            number = (style.number[0], number[1])
        marker, level = self.numbering.next(*number) if number else ("", 0)
        level = max(level, style.depth)
        if marker and not writer.text.strip():
            self.lines.append(Line(text=FILL, marker=marker, listed=True, depth=level, fills=(Fill(),)))
            return
        outline = value_of(properties, "outlineLvl") or "9"
        heading = style.heading or (int(outline) + 1 if outline.isdigit() and int(outline) < 6 else 0)
        rows = writer.text.split("\n")
        fills = list(writer.fills)
        for index, row in enumerate(rows):
            mine, fills = fills[: row.count(FILL)], fills[row.count(FILL) :]
            line = Line(
                text=row, heading=heading, bold=writer.bold, quoted=style.name in _QUOTED, fills=tuple(mine)
            )
            if index == 0 and marker:
                line = replace(line, marker=marker, listed=True, depth=level)
            self.lines.append(line)
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(parent.tag == f"{MC}Fallback" for parent in box.iterancestors()):
                self.container(box, depth + 1)


def _owner(row: Element) -> Element | None:
    parent = row.getparent()
    while parent is not None and parent.tag != f"{W}tbl":
        parent = parent.getparent()
    return parent


def _cells(row: Element) -> Iterator[Element]:
    """The row's cells; a cell that only continues the one above is left out."""
    for child in row:
        inner = child.find(f"{W}sdtContent/{W}tc") if child.tag == f"{W}sdt" else child
        if inner is not None and inner.tag == f"{W}tc":
            merge = inner.find(f"{W}tcPr/{W}vMerge")
            if merge is None or merge.get(f"{W}val") == "restart":
                yield inner
