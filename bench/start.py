"""How long from `ampersand serve` to the first page, in an empty folder and again.

    python -m bench.start --rounds 3

Beside it, in the same run: what its database and a bare web server take alone.
"""

import argparse
import statistics
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    measured: dict[str, list[float]] = {
        "first start, empty folder": [],
        "start again": [],
        "its database alone, first start": [],
        "a bare web server alone": [],
    }
    with tempfile.TemporaryDirectory(prefix="ampersand-start-") as folder:
        for number in range(rounds):
            installation = Installation(Path(folder) / f"data{number}")
            measured["first start, empty folder"].append(whole_start(installation))
            measured["start again"].append(whole_start(installation))
            measured["its database alone, first start"].append(
                database_alone(Path(folder) / f"alone{number}")
            )
            measured["a bare web server alone"].append(server_alone())
    again = statistics.median(measured["start again"])
    print(f"{'seconds to the first answer':<34}{'median':>8}{'least':>8}{'most':>8}{'ratio':>8}")
    for name, figures in measured.items():
        middle = statistics.median(figures)
        print(f"{name:<34}{middle:>8.2f}{min(figures):>8.2f}{max(figures):>8.2f}{middle / again:>8.2f}")


if __name__ == "__main__":
    main()
