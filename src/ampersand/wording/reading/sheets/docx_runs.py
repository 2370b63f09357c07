"""The text of one Word paragraph, with a sign where Word has something to fill in or to tick."""

from __future__ import annotations

import re
from functools import cache

from lxml.etree import _Element as Element

from ampersand.wording.reading.lines import BOX, FILL, RULE, WIDE, Fill

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}footnoteReference",
    f"{W}instrText",
    f"{W}rPr",
    f"{W}pPr",
    f"{W}sdtPr",
    f"{MC}Fallback",
}
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
_TYPED_BOX = re.compile("[☐☑☒□❏❑❒◻⬜▢\uf0a8\uf06f\uf071\uf072\uf0a3]")
_DINGBATS = re.compile(r"[oqr¨£]")
_STILL_EMPTY = re.compile(
    r"(?:click|tap)\b.{0,20}\b(?:here|tap|enter|add|type|select)\b.*|(?:choose|select) an item\W*|enter (?:text|date|a date)\W*"
    r"|klicken.*\bhier\b.*|wählen sie.*\baus\W*|cliquez.*\bici\b.*|choisissez un élément\W*|haga clic.*|elija un elemento\W*|fare clic.*|clique.*\baqui\b.*",
    re.IGNORECASE,
)
_ASKING_FIELD = re.compile(r"\s*(?:MERGEFIELD|MACROBUTTON|FILLIN)\b", re.IGNORECASE)
_ACROSS = "{urn:schemas-microsoft-com:office:office}hr"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DEEPEST = 100


@cache
def _in_full(path: str) -> str:
    return "/".join(f"{W}{step}" for step in path.split("/"))


def value_of(parent: Element | None, path: str) -> str | None:
    found = parent.find(_in_full(path)) if parent is not None else None
    return None if found is None else found.get(f"{W}val")


def _is_on(properties: Element | None, name: str) -> bool:
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(f"{W}val") not in ("0", "false", "none")


def _is_dingbats(properties: Element | None) -> bool:
    fonts = properties.find(f"{W}rFonts") if properties is not None else None
    return fonts is not None and (fonts.get(f"{W}ascii") or "").startswith("Wingdings")


def _of_dingbats(text: str) -> str:
    """What letters set in Wingdings show: boxes to tick, and other signs, which say nothing."""
    return re.sub(r"[a-zA-Z]", "", _DINGBATS.sub(BOX, text))


def fill_of(control: Element) -> Fill:
    properties = control.find(f"{W}sdtPr")
    assert properties is not None
    label = value_of(properties, "alias") or ""
    for name in ("dropDownList", "comboBox"):
        found = properties.find(f"{W}{name}")
        if found is not None:
            items = [item.get(f"{W}displayText") or item.get(f"{W}value") or "" for item in found]
            kept = [
                item for item in items if item and not re.match(r"choose|select|wählen|elija", item, re.I)
            ]
            return Fill("choice", tuple(kept), label)
    return Fill("date" if properties.find(f"{W}date") is not None else "", (), label)


def is_empty(control: Element) -> bool:
    """Whether a content control shows no more than what is to be done with it."""
    if control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
        return True
    content = control.find(f"{W}sdtContent")
    words = "".join(content.itertext(f"{W}t")).strip() if content is not None else ""
    return len(words) <= 80 and bool(_STILL_EMPTY.fullmatch(words))


def _is_line(drawing: Element) -> bool:
    """Whether a drawing is a straight line."""
    if next(drawing.iter(f"{_WPS}cNvCnPr"), None) is not None:
        return True
    return any(shape.get("prst") in ("line", "straightConnector1") for shape in drawing.iter(f"{_A}prstGeom"))


class Runs:
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
            if tag in _GONE or depth > DEEPEST:
                continue
            if tag == f"{W}sdt":
                self._control(child, depth)
            elif tag == f"{W}r":
                self._one(child)
            elif tag == f"{W}fldSimple" and _ASKING_FIELD.match(child.get(f"{W}instr") or ""):
                self._fill(Fill())
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
        elif is_empty(control) or not words.strip(" _.…\xa0"):
            self._fill(fill_of(control))
        elif content is not None:
            self.run(content, depth + 1)

    def _one(self, run: Element) -> None:
        properties = run.find(f"{W}rPr")
        underlined = _is_on(properties, "u")
        if _is_on(properties, "vanish"):
            return
        for piece in run:
            if piece.tag == f"{W}fldChar":
                self._field_mark(piece)
            elif self._field and self._field[-1] == "asked":
                continue
            elif piece.tag == f"{W}t":
                text = _of_dingbats(piece.text or "") if _is_dingbats(properties) else piece.text or ""
                self._say(text, underlined=underlined, bold=_is_on(properties, "b"))
            elif piece.tag in (f"{W}tab", f"{W}ptab"):
                self._tab(underlined=underlined)
            else:
                self._sign(piece)

    def _sign(self, piece: Element) -> None:
        """What stands in a run besides its words: the end of a line, a symbol, a drawing, what a field is for."""
        if piece.tag in (f"{W}br", f"{W}cr"):
            self.text += "\n"
        elif piece.tag == f"{W}sym" and (piece.get(f"{W}char") or "").lower() in _BOX_SIGNS:
            self.text += BOX
        elif piece.tag == f"{W}noBreakHyphen":
            self.text += "-"
        elif piece.tag == f"{W}instrText":
            self._instruction(piece.text or "")
        elif piece.tag == f"{W}pict" and any(shape.get(_ACROSS) == "t" for shape in piece):
            self.text += RULE
        elif piece.tag == f"{W}pict" and piece.find(".//{urn:schemas-microsoft-com:vml}line") is not None:
            self._fill(Fill())
        elif piece.tag in (f"{MC}AlternateContent", f"{W}drawing") and _is_line(piece):
            self._after_label()

    def rule_below(self) -> None:
        """The paragraph has a rule under it: to write on, where nothing or only a label stands."""
        if not self.text.strip():
            self.text = "________"
        elif not self._bold:
            self._after_label()

    def _after_label(self) -> None:
        """A line drawn after "Name:" is one to write on; other lines may be there for looks."""
        if self.text.rstrip().endswith(":"):
            self._fill(Fill())

    def _instruction(self, text: str) -> None:
        """A field that stands for what is to be put in its place, whatever it shows now."""
        if self._field and _ASKING_FIELD.match(text):
            self._fill(Fill())
            self._field[-1] = "asked"

    def _say(self, text: str, *, underlined: bool, bold: bool) -> None:
        letters = sum(map(str.isalnum, text))
        self._letters += letters
        self._bold += letters if bold else 0
        text = _TYPED_BOX.sub(BOX, text)
        if underlined:
            for number, piece in enumerate(
                re.split(r"[ \xa0\u2002\u2003]{4,}|^[ \xa0\u2002\u2003]{2,}$", text)
            ):
                if number:
                    self._fill(Fill())
                self.text += piece
        else:
            self.text += re.sub(r"[ \xa0]{4,}", WIDE, text)

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
