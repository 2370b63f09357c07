"""PDF: words by where they stand, drawn lines and form fields as places to fill in, columns one after the other."""

from __future__ import annotations

import ctypes
import io
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pdfplumber
import pypdfium2
import pypdfium2.raw as pdfium

from ampersand.wording.reading.lines import BOX, FILL, RULE, Fill, Line, Sheet, Unreadable, tidy
from ampersand.wording.reading.sheets.columns import columns
from ampersand.wording.reading.sheets.layout import (
    Row,
    Setting,
    paragraphs,
    rows_of,
    setting_of,
    without_ornaments,
)
from ampersand.wording.reading.sheets.marks import Mark, Shapes, shapes_of
from ampersand.wording.reading.sheets.tables import flatten

LONGEST = 60
"""How many pages of a PDF are read; an agreement of more is refused."""

_MOST_GLYPHS = 400_000
_MOST_TABLE_PAGES = 10
_LEADING = 1.15
_HOLLOW = {0x25A1, 0x25A2, 0x25FB, 0x2B1C, 0x274F, 0x2750, 0x2751, 0x2752, 0xF06F, 0xF071, 0xF072, 0xF0A8}
_FIELD_FORMS = {
    pdfium.FPDF_FORMFIELD_TEXTFIELD: "", pdfium.FPDF_FORMFIELD_SIGNATURE: "signature",
    pdfium.FPDF_FORMFIELD_COMBOBOX: "choice", pdfium.FPDF_FORMFIELD_LISTBOX: "choice",
    pdfium.FPDF_FORMFIELD_CHECKBOX: "box", pdfium.FPDF_FORMFIELD_RADIOBUTTON: "box",
}  # fmt: skip
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina|s\.)?\s*[-–]?\s*\d+\s*(?:(?:of|/|von|de|sur)\s*\d+)?\s*[-–]?", re.I
)


def read(data: bytes) -> Sheet:
    """A PDF file."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Unreadable(
                "This PDF is locked with a password. Save a copy without one and try again."
            ) from error
        raise Unreadable(
            "This PDF is damaged and could not be read. Save it again, or paste its text."
        ) from error
    count = len(document)
    if count > LONGEST:
        raise Unreadable(f"This PDF has {count} pages. An agreement of up to {LONGEST} pages can be read.")
    try:
        document.init_forms()
        pages = [_Page(document, number, data) for number in range(count)]
    except pypdfium2.PdfiumError as error:
        raise Unreadable(
            "This PDF is damaged and could not be read. Save it again, or paste its text."
        ) from error
    pages = _without_running_heads(pages)
    setting = setting_of([row for page in pages for row in page.rows])
    lines: list[Line] = []
    for page in pages:
        lines = _going_on(lines, page.lines(setting))
    if pages and not any(line.words for line in lines):
        raise Unreadable(
            "This PDF holds pictures of pages, no text. Use the file it was made from, or paste its text."
        )
    title = document.get_metadata_value("Title") or ""
    return Sheet(
        lines=tidy(lines),
        title="" if re.search(r"\.docx?$|^untitled|microsoft word", title, re.I) else title,
        kind="pdf",
    )


def _going_on(lines: list[Line], more: list[Line]) -> list[Line]:
    """The lines of the next page after those of the pages before, a sentence that runs over joined."""
    if lines and more and re.search(r"[\w,]$", lines[-1].text) and re.match(r"[a-zà-ÿ]+ ", more[0].text):
        first = replace(
            lines[-1], text=f"{lines[-1].text} {more[0].text}", fills=lines[-1].fills + more[0].fills
        )
        return [*lines[:-1], first, *more[1:]]
    return [*lines, *more]


class _Page:
    """One page: its rows of text, and its tables as lines at the height where they stand."""

    def __init__(self, document: pypdfium2.PdfDocument, number: int, data: bytes) -> None:
        page = document[number]
        self.width, self.height = page.get_size()
        glyphs = _glyphs(page)
        fields = _fields(page, document)
        shapes = shapes_of(page)
        self.tables: list[tuple[float, list[Line]]] = []
        if shapes.may_hold_table and number < _MOST_TABLE_PAGES:
            glyphs, fields, shapes = self._take_tables(data, number, glyphs, fields, shapes)
        marks = [*glyphs, *fields, *shapes.marks(glyphs, fields)]
        groups = columns(marks, self.width)
        self.rows = [
            replace(row, column=place, page=number)
            for place, column in enumerate(groups)
            for row in without_ornaments(rows_of(_with_rules(column) if len(groups) > 1 else column))
        ]

    def _take_tables(
        self, data: bytes, number: int, glyphs: list[Mark], fields: list[Mark], shapes: Shapes
    ) -> tuple[list[Mark], list[Mark], Shapes]:
        """Takes ruled tables off the page."""
        with pdfplumber.open(io.BytesIO(data), pages=[number + 1]) as plumber:
            found = [
                t for t in plumber.pages[0].find_tables() if len(t.rows) * len(t.columns) > 1 and t.cells
            ]
            boxes = [
                [_flipped(cell, self.height) if cell else None for cell in row.cells]
                for t in found
                for row in t.rows
            ]
            areas = [_flipped(t.bbox, self.height) for t in found]
        row_boxes = iter(boxes)
        for index, table in enumerate(found):
            cells = [[self._cell(box, glyphs, fields) for box in next(row_boxes) if box] for _ in table.rows]
            self.tables.append((areas[index][3], flatten(cells, number * 100 + index + 1)))
        outside = [mark for mark in glyphs if not any(_within(mark, area) for area in areas)]
        fields = [mark for mark in fields if not any(_within(mark, area) for area in areas)]
        return outside, fields, shapes.outside(areas)

    def _cell(
        self, box: tuple[float, float, float, float], glyphs: list[Mark], fields: list[Mark]
    ) -> list[Line]:
        marks = [mark for mark in [*glyphs, *fields] if _within(mark, box)]
        if not any(mark.text != FILL for mark in marks):
            return []
        return list(tidy(paragraphs(rows := rows_of(marks), setting_of(rows))))

    def lines(self, setting: Setting) -> list[Line]:
        """The page in reading order."""
        lines: list[Line] = []
        rest = self.rows
        for top, table in sorted(self.tables, key=lambda pair: -pair[0]):
            above = [row for row in rest if row.baseline >= top]
            rest = [row for row in rest if row.baseline < top]
            lines += paragraphs(above, setting)
            lines += table
        return lines + paragraphs(rest, setting)


def _with_rules(column: list[Mark]) -> list[Mark]:
    """The marks of a column, where a line across all of it is a rule and no place to write unless words say so."""
    left, right = min(mark.x0 for mark in column), max(mark.x1 for mark in column)
    return [
        replace(mark, text=RULE, fill=None)
        if mark.text == FILL and mark.fill == Fill() and mark.x1 - mark.x0 >= 0.9 * (right - left)
        else mark
        for mark in column
    ]


def _flipped(box: Sequence[float], height: float) -> tuple[float, float, float, float]:
    """pdfplumber counts from the top of the page, pdfium from the bottom."""
    return box[0], height - box[3], box[2], height - box[1]


def _within(mark: Mark, box: tuple[float, float, float, float]) -> bool:
    return (
        box[0] - 1 <= (mark.x0 + mark.x1) / 2 <= box[2] + 1
        and box[1] - 2 <= mark.baseline + mark.size / 4 <= box[3]
    )


def _glyphs(page: pypdfium2.PdfPage) -> list[Mark]:
    text = page.get_textpage()
    count = min(text.count_chars(), _MOST_GLYPHS)
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    glyphs: list[Mark] = []
    after_space = False
    bold, size, checked_at = False, 0.0, -1.0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (0, 2, 13, 10, 32, 0xA0, 0xFFFE):
            after_space = code not in (2, 0xFFFE)
            if code in (2, 0xFFFE) and glyphs:
                glyphs[-1] = replace(glyphs[-1], text=glyphs[-1].text + "\xad")
            continue
        if 0xD800 <= code <= 0xDFFF:
            code = _of_pair(pdfium.FPDFText_GetUnicode(text, index + 1) if index + 1 < count else 0, code)
            if not code:
                continue
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        if after_space or abs(checked_at - y.value) > 1:
            bold, size, checked_at = _is_bold(text, index), _size(text, index), y.value
        high = size or max(box.top - box.bottom, 1.0)
        sign = BOX if code in _HOLLOW else chr(code)
        glyphs.append(Mark(sign, box.left, box.right, y.value, high, after_space, bold))
        after_space = False
    return glyphs


def _size(text: pypdfium2.PdfTextPage, index: int) -> float:
    """How high a line of these letters is, by the size of their font; 0 if the page does not tell.

    The box of a letter does not do: in fonts cut down to a few letters it is only as high as the letter.
    """
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text, index, matrix):
        return 0.0
    size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.b, matrix.d) * _LEADING
    return size if 3 <= size <= 200 else 0.0


def _of_pair(low: int, high: int) -> int:
    """The letter that two halves make, as pdfium gives those beyond the first plane; 0 for a half alone."""
    if not (0xD800 <= high < 0xDC00 <= low <= 0xDFFF):
        return 0
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)


def _is_bold(text: pypdfium2.PdfTextPage, index: int) -> bool:
    if pdfium.FPDFText_GetFontWeight(text, index) >= 600:
        return True
    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, index, name, 80, flags)
    return bool(re.search(rb"bold|black", name.value.lower()))


def _fields(page: pypdfium2.PdfPage, document: pypdfium2.PdfDocument) -> list[Mark]:
    """The form fields that are not filled in, as places to fill in or boxes to tick."""
    form = document.formenv
    if form is None:
        return []
    marks = []
    rect = pdfium.FS_RECTF()
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), 2000)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        kind = _FIELD_FORMS.get(pdfium.FPDFAnnot_GetFormFieldType(form, annotation))
        if kind is not None and pdfium.FPDFAnnot_GetRect(annotation, rect):
            low, high = min(rect.bottom, rect.top), max(rect.bottom, rect.top)
            tall = high - low > 30
            baseline = high - 12 if tall else low + max((high - low) / 4, 3)
            options = tuple(
                _string(pdfium.FPDFAnnot_GetOptionLabel, form, annotation, number)
                for number in range(min(max(pdfium.FPDFAnnot_GetOptionCount(form, annotation), 0), 50))
            )
            label = _string(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, annotation)
            fill = None if kind == "box" else Fill(kind, options if kind == "choice" else (), label)
            sign = BOX if kind == "box" else FILL
            marks.append(Mark(sign, rect.left, rect.right, baseline, 12.0, after_space=True, fill=fill))
        pdfium.FPDFPage_CloseAnnot(annotation)
    return marks


def _string(getter: object, *arguments: object) -> str:
    """What one of pdfium's getters writes into a buffer."""
    assert callable(getter)
    buffer = ctypes.create_string_buffer(512)
    length = getter(*arguments, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), 512)
    return buffer.raw[: max(min(length, 512) - 2, 0)].decode("utf-16-le", errors="ignore")


def _without_running_heads(pages: list[_Page]) -> list[_Page]:
    """Takes away what repeats at the head or foot of pages, and page numbers."""
    edges = [(row, page) for page in pages for row in page.rows if _at_edge(row, page)]
    seen = Counter(re.sub(r"\d+", "#", row.text) for row, _ in edges)
    for row, page in edges:
        repeated = len(pages) > 1 and seen[re.sub(r"\d+", "#", row.text)] >= max(2, len(pages) - 1)
        if repeated or _PAGE_NUMBER.fullmatch(row.text.strip()):
            page.rows.remove(row)
    return pages


def _at_edge(row: Row, page: _Page) -> bool:
    return bool(row.baseline > page.height * 0.9 or row.baseline < page.height * 0.1)
