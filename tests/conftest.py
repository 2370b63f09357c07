"""What every test may use."""

import pytest

from tests import throwaway_database

pytest_plugins = ["tests.figures", "tests.browsing"]


def pytest_configure(config: pytest.Config) -> None:
    throwaway_database.start_if_needed(config)
