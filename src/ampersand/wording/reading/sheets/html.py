"""Web pages: the agreement in them, without menus, scripts and footers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree
from lxml import html as lxml_html
from lxml.etree import _Element as Element

from ampersand.wording.reading.kinds import is_field
from ampersand.wording.reading.lines import BOX, FILL, WIDE, Fill, Line, Sheet, Unreadable, tidy
from ampersand.wording.reading.sheets.plain import read_text
from ampersand.wording.reading.sheets.tables import flatten
from ampersand.wording.reading.sheets.template_code import without_template_code

_LEFT_OUT = {
    "script", "style", "nav", "header", "footer", "aside", "head", "noscript", "template", "svg", "button", "iframe",
    "object", "canvas", "math", "title",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "section", "article", "main", "form", "fieldset", "legend", "address", "dl", "dt", "dd", "pre",
    "figure", "figcaption", "center", "body", "html", "blockquote", "ul", "ol", "li", "table", "tr", "td", "th",
    "h1", "h2", "h3", "h4", "h5", "h6", "hr", "details", "summary",
}  # fmt: skip
_INPUT_KINDS = {"date": "date", "email": "contact", "tel": "contact", "number": "number"}
_NOT_ASKED = {"hidden", "submit", "button", "reset", "image", "search"}
_UNDERLINED = re.compile(r"border-bottom|text-decoration[^;]*underline", re.IGNORECASE)
_DEEPEST = 200
_PREFILLED = 100
"""More words than anyone puts into a field to show what to write there."""


def read(data: bytes) -> Sheet:
    """A web page."""
    data = without_template_code(data)
    try:
        parser = lxml_html.HTMLParser(
            encoding=_encoding(data), no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        root = lxml_html.document_fromstring(data or b"<p></p>", parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable("This page could not be read. Save it again, or paste its text.") from error
    lines = _lines_of(_main_part(root))
    title = root.findtext(".//title") or ""
    return Sheet(lines=tidy(lines), title=" ".join(title.split()), kind="html")


def read_piece(text: str, tables: int) -> list[Line]:
    """The lines of a piece of a page that stands within another document, after so many tables."""
    try:
        return _lines_of(lxml_html.fragment_fromstring(text, create_parent="div"), tables)
    except (etree.LxmlError, ValueError):
        return []


def _lines_of(element: Element, tables: int = 0) -> list[Line]:
    walker = _Walker(tables=tables)
    walker.block(element, 0)
    walker.close()
    return walker.lines


def _encoding(data: bytes) -> str | None:
    """UTF-8 for whatever is valid as such; else what the page itself says, or the parser's guess."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _main_part(root: Element) -> Element:
    for path in (".//main", ".//article"):
        found = root.findall(path)
        if len(found) == 1 and len("".join(found[0].itertext()).split()) > 20:
            return found[0]
    body = root.find(".//body")
    page = root if body is None else body
    for head in root.findall("head") if body is None else ():
        head.tag = "div"  # a page without a body that begins with its style has all the rest in its head
    words = _count_words(page)
    for element in page.iter("header", "footer", "aside", "nav"):
        if _count_words(element) * 2 > words:  # one that was never closed holds the page itself
            element.tag = "div"
    return page


def _count_words(element: Element) -> int:
    return len("".join(element.itertext()).split())


@dataclass
class _Walker:
    lines: list[Line] = field(default_factory=list)
    text: str = ""
    fills: list[Fill] = field(default_factory=list)
    style: Line = field(default_factory=lambda: Line(text=""))
    tables: int = 0
    told: set[Element] = field(default_factory=set)
    """Boxes whose words stand before them and have been written down with them."""

    def close(self) -> None:
        """Ends the line being written."""
        text = self.text.strip(" \n")
        if text:
            self.lines.append(replace(self.style, text=text, fills=tuple(self.fills)))
            self.style = replace(self.style, marker="", listed=False)
        self.text, self.fills = "", []

    def block(self, element: Element, depth: int, lists: int = 0) -> None:
        """Writes down a block element and what stands in it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _LEFT_OUT or not tag or depth > _DEEPEST or _is_aside(element):
            return
        self.close()
        before = self.style
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.style = Line(text="", heading=int(tag[1]))
        elif tag == "table":
            self._table(element, depth)
            return
        elif tag in ("ul", "ol"):
            self._list(element, depth, lists)
            return
        elif tag == "li":
            self.style = Line(text="", marker="•", listed=True, depth=lists)
        elif _is_drawn(element):
            self._fill(Fill())
        elif tag == "hr" and self.lines:
            self.lines.append(Line(text=""))
        count = len(self.lines)
        self._content(element, depth, lists)
        self.close()
        if tag == "p" and len(self.lines) == count:
            self.lines.append(Line(text=""))
        self.style = before

    def _content(self, element: Element, depth: int, lists: int) -> None:
        self._say(element.text)
        for child in element:
            if isinstance(child.tag, str) and child.tag in _BLOCKS:
                self.block(child, depth + 1, lists)
            else:
                self._inline(child, depth + 1, lists)
            self._say(child.tail)

    def _say(self, text: str | None) -> None:
        if text:
            said = re.sub(r"[ \t\r\n\f]+", " ", text)
            said = re.sub(r"(?:[\xa0 ]){4,}", WIDE, said).replace("\xa0", " ")
            self.text += said.lstrip(" ") if not self.text or self.text.endswith((" ", "\n")) else said

    def _fill(self, fill: Fill) -> None:
        apart = WIDE if self.text.rstrip(" ").endswith(FILL) else " "
        self.text = f"{self.text.rstrip(' ')}{apart}{FILL} "
        self.fills.append(fill)

    def _inline(self, element: Element, depth: int, lists: int) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _LEFT_OUT or not tag or depth > _DEEPEST:
            return
        if tag == "br":
            if not self.text.strip() and self.lines:
                self.lines.append(Line(text=""))
            self.close()
        elif tag == "input":
            self._input(element)
        elif tag == "textarea" and _count_words(element) > _PREFILLED:
            self._written(element.text or "")
        elif tag == "textarea":
            self._fill(Fill("text"))
        elif tag == "select":
            options = [" ".join("".join(option.itertext()).split()) for option in element.iter("option")]
            kept = tuple(
                o for o in options if o and not re.match(r"[-–—]|(?:please )?(?:choose|select)\b", o, re.I)
            )
            self._fill(Fill("choice", kept))
        elif self._is_line(element):
            self._fill(Fill())
        elif tag == "label" and (ticked := self._ticked_after(element)) is not None:
            self.told.add(ticked)
            self.text += f" {BOX} "
            self._content(element, depth, lists)
        else:
            self._content(element, depth, lists)

    def _written(self, text: str) -> None:
        """Writes down an agreement that stands in a page as a text to be changed and sent."""
        self.close()
        plain = re.sub(r"\\([_*])", r"\1", text.replace("**", "").replace("<br>", " "))
        self.lines += [*read_text(plain).lines, Line(text="")]

    def _input(self, element: Element) -> None:
        kind = (element.get("type") or "text").lower()
        if element in self.told:
            return
        if kind in ("checkbox", "radio"):
            self.text += f" {BOX} "
        elif kind not in _NOT_ASKED and not element.get("value") and element.get("name") != "q":
            self._fill(Fill(_INPUT_KINDS.get(kind, ""), label=element.get("placeholder") or ""))

    def _ticked_after(self, label: Element) -> Element | None:
        """The box right behind a label, if the label is not itself behind a box that is ticked for it."""
        before, after = label.getprevious(), label.getnext()
        if after is None or not _is_box(after) or (label.tail or "").strip():
            return None
        behind = before is not None and _is_box(before) and before not in self.told
        return None if behind and not (before.tail or "").strip() else after

    def _is_line(self, element: Element) -> bool:
        """Whether it is an underlined space."""
        words = "".join(element.itertext())
        underlined = element.tag == "u" or bool(_UNDERLINED.search(element.get("style") or ""))
        return underlined and not words.strip("\xa0 \t\n") and (element.tag != "u" or len(words) >= 3)

    def _list(self, element: Element, depth: int, lists: int) -> None:
        number = int(element.get("start") or 1) if (element.get("start") or "1").isdigit() else 1
        before = self.style
        for child in element:
            if child.tag == "li":
                marker = f"{number}." if element.tag == "ol" else "•"
                self.style = Line(text="", marker=marker, listed=True, depth=lists)
                self.close()
                self.style = Line(text="", marker=marker, listed=True, depth=lists)
                self._content(child, depth + 1, lists + 1)
                self.close()
                number += 1
            elif isinstance(child.tag, str):
                self.block(child, depth + 1, lists + 1)
        self.style = before

    def _table(self, element: Element, depth: int) -> None:
        rows: list[list[list[Line]]] = []
        for row in element.iter("tr"):
            if _table_of(row) is not element:
                continue
            cells = []
            for cell in row:
                if cell.tag in ("td", "th"):
                    inner = _Walker(tables=self.tables + 1)
                    inner._content(cell, depth + 1, 0)
                    inner.close()
                    if inner.lines or cell.find(".//img") is None:
                        cells.append([line for line in inner.lines if not line.empty])
            rows.append(cells)
        if _is_menu(element):
            self.lines += [line for row in rows for cell in row for line in cell]
            return
        self.tables += 1
        self.lines += flatten([row for row in rows if row], self.tables)


def _is_drawn(element: Element) -> bool:
    """Whether it is an empty piece that the page draws as a line to write on."""
    named = re.search(r"(?:^|[\s_-])(?:line|linea|underline)(?:\s|$)", element.get("class") or "")
    return bool(named) and len(element) == 0 and not (element.text or "").strip("\xa0 \t\r\n")


def _is_box(element: Element) -> bool:
    return element.tag == "input" and (element.get("type") or "").lower() in ("checkbox", "radio")


def _is_aside(element: Element) -> bool:
    """Whether it stands outside the page, where only a machine would fill it in."""
    return bool(re.search(r"(?:left|top)\s*:\s*-\d{4,}px", element.get("style") or ""))


def _is_menu(table: Element) -> bool:
    """Whether a small table leads to other pages, so that its empty cells are no places to write."""
    cells = list(table.iter("td", "th"))
    links = [cell for cell in cells if cell.find(".//a[@href]") is not None]
    told = [cell for cell in cells if cell not in links and "".join(cell.itertext()).strip()]
    asked = any(is_field(" ".join("".join(cell.itertext()).split())) for cell in told)
    small = len(list(table.iter("tr"))) <= 3
    return small and len(links) > 0 and len(links) + 1 >= len(told) and not asked


def _table_of(row: Element) -> Element | None:
    parent = row.getparent()
    while parent is not None and parent.tag != "table":
        parent = parent.getparent()
    return parent
