"""What an operator is told when a command cannot do its work: a sentence and a code, never a trace."""

from collections.abc import Callable, Sequence
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, connection, transaction

from ampersand.__main__ import _run
from ampersand.record.models import Entry
from tests.cast import person

Command = Callable[[Sequence[str]], None]


def running(command: Command) -> Command:
    """Run something in the place of Django's commands, which close every connection when they are done."""

    def run(words: Sequence[str]) -> None:
        with mock.patch("django.core.management.execute_from_command_line", command):
            _run(words)

    return run


def asks(statement: str) -> Command:
    def ask(_words: Sequence[str]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    return running(ask)


def is_away(_words: Sequence[str]) -> None:
    raise OperationalError("connection refused")


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["SELECT 1 FROM not_made_yet", "SELECT not_made_yet(1)"])
def test_a_database_that_is_empty_or_old_is_said_in_a_sentence(
    statement: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        asks(statement)(["ampersand", "record", "verify"])
    assert ended.value.code == 2
    assert capsys.readouterr().err == (
        "The database is not up to this version. Run ampersand prepare, or start ampersand serve.\n"
    )


def test_a_database_that_is_away_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        running(is_away)(["ampersand", "backup", "x"])
    assert ended.value.code == 2
    assert capsys.readouterr().err == "The database does not answer. connection refused\n"


@pytest.mark.django_db
def test_our_own_mistakes_are_told_whole() -> None:
    with pytest.raises(ProgrammingError):
        asks("SELEKT 1")(["ampersand", "record", "verify"])
    with pytest.raises(OperationalError):
        running(is_away)(["ampersand", "backup", "x", "--traceback"])


@pytest.mark.django_db
def test_an_export_is_written_to_a_new_file_for_its_owner_alone(tmp_path: Path) -> None:
    bea = person("Bea")
    there = tmp_path / "there.zip"
    there.write_text("mine")
    before = Entry.objects.count()
    for place, words in ((there, "is there already"), (tmp_path / "no" / "x.zip", "There is no folder")):
        with pytest.raises(CommandError, match=words):
            call_command("person", "export", bea.email, to=str(place))
    assert there.read_text() == "mine"
    assert Entry.objects.count() == before  # nothing was handed over, and nothing is noted
    call_command("person", "export", bea.email, to=str(tmp_path / "new.zip"))
    assert (tmp_path / "new.zip").stat().st_mode & 0o777 == 0o600
