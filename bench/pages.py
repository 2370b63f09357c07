"""How long the hottest pages take with 16 visitors at once, in a small scheme and in a large one.

    python -m bench.pages --pairs 100000

Real servers on loopback, as `ampersand web` starts them, one for each size; the same rounds go to both in
turn. Beside the pages, in the same round: a page with nothing on it, for someone signed in, with one
question of its own to the database (`/nothing/`, which only the bench serves), and `/health/`.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import URLError

from tests.running.installation import free_port

from bench.databases import Databases, databases
from bench.tables import Row, ratio, table

VISITORS = 16
SMALL, LARGE = 100, 100_000
EMPTY, HEALTH = "nothing", "health"
SLOWER_THAN_EMPTY, SLOWER_WHEN_LARGE = 4, 1.2


PREPARED = "ampersand_bench_prepared"


def run(environment: Mapping[str, str], *words: str) -> str:
    """Run a program of ours in an environment; give what it says."""
    command = [sys.executable, "-m", *words]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def environment(data: Path, database: str, port: int) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "AMPERSAND_DATA_DIR": str(data),
        "AMPERSAND_LISTEN": f"127.0.0.1:{port}",
        "AMPERSAND_DATABASE_URL": database,
    }


def prepare(folder: Path, server: Databases) -> Path:
    """Make a data folder and a database for every site to begin with."""
    data = folder / "prepared"
    run(environment(data, server.make(PREPARED), free_port()), "ampersand", "prepare")
    return data


class Site:
    """One web server with a generated scheme behind it."""

    def __init__(self, pairs: int, visitors: int, prepared: Path, server: Databases) -> None:
        self.pairs, self.visitors, self.port = pairs, visitors, free_port()
        self.data = shutil.copytree(prepared, prepared.with_name(f"data-{pairs}"))
        self.log = prepared.with_name(f"log-{pairs}")
        database = server.make(f"ampersand_bench_{pairs}", like=PREPARED)
        self.environment = environment(self.data, database, self.port)
        wanted = ("--pairs", str(pairs), "--visitors", str(visitors))
        filled = json.loads(run(self.environment, "bench.visits", *wanted))
        self.questions: dict[str, list[int]] = {name: page["questions"] for name, page in filled.items()}
        self.asks = {name: [self.ask(**visit) for visit in page["visits"]] for name, page in filled.items()}

    def ask(self, path: str, cookie: str) -> bytes:
        """Write a question as a browser would send it."""
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept-Encoding: identity"]
        lines += [f"Cookie: {cookie}"] if cookie else []
        return "\r\n".join([*lines, "", ""]).encode()

    @contextmanager
    def open(self) -> Iterator[None]:
        command = [sys.executable, "-m", "ampersand", "web"]
        with (
            self.log.open("wb") as log,
            subprocess.Popen(command, env=self.environment, stderr=log) as server,
        ):
            try:
                self.wait_until_open()
                yield
            finally:
                server.terminate()

    def wait_until_open(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.1)
        raise TimeoutError(self.log.read_text())


class Visitor(threading.Thread):
    """Opens a page again and again over one kept connection."""

    def __init__(self, port: int, asks: Sequence[bytes], times: int, ready: threading.Barrier) -> None:
        super().__init__(daemon=True)
        self.asks, self.times, self.ready = asks, times, ready
        self.answered = 0
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def run(self) -> None:
        self.ready.wait()
        with self.connection, self.connection.makefile("rb") as answers:
            for number in range(self.times):
                self.connection.sendall(self.asks[number % len(self.asks)])
                status, length = answers.readline(), 0
                while (line := answers.readline()) != b"\r\n":
                    name, _, value = line.partition(b":")
                    length = int(value) if name.lower() == b"content-length" else length
                self.answered += status.startswith(b"HTTP/1.1 200") and len(answers.read(length)) == length


def milliseconds(site: Site, page: str, times: int) -> float:
    """Let all visitors open a page so many times each; give what one page took of the whole server."""
    ready = threading.Barrier(site.visitors + 1)
    asks = site.asks[page]
    visitors = [
        Visitor(site.port, [*asks[n % len(asks) :], *asks[: n % len(asks)]], times, ready)
        for n in range(site.visitors)
    ]
    for visitor in visitors:
        visitor.start()
    ready.wait()
    began = time.perf_counter()
    for visitor in visitors:
        visitor.join()
    took = time.perf_counter() - began
    assert all(visitor.answered == times for visitor in visitors), f"{page}: not every answer was whole"
    return took * 1000 / (site.visitors * times)


def measure_sites(sites: Sequence[Site], rounds: int, times: int) -> dict[tuple[str, int], list[float]]:
    """Open every page on every site in turn, round after round."""
    pages = list(sites[0].asks)
    runs: dict[tuple[str, int], list[float]] = {(page, site.pairs): [] for page in pages for site in sites}
    for page in pages:
        for site in sites:
            milliseconds(site, page, 2)
    for _ in range(rounds):
        for page in pages:
            for site in sites:
                runs[page, site.pairs].append(milliseconds(site, page, times))
    return runs


def rows(sites: Sequence[Site], runs: Mapping[tuple[str, int], Sequence[float]]) -> Iterator[Row]:
    """Compare each page with the empty one of its own server, and the large scheme with the small."""
    small, large = (site.pairs for site in sites)
    for site in sites:
        yield Row(f"empty page, signed in, {site.pairs:,} pairs", runs[EMPTY, site.pairs], "ms")
        yield Row(f"/health/, {site.pairs:,} pairs", runs[HEALTH, site.pairs], "ms")
    for page in sites[0].asks:
        if page in {EMPTY, HEALTH}:
            continue
        for site in sites:
            mine = runs[page, site.pairs]
            beside = ratio(mine, runs[EMPTY, site.pairs])
            yield Row(f"{page}, {site.pairs:,} pairs", mine, "ms", ratio=beside, most=SLOWER_THAN_EMPTY)
        grown = ratio(runs[page, large], runs[page, small])
        yield Row("  large against small", runs[page, large], "ms", ratio=grown, most=SLOWER_WHEN_LARGE)
        asked = [float(count) for site in sites for count in site.questions[page]]
        same = max(asked) / min(asked)
        yield Row("  questions to the database", asked, "questions", ratio=same, most=1)


def measure(*, quick: bool = False, pairs: int = LARGE, rounds: int = 5, times: int = 12) -> list[Row]:
    """Give the table's rows; quickly, with a large scheme that is hardly larger than the small one."""
    sizes = (20, 40) if quick else (SMALL, pairs)
    rounds, times, visitors = (1, 1, 2) if quick else (rounds, times, VISITORS)
    with ExitStack() as after:
        folder = Path(after.enter_context(tempfile.TemporaryDirectory(prefix="ampersand-pages-")))
        server = after.enter_context(databases(folder))
        prepared = prepare(folder, server)
        sites = [Site(size, visitors, prepared, server) for size in sizes]
        for site in sites:
            after.enter_context(site.open())
        return list(rows(sites, measure_sites(sites, rounds, times)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=LARGE)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--times", type=int, default=12, help="by each visitor, each round")
    given = parser.parse_args()
    print(table(measure(pairs=given.pairs, rounds=given.rounds, times=given.times)))


if __name__ == "__main__":
    main()
