"""Which reader a file is for, told from its content first and its name second; and what is refused unread."""

from __future__ import annotations

import importlib
import io
import re
import zipfile

from ampersand.wording.reading.lines import Sheet, Unreadable

LARGEST = 20_000_000
"""How many bytes a file may have."""

_LONGEST_TEXT = 600_000
_LONGEST_PARAGRAPH = 40_000
_ENDLESS = "This text is far longer than an agreement, so it was not read."
_INFLATED = 60_000_000
_PARTS = 3000
_DAMAGED = (
    "This file is damaged and could not be read. Open it in the program it was made with and save it again."
)
LOCKED = "This file is locked with a password. Save a copy without one and try again."
_BY_NAME = {
    "md": "markdown", "markdown": "markdown", "mdx": "markdown", "qmd": "markdown", "rmd": "markdown", "html": "html", "htm": "html",
    "xhtml": "html", "tex": "latex", "latex": "latex",
}  # fmt: skip
_MARKDOWN = re.compile(
    r"^#{1,6} \S|\A---\n.*?\n---\n|\]\((?:[a-z]+:|[/.#]|[\w-]+[./])[^)\s]*\)|^\|?[ :]*-{3,}[ :]*\|[-:| ]+$|^\s*[-*] \[[ xX]\] |\*\*[^*\n]+\*\*|^\s*```",
    re.MULTILINE | re.DOTALL,
)
_MAIN_PART = re.compile(r"word/document\d*\.xml|content\.xml")
_OTHERS = {
    b"{\\rtf": "a rich-text file (.rtf)", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
    b"II*\x00": "a picture", b"MM\x00*": "a picture", b"\x7fELF": "a program", b"MZ": "a program",
}  # fmt: skip


def sheet_of(data: bytes, name: str = "") -> Sheet:
    """The lines of a file. Raises Unreadable with a sentence if it is none we can read."""
    if len(data) > LARGEST:
        raise Unreadable(f"This file is larger than {LARGEST // 1_000_000} MB. An agreement is much smaller.")
    if not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf\xff\xfe"):
        raise Unreadable("This file is empty.")
    reader = importlib.import_module(f"ampersand.wording.reading.sheets.{reader_for(data, name)}")
    try:
        sheet = reader.read(data)
    except (Unreadable, MemoryError, RecursionError):
        raise
    except Exception as error:  # a damaged file makes the libraries raise whatever they like
        raise Unreadable(_DAMAGED) from error
    assert isinstance(sheet, Sheet)
    return sheet


def reader_for(data: bytes, name: str = "") -> str:
    """The name of the module that reads this file."""
    if data[:5] == b"%PDF-" or b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] == b"PK\x03\x04":
        return _zipped(data)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable("This is an old Word file (.doc). Save it as .docx or PDF, or paste its text.")
    for head, what in _OTHERS.items():
        if data.startswith(head):
            raise Unreadable(f"This is {what}. Bring a Word file, a PDF or a text.")
    if b"\x00" in data[:4000] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable("This is no text, Word file or PDF that we know.")
    return _written(data, name.rpartition(".")[2].lower())


def _written(data: bytes, extension: str) -> str:
    """The reader for something that is text."""
    _refuse_endless(data)
    head = data[:20_000].decode("utf-8", errors="replace").replace("\r\n", "\n")
    if "\\documentclass" in head or "\\begin{document}" in head:
        return "latex"
    if re.match(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype html|<html)", head, re.IGNORECASE):
        return "html"
    tags = re.findall(r"</(?:p|li|ul|ol|div|h[1-6]|td|table|span)>", head, re.IGNORECASE)
    if extension not in _BY_NAME and len(tags) >= 4 and not re.search(r"^#{1,6} \S", head, re.MULTILINE):
        return "html"
    reader = _BY_NAME.get(extension) or ("markdown" if _MARKDOWN.search(head) else "plain")
    if reader == "markdown" and max(map(len, data.split(b"\n"))) > _LONGEST_PARAGRAPH:
        raise Unreadable(_ENDLESS)
    return reader


def _refuse_endless(data: bytes) -> None:
    if len(data) > _LONGEST_TEXT:
        raise Unreadable(_ENDLESS)


def _zipped(data: bytes) -> str:
    """The reader for a zipped file, once it is known to be no bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > _PARTS or sum(member.file_size for member in members) > _INFLATED:
                raise Unreadable(
                    "This file unpacks to far more than an agreement holds, so it was not opened."
                )
            names = {member.filename for member in members}
            main = next((part for part in sorted(names, reverse=True) if _MAIN_PART.fullmatch(part)), None)
            if any(name.endswith(".iwa") for name in names):
                raise Unreadable(
                    "This is a Pages file. In Pages choose File, Export To, Word, and bring what it makes."
                )
            if _is_locked(archive, members):
                raise Unreadable(LOCKED)
            if main is None:
                raise Unreadable("This is no Word or OpenDocument text. Bring a Word file, a PDF or a text.")
            for part in names:
                if part.endswith((".xml", ".rels")) and _declares(archive.read(part)):
                    raise Unreadable(
                        "This file holds declarations that no word processor writes, so it was not read."
                    )
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(_DAMAGED) from error
    except Exception as error:  # zlib.error, and what else a damaged archive may raise
        raise Unreadable(_DAMAGED) from error
    return "docx" if main.startswith("word") else "odt"


def _is_locked(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> bool:
    """Whether a password is needed for the whole archive, or for the text in it, as OpenDocument does it."""
    if any(member.flag_bits & 1 for member in members):
        return True
    listed = "META-INF/manifest.xml"
    return listed in archive.namelist() and b"encryption-data" in archive.read(listed)


def _declares(xml: bytes) -> bool:
    return b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"<\x00!\x00" in xml or b"\x00<\x00!" in xml
