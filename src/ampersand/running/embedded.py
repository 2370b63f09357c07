"""The embedded PostgreSQL: made on first start, one at a time, in the data folder, closed to everyone else.

It listens on a socket inside its own folder (mode 700) and on nothing else. As root it runs as another
user, who need not be able to enter the data folder: it is started standing in its own folder and knows
that only as /proc/self/cwd.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql

from ampersand.running.binaries import database_owner, program
from ampersand.running.children import spawn, stop
from ampersand.running.places import Misconfigured
from ampersand.running.prepared import forget_prepared

NAME = USER = "ampersand"
HERE = Path("/proc/self/cwd")
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432") - 1
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=4GB")
ALWAYS = (
    "listen_addresses=",
    "unix_socket_directories=.",
    "unix_socket_permissions=0700",
    "log_line_prefix=%m database: ",
    # What people wrote stays out of the log; errors are told, with their trace, by who made them.
    "log_min_messages=log",
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
    "log_checkpoints=off",
    "log_timezone=UTC",
    "timezone=UTC",
)
FAST_STOP = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0))


class AlreadyRunning(Exception):
    """Another process looks after the database in this data folder."""


def place(data: Path) -> Path:
    """Give the database's folder within the data folder."""
    return data / "database"


@cache
def host(folder: Path) -> str:
    """Give what to connect to: the folder of the socket, however long its path is."""
    if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
        return str(folder)
    if not HERE.exists():
        raise Misconfigured(
            f"The path of the data folder is too long for the database's socket: {folder.parent}. "
            "Set AMPERSAND_DATA_DIR to a shorter one."
        )
    return f"/proc/{os.getpid()}/fd/{os.open(folder.parent, os.O_RDONLY | os.O_DIRECTORY)}/{folder.name}"


def options(data: Path) -> dict[str, Any]:
    """Say in Django's words how to reach the embedded database of this data folder."""
    return {
        "ENGINE": "ampersand.database",
        "NAME": NAME,
        "USER": USER,
        "HOST": host(place(data)),
        "OPTIONS": {},
    }


class Embedded:
    """One embedded PostgreSQL, ours as long as the lock is held."""

    def __init__(self, data: Path, *, durable: bool = True, output: IO[bytes] | None = None) -> None:
        self.folder = place(data)
        self.durable = durable
        self.output = output
        self._lock_file = data / "database.lock"
        self._lock: int | None = None

    def take(self) -> None:
        """Take the lock, or say who has it. The kernel gives it back when we end, however we end."""
        try:
            lock = os.open(self._lock_file, os.O_RDWR | os.O_CREAT, 0o600)
        except PermissionError as error:
            raise Misconfigured(f"The data folder belongs to someone else: {error}.") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(lock, 100).decode() or "unknown"
            os.close(lock)
            raise AlreadyRunning(
                f"Ampersand is already running on {self.folder.parent} (process {holder}). "
                "Stop that one first, or set AMPERSAND_DATA_DIR to another folder."
            ) from None
        os.ftruncate(lock, 0)
        os.write(lock, str(os.getpid()).encode())
        self._lock = lock

    def is_ours(self) -> bool:
        """Take the lock if nobody has it, and say whether we have."""
        try:
            self.take()
        except AlreadyRunning:
            return False
        return True

    def give_back(self) -> None:
        """Let another process look after the database."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def start(self) -> subprocess.Popen[bytes]:
        """Start the server, making its files first if there are none. It may not answer yet."""
        owner = database_owner(self.folder)
        if not (self.folder / "PG_VERSION").exists():
            self._make(owner)
        _clear_remains(self.folder)
        options = [word for line in ALWAYS + (() if self.durable else QUICK) for word in ("-c", line)]
        return spawn(
            [program("postgres", runs_as=owner and owner[0]), "-D", _known_as(self.folder, owner), *options],
            at_parents_death=signal.SIGINT,
            cwd=self.folder,
            env=_environment(),
            owner=owner,
            output=self.output,
        )

    def wait_until_ready(self, server: subprocess.Popen[bytes] | None, *, patience: float = 60) -> None:
        """Return once the server takes connections; make our database if it is not there yet."""
        deadline = time.monotonic() + patience
        while True:
            if server is not None and server.poll() is not None:
                raise Misconfigured(f"The embedded PostgreSQL in {self.folder} ended at once; see above.")
            try:
                _make_database(self.folder)
                return
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    raise Misconfigured(f"The embedded PostgreSQL does not answer: {error}") from error
                time.sleep(0.05)

    def stop(self, server: subprocess.Popen[bytes]) -> None:
        """Stop the server cleanly: open transactions are undone, everything committed is on disk."""
        stop(server, *FAST_STOP)

    def _make(self, owner: tuple[int, int] | None) -> None:
        """Make the files beside their place and move them there, so that no half-made ones are ever used."""
        fresh = self.folder.with_name("database.being-made")
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(mode=0o700)
        if owner:
            os.chown(fresh, *owner)
        locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        trust = [f"--username={USER}", "--auth=trust"]  # the socket lies behind mode 700
        sync = ["--data-checksums"] if self.durable else ["--no-sync"]
        initdb = program("initdb", runs_as=owner and owner[0])
        making = spawn(
            [initdb, "-D", _known_as(fresh, owner), "--no-instructions", *trust, *locale, *sync],
            cwd=fresh,
            env=_environment(),
            owner=owner,
            output=subprocess.PIPE,
        )
        said, _ = making.communicate()
        if making.returncode:
            raise Misconfigured(f"The embedded database could not be made: {said.decode().strip()}")
        forget_prepared(self.folder.parent)
        fresh.rename(self.folder)


@contextmanager
def running(data: Path) -> Iterator[None]:
    """Have the database running: use the one that runs, or start it and stop it afterwards."""
    with open(data / "database.log", "ab", opener=_closed_to_others) as log:
        database = Embedded(data, output=log)
        server = database.start() if database.is_ours() else None
        try:
            database.wait_until_ready(server)
            yield
        finally:
            if server:
                database.stop(server)
                database.give_back()


def _closed_to_others(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _known_as(folder: Path, owner: tuple[int, int] | None) -> Path:
    return HERE if owner else folder


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _make_database(folder: Path) -> None:
    with psycopg.connect(host=host(folder), user=USER, dbname="postgres", autocommit=True) as on:
        if not on.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            on.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))


def _clear_remains(folder: Path) -> None:
    """See off what an earlier run left: a server still stopping, or a lock whose number someone else has now.

    A lock whose process is gone is PostgreSQL's own to judge: it also looks for stray children.
    """
    lock = folder / "postmaster.pid"
    try:
        number = int(lock.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    for sign in (0, signal.SIGQUIT, signal.SIGKILL):
        if not _stands_in(number, folder):
            break
        with suppress(ProcessLookupError):
            os.kill(number, sign)
        deadline = time.monotonic() + 4
        while _stands_in(number, folder) and time.monotonic() < deadline:
            time.sleep(0.05)
    if sys.platform == "linux" and Path(f"/proc/{number}").exists():
        lock.unlink(missing_ok=True)
        (folder / ".s.PGSQL.5432.lock").unlink(missing_ok=True)


def _stands_in(number: int, folder: Path) -> bool:
    try:
        return os.path.samefile(f"/proc/{number}/cwd", folder)
    except OSError:
        return False
