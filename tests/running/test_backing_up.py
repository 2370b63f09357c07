"""A backup is worth what a rehearsal shows: everything comes back elsewhere, with the same root."""

import io
import stat
import tarfile
from pathlib import Path

import pytest

from tests.running.installation import Installation

NOTE_DOWN = """
from django.db import transaction
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
with transaction.atomic():
    for number in range(7):
        note_down(verb=list(Verb)[0], by=None, about=f"scheme:{number}")
"""


@pytest.fixture
def backup(installation: Installation) -> Path:
    """A backup of an installation with seven entries in its record."""
    for words in (("prepare",), ("shell", "-c", NOTE_DOWN)):
        done = installation.ampersand(*words)
        assert done.returncode == 0, done.stderr
    file = installation.data.with_name("backup.tar")
    done = installation.ampersand("backup", str(file))
    assert done.returncode == 0, done.stderr
    assert "7 entries" in done.stdout
    return file


def test_a_backup_is_restored_elsewhere_with_the_same_root_and_keys(
    installation: Installation, backup: Path
) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    elsewhere = Installation(installation.data.with_name("elsewhere"))
    done = elsewhere.ampersand("restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert "Restored. The record is the one that was backed up: 7 entries" in done.stdout
    for name in ("secret_key", "record_key"):
        kept, restored = installation.data / "secrets" / name, elsewhere.data / "secrets" / name
        assert restored.read_bytes() == kept.read_bytes()
        assert stat.S_IMODE(restored.stat().st_mode) == 0o600
    assert elsewhere.wait_until_gone() == []


def test_a_backup_is_not_restored_over_anything(installation: Installation, backup: Path) -> None:
    before = (installation.data / "secrets" / "secret_key").read_bytes()
    done = installation.ampersand("restore", str(backup))
    assert done.returncode == 1
    assert "A backup is restored into an empty place only" in done.stderr
    assert (installation.data / "secrets" / "secret_key").read_bytes() == before


def test_a_backup_whose_record_was_changed_is_noticed(installation: Installation, backup: Path) -> None:
    changed = backup.with_name("changed.tar")
    with tarfile.open(backup) as whole, tarfile.open(changed, "w") as other:
        for member in whole.getmembers():
            found = whole.extractfile(member)
            assert found
            content = found.read().replace(b'"entries": 7', b'"entries": 8')
            other.addfile(member, io.BytesIO(content))
    elsewhere = Installation(installation.data.with_name("elsewhere"))
    done = elsewhere.ampersand("restore", str(changed))
    assert done.returncode == 1
    assert "is not the one that was backed up" in done.stderr


def test_another_file_is_not_taken_for_a_backup(installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Hannah")
    done = installation.ampersand("restore", str(file))
    assert done.returncode == 1
    assert "cannot be read as a backup" in done.stderr
    assert not (installation.data / "secrets").exists()
