"""A PostgreSQL for one test run, unless AMPERSAND_DATABASE_URL names one: made, used and thrown away."""

import os
from pathlib import Path

import pytest

from ampersand.running.embedded import Embedded


class ThrowawayDatabase:
    """Starts it before the first test and stops it after the last, once for all parallel processes."""

    def __init__(self, data: Path) -> None:
        self._log = (data / "database.log").open("ab")
        self._database = Embedded(data, durable=False, output=self._log)
        self._database.take()
        self._server = self._database.start()
        self._database.wait_until_ready(self._server)

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        self._database.stop(self._server)
        self._database.give_back()
        self._log.close()


def start_if_needed(config: pytest.Config) -> None:
    """Start it in the one process that hands out the tests."""
    if hasattr(config, "workerinput") or os.environ.get("AMPERSAND_DATABASE_URL"):
        return
    if config.option.collectonly:
        return
    config.pluginmanager.register(ThrowawayDatabase(Path(os.environ["AMPERSAND_DATA_DIR"])))
