"""Changing an agreement in force: proposed, answered, signed by both, or left as it was."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from ampersand.agreements.actions.amending import agree_to_change
from ampersand.agreements.models import Agreement, AgreementState, Filling, Frozen, Signature
from ampersand.agreements.queries import (
    changes_in,
    current_agreement,
    open_change,
    standing_of,
    terms_in_force,
    versions_of,
)
from ampersand.agreements.rules import TextChanged
from ampersand.agreements.tasks import seal_agreement
from ampersand.journeys.ending import stop, undo
from ampersand.notifications.models import Letter
from ampersand.pairs.models import Pair
from ampersand.people.rules import Refused
from ampersand.record.actions import sealer
from ampersand.sealing import Answer, verify
from ampersand.wording import WrongValue, WrongWords
from tests.agreements.amending import (
    agree,
    change,
    leave,
    make_it_count,
    notice_of,
    otherwise,
    publish_newer,
)
from tests.agreements.people import Two


def state_of(agreement: Agreement) -> str:
    return Agreement.objects.get(pk=agreement.pk).state


def test_a_change_counts_only_when_both_have_signed_it(in_force: Two) -> None:
    proposal = agree(change(in_force, in_force.hannah, {"notice": "14"}), in_force.sam)
    first = in_force.agreement
    in_force.agreement = proposal
    in_force.sign(in_force.sam)
    assert terms_in_force(in_force.pair)["meeting-notice-days"] == 2
    in_force.sign(in_force.hannah)
    assert (state_of(first), state_of(proposal)) == (AgreementState.IN_FORCE, AgreementState.SEALING)
    assert terms_in_force(in_force.pair)["meeting-notice-days"] == 2
    seal_agreement(agreement=proposal.pk)
    assert (state_of(first), state_of(proposal)) == (AgreementState.SUPERSEDED, AgreementState.IN_FORCE)
    assert terms_in_force(in_force.pair)["meeting-notice-days"] == 14


def test_what_is_proposed_is_compared_clause_by_clause(in_force: Two) -> None:
    proposal = change(in_force, in_force.sam, {"notice": "14", "notes": "no"})
    told = {(found.kind, found.clause) for found in changes_in(standing_of(proposal))}
    assert told == {("changed", "cancelling"), ("changed", "notes"), ("removed", "notes-safe")}
    (swap,) = next(f for f in changes_in(standing_of(proposal)) if f.clause == "cancelling").swaps
    assert (swap.gone, swap.new) == ("2", "14")


def test_each_copy_names_the_fingerprint_it_replaces_and_its_own_holds_it(in_force: Two) -> None:
    old = in_force.fresh()
    make_it_count(in_force, agree(change(in_force, in_force.sam, {"notice": "14"}), in_force.hannah))
    new = in_force.fresh()
    finding = verify(bytes(new.copy.pdf), certificates=[sealer().certificate])
    assert finding.answer is Answer.GENUINE
    assert finding.replaces == old.fingerprint
    assert finding.attached["fingerprint"] == new.fingerprint != old.fingerprint
    assert bytes(old.copy.pdf) != bytes(new.copy.pdf)
    assert [found.pk for found in versions_of(in_force.pair)] == [new.pk, old.pk]


def test_the_other_may_propose_otherwise_and_the_first_agrees(in_force: Two) -> None:
    proposal = change(in_force, in_force.hannah, {"notice": "14", "mentor-contact": "By letter"})
    answer = otherwise(proposal, in_force.sam, {"notice": "7"})
    assert answer.proposed_by == "mentee"
    with pytest.raises(Refused, match="your own proposal"):
        agree(answer, in_force.sam)
    agree(answer, in_force.hannah)
    assert notice_of(answer) == "7"
    values = standing_of(Agreement.objects.get(pk=answer.pk)).values
    assert values["mentor-contact"] == "By letter"  # her own blank, untouched by his answer


def test_only_its_owner_changes_a_blank_of_one_alone(in_force: Two) -> None:
    with pytest.raises(Refused, match="Nothing would be different"):
        change(in_force, in_force.sam, {"mentor-contact": "Never"})


def test_declined_or_taken_back_it_stays_as_it_was_and_nobody_learns_from_whom(in_force: Two) -> None:
    leave(change(in_force, in_force.hannah, {"notice": "14"}))
    letters = Letter.objects.filter(event="agreements/change_dropped")
    bodies = {letter.body_text.replace("Hannah", "X").replace("Sam", "X") for letter in letters}
    assert (letters.count(), len(bodies)) == (2, 1)
    assert "Your agreement stays as it was" in bodies.pop()
    assert open_change(in_force.pair) is None
    assert state_of(in_force.agreement) == AgreementState.IN_FORCE
    change(in_force, in_force.sam, {"notice": "5"})  # and either may propose again


def test_after_one_signature_it_can_still_be_left_as_it_was(in_force: Two) -> None:
    proposal = agree(change(in_force, in_force.hannah, {"notice": "14"}), in_force.sam)
    first, in_force.agreement = in_force.agreement, proposal
    in_force.sign(in_force.hannah)
    leave(proposal)
    assert not Signature.objects.filter(agreement=proposal, lapsed_at=None).exists()
    with pytest.raises(Refused, match="stayed as it was"):
        in_force.sign(in_force.sam)
    assert state_of(first) == AgreementState.IN_FORCE


def test_what_both_have_signed_cannot_be_left(in_force: Two) -> None:
    proposal = agree(change(in_force, in_force.hannah, {"notice": "14"}), in_force.sam)
    make_it_count(in_force, proposal)
    with pytest.raises(Refused, match="both signed the new text"):
        leave(proposal)


def test_a_second_proposal_waits_for_the_first(in_force: Two) -> None:
    change(in_force, in_force.hannah, {"notice": "14"})
    with pytest.raises(Refused, match="has just been proposed"):
        change(in_force, in_force.sam, {"notice": "3"})


def test_the_database_takes_one_change_at_a_time_and_one_agreement_in_force(in_force: Two) -> None:
    proposal = change(in_force, in_force.hannah, {"notice": "14"})
    row = {
        "pair": in_force.pair,
        "template": proposal.template,
        "predecessor": in_force.agreement,
        "proposed_by": "mentee",
    }
    for state in ("proposed", "filling", "in_force"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Agreement.objects.create(**row, state=state)


def test_the_database_lets_nothing_replace_an_agreement_unsigned(in_force: Two) -> None:
    proposal = agree(change(in_force, in_force.hannah, {"notice": "14"}), in_force.sam)
    Agreement.objects.filter(pk=in_force.agreement.pk).update(state="superseded")
    with pytest.raises(DatabaseError, match="before both have signed"), transaction.atomic():
        Agreement.objects.filter(pk=proposal.pk).update(state="in_force")


def test_what_a_signed_text_replaces_never_changes(in_force: Two) -> None:
    make_it_count(in_force, agree(change(in_force, in_force.sam, {"notice": "14"}), in_force.hannah))
    new = in_force.fresh()
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(pk=new.pk).update(predecessor=None)
    new.reworded = "something else"
    with pytest.raises(Frozen):
        new.save()


def test_answering_what_has_changed_since_it_was_read_does_nothing(in_force: Two) -> None:
    proposal = change(in_force, in_force.hannah, {"notice": "14"})
    seen = proposal.revision
    otherwise(otherwise(proposal, in_force.sam, {"notice": "7"}), in_force.hannah, {"notice": "60"})
    with pytest.raises(TextChanged):
        agree_to_change(agreement=proposal, seen=seen, by=in_force.sam)
    assert state_of(proposal) == AgreementState.PROPOSED


def test_a_value_past_its_limits_cannot_be_proposed(in_force: Two) -> None:
    with pytest.raises(WrongValue, match="from 0 to 60"):
        change(in_force, in_force.hannah, {"notice": "61"})
    assert open_change(in_force.pair) is None


def test_words_of_a_clause_change_only_where_the_scheme_lets_them(in_force: Two) -> None:
    words = {"arranging": "It is for the [set-up: mentee / mentor] to find a time for each meeting."}
    with pytest.raises(Refused, match="the words of a clause stay"):
        change(in_force, in_force.hannah, words=words)
    in_force.scheme.pairs_may_reword = True
    in_force.scheme.save()
    for wrong in ({"arranging": "We arrange it."}, {"how-long": "For ever."}, {"arranging": "[set-up"}):
        with pytest.raises(WrongWords):
            change(in_force, in_force.hannah, words=wrong)
    make_it_count(in_force, agree(change(in_force, in_force.hannah, words=words), in_force.sam))
    clauses = {clause.id: clause.text for clause in standing_of(in_force.fresh()).document.clauses()}
    assert clauses["arranging"] == "It is for the mentee to find a time for each meeting."
    assert terms_in_force(in_force.pair)["meetings-set-up-by"] == "mentee"


def test_the_last_day_stays_when_the_months_do(in_force: Two) -> None:
    until = Pair.objects.get(pk=in_force.pair.pk).until
    make_it_count(in_force, agree(change(in_force, in_force.hannah, {"notice": "14"}), in_force.sam))
    assert Pair.objects.get(pk=in_force.pair.pk).until == until


def test_fewer_months_than_have_passed_end_it_today_and_not_in_the_past(in_force: Two) -> None:
    words = ("together for 12 months", "together for one month")
    shorter = publish_newer(in_force, words, ("runs-months = 12", "runs-months = 1"))
    with time_machine.travel(timezone.now() + timedelta(days=90), tick=False):
        proposal = agree(change(in_force, in_force.hannah, template=shorter), in_force.sam)
        make_it_count(in_force, proposal)
        assert Pair.objects.get(pk=in_force.pair.pk).until == timezone.localdate()


def test_an_ending_closes_what_is_proposed_and_undoing_it_brings_both_back(in_force: Two) -> None:
    proposal = change(in_force, in_force.hannah, {"notice": "14"})
    stop(pair=in_force.pair)
    assert (state_of(proposal), state_of(in_force.agreement)) == ("ended", "ended")
    assert current_agreement(in_force.pair) == in_force.agreement
    with pytest.raises(Refused, match="has ended"):
        agree(proposal, in_force.sam)
    undo(pair=in_force.pair)
    assert (state_of(proposal), state_of(in_force.agreement)) == ("proposed", "in_force")
    agree(proposal, in_force.sam)


def test_proposing_writes_nothing_into_what_is_signed(in_force: Two) -> None:
    before = list(Filling.objects.filter(agreement=in_force.agreement).values())
    fingerprint = in_force.fresh().fingerprint
    agree(change(in_force, in_force.hannah, {"notice": "14"}), in_force.sam)
    assert list(Filling.objects.filter(agreement=in_force.agreement).values()) == before
    assert standing_of(in_force.fresh()).document.fingerprint == fingerprint
