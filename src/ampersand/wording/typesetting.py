"""A document as a PDF that can be archived (PDF/A-3a) and read aloud (PDF/UA-1)."""

from __future__ import annotations

import json
import mimetypes
import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import typst

from ampersand.wording import render
from ampersand.wording.document import Document, FilledClause, FilledPart, FilledSection, Signed, SigningPlace
from ampersand.wording.template import Mark
from ampersand.wording.values import show_date

STANDARDS: list[Literal["a-3a", "ua-1"]] = ["a-3a", "ua-1"]

FONTS = Path(str(files("ampersand.wording").joinpath("fonts")))
"""Where the build puts the fonts. They alone are used, so that a copy looks the same wherever it is made."""

# The first that has a character sets it, so the order is part of what a copy looks like.
FAMILIES = (
    "Source Serif 4", "Libertinus Serif", "Noto Serif", "Amiri", "Noto Serif Hebrew",
    "Noto Serif Devanagari", "Noto Sans Bengali", "Noto Sans Gurmukhi", "Noto Sans Gujarati",
    "Noto Sans Tamil", "Noto Sans Telugu", "Noto Sans Kannada", "Noto Sans Malayalam", "Noto Sans Sinhala",
    "Noto Sans Thai",
    "Noto Sans Lao", "Noto Sans Khmer", "Noto Sans Myanmar", "Noto Sans Ethiopic", "Noto Sans Armenian",
    "Noto Sans Georgian", "Noto Sans SC", "NanumMyeongjo",
)  # fmt: skip

_LONG = 1500
"""Letters from which a clause may break over two pages: a longer one might not fit on one."""

_MISSING = re.compile(r'error: the (?:text|PDF contains the codepoint) `"(.+?)"`', re.DOTALL)
_PAGES = {"en": "Page {page} of {pages}"}
_BANNERS = {"en": "Draft – not signed"}
_VERSIONS = {"en": "Version {}"}
_FINGERPRINTS = {"en": "Fingerprint {}"}

_UNBROKEN = re.compile(r"[^\s\u0300-\u036f]{40,}")
_SLANTING = ("LATIN", "GREEK", "CYRILLIC")

_compiling = threading.Lock()


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
    """The PDF, byte for byte the same for the same arguments and fonts.

    `signatures` stand on their lines; a line without one is left to sign on. A copy without any signature
    says at the head of each page that it is a draft, unless it is `ruled` for signing by hand. `evidence`
    are paragraphs on how it was signed, printed at the end. `title` ("" = the document's) names the file
    for readers. `footer` stands on each page before the version, the fingerprint and "page x of y".
    `attachments` are file names and contents kept inside the PDF. `when` (aware) is the only time in the
    file. Raises CannotSet for a character that no font has.
    """
    data = {
        **_sheet(document, (language or document.language).split("-"), footer),
        "title": title or document.title,
        "banner": "",
        "ruled": ruled,
        "signing": [_place(place, signatures) for place in document.signing],
        "evidence": list(evidence),
        "attachments": [_attachment(*item) for item in sorted((attachments or {}).items())],
    }
    if document.signing and not signatures and not ruled:
        data["banner"] = _BANNERS.get(str(data["lang"]), _BANNERS["en"])
    try:
        return _compile(_source(), data, when)
    except typst.TypstError as wrong:
        missing = _missing(wrong)
        if missing:
            raise CannotSet(missing) from None
        raise


def _sheet(document: Document, language: list[str], footer: str) -> dict[str, Any]:
    """What is the same on every copy of a document, but for the language of its page numbers."""
    lang = language[0]
    version = _VERSIONS.get(lang, "{}").format(document.version)
    fingerprint = _FINGERPRINTS.get(lang, "{}").format(document.fingerprint)
    return {
        "heading": document.title,
        "lang": lang,
        "region": next((part for part in language[1:] if len(part) == 2), None),
        "fonts": _families(),
        "footer": [" · ".join(filter(None, (footer, version))), fingerprint],
        "page": _PAGES.get(lang, "{page} / {pages}"),
        "sections": [
            {"heading": section.heading, "level": section.level, "clauses": _clauses(section)}
            for section in document.sections
        ],
        "replacing": document.replacing,
    }


def _clauses(section: FilledSection) -> list[dict[str, Any]]:
    standing = [clause for clause in section.clauses if clause.applies is not False]
    after = [*standing[1:], None]
    return [_clause(clause, following) for clause, following in zip(standing, after, strict=True)]


def _clause(clause: FilledClause, following: FilledClause | None) -> dict[str, Any]:
    leads = following is not None and following.mark is Mark.BULLET and clause.mark is not Mark.BULLET
    return {
        "leads": leads,
        "mark": str(clause.mark),
        "depth": clause.depth,
        "number": "•" if clause.mark is Mark.BULLET else clause.number,
        "long": len(clause.text) > _LONG,
        "parts": [{"text": _breakable(part.text), "state": _state(part)} for part in clause.read],
    }


def _breakable(text: str) -> str:
    """The text with places to break in words too long for a line."""
    return _UNBROKEN.sub(lambda word: re.sub(r"(.{24})(?=\w)", "\\1\u200b", word[0]), text)


def _slants(name: str) -> bool:
    """Whether a name is of a script that has an italic."""
    return all(unicodedata.name(letter, "").startswith(_SLANTING) for letter in name if letter.isalpha())


def _state(part: FilledPart) -> str:
    if not part.filled:
        return "open"
    return "words" if part.kind in ("words", "scheme") else "filled"


def _place(place: SigningPlace, signatures: Sequence[Signed]) -> dict[str, Any]:
    lines = []
    for line in place.lines:
        mine = render.signature(place, line, signatures)
        lines.append(
            {
                "label": line.label,
                "name": _breakable(mine.name) if mine else "",
                "style": "italic" if mine and _slants(mine.name) else "normal",
                "day": show_date(mine.on) if mine else "",
                "drawing": mine.drawing if mine else "",
                "alt": f"{line.label}: {mine.name}" if mine else "",
            }
        )
    return {"label": place.label, "day": render.day_of_signing(place, signatures), "lines": lines}


def _attachment(name: str, content: bytes) -> dict[str, Any]:
    """Text goes as text; anything else as numbers, since JSON has no bytes."""
    try:
        carried: str | list[int] = content.decode()
    except UnicodeDecodeError:
        carried = list(content)
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    relationship = "source" if name.endswith(".json") else "supplement"
    return {"name": name, "content": carried, "mime": mime, "relationship": relationship}


@cache
def _source() -> bytes:
    return files("ampersand.wording").joinpath("agreement.typ").read_bytes()


@cache
def _families() -> list[str]:
    there = set(typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)]).families())
    return [family for family in FAMILIES if family in there]


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(ignore_system_fonts=True, font_paths=[str(FONTS)])


def _compile(source: bytes, data: Mapping[str, Any], when: datetime) -> bytes:
    if when.tzinfo is None:
        raise ValueError("The time of printing needs a time zone.")
    # One compiler is shared, for its fonts and what it remembers; it compiles one document at a time.
    with _compiling:
        made = _compiler().compile(
            input=source,
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=STANDARDS,  # type: ignore[arg-type]  # the package's stub wants a wider list
            timestamp=int(when.timestamp()),
        )
    if not isinstance(made, bytes):
        raise TypeError("One PDF was expected.")
    return made


_PROBE = b"""#set document(title: "?")
#let data = json(bytes(sys.inputs.data))
#set text(font: data.fonts)
#heading(level: 1, "?")
#for it in data.words { par(it) }
"""


def unsettable(matter: Document | str) -> tuple[str, ...]:
    """The characters that no font can set, each once, as "“☃” (SNOWMAN)"; ask before anyone signs."""
    text = render.text(matter) if isinstance(matter, Document) else matter
    words = list(dict.fromkeys(text.split()))
    try:
        _compile(_PROBE, {"fonts": _families(), "words": words}, datetime.fromisoformat("2000-01-01T00:00Z"))
    except typst.TypstError as wrong:
        return _missing(wrong) or tuple(words)
    return ()


def _missing(wrong: typst.TypstError) -> tuple[str, ...]:
    """The characters named in typst's complaints, each with its Unicode name."""
    found = (character for text in _complaints(wrong) for character in text)
    return tuple(f"“{one}” ({unicodedata.name(one, f'U+{ord(one):04X}')})" for one in dict.fromkeys(found))


def _complaints(wrong: typst.TypstError) -> Iterator[str]:
    for quoted in _MISSING.findall(wrong.diagnostic):
        yield re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), quoted)
