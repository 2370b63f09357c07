"""A whole installation for a test: its own data folder and port, really started, really killed."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg

from ampersand.running.embedded import NAME, USER, host, place

PATIENCE = 180  # seconds: what is tested is what happens, not how quickly
# Longer than `serve` allows its parts together, before it ends them by force.
PATIENCE_WITH_AN_END = 90


def free_port() -> int:
    with socket.socket() as trying:
        trying.bind(("127.0.0.1", 0))
        port: int = trying.getsockname()[1]
        return port


class Installation:
    """`ampersand serve` on an embedded database in a folder of its own."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.port = free_port()
        usual = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
        self.environment = {
            **usual,
            "AMPERSAND_DATA_DIR": str(data),
            "AMPERSAND_LISTEN": f"127.0.0.1:{self.port}",
            "AMPERSAND_WEB_PROCESSES": "1",
            **environment,
        }
        self.log = data.with_name(f"{data.name}.log")
        self.serving: subprocess.Popen[bytes] | None = None

    def ampersand(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "ampersand", *words],
            env=self.environment | environment,
            cwd=self.data.parent,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def serve(self) -> None:
        with self.log.open("ab") as log:
            self.serving = subprocess.Popen(
                [sys.executable, "-m", "ampersand", "serve"],
                env=self.environment,
                cwd=self.data.parent,
                stdout=log,
                stderr=log,
            )

    def stop(self) -> int:
        assert self.serving is not None
        self.serving.terminate()
        return self.serving.wait(PATIENCE_WITH_AN_END)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/", timeout=10) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def wait_until_open(self, patience: float = PATIENCE) -> float:
        """Wait for the first answer; give the seconds it took."""
        began = time.monotonic()
        while not self.answers():
            assert self.serving is None or self.serving.poll() is None, self.log.read_text()[-3000:]
            assert time.monotonic() - began < patience, self.log.read_text()[-3000:]
            time.sleep(0.05)
        return time.monotonic() - began

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host=host(place(self.data)), user=USER, dbname=NAME, autocommit=True, connect_timeout=10
        )

    def kill_serve(self) -> None:
        assert self.serving is not None
        self.serving.kill()
        self.serving.wait()

    def kill_database(self) -> None:
        number = (place(self.data) / "postmaster.pid").read_text().split("\n", 1)[0]
        os.kill(int(number), signal.SIGKILL)

    def processes(self) -> list[str]:
        """Find every process of this installation: by its environment, or by standing in its database."""
        marker = f"AMPERSAND_DATA_DIR={self.data}\0".encode()
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                ours = marker in (process / "environ").read_bytes()
                if ours or os.path.samefile(process / "cwd", place(self.data)):
                    found.append((process / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue
        return found

    def wait_until_gone(self, patience: float = 60) -> list[str]:
        deadline = time.monotonic() + patience
        while (left := self.processes()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return left


class Writer(threading.Thread):
    """Writes numbers one by one, and remembers each one whose commit was acknowledged."""

    def __init__(self, installation: Installation) -> None:
        super().__init__(daemon=True)
        self.installation = installation
        self.acknowledged: list[int] = []
        self.last = 0.0
        self.done = threading.Event()

    def run(self) -> None:
        number = 0
        while not self.done.is_set():
            try:
                with self.installation.connect() as connection:
                    connection.execute("CREATE TABLE IF NOT EXISTS written (number bigint PRIMARY KEY)")
                    while not self.done.is_set():
                        number += 1
                        connection.execute("INSERT INTO written VALUES (%s)", [number])
                        self.acknowledged.append(number)
                        self.last = time.monotonic()
            except psycopg.Error:
                time.sleep(0.02)

    def wait_for_a_write_after(self, moment: float, patience: float = PATIENCE) -> float:
        while self.last < moment:
            assert time.monotonic() - moment < patience, self.installation.log.read_text()[-3000:]
            time.sleep(0.01)
        return self.last - moment
