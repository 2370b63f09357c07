"""The parts of a Word file that say something: its text, styles, lists, page headers and title, from the zip itself.

Only these are unpacked, and as plain XML: opening the whole package with python-docx takes several times as long.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element as Element

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MOST_HEADERS = 12
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Parts:
    """What is read of a Word file; a part that is missing or damaged and not needed is None or left out."""

    document: Element
    styles: Element | None
    numbering: Element | None
    headers: tuple[Element, ...]
    title: str

    @classmethod
    def of(cls, data: bytes) -> Parts:
        """The parts of a file. Raises whatever a damaged one makes zip and XML raise."""
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            package = _Package(archive)
            main = package.related("", "officeDocument") or ["word/document.xml"]
            document = package.parsed(main[0])
            if document is None:
                raise KeyError(main[0])
            first = {
                kind: next(iter(package.related(main[0], kind)), f"{posixpath.dirname(main[0])}/{kind}.xml")
                for kind in ("styles", "numbering")
            }
            core = package.parsed(next(iter(package.related("", "core-properties")), "docProps/core.xml"))
            headers = [package.parsed(name) for name in package.related(main[0], "header")[:_MOST_HEADERS]]
            return cls(
                document=document,
                styles=package.parsed(first["styles"]),
                numbering=package.parsed(first["numbering"]),
                headers=tuple(header for header in headers if header is not None),
                title=((core.findtext(f".//{_TITLE}") if core is not None else "") or "").strip(),
            )


class _Package:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = set(archive.namelist())

    def parsed(self, name: str) -> Element | None:
        """A part as XML, without entities; None if it is not there or damaged."""
        if name not in self.names:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
        try:
            return etree.fromstring(self.archive.read(name).replace(_STRICT, _USUAL), parser)
        except etree.XMLSyntaxError:
            return None

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that stand in a relation of this kind to a part ("" for the whole package)."""
        folder, _, name = part.rpartition("/")
        relations = self.parsed(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = []
        for relation in relations.iter(_RELATION) if relations is not None else ():
            target = relation.get("Target") or ""
            if (relation.get("Type") or "").endswith(f"/{kind}") and not re.match(r"\w+:", target):
                found.append(posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        return found
