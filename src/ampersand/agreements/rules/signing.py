"""Signing on screen and by hand."""

from django.utils.translation import gettext as _

from ampersand.agreements.models import Agreement, Scan, ScanState
from ampersand.agreements.queries import waiting_scan
from ampersand.agreements.rules.refusals import TextChanged
from ampersand.pairs.queries import name_in
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.wording import Document
from ampersand.wording.typesetting import unsettable


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
