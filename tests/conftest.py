"""What every test may use."""

import pytest

from tests import throwaway_database

pytest_plugins = [
    "tests.emptying",  # first: others import it
    "tests.agreements.brought",
    "tests.agreements.stages",
    "tests.browsing",
    "tests.cast",
    "tests.demo.telling",
    "tests.figures",
    "tests.running.prepared",
]


def pytest_configure(config: pytest.Config) -> None:
    throwaway_database.start_if_needed(config)
