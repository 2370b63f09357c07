"""What every test may use."""

import gc

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
    "tests.noting",
    "tests.running.prepared",
]


# What takes longest begins first, so that two processes end together.
LONGEST = (
    "tests/test_shown_as_typed.py",
    "tests/test_walls.py",
    "tests/test_bench.py",
    "tests/test_nothing_leaks.py",
    "tests/journeys/test_from_nothing_to_a_sealed_agreement.py",
    "tests/running/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: [not item.nodeid.startswith(each) for each in LONGEST])


def pytest_collection_finish() -> None:
    """Let the collector leave alone what is loaded by now: looking at it again took a tenth of a run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_configure(config: pytest.Config) -> None:
    throwaway_database.start_if_needed(config)
