"""Carrying on: each is asked alone; when both have said yes, both sign; otherwise nothing of it is kept.

docs/decisions/0023-carry-on.md says why nobody can learn who said no.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from ampersand.agreements.actions.signing import Strokes
from ampersand.agreements.models import (
    Agreement,
    AgreementState,
    Renewal,
    RenewalAnswer,
    RenewalSignature,
    RenewalState,
    Way,
)
from ampersand.agreements.notices import tell_both_carry_on
from ampersand.agreements.queries import Standing, agreement_in_force, standing_of
from ampersand.agreements.rules import (
    check_both_said_yes,
    check_can_be_set,
    check_name,
    check_read,
    check_still_runs,
    renewed_until,
)
from ampersand.agreements.tasks import seal_renewal
from ampersand.pairs.actions import run_until
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.record.states import By


@transaction.atomic
def ask_both(*, pair: Pair, ends_on: date, until: date) -> Renewal:
    """Put the question to both; asking again is asking once."""
    begins = {"until": until, "state": Renewal.moves.begin(Verb.RENEWAL_ASKED, by=By.SOFTWARE)}
    renewal, new = Renewal.objects.get_or_create(pair=pair, ends_on=ends_on, defaults=begins)
    if new:
        note_down(verb=Verb.RENEWAL_ASKED, by=None, about=f"pair:{pair.pk}", scheme=pair.scheme_id)
    return renewal


@transaction.atomic
def answer(*, renewal: Renewal, carries_on: bool, by: Person) -> Renewal:
    """Say yes or no, for nobody's eyes but one's own. It may be changed until both have said yes."""
    renewal = _locked(renewal)
    check_still_runs(renewal)
    if renewal.state != RenewalState.ASKED:
        return renewal
    RenewalAnswer.objects.update_or_create(renewal=renewal, person=by, defaults={"carries_on": carries_on})
    if renewal.answers.filter(carries_on=True).count() == 2:
        renewal.answers.all().delete()
        Renewal.moves.make(renewal, Verb.RENEWAL_ANSWERED, by=By.EITHER)
        renewal.agreed_at = timezone.now()
        renewal.save(update_fields=["state", "agreed_at"])
        tell_both_carry_on(renewal)
    # Neither noted under the scheme nor about the pair: when somebody answered is theirs alone.
    note_down(verb=Verb.RENEWAL_ANSWERED, by=by.pk, about=f"person:{by.pk}")
    return renewal


@transaction.atomic
def sign_renewal(*, renewal: Renewal, by: Person, read: str, name: str, strokes: Strokes = ()) -> Renewal:
    """Sign the text in force on its line for renewing. With the second signature it is renewed."""
    renewal = _locked(renewal)
    if renewal.state == RenewalState.RENEWED:
        return renewal
    check_still_runs(renewal)
    check_both_said_yes(renewal)
    if renewal.signatures.filter(person=by, fingerprint=read).exists():
        return renewal
    standing = standing_of(agreement_in_force(renewal.pair))
    check_read(standing.document.fingerprint, read)
    check_name(name)
    check_can_be_set(standing.document, name)
    renewal.signatures.exclude(fingerprint=read).delete()
    RenewalSignature.objects.create(
        renewal=renewal,
        person=by,
        party=renewal.pair.party_of(by),
        fingerprint=read,
        way=Way.DRAWN if strokes else Way.TYPED,
        name=name,
        strokes=strokes or None,
    )
    note_down(verb=Verb.RENEWAL_SIGNED, by=by.pk, about=f"person:{by.pk}", fingerprint=read)
    if renewal.signatures.count() == 2:
        _complete(renewal, standing)
    return renewal


@transaction.atomic
def forget_renewals(*, pair: Pair) -> None:
    """Remove whatever did not come about: answers, a lone signature, that both were asked."""
    open_ones = Renewal.objects.still_open().filter(pair=pair)
    RenewalSignature.objects.filter(renewal__in=open_ones).delete()
    open_ones.delete()


def _complete(renewal: Renewal, standing: Standing) -> None:
    """Let it run on from its last day, as the agreement says, and have the copy sealed."""
    until = renewed_until(renewal, standing)
    Renewal.moves.make(renewal, Verb.RENEWAL_SIGNED_BY_BOTH, by=By.EITHER)
    renewal.renewed_at, renewal.until = timezone.now(), until
    renewal.agreement, renewal.fingerprint = standing.agreement, standing.document.fingerprint
    renewal.save()
    renewal.pair = run_until(pair=renewal.pair, until=until)
    seal_renewal.defer(renewal=renewal.pk)
    note_down(
        verb=Verb.RENEWAL_SIGNED_BY_BOTH,
        by=None,
        about=f"renewal:{renewal.pk}",
        scheme=renewal.pair.scheme_id,
        fingerprint=renewal.fingerprint,
    )


def _locked(renewal: Renewal) -> Renewal:
    """Take the locks in the order of the house: the agreement, the renewal, the pair."""
    list(Agreement.objects.select_for_update().filter(pair=renewal.pair_id, state=AgreementState.IN_FORCE))
    Renewal.objects.select_for_update().get(pk=renewal.pk)
    Pair.objects.select_for_update(no_key=True).get(pk=renewal.pair_id)
    return Renewal.objects.select_related("pair__mentor", "pair__mentee", "pair__scheme").get(pk=renewal.pk)
