"""Installations for the tests of running."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.installation import Installation
from tests.running.prepared import move_in


@pytest.fixture
def installation(new_installation: Installation, prepared: Path) -> Installation:
    """One that was started before and is not running; it is empty but for what a first start makes."""
    return move_in(new_installation, prepared)


@pytest.fixture
def new_installation(tmp_path: Path) -> Iterator[Installation]:
    """One that was never started, and is gone after the test."""
    made = Installation(tmp_path / "data")
    yield made
    if made.serving and made.serving.poll() is None:
        made.serving.kill()
        made.serving.wait()
    made.wait_until_gone()
