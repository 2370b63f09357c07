"""A document as a PDF that can be archived (PDF/A-3a) and read aloud (PDF/UA-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from ampersand.wording.document import Document, Signed


class CannotSet(ValueError):
    """The document holds characters for which there is no font; `characters` names them."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        super().__init__("These characters cannot be printed: " + ", ".join(characters) + ".")


def typeset(
    document: Document,
    *,
    signatures: Sequence[Signed] = (),
    evidence: Sequence[str] = (),
    title: str = "",
    footer: str = "",
    attachments: Mapping[str, bytes] | None = None,
    language: str = "",
    when: datetime,
    ruled: bool = False,
) -> bytes:
    """The PDF, byte for byte the same for the same arguments.

    `signatures` stand on their lines; lines without one are ruled for a pen when `ruled`, else marked
    "not signed". `evidence` are paragraphs on how it was signed, printed after the signatures.
    `title` ("" = the document's) names the file for readers. `footer` stands on each page before the version,
    the fingerprint and "page x of y". `attachments` are file names and contents kept inside the PDF.
    `when` (aware) is the only time in the file. Raises CannotSet for a character that no font has.
    """
    raise NotImplementedError


def unsettable(matter: Document | str) -> tuple[str, ...]:
    """The characters that no font can set, each once, as "“☃” (SNOWMAN)"; ask before anyone signs."""
    raise NotImplementedError
