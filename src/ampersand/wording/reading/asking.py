"""Having an agreement read in a child process with limits, so that a hostile file harms nobody.

What asks knows nothing of how it is read, so that a command that only asks starts in no time.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ampersand.guarding.children import Overrun, ask_child, run_apart
from ampersand.wording.reading.findings import Reading
from ampersand.wording.reading.lines import TOO_MUCH, Unreadable
from ampersand.wording.reading.sheets.formats import LARGEST, LOCKED

_WALL_SECONDS = 20
_OFFICE_SECONDS, _OFFICE_MEMORY = 40, 4_000_000_000
_LOCKED, _WORD = "EncryptedPackage".encode("utf-16le"), "WordDocument".encode("utf-16le")
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_TOO_LONG = (
    "This text is too long to be read in one piece. Is it one agreement? Leave out what belongs to others."
)


def read(source: Path | bytes, name: str = "") -> Reading:
    """Everything found in a file or its bytes; `name` helps to tell a markdown from a plain text.

    Raises Unreadable with a sentence a person can act on.
    """
    if isinstance(source, Path):
        name = name or source.name
        if source.stat().st_size > LARGEST:
            raise Unreadable(
                f"This file is larger than {LARGEST // 1_000_000} MB. An agreement is much smaller."
            )
        source = source.read_bytes()
    if source.startswith(_OLD_WORD):
        source, name = _converted(source), "converted.docx"
    answer = _ask_child(source, name)
    if not name and answer.get("refused") == TOO_MUCH:
        raise Unreadable(_TOO_LONG)
    if "refused" in answer:
        raise Unreadable(str(answer["refused"]))
    return Reading.from_dict(answer)


def _ask_child(data: bytes, name: str) -> Mapping[str, Any]:
    try:
        answer = ask_child(
            "ampersand.wording.reading.child:main", data, Path(name).name[-100:], wall_seconds=_WALL_SECONDS
        )
    except Overrun as error:
        raise Unreadable(TOO_MUCH if name else _TOO_LONG) from error
    assert isinstance(answer, dict)
    return answer


def _converted(data: bytes) -> bytes:
    """An old Word file as .docx, by LibreOffice if it is here."""
    if _LOCKED in data:
        raise Unreadable(LOCKED)
    if _WORD not in data:
        raise Unreadable("This is no Word file, but something else of an office. Bring a Word file or a PDF.")
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise Unreadable(
            "This is an old Word file (.doc), which can be read only where LibreOffice is installed. "
            "Save it as .docx or PDF, or paste its text."
        )
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder, "agreement.doc")
        old.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        try:
            run_apart(
                [office, profile, "--headless", "--convert-to", "docx", "--outdir", folder, str(old)],
                folder=Path(folder), seconds=_OFFICE_SECONDS, memory=_OFFICE_MEMORY, largest=3 * LARGEST,
            )  # fmt: skip
        except Overrun as error:
            raise Unreadable(TOO_MUCH) from error
        made = old.with_suffix(".docx")
        if not made.exists():
            raise Unreadable(
                "This old Word file (.doc) could not be converted. Save it as .docx, or paste its text."
            )
        return made.read_bytes()
