"""Signing on paper: one uploads the scan, the other says whether it matches."""

from django.db import transaction
from django.utils import timezone

from ampersand.agreements.actions.signing import complete, locked
from ampersand.agreements.models import Agreement, Evidence, Scan, ScanState, Signature, Way
from ampersand.agreements.notices import tell_scan_refused, tell_scan_waits
from ampersand.agreements.queries import signing_name, standing_of
from ampersand.agreements.rules import (
    check_can_be_set,
    check_complete,
    check_may_answer_scan,
    check_may_fill,
    check_may_upload,
    check_read,
)
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb


@transaction.atomic
def upload(
    *, agreement: Agreement, by: Person, read: str, name: str, content: bytes, content_type: str
) -> Scan:
    """Keep a scan of the text signed on paper until the other has said whether it matches."""
    agreement = locked(agreement)
    check_may_fill(agreement)
    standing = standing_of(agreement)
    check_complete(standing)
    check_read(standing.document.fingerprint, read)
    check_can_be_set(standing.document)
    check_may_upload(agreement, by)
    agreement.scans.filter(state=ScanState.WAITING).update(state=ScanState.LAPSED, answered_at=timezone.now())
    scan = Scan.objects.create(
        agreement=agreement,
        fingerprint=read,
        uploaded_by=by,
        name=name[-200:],
        content_type=content_type,
        content=content,
    )
    _count_change(agreement)
    tell_scan_waits(agreement, scan)
    _note(Verb.SCAN_UPLOADED, agreement, by, read)
    return scan


@transaction.atomic
def confirm(*, agreement: Agreement, scan: int, by: Person) -> Agreement:
    """Say that a scan shows this text signed by both: it is now signed by both."""
    agreement = locked(agreement)
    found = agreement.scans.select_related("uploaded_by").get(pk=scan)
    if found.state == ScanState.CONFIRMED:
        return agreement
    check_may_fill(agreement)
    check_may_answer_scan(agreement, found, by)
    standing = standing_of(agreement)
    check_complete(standing)
    check_read(standing.document.fingerprint, found.fingerprint)
    _answer(found, ScanState.CONFIRMED)
    for signature in agreement.signatures.filter(lapsed_at=None):
        signature.lapsed_at = timezone.now()
        signature.save(update_fields=["lapsed_at"])
    for party, person in people_of(agreement.pair).items():
        Signature.objects.create(
            agreement=agreement,
            person=person,
            party=party,
            fingerprint=found.fingerprint,
            way=Way.PAPER,
            name=signing_name(standing, person) or name_in(agreement.pair, person),
        )
    _note(Verb.SCAN_CONFIRMED, agreement, by, found.fingerprint)
    complete(agreement=agreement, fingerprint=found.fingerprint, evidence=Evidence.PAPER)
    return agreement


@transaction.atomic
def say_it_differs(*, agreement: Agreement, scan: int, by: Person) -> Agreement:
    """Say that a scan does not show this text signed by both."""
    agreement = locked(agreement)
    found = agreement.scans.select_related("uploaded_by").get(pk=scan)
    if found.state == ScanState.REFUSED:
        return agreement
    check_may_fill(agreement)
    check_may_answer_scan(agreement, found, by)
    _answer(found, ScanState.REFUSED)
    _count_change(agreement)
    tell_scan_refused(agreement, found)
    _note(Verb.SCAN_REFUSED, agreement, by, found.fingerprint)
    return agreement


@transaction.atomic
def sign_on_screen_instead(*, agreement: Agreement) -> Agreement:
    """Go back to signing on screen: a scan that waits lapses, whoever uploaded it."""
    agreement = locked(agreement)
    check_may_fill(agreement)
    now = timezone.now()
    if agreement.scans.filter(state=ScanState.WAITING).update(state=ScanState.LAPSED, answered_at=now):
        _count_change(agreement)
    return agreement


def _answer(scan: Scan, state: ScanState) -> None:
    scan.state = state
    scan.answered_at = timezone.now()
    scan.save(update_fields=["state", "answered_at"])


def _count_change(agreement: Agreement) -> None:
    agreement.revision += 1
    agreement.save(update_fields=["revision"])


def _note(verb: Verb, agreement: Agreement, by: Person, fingerprint: str) -> None:
    note_down(
        verb=verb,
        by=by.pk,
        about=f"agreement:{agreement.pk}",
        scheme=agreement.pair.scheme_id,
        fingerprint=fingerprint,
    )
