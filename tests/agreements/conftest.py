"""A pair with its agreement, at the stages that tests begin with."""

import pytest

from tests.agreements.people import Two, agreeing


@pytest.fixture
def two(db: None) -> Two:
    """Two people who have just been given their agreement."""
    return agreeing()


@pytest.fixture
def ready(two: Two) -> Two:
    """Two people who have agreed on every blank."""
    two.fill_all()
    return two
