"""OpenDocument text, from its XML."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field, replace

from lxml import etree
from lxml.etree import _Element as Element

from ampersand.wording.reading.lines import BOX, FILL, WIDE, Fill, Line, Sheet, Unreadable, tidy
from ampersand.wording.reading.sheets.tables import flatten

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _STYLE = f"{{{_OASIS}text:1.0}}", f"{{{_OASIS}table:1.0}}", f"{{{_OASIS}style:1.0}}"
_OFFICE, _DRAW, _FORM = f"{{{_OASIS}office:1.0}}", f"{{{_OASIS}drawing:1.0}}", f"{{{_OASIS}form:1.0}}"
_GONE = {
    f"{_TEXT}tracked-changes",
    f"{_TEXT}note",
    f"{_OFFICE}annotation",
    f"{_TEXT}table-of-content",
    f"{_OFFICE}forms",
}
_ASKED = {f"{_TEXT}placeholder", f"{_TEXT}text-input"}
_DEEPEST = 100


def read(data: bytes) -> Sheet:
    """An OpenDocument text file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            content = _parse(archive.read("content.xml"))
            styles = _parse(archive.read("styles.xml")) if "styles.xml" in archive.namelist() else None
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, RuntimeError, NotImplementedError) as error:
        raise Unreadable("This file is damaged and could not be read. Open it and save it again.") from error
    walker = _Walker(_Styles.of(content, styles), _controls(content))
    body = content.find(f".//{_OFFICE}text")
    if body is not None:
        walker.container(body, 0)
    return Sheet(lines=tidy(walker.lines), kind="odt")


def _parse(xml: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    return etree.fromstring(xml, parser)


def _controls(content: Element) -> dict[str, str]:
    """Form controls by id: "box" for a box to tick, "" for anything else."""
    found = {}
    for form in content.iter():
        if isinstance(form.tag, str) and form.tag.startswith(_FORM):
            key = form.get(f"{_FORM}id") or form.get("{http://www.w3.org/XML/1998/namespace}id")
            if key:
                found[key] = "box" if form.tag.endswith(("checkbox", "radio")) else ""
    return found


@dataclass
class _Styles:
    """What styles say that matters here: underlined text, leader tabs, numbered lists."""

    underlined: set[str] = field(default_factory=set)
    leaders: set[str] = field(default_factory=set)
    numbered: dict[str, set[int]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, *roots: Element | None) -> _Styles:
        """The styles of the document's parts."""
        styles = cls()
        for root in roots:
            for style in root.iter(f"{_STYLE}style") if root is not None else ():
                styles._add(style.get(f"{_STYLE}name") or "", style)
            for style in root.iter(f"{_TEXT}list-style") if root is not None else ():
                levels = {
                    int(e.get(f"{_TEXT}level") or 1) for e in style.iter(f"{_TEXT}list-level-style-number")
                }
                styles.numbered[style.get(f"{_STYLE}name") or ""] = levels
        return styles

    def _add(self, name: str, style: Element) -> None:
        self.parents[name] = style.get(f"{_STYLE}parent-style-name") or ""
        for text in style.iter(f"{_STYLE}text-properties"):
            if text.get(f"{_STYLE}text-underline-style") not in (None, "none"):
                self.underlined.add(name)
        for stop in style.iter(f"{_STYLE}tab-stop"):
            if stop.get(f"{_STYLE}leader-style") not in (None, "none"):
                self.leaders.add(name)


@dataclass
class _Walker:
    styles: _Styles
    controls: dict[str, str]
    lines: list[Line] = field(default_factory=list)
    tables: int = 0
    text: str = ""
    fills: list[Fill] = field(default_factory=list)

    def container(self, element: Element, depth: int, lists: tuple[str, ...] = ()) -> None:
        """Writes down paragraphs, headings, lists and tables."""
        if depth > _DEEPEST:
            raise Unreadable("This file is nested too deeply to be read.")
        for child in element:
            if child.tag in _GONE or not isinstance(child.tag, str):
                continue
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self._paragraph(child, depth)
            elif child.tag == f"{_TEXT}list":
                self._list(child, depth, lists)
            elif child.tag == f"{_TABLE}table":
                self._table(child, depth)
            else:
                self.container(child, depth + 1, lists)

    def _list(self, element: Element, depth: int, lists: tuple[str, ...]) -> None:
        lists = (*lists, element.get(f"{_TEXT}style-name") or (lists[-1] if lists else ""))
        numbered = len(lists) in self.styles.numbered.get(lists[-1], set())
        count = 0
        for item in element:
            start, count = len(self.lines), count + (item.tag == f"{_TEXT}list-item")
            self.container(item, depth + 1, lists)
            if item.tag == f"{_TEXT}list-item" and len(self.lines) > start and not self.lines[start].marker:
                marker = f"{count}." if numbered else "•"
                heading = self.lines[start].heading
                self.lines[start] = replace(
                    self.lines[start], marker=marker, listed=not heading, depth=len(lists) - 1
                )

    def _table(self, table: Element, depth: int) -> None:
        rows = []
        for row in table.iter(f"{_TABLE}table-row"):
            cells = []
            for cell in row.findall(f"{_TABLE}table-cell"):
                inner = _Walker(self.styles, self.controls, tables=self.tables + 1)
                inner.container(cell, depth + 1)
                cells.append(list(tidy(inner.lines)))
            rows.append(cells)
        self.tables += 1
        self.lines += flatten(rows, self.tables)

    def _paragraph(self, paragraph: Element, depth: int) -> None:
        self.text, self.fills = "", []
        name = paragraph.get(f"{_TEXT}style-name") or ""
        leader = name in self.styles.leaders or self.styles.parents.get(name, "") in self.styles.leaders
        self._inline(paragraph, depth, leader=leader, underlined=name in self.styles.underlined)
        level = paragraph.get(f"{_TEXT}outline-level") or "1"
        heading = min(int(level), 6) if paragraph.tag == f"{_TEXT}h" and level.isdigit() else 0
        if name.lower() == "title" or self.styles.parents.get(name, "").lower() == "title":
            heading = 1
        fills = self.fills
        for row in self.text.split("\n"):
            mine, fills = fills[: row.count(FILL)], fills[row.count(FILL) :]
            self.lines.append(Line(text=row, heading=heading, fills=tuple(mine)))

    def _inline(self, element: Element, depth: int, *, leader: bool, underlined: bool) -> None:
        if depth > _DEEPEST:
            raise Unreadable("This file is nested too deeply to be read.")
        self._say(element.text, underlined=underlined)
        for child in element:
            if child.tag in _ASKED:
                self._fill(Fill())
            elif child.tag == f"{_TEXT}drop-down":
                options = tuple(e.get(f"{_TEXT}value") or "" for e in child.iter(f"{_TEXT}label"))
                self._fill(Fill("choice", options))
            elif child.tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c") or "1"
                self._say(" " * min(int(count), 200) if count.isdigit() else " ", underlined=underlined)
            elif child.tag == f"{_TEXT}tab":
                self._tab(asked=leader or underlined)
            elif child.tag == f"{_TEXT}line-break":
                self.text += "\n"
            elif child.tag == f"{_DRAW}control":
                self._control(child)
            elif child.tag not in _GONE and isinstance(child.tag, str):
                own = underlined or child.get(f"{_TEXT}style-name") in self.styles.underlined
                self._inline(child, depth + 1, leader=leader, underlined=own)
            self._say(child.tail, underlined=underlined)

    def _control(self, control: Element) -> None:
        if self.controls.get(control.get(f"{_DRAW}control") or "") == "box":
            self.text += BOX
        else:
            self._fill(Fill())

    def _tab(self, *, asked: bool) -> None:
        if asked:
            self._fill(Fill())
        else:
            self.text += WIDE

    def _fill(self, fill: Fill) -> None:
        if not self.text.endswith(FILL):
            self.text += FILL
            self.fills.append(fill)

    def _say(self, text: str | None, *, underlined: bool) -> None:
        if not text:
            return
        if underlined and not text.strip(" \xa0\n") and len(text) >= 3:
            self._fill(Fill())
        else:
            self.text += (
                re.sub(r" {4,}", WIDE, text.replace("\n", " ")) if text.strip() or len(text) < 4 else WIDE
            )
