"""Work that follows a signature: typesetting, sealing and sending the copies. Safe to run again."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from ampersand.agreements.models import (
    Agreement,
    AgreementState,
    Copy,
    Evidence,
    Renewal,
    RenewalCopy,
    RenewalSignature,
    RenewalState,
    Scan,
    ScanState,
    Signature,
    Template,
)
from ampersand.agreements.notices import (
    tell_both_carry_on,
    tell_newer,
    tell_renewed,
    tell_sealed,
    tell_suggested,
)
from ampersand.agreements.queries import (
    Standing,
    how_it_was_renewed,
    how_it_was_signed,
    newer_version,
    signatures_of,
    signed_for,
    standing_of,
    waits_for_answer,
)
from ampersand.agreements.rules import last_day
from ampersand.calendars import day_in
from ampersand.pairs.actions import put_in_force, run_until
from ampersand.pairs.models import PairState
from ampersand.people.models import Person
from ampersand.record.actions import append_noted, make_checkpoint, note_down, sealer
from ampersand.record.models import Entry, Verb
from ampersand.record.queries import evidence_of
from ampersand.record.states import By
from ampersand.sealing import ATTACHED, attachment, seal
from ampersand.wording import as_json
from ampersand.wording.typesetting import typeset

AT_ONCE = 100  # pairs told of a newer version in one transaction
AGAIN = RetryStrategy(max_attempts=12, exponential_wait=3)


@app.task(name="agreements.seal", queue="sealing", retry=AGAIN)
def seal_agreement(*, agreement: int) -> None:
    """Typeset what both have signed, seal it once, put it in force and send the copies."""
    found = _being_sealed().filter(pk=agreement).first()
    if found is None:
        return
    signatures = signatures_of(found)
    issued = max(signature.signed_at for signature in signatures)
    entry = _entry(Verb.AGREEMENT_SIGNED_BY_BOTH, f"agreement:{found.pk}")
    told = how_it_was_signed(found, signatures)
    pdf = _typeset(found, signatures, told, entry, when=issued)
    _file(found, seal(pdf, sealer=sealer(), when=issued), issued)


@app.task(name="agreements.seal_renewal", queue="sealing", retry=AGAIN)
def seal_renewal(*, renewal: int) -> None:
    """Typeset the agreement with its signatures at renewal, seal it once and send the copies."""
    found = _being_renewed().filter(pk=renewal).first()
    if found is None or found.agreement is None or found.renewed_at is None:
        return
    agreement = _with_people().get(pk=found.agreement.pk)
    first, again = signatures_of(agreement), list(found.signatures.order_by("signed_at", "pk"))
    told = [*how_it_was_signed(agreement, first), *how_it_was_renewed(found, again)]
    entry = _entry(Verb.RENEWAL_SIGNED_BY_BOTH, f"renewal:{found.pk}")
    pdf = _typeset(agreement, [*first, *again], told, entry, when=found.renewed_at)
    _file_renewal(found, seal(pdf, sealer=sealer(), when=found.renewed_at))


@app.task(name="agreements.tell_suggested", retry=AGAIN)
def tell_of_suggestions(*, agreement: int, person: int) -> None:
    """Write to someone who has not come by to see what the other suggests."""
    found = _with_people().filter(pk=agreement, state=AgreementState.FILLING).first()
    reader = Person.objects.get(pk=person)
    if found and waits_for_answer(found, reader):
        tell_suggested(found, reader)


@app.task(name="agreements.tell_newer", retry=AGAIN)
def tell_of_newer_version(*, template: int, after: int = 0) -> None:
    """Tell the pairs of a scheme, some at a time, that its wording has a newer version."""
    newer = Template.objects.select_related("scheme").get(pk=template)
    older = _with_people().filter(pair__scheme=newer.scheme, state=AgreementState.IN_FORCE)
    some = list(older.filter(template__number__lt=newer.number, pk__gt=after).order_by("pk")[:AT_ONCE])
    with transaction.atomic():
        for agreement in some:
            if newer_version(agreement) == newer:
                tell_newer(agreement, newer)
        if len(some) == AT_ONCE:
            tell_of_newer_version.defer(template=template, after=some[-1].pk)


def what_follows(agreement: Agreement) -> None:
    """Do, in this transaction, what rooms above do when an agreement comes into force.

    The settings name it, because nothing here may know those rooms.
    """
    for name in settings.WHEN_IN_FORCE:
        import_string(name)(agreement=agreement)


def _with_people() -> QuerySet[Agreement]:
    return Agreement.objects.select_related(
        "pair__mentor", "pair__mentee", "pair__scheme", "template", "predecessor__template"
    )


def _being_sealed() -> QuerySet[Agreement]:
    return _with_people().filter(state=AgreementState.SEALING)


def _entry(verb: Verb, about: str) -> Entry:
    append_noted()  # where signing and sealing are one transaction, as when a demo is filled
    return Entry.objects.filter(about=about, verb=verb).latest("number")


def _being_renewed() -> QuerySet[Renewal]:
    rows = Renewal.objects.select_related("pair__mentor", "pair__mentee", "pair__scheme", "agreement")
    return rows.filter(state=RenewalState.RENEWED, copy=None)


def _typeset(
    agreement: Agreement,
    signatures: Sequence[Signature | RenewalSignature],
    told: list[str],
    entry: Entry,
    *,
    when: datetime,
) -> bytes:
    document = standing_of(agreement).document
    if document.fingerprint != agreement.fingerprint:
        raise RuntimeError(f"{agreement} would not be sealed as it was signed.")
    attached = attachment(
        agreement=json.loads(as_json(document)),
        fingerprint=document.fingerprint,
        evidence=evidence_of(entry, make_checkpoint()),
    )
    return typeset(
        document,
        signatures=signed_for(agreement, signatures),
        evidence=told,
        attachments={ATTACHED: attached, **_scan_of(agreement)},
        when=when,
    )


def _scan_of(agreement: Agreement) -> dict[str, bytes]:
    if agreement.evidence != Evidence.PAPER:
        return {}
    scan: Scan = agreement.scans.get(state=ScanState.CONFIRMED)
    return {scan.attached_name(): bytes(scan.content)}


@transaction.atomic
def _file(agreement: Agreement, pdf: bytes, issued: datetime) -> None:
    """Keep the copy and put the agreement in force, unless another run has done so."""
    both = Agreement.objects.select_for_update().filter(pk__in=[agreement.pk, agreement.predecessor_id or 0])
    list(both.order_by("pk"))
    current = _being_sealed().filter(pk=agreement.pk).first()
    if current is None:
        return
    standing = standing_of(current)
    copy = Copy.objects.create(
        agreement=current,
        fingerprint=current.fingerprint,
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )
    if current.predecessor:
        current.predecessor.give_way(issued)
    Agreement.moves.make(current, Verb.AGREEMENT_IN_FORCE, by=By.SOFTWARE)
    current.in_force_at = issued
    current.revision += 1
    current.save(update_fields=["state", "in_force_at", "revision"])
    if current.predecessor:
        _sign_renewal_again(current)
        _run_as_agreed(standing, standing_of(current.predecessor))
    else:
        until = last_day(current.pair.scheme, standing.wording, standing.values, issued)
        put_in_force(pair=current.pair, since=issued, until=until)
    current.pair.refresh_from_db(fields=["state", "until", "in_force_from"])
    tell_sealed(current, copy)
    what_follows(current)
    about, scheme = f"agreement:{current.pk}", current.pair.scheme_id
    note_down(verb=Verb.COPY_SEALED, by=None, about=about, scheme=scheme, fingerprint=current.fingerprint)
    note_down(
        verb=Verb.AGREEMENT_IN_FORCE, by=None, about=about, scheme=scheme, fingerprint=current.fingerprint
    )
    if current.predecessor:
        replaced = f"agreement:{current.predecessor.pk}"
        note_down(
            verb=Verb.AGREEMENT_REPLACED, by=None, about=replaced, scheme=scheme, fingerprint=current.replaces
        )


def _sign_renewal_again(agreement: Agreement) -> None:
    """Let a lone signature at renewal lapse with the text before, and ask both for one on this text."""
    renewals = Renewal.objects.select_for_update(of=("self",)).select_related(
        "pair__mentor", "pair__mentee", "pair__scheme"
    )
    for renewal in renewals.filter(pair=agreement.pair_id, state=RenewalState.AGREED):
        lapsed, _rows = renewal.signatures.all().delete()
        if lapsed:
            tell_both_carry_on(renewal, again=True)


def _run_as_agreed(now: Standing, before: Standing) -> None:
    """Keep the last day, unless the new text says another number of months and none have been added.

    A day that is over by then is no last day any more: the pair ends with the day on which this counts.
    """
    pair = now.agreement.pair
    if pair.in_force_from is None:
        return
    old = last_day(pair.scheme, before.wording, before.values, pair.in_force_from)
    new = last_day(pair.scheme, now.wording, now.values, pair.in_force_from)
    if new != old and pair.until == old:
        today = day_in(timezone.now(), pair.scheme.time_zone)
        run_until(pair=pair, until=max(new, today) if new else None)


@transaction.atomic
def _file_renewal(renewal: Renewal, pdf: bytes) -> None:
    """Keep the copy and send it, unless another run has done so."""
    Renewal.objects.select_for_update().get(pk=renewal.pk)
    if not _being_renewed().filter(pk=renewal.pk).exists():
        return
    copy = RenewalCopy.objects.create(
        renewal=renewal, fingerprint=renewal.fingerprint, pdf=pdf, sha256=hashlib.sha256(pdf).hexdigest()
    )
    if renewal.pair.state != PairState.ENDED:
        tell_renewed(renewal, copy)
    note_down(
        verb=Verb.COPY_SEALED,
        by=None,
        about=f"renewal:{renewal.pk}",
        scheme=renewal.pair.scheme_id,
        fingerprint=renewal.fingerprint,
    )
