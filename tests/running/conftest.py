"""Installations for the tests of running."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """One that is not started yet, and is gone after the test."""
    made = Installation(tmp_path / "data")
    yield made
    if made.serving and made.serving.poll() is None:
        made.serving.kill()
        made.serving.wait()
    made.wait_until_gone()
