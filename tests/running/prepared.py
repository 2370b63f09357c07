"""A data folder that a first start has brought up to this version, to begin other installations from.

A first start makes a database cluster, migrates it and compresses the static files. What happens then is
tested by those who need an empty folder; everyone else begins with a copy of one that has been through it.
"""

import fcntl
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.running.installation import Installation


@contextmanager
def one_at_a_time(factory: pytest.TempPathFactory, name: str) -> Iterator[Path]:
    """Give a place that parallel processes share; only one of them is in here."""
    shared = factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield shared / name


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give that folder, made once for all parallel processes."""
    with one_at_a_time(tmp_path_factory, "prepared") as done:
        if not done.exists():
            first = Installation(done.with_name("first-start"))
            first.serve()
            first.wait_until_open()
            assert first.stop() == 0
            assert first.wait_until_gone() == []
            first.data.rename(done)
    return done


def move_in(installation: Installation, prepared: Path) -> Installation:
    """Let an installation begin with a copy of the prepared folder; whose files are whose stays."""
    subprocess.run(["cp", "-a", str(prepared), str(installation.data)], check=True)
    return installation
