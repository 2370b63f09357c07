"""How long from `ampersand serve` to the first page, in an empty folder and again.

    python -m bench.start --rounds 3

Beside it, in the same run: what its database and a bare web server take alone.
"""

import argparse
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.running.installation import Installation, free_port

from ampersand.running.embedded import Embedded
from bench.tables import Row, ratio, table

BARE = """
from granian import Granian
Granian("bench.start:bare", port={port}, interface="wsgi", log_enabled=False).serve()
"""


def bare(environ: object, start: Callable[..., object]) -> list[bytes]:
    """Answer without doing anything: the least a web server can do."""
    start("200 OK", [("Content-Type", "text/plain")])
    return [b"here"]


def seconds_until(address: str) -> float:
    began = time.perf_counter()
    while time.perf_counter() - began < 120:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return time.perf_counter() - began
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise TimeoutError(address)


def whole_start(installation: Installation) -> float:
    installation.serve()
    try:
        return seconds_until(f"http://127.0.0.1:{installation.port}/sign-in/")
    finally:
        installation.stop()


def database_alone(data: Path) -> float:
    data.mkdir(mode=0o700)
    database = Embedded(data)
    database.take()
    began = time.perf_counter()
    with (data / "log").open("wb") as database.output:
        server = database.start()
        database.wait_until_ready(server)
        took = time.perf_counter() - began
        database.stop(server)
    database.give_back()
    return took


def server_alone() -> float:
    port = free_port()
    with subprocess.Popen([sys.executable, "-c", BARE.format(port=port)]) as server:
        try:
            return seconds_until(f"http://127.0.0.1:{port}/")
        finally:
            server.terminate()


def measure(*, quick: bool = False, rounds: int = 3) -> list[Row]:
    """Give the table's rows; ratios are to a start again."""
    first, again, database, server = "first start, empty folder", "start again", "its database", "a server"
    runs: dict[str, list[float]] = {first: [], again: [], database: [], server: []}
    with tempfile.TemporaryDirectory(prefix="ampersand-start-") as folder:
        for number in range(1 if quick else rounds):
            installation = Installation(Path(folder) / f"data{number}")
            runs[first].append(whole_start(installation))
            runs[again].append(whole_start(installation))
            runs[database].append(database_alone(Path(folder) / f"alone{number}"))
            runs[server].append(server_alone())
    names = {
        first: "first start in an empty folder, to the first page",
        again: "start again, to the first page",
        database: "  its database alone, first start",
        server: "  a bare web server alone",
    }
    return [
        Row(name, runs[key], "s", ratio=None if key == again else ratio(runs[key], runs[again]))
        for key, name in names.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    print(table(measure(rounds=parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
