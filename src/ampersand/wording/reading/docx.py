"""Word files, from their XML: tables, automatic numbers, content controls, form fields, tab leaders, underlined spaces."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from docx import Document
from docx.document import Document as WordDocument
from lxml.etree import _Element as Element

from ampersand.wording.reading.lines import BOX, FILL, WIDE, Fill, Line, Sheet, Unreadable, is_bullet, tidy
from ampersand.wording.reading.numbering import Numbering
from ampersand.wording.reading.tables import flatten

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}footnoteReference",
    f"{W}instrText",
    f"{W}rPr",
    f"{W}pPr",
    f"{W}sdtPr",
    f"{_MC}Fallback",
}
_LEADERS = {"dot", "underscore", "hyphen", "middleDot", "heavy"}
_BOX_SIGNS = {
    "f06f",
    "f0a8",
    "f071",
    "f072",
    "f0fe",
    "f0fd",
    "f078",
    "f052",
    "f053",
    "f0a3",
    "2610",
    "2611",
    "2612",
}
_TYPED_BOX = re.compile("[☐☑☒□❏❑❒◻⬜▢]")
_DEEPEST = 100


def read(data: bytes) -> Sheet:
    """A Word file, with tracked changes accepted."""
    try:
        document = Document(io.BytesIO(data))
    except Exception as error:
        raise Unreadable(
            "This Word file is damaged and could not be read. Open it in Word and save it again."
        ) from error
    walker = _Walker(styles=_styles(document), numbering=Numbering.of(document))
    walker.container(document.element.body, 0)
    head = next((line for line in _headers(document)), "")
    return Sheet(
        lines=tidy(_without_strays(walker.lines)), title=document.core_properties.title or head, kind="word"
    )


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


def _headers(document: WordDocument) -> Iterator[str]:
    for section in document.sections:
        if not section.header.is_linked_to_previous:
            yield from (p.text.strip() for p in section.header.paragraphs if p.text.strip())


@dataclass(frozen=True)
class _Style:
    """What a paragraph inherits from its style."""

    name: str = ""
    heading: int = 0
    number: tuple[str, int] | None = None
    leaders: tuple[bool, ...] = ()


def _styles(document: WordDocument) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    raw = {style.get(f"{W}styleId"): style for style in document.styles.element.findall(f"{W}style")}
    for key, style in raw.items():
        chain: list[Element] = []
        current = style
        while current is not None and len(chain) < 12:
            chain.append(current)
            based = current.find(f"{W}basedOn")
            current = raw.get(based.get(f"{W}val")) if based is not None else None
        found[key or ""] = _style(chain)
    return found


def _style(chain: list[Element]) -> _Style:
    names = [
        (style.find(f"{W}name").get(f"{W}val") or "").lower()
        for style in chain
        if style.find(f"{W}name") is not None
    ]
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
    return _Style(names[0] if names else "", heading, number, leaders)


def _value(parent: Element | None, path: str) -> str | None:
    found = parent.find("/".join(f"{W}{step}" for step in path.split("/"))) if parent is not None else None
    return None if found is None else found.get(f"{W}val")


def _number(properties: Element) -> tuple[str, int] | None:
    key, level = _value(properties, "numPr/numId"), _value(properties, "numPr/ilvl")
    return (key or "", int(level) if level and level.isdigit() else 0) if key or level else None


def _leaders(properties: Element) -> tuple[bool, ...]:
    stops = properties.findall(f"{W}tabs/{W}tab")
    return tuple(stop.get(f"{W}leader") in _LEADERS for stop in stops if stop.get(f"{W}val") != "clear")


def _is_on(properties: Element | None, name: str) -> bool:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(f"{W}val") not in ("0", "false", "none")


@dataclass
class _Walker:
    styles: dict[str, _Style]
    numbering: Numbering
    lines: list[Line] = field(default_factory=list)
    tables: int = 0

    def container(self, element: Element, depth: int) -> None:
        """Writes down the paragraphs and tables of a body, cell, text box or content control."""
        if depth > _DEEPEST:
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
        if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None and content.find(f"{W}tbl") is None:
            self.lines.append(Line(text=FILL, fills=(_fill_of(control),)))
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
                inner.container(cell, depth + 1)
                written = tuple(line for line in tidy(inner.lines))
                cells.append([] if all(line.text.strip() == FILL for line in written) else list(written))
            rows.append(cells)
        self.tables += 1
        self.lines += flatten(rows, self.tables)

    def _paragraph(self, paragraph: Element, depth: int) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = self.styles.get(_value(properties, "pStyle") or "", _Style())
        if style.name.startswith("toc"):
            return
        own = _leaders(properties) if properties is not None else ()
        writer = _Runs(own or style.leaders)
        writer.run(paragraph, 0)
        if not writer.text.strip() and _value(properties, "pBdr/bottom") not in (None, "none", "nil"):
            writer.text = "________"
        number = (_number(properties) if properties is not None else None) or style.number
        if number and not number[0] and style.number:
            number = (style.number[0], number[1])
        marker, level = self.numbering.next(*number) if number else ("", 0)
        if marker and not writer.text.strip():
            self.lines.append(Line(text=FILL, marker=marker, listed=True, depth=level, fills=(Fill(),)))
            return
        outline = _value(properties, "outlineLvl") or "9"
        heading = style.heading or (int(outline) + 1 if outline.isdigit() and int(outline) < 6 else 0)
        rows = writer.text.split("\n")
        fills = list(writer.fills)
        for index, row in enumerate(rows):
            mine, fills = fills[: row.count(FILL)], fills[row.count(FILL) :]
            line = Line(text=row, heading=heading, bold=writer.bold, fills=tuple(mine))
            if index == 0 and marker:
                line = replace(line, marker=marker, listed=True, depth=level)
            self.lines.append(line)
        for box in paragraph.iter(f"{W}txbxContent"):
            if not any(parent.tag == f"{_MC}Fallback" for parent in box.iterancestors()):
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


def _fill_of(control: Element) -> Fill:
    properties = control.find(f"{W}sdtPr")
    assert properties is not None
    label = _value(properties, "alias") or ""
    for name in ("dropDownList", "comboBox"):
        found = properties.find(f"{W}{name}")
        if found is not None:
            items = [item.get(f"{W}displayText") or item.get(f"{W}value") or "" for item in found]
            kept = [
                item for item in items if item and not re.match(r"choose|select|wählen|elija", item, re.I)
            ]
            return Fill("choice", tuple(kept), label)
    return Fill("date" if properties.find(f"{W}date") is not None else "", (), label)


class _Runs:
    """The text of one paragraph, with FILL and BOX where Word has something to fill in."""

    def __init__(self, leaders: tuple[bool, ...]) -> None:
        self.leaders = leaders
        self.text = ""
        self.fills: list[Fill] = []
        self._tabs = 0
        self._field: list[str] = []
        self._letters = self._bold = 0

    @property
    def bold(self) -> bool:
        """Whether all its letters are bold."""
        return self._letters > 0 and self._bold >= 0.9 * self._letters

    def _fill(self, fill: Fill) -> None:
        if not self.text.endswith(FILL):
            self.text += FILL
            self.fills.append(fill)

    def run(self, element: Element, depth: int) -> None:
        """Goes through an element of the paragraph."""
        for child in element:
            tag = child.tag
            if tag in _GONE or depth > _DEEPEST:
                continue
            if tag == f"{W}sdt":
                self._control(child, depth)
            elif tag == f"{W}r":
                self._one(child)
            elif tag in (
                f"{W}hyperlink",
                f"{W}ins",
                f"{W}moveTo",
                f"{W}smartTag",
                f"{W}customXml",
                f"{W}fldSimple",
            ):
                self.run(child, depth + 1)

    def _control(self, control: Element, depth: int) -> None:
        content = control.find(f"{W}sdtContent")
        words = "".join(content.itertext(f"{W}t")) if content is not None else ""
        if control.find(f"{W}sdtPr/{_W14}checkbox") is not None:
            self.text += BOX
        elif control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None or not words.strip(" _.…\xa0"):
            self._fill(_fill_of(control))
        elif content is not None:
            self.run(content, depth + 1)

    def _one(self, run: Element) -> None:
        underlined = _is_on(run.find(f"{W}rPr"), "u")
        for piece in run:
            if piece.tag == f"{W}fldChar":
                self._field_mark(piece)
            elif self._field and self._field[-1] == "asked":
                continue
            elif piece.tag == f"{W}t":
                self._say(piece.text or "", underlined=underlined, bold=_is_on(run.find(f"{W}rPr"), "b"))
            elif piece.tag in (f"{W}tab", f"{W}ptab"):
                self._tab(underlined=underlined)
            elif piece.tag in (f"{W}br", f"{W}cr"):
                self.text += "\n"
            elif piece.tag == f"{W}sym" and (piece.get(f"{W}char") or "").lower() in _BOX_SIGNS:
                self.text += BOX
            elif piece.tag == f"{W}noBreakHyphen":
                self.text += "-"
            elif piece.tag == f"{W}pict" and piece.find(".//{urn:schemas-microsoft-com:vml}line") is not None:
                self._fill(Fill())

    def _say(self, text: str, *, underlined: bool, bold: bool) -> None:
        self._letters += sum(letter.isalnum() for letter in text)
        self._bold += sum(letter.isalnum() for letter in text) if bold else 0
        text = _TYPED_BOX.sub(BOX, text)
        if underlined:
            for number, piece in enumerate(
                re.split(r"[ \xa0\u2002\u2003]{4,}|^[ \xa0\u2002\u2003]{2,}$", text)
            ):
                if number:
                    self._fill(Fill())
                self.text += piece
        else:
            self.text += re.sub(r" {4,}", WIDE, text)

    def _tab(self, *, underlined: bool) -> None:
        index = min(self._tabs, len(self.leaders) - 1)
        self._tabs += 1
        if underlined or (self.leaders and self.leaders[index]):
            self._fill(Fill())
        else:
            self.text += WIDE

    def _field_mark(self, mark: Element) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            data = mark.find(f"{W}ffData")
            if data is None:
                self._field.append("shown")
            elif data.find(f"{W}checkBox") is not None:
                self.text += BOX
                self._field.append("asked")
            else:
                entries = tuple(item.get(f"{W}val") or "" for item in data.iter(f"{W}listEntry"))
                self._fill(Fill("choice" if entries else "", entries))
                self._field.append("asked")
        elif kind == "end" and self._field:
            self._field.pop()
