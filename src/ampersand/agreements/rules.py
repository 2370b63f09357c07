"""What may be done with an agreement, each refusal in a sentence; and how long it runs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.agreements.models import (
    OPEN,
    Agreement,
    AgreementState,
    Evidence,
    Filling,
    Renewal,
    RenewalState,
    Scan,
    ScanState,
)
from ampersand.agreements.queries import Standing, waiting_scan
from ampersand.calendars import day_in, end_of, months_after
from ampersand.pairs.models import PairState
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.models import Scheme
from ampersand.wording import Change, Document, Field, TermValue, Values, read_value, show_value, terms_of
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
    if agreement.state == AgreementState.PROPOSED:
        raise Refused(_("This is only proposed: agree to it, or suggest something else, before that."))
    if agreement.state == AgreementState.DROPPED:
        raise Refused(_("This change was not made: your agreement stayed as it was."))
    if agreement.state != AgreementState.FILLING:
        raise Refused(_("You have both signed, so the words stand as they are."))


def check_may_propose(agreement: Agreement, *, signed: bool) -> None:
    """Refuse a change to what is not in force, one that nobody signs, and a second one while one is open."""
    if agreement.pair.state == PairState.ENDED:
        raise Refused(_("This mentoring has ended, so the agreement stays as it is."))
    if agreement.state != AgreementState.IN_FORCE:
        raise Refused(_("A newer agreement has taken the place of this one. Begin with that."))
    if not signed:
        raise Refused(
            _("This was accepted by asking, so its words come from the scheme and its newer versions.")
        )
    if agreement.pair.agreements.filter(state__in=OPEN).exists():
        raise Refused(_("A change to your agreement has just been proposed. Look at that one first."))


def check_may_accept_newer(agreement: Agreement, by: Person) -> None:
    """Refuse moving to a newer version to all but the one who accepted, and while it is not in force."""
    if agreement.pair.state == PairState.ENDED:
        raise Refused(_("This mentoring has ended, so the agreement stays as it is."))
    if agreement.state != AgreementState.IN_FORCE or agreement.evidence != Evidence.ASKING:
        raise Refused(_("There is no newer version to accept. What you have is the newest."))
    if by.pk != agreement.pair.mentee_id:
        name = name_in(agreement.pair, agreement.pair.mentee)
        raise Refused(
            _("%(name)s accepted this agreement by asking, and accepts a newer one.") % {"name": name}
        )


def check_is_a_change(changes: Collection[Change]) -> None:
    """Refuse a proposal that would leave everything as it is."""
    if not changes:
        raise Refused(_("Nothing would be different. Change something first, or leave it as it is."))


def check_is_proposed(agreement: Agreement) -> None:
    """Refuse an answer to a change that no longer waits for one."""
    if agreement.pair.state == PairState.ENDED:
        raise Refused(_("This mentoring has ended, so the agreement stays as it is."))
    if agreement.state == AgreementState.DROPPED:
        raise Refused(_("This change was not made: your agreement stayed as it was."))
    if agreement.state != AgreementState.PROPOSED:
        raise Refused(_("You have both agreed to this change already. Now each of you checks and signs."))


def check_may_agree(agreement: Agreement, by: Person) -> None:
    """Refuse agreeing to one's own proposal."""
    if agreement.proposed_by == agreement.pair.party_of(by):
        other = name_in(agreement.pair, agreement.pair.other(by))
        raise Refused(_("This is your own proposal: %(name)s answers it.") % {"name": other})


def check_seen(agreement: Agreement, seen: int) -> None:
    """Refuse an answer to a proposal that has changed since it was read."""
    if agreement.revision != seen:
        raise TextChanged(_("This has changed since you read it. Here it is as it stands now."))


def check_may_drop(agreement: Agreement) -> None:
    """Refuse leaving it as it was once both have signed the new text."""
    if agreement.state in {AgreementState.SEALING, AgreementState.IN_FORCE, AgreementState.SUPERSEDED}:
        raise Refused(_("You have both signed the new text. You can propose another change to it."))
    if agreement.predecessor_id is None:
        raise Refused(_("This is your first agreement, not a change to one."))


def check_may_reword(agreement: Agreement, words: Collection[str]) -> None:
    """Refuse other words for a clause where the scheme keeps its own."""
    if words and not agreement.pair.scheme.pairs_may_reword:
        raise Refused(_("In this scheme the words of a clause stay; what stands in the blanks can change."))


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


def last_day(scheme: Scheme, wording: Wording, values: Values, since: datetime) -> date | None:
    """Give the day until which an agreement runs, if it says how many months."""
    months = _count(terms_of(wording, values).get("runs-months"), 0)
    if not months:
        return None
    return months_after(day_in(since, scheme.time_zone), months)


def check_still_runs(renewal: Renewal) -> None:
    """Refuse whatever concerns an end that has come, or that is another by now."""
    pair = renewal.pair
    if pair.state != PairState.IN_FORCE or timezone.now() >= end_of(renewal.ends_on, pair.scheme.time_zone):
        raise Refused(_("This mentoring has ended, so it cannot be renewed any more."))
    if pair.until != renewal.ends_on:
        raise Refused(_("Your agreement now ends on another day. You will be asked again before that."))


def check_both_said_yes(renewal: Renewal) -> None:
    """Refuse signing while not both have said yes; the sentence is the same whoever has not."""
    if renewal.state == RenewalState.ASKED:
        raise Refused(_("You can sign once both of you have said yes. Both of you then get a letter."))


def renewed_until(renewal: Renewal, standing: Standing) -> date:
    """Give the last day after a renewal, from the last day before it and the terms in force."""
    pair = renewal.pair
    renewed = pair.renewals.filter(state=RenewalState.RENEWED).count()
    months = renewal_months(standing, renewed=renewed)
    if not months:
        raise Refused(_("Your agreement says that it cannot be renewed any more."))
    since = pair.in_force_from
    anchor = day_in(since, pair.scheme.time_zone).day if since else 0
    return months_after(renewal.ends_on, months, anchor=anchor)


def renewal_months(standing: Standing, *, renewed: int) -> int:
    """Say for how many months an agreement may be renewed now; none once that was as often as it says."""
    terms = terms_of(standing.wording, standing.values)
    months, times = _count(terms.get("renews-months"), 0), _count(terms.get("renewals"), 1)
    return months if renewed < times else 0


def _count(value: TermValue | None, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise


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
