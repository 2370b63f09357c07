"""Signing on screen. Both or nothing: what one has signed is shown to nobody before both have."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from ampersand.agreements.models import (
    Agreement,
    Evidence,
    ScanState,
    Signature,
    Way,
)
from ampersand.agreements.notices import tell_lapsed
from ampersand.agreements.queries import own_signature, standing_of
from ampersand.agreements.rules import (
    check_can_be_set,
    check_complete,
    check_may_fill,
    check_name,
    check_no_scan_waits,
    check_read,
)
from ampersand.agreements.tasks import seal_agreement
from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.record.states import By

Strokes = Sequence[Sequence[Sequence[float]]]


@transaction.atomic
def sign(*, agreement: Agreement, by: Person, read: str, name: str, strokes: Strokes = ()) -> Agreement:
    """Sign the text whose fingerprint the signer has read. Signing twice is signing once."""
    agreement = locked(agreement)
    if own_signature(agreement, by):
        return agreement
    check_may_fill(agreement)
    check_no_scan_waits(agreement)
    standing = standing_of(agreement)
    check_complete(standing)
    check_read(standing.document.fingerprint, read)
    check_name(name)
    check_can_be_set(standing.document, name)
    Signature.objects.create(
        agreement=agreement,
        person=by,
        party=agreement.pair.party_of(by),
        fingerprint=read,
        way=Way.DRAWN if strokes else Way.TYPED,
        name=name,
        strokes=strokes or None,
    )
    note_down(
        verb=Verb.AGREEMENT_SIGNED,
        by=by.pk,
        about=f"agreement:{agreement.pk}",
        scheme=agreement.pair.scheme_id,
        fingerprint=read,
    )
    if agreement.signatures.filter(lapsed_at=None, fingerprint=read).count() == 2:
        complete(agreement=agreement, fingerprint=read, evidence=Evidence.SCREEN)
    return agreement


def complete(*, agreement: Agreement, fingerprint: str, evidence: Evidence) -> None:
    """Close the text that both have signed, and have it sealed. Call it under the agreement's lock."""
    Agreement.moves.make(agreement, Verb.AGREEMENT_SIGNED_BY_BOTH, by=By.EITHER)
    agreement.evidence = evidence
    agreement.fingerprint = fingerprint
    agreement.revision += 1
    agreement.save(update_fields=["state", "evidence", "fingerprint", "revision"])
    seal_agreement.defer(agreement=agreement.pk)
    note_down(
        verb=Verb.AGREEMENT_SIGNED_BY_BOTH,
        by=None,
        about=f"agreement:{agreement.pk}",
        scheme=agreement.pair.scheme_id,
        fingerprint=fingerprint,
    )


def lapse(*, agreement: Agreement, by: Person) -> None:
    """Let a lone signature or scan lapse, because something has changed; both are told."""
    now = timezone.now()
    signatures = list(agreement.signatures.filter(lapsed_at=None))
    scans = agreement.scans.filter(state=ScanState.WAITING).update(state=ScanState.LAPSED, answered_at=now)
    for signature in signatures:
        signature.lapsed_at = now
        signature.save(update_fields=["lapsed_at"])
    if signatures or scans:
        tell_lapsed(agreement)
        note_down(
            verb=Verb.SIGNATURE_LAPSED,
            by=by.pk,
            about=f"agreement:{agreement.pk}",
            scheme=agreement.pair.scheme_id,
        )


def locked(agreement: Agreement) -> Agreement:
    """Take the lock that everything written in an agreement waits for."""
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    named = ("pair__mentor", "pair__mentee", "pair__scheme", "template", "predecessor__template")
    return Agreement.objects.select_related(*named).get(pk=agreement.pk)
