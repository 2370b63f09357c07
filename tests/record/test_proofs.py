"""An entry can be proved to someone who holds nothing but a checkpoint and our certificate."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ampersand.record.actions import forget, make_checkpoint, note_down, sealer
from ampersand.record.models import Entry, Verb
from ampersand.record.queries import consistency_proof, evidence_of, inclusion_proof, latest_checkpoint
from ampersand.sealing import Answer, Evidence, merkle, seal, verify
from tests.record.happenings import happen
from tests.sealing.papers import FINGERPRINT, NOW, typeset, with_record

pytestmark = pytest.mark.django_db


def test_every_entry_is_proved_under_every_checkpoint_after_it() -> None:
    checkpoints = []
    for more in (1, 1, 2, 3, 5, 8, 13):
        happen(more)
        checkpoints.append(make_checkpoint())
    for checkpoint in checkpoints:
        for entry in Entry.objects.filter(number__lte=checkpoint.size):
            proof = inclusion_proof(entry, checkpoint)
            root = checkpoint.root
            assert merkle.included(entry.number - 1, checkpoint.size, bytes(entry.leaf), proof, root)
    assert latest_checkpoint() == checkpoints[-1]


def test_each_record_is_proved_to_continue_the_ones_before_it() -> None:
    checkpoints = []
    for more in (1, 2, 4, 7, 20):
        happen(more)
        checkpoints.append(make_checkpoint())
    for old in checkpoints:
        for new in checkpoints:
            if old.size <= new.size:
                proof = consistency_proof(old.size, new.size)
                assert merkle.consistent(old.size, new.size, proof, old.root, new.root)


def test_a_proof_takes_one_question_however_long_the_record_is() -> None:
    happen(90)
    checkpoint = make_checkpoint()
    entry = Entry.objects.get(number=64)
    with CaptureQueriesContext(connection) as asked:
        inclusion_proof(entry, checkpoint)
    assert len(asked) == 1


def test_a_sealed_copy_carries_its_entry_and_is_checked_without_a_database() -> None:
    happen(10)
    note_down(verb=Verb.AGREEMENT_SIGNED, by=1, about="agreement:12", fingerprint=FINGERPRINT)
    signed = Entry.objects.get(about="agreement:12")
    checkpoint = make_checkpoint()
    evidence = evidence_of(signed, checkpoint)
    pdf = seal(typeset(attached=with_record(evidence.as_json())), sealer=sealer(), when=NOW)
    finding = verify(pdf, certificates=[sealer().certificate])
    assert finding.answer is Answer.GENUINE
    assert finding.evidence == evidence
    happen(10)
    forget(person=1)
    assert verify(pdf, certificates=[sealer().certificate]).genuine
    assert Evidence.from_json(evidence.as_json()).holds(sealer().certificate)


def test_an_erased_entry_proves_nothing() -> None:
    happen(1, by=1)
    checkpoint = make_checkpoint()
    forget(person=1)
    with pytest.raises(ValueError, match="erased entry"):
        evidence_of(Entry.objects.get(number=1), checkpoint)
