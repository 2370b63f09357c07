"""What may be done with an agreement, each refusal in a sentence; and the arithmetic of its months."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.agreements.models import Agreement, AgreementState, Filling, Scan, ScanState
from ampersand.agreements.queries import Standing, waiting_scan
from ampersand.pairs.models import PairState
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.models import Scheme
from ampersand.wording import Document, Field, Values, read_value, show_value, terms_of
from ampersand.wording import Template as Wording
from ampersand.wording.typesetting import unsettable


class Overtaken(Refused):
    """Someone wrote in the same blank since it was opened. What both wrote is kept and shown."""

    def __init__(self, sentence: str, *, filling: Filling) -> None:
        super().__init__(sentence)
        self.filling = filling


class TextChanged(Refused):
    """The text is another than the one that was read before signing."""


class StillOpen(Refused):
    """Something is left to agree before this can be done."""


def check_may_fill(agreement: Agreement) -> None:
    """Refuse writing in an agreement that is no longer being agreed."""
    if agreement.pair.state == PairState.ENDED:
        raise Refused(_("This mentoring has ended, so the agreement stays as it is."))
    if agreement.state != AgreementState.FILLING:
        raise Refused(_("You have both signed, so the words stand as they are."))


def check_may_answer(agreement: Agreement, field: Field, by: Person) -> None:
    """Refuse writing in a blank that belongs to the other."""
    if not field.together and agreement.pair.party_of(by) != field.by:
        owner = people_of(agreement.pair)[field.by]
        raise Refused(
            _("Only %(name)s fills in “%(blank)s”.")
            % {"name": name_in(agreement.pair, owner), "blank": field.label}
        )


def check_not_overtaken(agreement: Agreement, field: Field, filling: Filling, seen: int, by: Person) -> None:
    """Refuse writing over something that the writer has not seen."""
    if filling.revision == seen:
        return
    raise Overtaken(_since(agreement, field, filling, by), filling=filling)


def _since(agreement: Agreement, field: Field, filling: Filling, by: Person) -> str:
    what = filling.suggested or filling.agreed
    words = show_value(field, read_value(field, what)) if what else ""
    if not words:
        return _("What stood in “%(blank)s” has just been taken back.") % {"blank": field.label}
    if not filling.suggested:
        return _("“%(words)s” has just been agreed for “%(blank)s”.") % {"words": words, "blank": field.label}
    if filling.suggested_by_id == by.pk:
        return _("In another window you have just suggested “%(words)s”.") % {"words": words}
    name = name_in(agreement.pair, agreement.pair.other(by))
    return _("%(name)s has just suggested “%(words)s”.") % {"name": name, "words": words}


def check_complete(standing: Standing) -> None:
    """Refuse what needs a whole text while something is left."""
    count = len(standing.left)
    if count:
        raise StillOpen(
            ngettext(
                "One thing is left to agree before you can sign.",
                "%(count)d things are left to agree before you can sign.",
                count,
            )
            % {"count": count}
        )


def check_can_be_set(document: Document, name: str = "") -> None:
    """Refuse, before anyone signs, characters that the sealed copy could not hold."""
    characters = [*unsettable(document), *unsettable(name)]
    if characters:
        raise Refused(
            _("The copy cannot hold these characters: %(characters)s. Write them in another way, then sign.")
            % {"characters": ", ".join(dict.fromkeys(characters))}
        )


def check_name(name: str) -> None:
    """Refuse a signature without a name."""
    if not name.strip():
        raise Refused(_("Type your name to sign."))


def check_no_scan_waits(agreement: Agreement) -> None:
    """Refuse signing on screen while a paper signed by both waits for one word."""
    if waiting_scan(agreement):
        raise Refused(
            _("A scan of the signed paper is waiting. Go back to signing on screen first, then sign here.")
        )


def check_may_upload(agreement: Agreement, by: Person) -> None:
    """Refuse a scan in place of one that the other is looking at."""
    scan = waiting_scan(agreement)
    if scan and scan.uploaded_by_id != by.pk:
        raise Refused(_("The other has just uploaded a scan: say first whether it matches."))


def check_may_answer_scan(agreement: Agreement, scan: Scan, by: Person) -> None:
    """Refuse an answer from whoever uploaded the scan, and one to a scan that no longer counts."""
    if scan.uploaded_by_id == by.pk:
        other = name_in(agreement.pair, agreement.pair.other(by))
        raise Refused(_("%(name)s says whether your scan matches.") % {"name": other})
    if scan.state != ScanState.WAITING:
        raise Refused(_("This scan no longer counts: the text has changed, or you went back to the screen."))


def check_read(fingerprint: str, read: str) -> None:
    """Refuse a signature on a text that the signer has not seen."""
    if fingerprint != read:
        raise TextChanged(
            _("The text has changed since you read it. Here it is as it stands now: please read it again.")
        )


def months_after(day: date, months: int) -> date:
    """Count calendar months; a day that a month lacks becomes its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_day(scheme: Scheme, wording: Wording, values: Values, since: datetime) -> date | None:
    """Give the day until which an agreement runs, if it says how many months."""
    months = terms_of(wording, values).get("runs-months")
    if not isinstance(months, int) or isinstance(months, bool):
        return None
    return months_after(since.astimezone(ZoneInfo(scheme.time_zone)).date(), months)


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
