"""What an operator types to prove the record, and gives to someone outside to keep."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ampersand.record.actions import make_checkpoint, note_down
from ampersand.record.models import Checkpoint, Entry, Verb
from ampersand.record.tasks import make_checkpoint_hourly
from ampersand.sealing import SignedCheckpoint, load_sealer, make_authority
from tests.record.happenings import happen
from tests.record.tampering import open_up, run

pytestmark = pytest.mark.django_db


def told(*words: str) -> str:
    out = StringIO()
    call_command("record", *words, stdout=out)
    return out.getvalue()


def test_a_checkpoint_is_printed_kept_and_later_held_against_the_record(tmp_path: Path) -> None:
    happen(12)
    kept = tmp_path / "kept.json"
    kept.write_text(told("checkpoint"))
    happen(30)
    assert json.loads(kept.read_text())["size"] == 12
    said = told("verify", "--against", str(kept))
    assert "43 entries" in said
    assert "begins with the 12 entries of the checkpoint" in said
    assert "kept.json" in said


def test_a_record_rewritten_since_is_refused_with_a_sentence(tmp_path: Path) -> None:
    happen(12)
    kept = tmp_path / "kept.json"
    kept.write_text(told("checkpoint"))
    open_up()
    run("DELETE FROM ampersand_entry WHERE number > 9")
    run("DELETE FROM ampersand_checkpoint")
    with pytest.raises(CommandError, match="Entry 10 is missing") as refused:
        told("verify", "--against", str(kept))
    assert refused.value.returncode == 1


def test_checkpoints_signed_under_earlier_keys_verify_beside_our_own(tmp_path: Path) -> None:
    happen(12)
    own = make_checkpoint()
    words = ["--against", str(tmp_path / "own.json")]
    (tmp_path / "own.json").write_text(json.dumps(own.as_json()))
    certificates = []
    for key in ("first", "second"):
        authority = make_authority(key)
        kept = SignedCheckpoint(size=own.size, root=own.root, at=own.at).signed(load_sealer(authority))
        (tmp_path / f"{key}.json").write_text(json.dumps(kept.as_json()))
        (tmp_path / f"{key}.pem").write_bytes(authority.certificate)
        words += ["--against", str(tmp_path / f"{key}.json")]
        certificates += ["--certificate", str(tmp_path / f"{key}.pem")]
    assert "is sound" in told("verify", *words, *certificates)
    with pytest.raises(CommandError, match="not signed by this installation"):
        told("verify", *words, *certificates[:2])


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"size": "12"}', "\ufeff{", "[" * 100_000])
def test_a_file_that_is_no_checkpoint_is_said_so(tmp_path: Path, text: str) -> None:
    (tmp_path / "kept.json").write_text(text)
    with pytest.raises(CommandError, match="not a checkpoint") as refused:
        told("verify", "--against", str(tmp_path / "kept.json"))
    assert refused.value.returncode == 2


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        told("verify", "--against", str(tmp_path / "nothing.json"))


def test_making_a_checkpoint_is_itself_noted_down() -> None:
    happen(3)
    made = make_checkpoint()
    last = Entry.objects.get(number=4)
    assert (last.verb, last.who, last.fingerprint) == (Verb.CHECKPOINT_MADE, None, made.root.hex())
    assert SignedCheckpoint.read(json.dumps(made.as_json())) == made


def test_each_hour_has_its_checkpoint_unless_nothing_happened() -> None:
    make_checkpoint_hourly(timestamp=0)
    assert Checkpoint.objects.count() == 0
    happen(1)
    for hour in range(3):
        make_checkpoint_hourly(timestamp=3600 * hour)
    assert Checkpoint.objects.count() == 1
    note_down(verb=Verb.SIGNED_IN, by=1, about="person:1")
    make_checkpoint_hourly(timestamp=0)
    assert list(Checkpoint.objects.values_list("size", flat=True)) == [1, 3]
