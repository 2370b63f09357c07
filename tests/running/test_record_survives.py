"""What the record has taken and said so, it keeps, though its commits do not each wait for the disk."""

import subprocess
import sys
import time

import psycopg
import pytest

from tests.figures import Figure
from tests.running.installation import PATIENCE, Installation

pytestmark = pytest.mark.xdist_group("installations")
WRITERS = 4

APPENDING = f"""
import itertools, sys, threading, time
from django.db import connection, transaction
from ampersand.record import writing
from ampersand.record.models import Verb

def write(writer):
    for number in itertools.count(int(time.time() * 1e6) * {WRITERS} + writer, {WRITERS}):
        with transaction.atomic():
            writing.note_down(verb=Verb.SIGNED_IN, by=writer, about=f"person:{{number}}")
        sys.stdout.write(f"{{number}}\\n")
        sys.stdout.flush()

for writer in range({WRITERS}):
    threading.Thread(target=write, args=[writer]).start()
"""
TOLD_OF = "SELECT about FROM ampersand_entry WHERE about LIKE 'person:%'"
FORGETFUL = "from ampersand.record import writing as w\nw.WRITE_THROUGH = 'SELECT'\n"


def lost(installation: Installation, script: str, kills: int) -> tuple[int, int]:
    """Kill the database while entries are being added; count those said to be added, and those gone."""
    told: set[int] = set()
    gone: set[int] = set()
    for _ in range(kills):
        writing = subprocess.Popen(
            [sys.executable, "-m", "ampersand", "shell", "--no-imports", "-c", script],
            env=installation.environment,
            cwd=installation.data.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert writing.stdout
        said = [int(writing.stdout.readline()) for _ in range(300)]
        installation.kill_database()
        said += map(int, writing.stdout.read().split())
        writing.wait(PATIENCE)
        kept = numbers(installation)
        told |= set(said)
        gone |= set(said) - kept
    return len(told), len(gone)


def numbers(installation: Installation) -> set[int]:
    """Read what is kept, once the database is back."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with installation.connect() as connection:
                return {int(about[7:]) for (about,) in connection.execute(TOLD_OF)}
        except psycopg.Error:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def keeps_all(installation: Installation, kills: int, figure: Figure) -> None:
    installation.serve()
    installation.wait_until_open()
    told, gone = lost(installation, APPENDING, kills)
    assert gone == 0
    verified = installation.ampersand("record", "verify")
    assert verified.returncode == 0, verified.stderr
    # Told of before it is on the disk, an entry would be lost, nearly always at once: the test can fail.
    assert any(lost(installation, FORGETFUL + APPENDING, kills=1)[1] for _try in range(5))
    figure(f"entries of the record lost in {kills} kills of the database", f"{gone} of {told:,}", goal="0")


def test_the_database_is_killed_while_the_record_grows(installation: Installation, figure: Figure) -> None:
    keeps_all(installation, 2, figure)


@pytest.mark.prove
def test_the_database_is_killed_ten_times_while_the_record_grows(
    installation: Installation, figure: Figure
) -> None:
    keeps_all(installation, 10, figure)
