"""The measurements there are, each run in a process of its own."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path

from bench.tables import Row

HERE = Path(__file__).parent


def measurements() -> list[str]:
    """Name the modules that measure something."""
    return sorted(path.stem for path in HERE.glob("*.py") if "\ndef measure(" in path.read_text())


def rows_of(name: str, quick: bool) -> list[Row]:
    measured: list[Row] = import_module(f"bench.{name}").measure(quick=quick)
    return measured


def measured_apart(name: str, *, quick: bool) -> list[Row]:
    """Measure in a fresh process, so that no measurement inherits what another has loaded."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as apart:
        return apart.submit(rows_of, name, quick).result()
