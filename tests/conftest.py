"""What every test may use."""

import pytest

from tests import throwaway_database


def pytest_configure(config: pytest.Config) -> None:
    throwaway_database.start_if_needed(config)
