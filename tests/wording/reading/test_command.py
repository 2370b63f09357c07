"""`ampersand read FILE` as a person types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ampersand.wording import parse
from ampersand.wording.reading.command import command

TEXT = """Mentoring agreement

1. We meet every ____ weeks.
2. The mentor will/will not keep notes.

Mentor: ______________ Date: ________
Mentee: ______________ Date: ________
"""


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    file = tmp_path / "agreement.txt"
    file.write_text(TEXT)
    return file


def test_someone_reads_a_file_and_is_told_what_was_found(
    agreement: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command([str(agreement)]) == 0
    said = capsys.readouterr().out
    assert "We found 2 clauses, 3 blanks, 1 either/or, 2 people who sign." in said
    assert "We meet every  [number]" in said


def test_a_program_reads_the_same_as_json(agreement: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command([str(agreement), "--json"]) == 0
    whole = json.loads(capsys.readouterr().out)
    assert set(whole) >= {
        "title", "parties", "sections", "items", "clauses", "blanks", "alternatives", "signature_blocks", "facts", "look_at", "template",
    }  # fmt: skip
    assert whole["title"] == "Mentoring agreement"
    assert whole["parties"] == ["mentor", "mentee"]
    assert whole["alternatives"] == [["will", "will not"]]
    assert whole["signature_blocks"] == 2
    assert [set(blank) for blank in whole["blanks"]] == [{"near", "kind", "options"}] * len(whole["blanks"])
    parse(whole["template"])


def test_what_cannot_be_read_is_said_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "agreement.pdf"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)
    assert command([str(picture)]) == 1
    assert "This is a picture." in capsys.readouterr().err


def test_the_command_starts_without_django(agreement: Path) -> None:
    look = "import sys; from ampersand.wording.reading.command import command; command(sys.argv[1:]); assert 'django' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", look, str(agreement)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    typed = subprocess.run(
        [sys.executable, "-m", "ampersand", "read", str(agreement)], capture_output=True, text=True
    )
    assert "We found" in typed.stdout, typed.stderr
