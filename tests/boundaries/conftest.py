"""A pair with boundaries, for every test of this room."""

import pytest

from tests.agreements.people import Two
from tests.boundaries.people import bound


@pytest.fixture
def two(db: None) -> Two:
    return bound()
