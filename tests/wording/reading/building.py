"""Makes Word files, PDFs and OpenDocument texts from the short notation the corpus is written in.

A line is a kind, a colon and words: `title`, `h1`, `h2`, `p`, `n` (a point with Word's own number), `n2` (a lettered
one below it), `nh` (a heading with an automatic number), `b` (a bullet), `header`, `footer`. `table:` is followed by
rows of cells between bars. Within the words: ⟦tab⟧ a tab with a leader, ⟦under⟧ underlined spaces, ⟦text⟧ ⟦date⟧
⟦drop:a,b⟧ ⟦box⟧ content controls, ⟦form⟧ ⟦formbox⟧ old form fields, ⟦ins:…⟧ ⟦del:…⟧ tracked changes, ⟦b:…⟧ bold.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import escape
from typing import Any

import typst
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def script_lines(script: str) -> Iterator[tuple[str, Any]]:
    """The notation as pairs of kind and words; a table's words are its rows."""
    rows = iter(script.split("\n"))
    for row in rows:
        kind, _, words = row.partition(":")
        if kind == "table":
            cells = []
            for bars in rows:
                if not bars.startswith("|"):
                    break
                cells.append([cell.strip() for cell in bars.strip().strip("|").split("|")])
            yield "table", cells
        else:
            yield kind.strip() if row.strip() else "p", words.strip()


_NUMBERING = """
<w:abstractNum {ns} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>"""


def docx_of(script: str) -> bytes:
    """A Word file."""
    document = Document()
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(_NUMBERING.format(ns=nsdecls("w"))))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for kind, words in script_lines(script):
        if kind == "table":
            _table(document, words)
        elif kind == "header":
            _write(document.sections[0].header.paragraphs[0], words)
        elif kind == "footer":
            _write(document.sections[0].footer.paragraphs[0], words)
        else:
            _write(_paragraph(document, kind), words)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _paragraph(document: WordDocument, kind: str) -> Paragraph:
    styles = {"title": "Title", "h1": "Heading 1", "h2": "Heading 2", "nh": "Heading 2", "b": "List Bullet"}
    paragraph = document.add_paragraph(style=styles.get(kind))
    if kind in ("n", "n2", "nh"):
        level = 1 if kind == "n2" else 0
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
        paragraph._p.get_or_add_pPr().append(parse_xml(number))
    return paragraph


def _table(document: WordDocument, rows: list[list[str]]) -> None:
    table = document.add_table(rows=0, cols=max(len(row) for row in rows))
    for row in rows:
        cells = table.add_row().cells
        for cell, words in zip(cells, row, strict=False):
            _write(cell.paragraphs[0], words)


def _write(paragraph: Paragraph, words: str) -> None:
    if "⟦tab⟧" in words:
        tabs = "".join(
            f'<w:tab w:val="left" w:leader="dot" w:pos="{4000 + 3000 * n}"/>'
            for n in range(words.count("⟦tab⟧"))
        )
        paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:tabs {nsdecls('w')}>{tabs}</w:tabs>"))
    for piece in re.split(r"(⟦[^⟧]*⟧)", words):
        if piece.startswith("⟦"):
            _special(paragraph, piece[1:-1])
        elif piece:
            paragraph.add_run(piece)


def _special(paragraph: Paragraph, what: str) -> None:
    name, _, rest = what.partition(":")
    if name == "tab":
        paragraph.add_run("\t")
    elif name == "under":
        paragraph.add_run(" " * 24).underline = True
    elif name == "b":
        paragraph.add_run(rest).bold = True
    else:
        paragraph._p.append(parse_xml(_xml(name, rest)))


def _xml(name: str, rest: str) -> str:
    ns = nsdecls("w")
    if name in ("ins", "del"):
        tag = "t" if name == "ins" else "delText"
        return f'<w:{name} {ns} w:id="1" w:author="A"><w:r><w:{tag}>{escape(rest)}</w:{tag}></w:r></w:{name}>'
    if name in ("form", "formbox"):
        kind = "textInput" if name == "form" else "checkBox"
        begin = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:{kind}/></w:ffData></w:fldChar>'
        return f'<w:smartTag {ns}><w:r>{begin}</w:r><w:r><w:t>\u2002\u2002\u2002</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:smartTag>'
    if name == "box":
        return f"<w:sdt {ns} {_W14}><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>"
    items = "".join(f'<w:listItem w:displayText="{escape(item)}"/>' for item in rest.split(","))
    kind = {"text": "<w:text/>", "date": "<w:date/>", "drop": f"<w:dropDownList>{items}</w:dropDownList>"}[
        name
    ]
    shown = "<w:r><w:t>Click or tap here to enter text.</w:t></w:r>"
    return (
        f"<w:sdt {ns}><w:sdtPr><w:showingPlcHdr/>{kind}</w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"
    )


_ODT = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">
<office:automatic-styles><text:list-style style:name="N"><text:list-level-style-number text:level="1"/></text:list-style>
<text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/></text:list-style>
<style:style style:name="U"><style:text-properties style:text-underline-style="solid"/></style:style></office:automatic-styles>
<office:body><office:text>{body}</office:text></office:body></office:document-content>"""


def odt_of(script: str) -> bytes:
    """An OpenDocument text."""
    body, open_list = "", ""
    for kind, words in script_lines(script):
        wanted = {"n": "N", "b": "B"}.get(kind, "")
        if open_list and wanted != open_list:
            body, open_list = body + "</text:list>", ""
        if wanted and not open_list:
            body, open_list = f'{body}<text:list text:style-name="{wanted}">', wanted
        body += _odt_line(kind, words)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", _ODT.format(body=body + ("</text:list>" if open_list else "")))
    return stream.getvalue()


def _odt_line(kind: str, words: Any) -> str:
    if kind == "table":
        rows = "".join(f"<table:table-row>{_odt_cells(row)}</table:table-row>" for row in words)
        return f"<table:table>{rows}</table:table>"
    if kind in ("title", "h1", "h2"):
        level = "2" if kind == "h2" else "1"
        return f'<text:h text:outline-level="{level}">{escape(words)}</text:h>'
    paragraph = f"<text:p>{_odt_words(words)}</text:p>"
    return f"<text:list-item>{paragraph}</text:list-item>" if kind in ("n", "b") else paragraph


def _odt_cells(row: list[str]) -> str:
    return "".join(
        f"<table:table-cell><text:p>{_odt_words(cell)}</text:p></table:table-cell>" for cell in row
    )


def _odt_words(words: str) -> str:
    return (
        escape(words)
        .replace("⟦under⟧", '<text:span text:style-name="U"><text:s text:c="20"/></text:span>')
        .replace("⟦text⟧", "<text:placeholder>click</text:placeholder>")
    )


def typst_pdf(source: str) -> bytes:
    """A PDF set by typst, with the fonts it brings: those of the machine differ."""
    made = typst.compile(source.encode(), format="pdf", ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def form_pdf(description: str) -> bytes:
    """A PDF with form fields: words as [x, y, size, text], fields as [x, y, width, "text" or "box", name]."""
    whole = json.loads(description)
    writer = PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
    )
    content = StreamObject()
    shown = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in whole["text"])
    content.set_data(shown.encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(content)
    fields = ArrayObject()
    for x, y, width, kind, name in whole["fields"]:
        height = 12 if kind == "box" else 18 if y > 460 or y < 400 else 120
        widget = DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Widget"), NameObject("/F"): NumberObject(4),
            NameObject("/FT"): NameObject("/Btn" if kind == "box" else "/Tx"), NameObject("/T"): TextStringObject(name),
            NameObject("/Rect"): ArrayObject([FloatObject(v) for v in (x, y, x + width, y + height)]),
        })  # fmt: skip
        fields.append(writer._add_object(widget))
    page[NameObject("/Annots")] = fields
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/Fields"): fields})
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def text_as_docx(text: str) -> bytes:
    """A text as a Word file, one paragraph a line."""
    document = Document()
    for row in text.split("\n"):
        document.add_paragraph(row)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def text_as_pdf(text: str) -> bytes:
    """A text as a PDF, one paragraph a line."""
    rows = "\n".join(
        f"#par(text({json.dumps(row.strip(), ensure_ascii=False)}))" if row.strip() else "#v(0.6em)"
        for row in text.split("\n")
    )
    return typst_pdf(
        f'#set page(paper: "a4", margin: 2.2cm)\n#set text(size: 11pt)\n#set par(spacing: 0.9em)\n{rows}'
    )


BUILDERS = {".docx.txt": docx_of, ".odt.txt": odt_of, ".typ": typst_pdf, ".pdf.json": form_pdf}
"""What makes a document from a file of the corpus, by how its name ends; others are read as they are."""
