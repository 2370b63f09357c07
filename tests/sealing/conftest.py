"""A sealer, and what it sealed."""

import pytest

from ampersand.sealing import Sealer, load_sealer, make_authority, seal
from tests.sealing.papers import NOW, typeset


@pytest.fixture(scope="session")
def sealer() -> Sealer:
    return load_sealer(make_authority("Mentoring at Northside"))


@pytest.fixture(scope="session")
def stranger() -> Sealer:
    return load_sealer(make_authority("Mentoring at Northside"))


@pytest.fixture(scope="session")
def sealed(sealer: Sealer) -> bytes:
    return seal(typeset(), sealer=sealer, when=NOW)
