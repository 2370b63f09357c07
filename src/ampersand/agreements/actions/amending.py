"""Changing an agreement in force: either proposes, the other agrees, proposes otherwise, or leaves it.

An amendment is an agreement with a predecessor. It is filled in, signed and sealed like any other, and only
then takes the place of what it follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ampersand.agreements.actions.signing import locked
from ampersand.agreements.models import Agreement, AgreementState, Filling, ScanState, Template
from ampersand.agreements.notices import tell_agreed, tell_dropped, tell_proposed
from ampersand.agreements.queries import Standing, changes_in, standing_of
from ampersand.agreements.rules import (
    check_can_be_set,
    check_is_a_change,
    check_is_proposed,
    check_may_agree,
    check_may_drop,
    check_may_propose,
    check_may_reword,
    check_seen,
)
from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.record.states import By
from ampersand.wording import (
    Entered,
    Field,
    Value,
    carried_over,
    fields,
    read_value,
    reword,
    store_value,
    write,
)
from ampersand.wording import Template as Wording


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What someone would like to stand: what they typed into blanks, and words for clauses; by id.

    A blank or clause that is not named stays. A blank typed empty is open again.
    """

    typed: Mapping[str, str]
    words: Mapping[str, str]


@transaction.atomic
def propose(
    *, agreement: Agreement, wanted: Wanted, by: Person, template: Template | None = None
) -> Agreement:
    """Propose to change the agreement in force, or to move it to a newer version of the wording.

    Raises WrongValue and WrongWords for what cannot stand, and Refused.
    """
    agreement = locked(agreement)
    standing = standing_of(agreement)
    newer = template is not None and template.pk != agreement.template_id
    base = template.wording() if template and newer else standing.wording
    check_may_propose(agreement, signed=base.entered is Entered.SIGNED)
    check_may_reword(agreement, wanted.words)
    proposal = Agreement(
        pair=agreement.pair,
        template=template or agreement.template,
        predecessor=agreement,
        state=Agreement.moves.begin(Verb.CHANGE_PROPOSED, by=By.EITHER),
        scheme_values=agreement.pair.scheme.values() if newer else agreement.scheme_values,
        reworded="" if newer else agreement.reworded,
    )
    values = carried_over(standing.wording, standing.values, base)
    _write(proposal, base, {name: store_value(base.field(name), v) for name, v in values.items()}, wanted, by)
    _check(proposal)
    tell_proposed(proposal)
    _note(Verb.CHANGE_PROPOSED, proposal, by)
    return proposal


@transaction.atomic
def propose_otherwise(*, agreement: Agreement, seen: int, wanted: Wanted, by: Person) -> Agreement:
    """Answer a proposal with another; now the one who made the first answers."""
    proposal = locked(agreement)
    check_is_proposed(proposal)
    check_seen(proposal, seen)
    check_may_reword(proposal, wanted.words)
    Agreement.moves.make(proposal, Verb.CHANGE_PROPOSED_OTHERWISE, by=By.EITHER)
    before = {name: f.suggested or f.agreed for name, f in standing_of(proposal).fillings.items()}
    proposal.fillings.all().delete()
    _write(proposal, proposal.wording(), before, wanted, by)
    _check(proposal)
    tell_proposed(proposal, otherwise=True)
    _note(Verb.CHANGE_PROPOSED_OTHERWISE, proposal, by)
    return proposal


@transaction.atomic
def agree_to_change(*, agreement: Agreement, seen: int, by: Person) -> Agreement:
    """Agree to what is proposed, as it was read. It counts once both have signed it."""
    proposal = locked(agreement)
    if proposal.state == AgreementState.FILLING and proposal.agreed_at:
        return proposal
    check_is_proposed(proposal)
    check_may_agree(proposal, by)
    check_seen(proposal, seen)
    now = timezone.now()
    for filling in proposal.fillings.exclude(suggested_by=None):
        filling.agreed, filling.agreed_at = filling.suggested, now
        filling.suggested, filling.suggested_by, filling.suggested_at = "", None, None
        filling.save()
    Agreement.moves.make(proposal, Verb.CHANGE_AGREED, by=By.EITHER)
    proposal.agreed_at = now
    proposal.revision += 1
    proposal.save(update_fields=["state", "agreed_at", "revision"])
    tell_agreed(proposal)
    _note(Verb.CHANGE_AGREED, proposal, by)
    return proposal


@transaction.atomic
def leave_as_it_was(*, agreement: Agreement) -> Agreement:
    """Drop a change, whoever of the two proposed it. Both hear that it stays as it was, and not from whom."""
    proposal = locked(agreement)
    if proposal.state in {AgreementState.DROPPED, AgreementState.ENDED}:
        return proposal
    check_may_drop(proposal)
    now = timezone.now()
    proposal.scans.filter(state=ScanState.WAITING).update(state=ScanState.LAPSED, answered_at=now)
    for signature in proposal.signatures.filter(lapsed_at=None):
        signature.lapsed_at = now
        signature.save(update_fields=["lapsed_at"])
    Agreement.moves.make(proposal, Verb.CHANGE_DROPPED, by=By.EITHER)
    proposal.closed_at = now
    proposal.revision += 1
    proposal.save(update_fields=["state", "closed_at", "revision"])
    tell_dropped(proposal)
    _note(Verb.CHANGE_DROPPED, proposal, None)
    return proposal


def _write(proposal: Agreement, base: Wording, before: Mapping[str, str], wanted: Wanted, by: Person) -> None:
    """Write a proposal down: what differs from the agreement in force is suggested by whoever proposes."""
    party = proposal.pair.party_of(by)
    for id, words in wanted.words.items():
        base = reword(base, id, words)
        proposal.reworded = write(base)
    proposal.proposed_by = party
    proposal.revision += 1
    proposal.save()
    held = _held(proposal, base)
    rows = []
    for field in fields(base):
        mine = field.together or field.by == party
        typed = wanted.typed.get(field.id) if mine else None
        stored = before.get(field.id, "") if typed is None else _stored(field, typed)
        writer = by if mine else proposal.pair.other(by)
        rows.append(_filling(proposal, field, held.get(field.id, ""), stored, writer))
    Filling.objects.bulk_create(rows)


def _held(proposal: Agreement, base: Wording) -> dict[str, str]:
    """Give what stands in the agreement in force, as far as it fits the wording."""
    if proposal.predecessor is None:
        raise ValueError("Only a change to an agreement is proposed.")
    standing = standing_of(proposal.predecessor)
    values: Mapping[str, Value] = carried_over(standing.wording, standing.values, base)
    return {name: store_value(base.field(name), value) for name, value in values.items()}


def _stored(field: Field, typed: str) -> str:
    return store_value(field, read_value(field, typed)) if typed.strip() else ""


def _filling(proposal: Agreement, field: Field, held: str, stored: str, by: Person) -> Filling:
    """Let what is held stand, and suggest what differs from it; a blank emptied is open again."""
    filling = Filling(agreement=proposal, field=field.id, revision=proposal.revision)
    filling.agreed = held if stored else ""
    if stored and stored != held:
        filling.suggested, filling.suggested_by, filling.suggested_at = stored, by, timezone.now()
    return filling


def _check(proposal: Agreement) -> None:
    standing: Standing = standing_of(proposal)
    check_is_a_change(changes_in(standing))
    check_can_be_set(standing.proposed)


def _note(verb: Verb, proposal: Agreement, by: Person | None) -> None:
    note_down(
        verb=verb,
        by=by.pk if by else None,
        about=f"agreement:{proposal.pk}",
        scheme=proposal.pair.scheme_id,
    )
