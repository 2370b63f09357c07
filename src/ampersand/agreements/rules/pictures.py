"""What an uploaded scan may be."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from ampersand.people.rules import Refused


@dataclass(frozen=True)
class Picture:
    """A scan as it is kept: what it is, and its bytes."""

    content_type: str
    content: bytes


def sniffed(content: bytes) -> Picture:
    """Say what an uploaded file is by what it holds; refuse what is no PDF, PNG or JPEG."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return Picture("application/pdf", content)
    if content.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in content[-64:]:
        return Picture("image/png", content)
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-4096:]:
        return Picture("image/jpeg", without_place(content))
    if content[4:8] == b"ftyp":
        raise Refused(_("Not everyone can open this picture (HEIC). Save it as JPEG and choose it again."))
    raise Refused(_("This file is no PDF and no picture, or it is broken. Choose a PDF, JPEG or PNG."))


def without_place(jpeg: bytes) -> bytes:
    """Take out of a photograph where and with what it was taken; only which way up it is stays."""
    kept, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4], "big")
        segment = jpeg[at : at + 2 + length]
        if marker == 0xE1:
            kept.append(_upright(segment))
        elif not (0xE2 <= marker <= 0xED or marker in {0xEF, 0xFE}):
            kept.append(segment)
        at += 2 + length
    return b"".join([*kept, jpeg[at:]])


def _upright(segment: bytes) -> bytes:
    """Write an Exif segment again with the orientation alone, or leave it out."""
    body = segment[4:]
    order: Literal["little", "big"] = "little" if body[6:8] == b"II" else "big"
    tag = (0x0112).to_bytes(2, order) + (3).to_bytes(2, order) + (1).to_bytes(4, order)
    at = body.find(tag)
    if not body.startswith(b"Exif\x00\x00") or at < 0:
        return b""
    entry = body[at : at + 12]
    header = body[6:8] + (42).to_bytes(2, order) + (8).to_bytes(4, order)
    exif = b"Exif\x00\x00" + header + (1).to_bytes(2, order) + entry + bytes(4)
    return b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
