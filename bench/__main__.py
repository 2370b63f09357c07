"""Measure everything, or what is named, and print one table.

    python -m bench [NAME…] [--quick]

A measurement is a module here with a function `measure(*, quick)` that gives rows of `bench.tables`. Each
runs in a process of its own, one after the other. A ratio compares what was measured in the same run;
a goal is kept by the ratio where there is one, otherwise by the median.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence

from bench.apart import measured_apart, measurements
from bench.tables import Row, table


def machine() -> str:
    """Say what it was measured on, and how busy that was: more waiting processes than processors is busy."""
    waiting = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"{os.cpu_count()} processors; processes waiting over 1, 5 and 15 minutes: {waiting}"


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(measurements()))
    parser.add_argument("--quick", action="store_true", help="tiny sizes: only shows that everything runs")
    given = parser.parse_args(words)
    unknown = set(given.names) - set(measurements())
    if unknown:
        parser.error(f"There is no measurement called {', '.join(sorted(unknown))}.")
    print(machine(), flush=True)
    rows: list[Row] = []
    failed = False
    for name in given.names or measurements():
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        try:
            rows += measured_apart(name, quick=given.quick)
        except Exception:  # the other figures are still worth having
            failed = True
            traceback.print_exc()
    print(f"{table(rows)}\n{machine()}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
