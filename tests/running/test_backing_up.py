"""A backup is worth what a rehearsal shows: everything comes back elsewhere, with the same root."""

import io
import stat
import tarfile
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from ampersand.management.commands.prepare import refuse_what_is_newer
from tests.figures import Figure
from tests.running.installation import Installation
from tests.running.prepared import move_in, one_at_a_time

BACKED_UP = "backed-up"
NOTE_DOWN = """
from django.db import transaction
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
with transaction.atomic():
    for number in range(7):
        note_down(verb=list(Verb)[0], by=None, about=f"scheme:{number}")
"""


@pytest.fixture(scope="session")
def backup(tmp_path_factory: pytest.TempPathFactory, prepared: Path) -> Path:
    """A backup of an installation with seven entries in its record, made once; that stays beside it."""
    with one_at_a_time(tmp_path_factory, "backup.tar") as file:
        if not file.exists():
            installation = move_in(Installation(file.with_name(BACKED_UP)), prepared)
            done = installation.ampersand("shell", "-c", NOTE_DOWN)
            assert done.returncode == 0, done.stderr
            done = installation.ampersand("backup", str(file))
            assert done.returncode == 0, done.stderr
            assert "7 entries" in done.stdout
    return file


def test_a_backup_is_restored_elsewhere_with_the_same_root_and_keys(
    new_installation: Installation, backup: Path
) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    done = new_installation.ampersand("restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert "Restored. The record is the one that was backed up: 7 entries" in done.stdout
    for name in ("secret_key", "record_key"):
        kept = backup.with_name(BACKED_UP) / "secrets" / name
        restored = new_installation.data / "secrets" / name
        assert restored.read_bytes() == kept.read_bytes()
        assert stat.S_IMODE(restored.stat().st_mode) == 0o600
    assert new_installation.wait_until_gone() == []


def test_a_backup_is_not_restored_over_anything(installation: Installation, backup: Path) -> None:
    mine = installation.data / "secrets" / "record_key"
    mine.write_bytes(mine.read_bytes()[::-1])
    before = mine.read_bytes()
    done = installation.ampersand("restore", str(backup))
    assert done.returncode == 1
    assert "A backup is restored into an empty place only" in done.stderr
    assert mine.read_bytes() == before != (backup.with_name(BACKED_UP) / "secrets" / mine.name).read_bytes()


def test_a_backup_whose_record_was_changed_is_noticed(
    new_installation: Installation, backup: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.tar"
    with tarfile.open(backup) as whole, tarfile.open(changed, "w") as other:
        for member in whole.getmembers():
            found = whole.extractfile(member)
            assert found
            content = found.read().replace(b'"entries": 7', b'"entries": 8')
            other.addfile(member, io.BytesIO(content))
    done = new_installation.ampersand("restore", str(changed))
    assert done.returncode == 1
    assert "is not the one that was backed up" in done.stderr


def test_a_damaged_backup_is_refused_in_a_sentence_before_anything_is_written(
    new_installation: Installation, backup: Path, tmp_path: Path
) -> None:
    whole = backup.read_bytes()
    with tarfile.open(backup) as packed:
        dump = packed.getmember("database.dump")
    middle = dump.offset_data + dump.size // 2
    damaged = {
        "early": whole[:3000],
        "half": whole[:middle],
        "bent": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "no keys": whole.replace(b"secrets/record_key", b"secrets/record-key", 1),
    }
    for name, content in damaged.items():
        file = tmp_path / f"{name}.tar"
        file.write_bytes(content)
        done = new_installation.ampersand("restore", str(file))
        assert done.returncode == 1, name
        assert f"{name}.tar is damaged" in done.stderr
        assert "Traceback" not in done.stderr
        assert not new_installation.data.exists()


def test_a_backup_under_another_key_is_refused_and_can_be_tried_again(
    new_installation: Installation, backup: Path
) -> None:
    done = new_installation.ampersand("restore", str(backup), AMPERSAND_RECORD_KEY="another")
    assert done.returncode == 1
    assert "The record_key here is not the one of the backup" in done.stderr
    done = new_installation.ampersand("restore", str(backup))
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_a_database_of_a_later_version_is_left_alone() -> None:
    refuse_what_is_newer()
    MigrationRecorder(connection).record_applied("ampersand", "9999_from_the_future")
    with pytest.raises(CommandError, match="a later version of Ampersand"):
        refuse_what_is_newer()


def test_another_file_is_not_taken_for_a_backup(new_installation: Installation, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Hannah")
    done = new_installation.ampersand("restore", str(file))
    assert done.returncode == 1
    assert "cannot be read as a backup" in done.stderr
    assert not (new_installation.data / "secrets").exists()


# An installation as it was at an earlier version: its tables, and rows that later versions look at anew.
OLD = """
from django.core.management import call_command
from django.db import connection
call_command("migrate", "ampersand", "0005", verbosity=0)
for app in ("contenttypes", "auth", "sessions", "account", "mfa", "usersessions", "procrastinate"):
    call_command("migrate", app, verbosity=0)
with connection.cursor() as cursor:
    cursor.execute('''
        INSERT INTO ampersand_scheme (id, slug, name, contact_email, website, welcome, urgent_help,
            urgent_help_review_on, discreet, leave_button, time_zone, solo, state, made_at)
            VALUES (1, 's', 'Old', 'a@example.org', '', '', '999', now(), true, false, 'UTC', false, 'open',
            now());
        INSERT INTO ampersand_person (id, email, called, reach, time_zone, language, mail_wish, is_active,
            is_operator, joined_at)
            SELECT n, n || '@example.org', 'Old', '', 'UTC', 'en-gb', 'at_once', true, false, now()
            FROM generate_series(1, 2) AS n;
        INSERT INTO ampersand_member (scheme_id, person_id, role, capacity, offers, joined_at)
            VALUES (1, 1, 'mentor', 2, '', now());
        INSERT INTO ampersand_pair (scheme_id, mentor_id, mentee_id, state, introduced_at)
            VALUES (1, 1, 2, 'agreeing', now());
    ''')
    for number in range(5):
        cursor.execute("SELECT record_append(%s, %s)", [f"{number} - scheme-made scheme:1 1 -", bytes(32)])
"""
LOOK = """
from django.core.management import call_command
from ampersand.schemes.models import Member
call_command("record", "verify")
print("taken", Member.objects.get().taken, Member.objects.get().person.called)
"""


def test_a_backup_of_an_earlier_version_opens_in_this_one(
    new_installation: Installation, figure: Figure
) -> None:
    done = new_installation.ampersand("shell", "-c", OLD)
    assert done.returncode == 0, done.stderr
    file = new_installation.data.with_name("old.tar")
    done = new_installation.ampersand("backup", str(file))
    assert done.returncode == 0, done.stderr
    elsewhere = Installation(new_installation.data.with_name("elsewhere"))
    done = elsewhere.ampersand("restore", str(file))
    assert done.returncode == 0, done.stderr
    assert "Restored. The record is the one that was backed up: 5 entries" in done.stdout
    done = elsewhere.ampersand("shell", "-c", LOOK)
    assert done.returncode == 0, done.stderr
    assert "taken 1 Old" in done.stdout
    figure("a backup made five migrations after the first, restored and brought up to date", "roots equal")
