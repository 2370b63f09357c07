"""Files that mean harm, or that went wrong on the way."""

from __future__ import annotations

import io
import random
import time
import zipfile
from collections.abc import Iterator

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from ampersand.wording import parse
from ampersand.wording.reading import Unreadable
from ampersand.wording.reading.child import read_here
from tests.wording.reading.building import docx_of, odt_of, typst_pdf

_SCRIPT = "title: Mentoring\nn: We meet weekly.\np: Name: ____________\np: Notes will/will not be kept.\ntable:\n| Date | |\n"


def hostile_files() -> Iterator[tuple[str, bytes]]:
    """Each by a name; none holds an agreement worth reading."""
    yield "zip bomb.docx", _bomb(400)
    yield "many parts.docx", _many_parts()
    yield "XML bomb.docx", _with_document(_entities("w:document"))
    yield "XML bomb.odt", _odt_with(_entities("office:document-content"))
    yield "XML bomb.html", b"<!DOCTYPE html>" + _entities("html")
    yield (
        "outside entity.docx",
        _with_document(b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><d>&e;</d>'),
    )
    yield "nested tables.docx", _nested_tables(1500)
    yield "nested boxes.html", b"<div>" * 60_000 + b"Name: ____"
    yield "nested quotes.md", b"> " * 40_000 + b"Name: ____"
    yield "brackets.md", b"[" * 60_000 + b"a" + b"]" * 60_000
    yield "stars.md", b"*a **b " * 30_000
    yield "begun code.html", b"<html>" + b"<?php " * 90_000
    yield "braces.tex", b"\\documentclass{article}\\begin{document}" + b"{" * 50_000 + b"\\textbf{" * 20_000
    yield "one line of dots.txt", b"." * 3_000_000
    yield "one line of slashes.txt", b"will/will not " * 60_000
    yield "spaces.txt", (b" " * 200 + b"a: \t") * 10_000
    yield "underscores.txt", b"_ " * 500_000
    yield "words.txt", b"a " * 400_000 + b":"
    yield "many lines.txt", b"1. Name: ____ Date: ____\n" * 60_000
    yield "ten thousand pages.pdf", _long_pdf(10_000)
    yield "locked.pdf", _locked_pdf()
    yield "no text.pdf", _long_pdf(1)
    yield "script.pdf", _script_pdf()
    yield "empty.docx", b""
    yield "zeroes.pdf", b"\x00" * 100_000
    yield "only a head.pdf", b"%PDF-1.7\n"
    yield "picture.docx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000
    yield "rich.rtf", b"{\\rtf1 Name: ____}"
    yield "half a zip.docx", docx_of(_SCRIPT)[:4000]


def mutated(seeds: list[tuple[str, bytes]], count: int, salt: int = 7) -> Iterator[tuple[str, bytes]]:
    """Good files with bytes changed, cut out, doubled or swapped."""
    chance = random.Random(salt)
    for number in range(count):
        name, data = chance.choice(seeds)
        changed = bytearray(data)
        for _ in range(chance.choice((1, 1, 3, 20, 200))):
            at = chance.randrange(len(changed))
            match chance.randrange(5):
                case 0:
                    changed[at] = chance.randrange(256)
                case 1:
                    del changed[at : at + chance.randrange(1, 200)]
                case 2:
                    changed[at:at] = changed[at : at + chance.randrange(1, 200)]
                case 3:
                    changed[at:at] = chance.choice(
                        (b"____", b"[ ]", b"\xef\xbf\xbd", b"</w:p>", b"endobj", b"{{{", b"/" * 40)
                    )
                case _:
                    changed = changed[: max(at, 20)]
            if len(changed) < 2:
                break
        yield f"{number} {name}", bytes(changed)


def read_all(files: list[tuple[str, bytes]]) -> tuple[float, int]:
    """Reads them one after the other: the longest time, and how many could be read."""
    worst, good = 0.0, 0
    for name, data in files:
        began = time.process_time()
        try:
            reading = read_here(data, name.rpartition(" ")[2])
        except Unreadable:
            pass
        else:
            good += 1
            parse(reading.template)
        worst = max(worst, time.process_time() - began)
    return worst, good


def good_files() -> list[tuple[str, bytes]]:
    """One small file of each format, to be mutated."""
    text = b"Mentoring\n\n1. We meet weekly.\n2. Notes will/will not be kept.\n\nName: ________ Date: ____\n\nSigned: ......\n"
    return [
        ("a.docx", docx_of(_SCRIPT)),
        ("a.odt", odt_of(_SCRIPT)),
        ("a.pdf", typst_pdf("= Mentoring\n+ We meet weekly.\n\nName: #box(width: 4cm, line(length: 100%))\n#table(columns: 2, [Date], [], [Place], [])")),
        ("a.txt", text),
        ("a.md", b"# Mentoring\n\n" + text + b"\n| Name | |\n|--|--|\n| Date | |\n"),
        ("a.html", b"<h1>Mentoring</h1><ol><li>We meet.</li></ol><p>Name: <input></p><table><tr><td>Date</td><td></td></tr></table>"),
        ("a.tex", b"\\documentclass{article}\\begin{document}\\section{A}\\begin{itemize}\\item Name: \\underline{\\hspace{3cm}}\\end{itemize}\\end{document}"),
    ]  # fmt: skip


def _with_document(document: bytes) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx_of(_SCRIPT))) as good,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for member in good.infolist():
            made.writestr(
                member.filename, document if member.filename == "word/document.xml" else good.read(member)
            )
    return stream.getvalue()


def _bomb(megabytes: int) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
        made.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(megabytes):
            part.write(b"0" * 1_000_000)
    return stream.getvalue()


def _odt_with(content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("content.xml", content)
    return stream.getvalue()


def _many_parts() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for number in range(20_000):
            made.writestr(f"word/{number}.xml", "")
    return stream.getvalue()


def _entities(root: str) -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root.replace(":", "")} [{laughs}]><{root}>&l11;</{root}>'.encode()
    )


def _nested_tables(depth: int) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return _with_document(
        f"<w:document {space}><w:body>{'<w:tbl><w:tr><w:tc>' * depth}{'</w:tc></w:tr></w:tbl>' * depth}</w:body></w:document>".encode()
    )


def _written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _long_pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=200, height=200)
    return _written(writer)


def _locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    writer.encrypt("secret", algorithm="RC4-128")
    return _written(writer)


def _script_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("while (true) {}")}
    action = DictionaryObject({NameObject(key): value for key, value in script.items()})
    writer._root_object[NameObject("/OpenAction")] = action
    return _written(writer)
