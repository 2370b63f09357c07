"""A program that is not ours, on a stranger's file: within limits, without secrets, leaving nothing."""

import os
import time
from pathlib import Path

import pytest

from ampersand.guarding.children import Overrun, ask_child, run_apart

GENEROUS = {"seconds": 20, "memory": 4_000_000_000, "largest": 1_000_000}


def program(folder: Path, script: str) -> list[str]:
    made = folder / "program"
    made.write_text(f"#!/bin/sh\n{script}\n")
    made.chmod(0o755)
    return [str(made)]


def test_it_knows_no_secret_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMPERSAND_SECRET_KEY", "for nobody else")
    run_apart(program(tmp_path, "env > told"), folder=tmp_path, **GENEROUS)
    told = (tmp_path / "told").read_text()
    assert f"HOME={tmp_path}" in told
    assert "for nobody else" not in told


def test_when_its_time_is_up_all_that_it_started_is_ended(tmp_path: Path) -> None:
    lingers = program(tmp_path, "sleep 600 & echo $! > child; sleep 600")
    began = time.monotonic()
    with pytest.raises(Overrun):
        run_apart(lingers, folder=tmp_path, **{**GENEROUS, "seconds": 2})
    assert time.monotonic() - began < 30
    assert gone(int((tmp_path / "child").read_text()))


def test_what_it_leaves_behind_is_ended_too(tmp_path: Path) -> None:
    run_apart(program(tmp_path, "sleep 600 & echo $! > child"), folder=tmp_path, **GENEROUS)
    assert gone(int((tmp_path / "child").read_text()))


def test_it_cannot_fill_the_disk(tmp_path: Path) -> None:
    run_apart(program(tmp_path, "head -c 9000000 /dev/zero > large"), folder=tmp_path, **GENEROUS)
    assert (tmp_path / "large").stat().st_size <= GENEROUS["largest"]


def gone(process: int) -> bool:
    """Whether a process has ended, or waits to be buried by a parent that is not ours."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def test_a_program_that_is_not_there_does_nothing(tmp_path: Path) -> None:
    run_apart([os.fspath(tmp_path / "none")], folder=tmp_path, **GENEROUS)


ANSWERING = """
import json, pathlib, sys
from ampersand.guarding.limits import limit

def main():
    limit(cpu_seconds=2, memory=700_000_000)
    try:
        pathlib.Path("written").write_text("something")
    except OSError:
        print(json.dumps(sys.stdin.read()))
"""


def test_what_a_child_loads_is_compiled_once_and_what_it_reads_is_written_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "answering.py").write_text(ANSWERING)
    assert ask_child("answering:main", b"a file", wall_seconds=20) == "a file"
    assert [made.name.partition(".")[0] for made in (tmp_path / "__pycache__").iterdir()] == ["answering"]
    assert not (tmp_path / "written").read_text()
