"""`ampersand serve` and `ampersand database`: which parts there are and where they listen."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from urllib.parse import urlsplit

from ampersand.running.children import spawn
from ampersand.running.embedded import FAST_STOP, AlreadyRunning, Embedded, running
from ampersand.running.logs import PART, say
from ampersand.running.places import Misconfigured, data_folder, setting, switch
from ampersand.running.prepared import is_prepared, note_prepared
from ampersand.running.supervising import Part, end_all, look_after, stop_if_asked, until_asked_to_stop

DEFAULT_PORT = 8000
TRIED_PORTS = range(DEFAULT_PORT, DEFAULT_PORT + 20)


def serve(arguments: Sequence[str]) -> int:
    """Run everything: the database (unless one is named), the web server and the worker."""
    parser = argparse.ArgumentParser(prog="ampersand serve", description=serve.__doc__)
    parser.add_argument("--demo", action="store_true", help="show a filled demo; never with real people")
    if parser.parse_args(arguments).demo:
        os.environ["AMPERSAND_DEMO"] = "1"
    parts = _database_parts()
    _choose_address()
    with until_asked_to_stop():
        try:
            for part in parts:
                part.begin()
            if status := _prepare(parts):
                return status  # it has said why
            _begin(parts, _command("web"))
            _say_when_open(parts)
            _begin(parts, _command("worker"))  # last, so that the site is back the sooner
            look_after(parts)
        finally:
            end_all(parts)
    return 0


def database(arguments: Sequence[str]) -> int:
    """Run the embedded database alone."""
    argparse.ArgumentParser(prog="ampersand database", description=database.__doc__).parse_args(arguments)
    parts = _database_parts()
    if not parts:
        raise Misconfigured("AMPERSAND_DATABASE_URL names a database: there is no embedded one to run.")
    with until_asked_to_stop():
        try:
            look_after(parts)
        finally:
            end_all(parts)
    return 0


def with_database(arguments: Sequence[str]) -> int:
    """Run another program while the database is there."""
    parser = argparse.ArgumentParser(prog="ampersand with-database", description=with_database.__doc__)
    parser.add_argument("program", nargs=argparse.REMAINDER, help="the program and its words")
    program = parser.parse_args(arguments).program
    if not program:
        parser.error("name a program")
    if setting("AMPERSAND_DATABASE_URL"):
        return subprocess.run(program, check=False).returncode  # noqa: S603 - what the operator typed
    with running(data_folder()):
        return subprocess.run(program, check=False).returncode  # noqa: S603


def listening() -> tuple[str, int]:
    """Read where the web server listens."""
    given = setting("AMPERSAND_LISTEN", f"127.0.0.1:{DEFAULT_PORT}")
    host, _, port = given.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise Misconfigured(f"AMPERSAND_LISTEN must look like 127.0.0.1:8000, not “{given}”.")
    return host.strip("[]"), int(port)


def _database_parts() -> list[Part]:
    if setting("AMPERSAND_DATABASE_URL"):
        return []
    embedded = Embedded(data_folder())
    try:
        embedded.take()
    except AlreadyRunning as error:
        raise Misconfigured(str(error)) from error
    return [Part("database", embedded.start, FAST_STOP)]


def _command(name: str) -> Part:
    """One of our own commands as a part. If we are killed it has no database either: it goes at once."""
    command, environment = [sys.executable, "-m", "ampersand", name], {**os.environ, PART: name}
    return Part(name, lambda: spawn(command, at_parents_death=signal.SIGKILL, env=environment))


def _begin(parts: list[Part], part: Part) -> None:
    parts.append(part)
    part.begin()


def _prepare(parts: Sequence[Part]) -> int:
    """Bring the database and the static files up to this version, unless they are known to be."""
    data = data_folder()
    if is_prepared(data):
        return 0
    prepare = _command("prepare")
    try:
        prepare.begin()
        while prepare.process is not None and prepare.process.poll() is None:
            stop_if_asked()
            for part in parts:
                part.look_after()
            time.sleep(0.05)
    finally:
        prepare.end()
    status = prepare.process.returncode if prepare.process else 0
    if not status:
        note_prepared(data)
    return status


def _choose_address() -> None:
    """Find a free port for a demo; for real use say that the port is taken."""
    host, port = listening()
    if switch("AMPERSAND_DEMO") and not setting("AMPERSAND_LISTEN"):
        port = next((free for free in TRIED_PORTS if not _taken(host, free)), port)
    if _taken(host, port):
        raise Misconfigured(
            f"Something else already listens on {host}:{port}. "
            "Stop it, or set AMPERSAND_LISTEN to another address and port."
        )
    written = f"[{host}]" if ":" in host else host
    os.environ["AMPERSAND_LISTEN"] = f"{written}:{port}"


def _taken(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trying:
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind((host, port))
        except PermissionError as error:
            raise Misconfigured(f"This user may not listen on port {port}: choose one above 1023.") from error
        except OSError:
            return True
    return False


def _say_when_open(parts: Sequence[Part]) -> None:
    """Wait for the first answer, looking after the parts meanwhile, and print the one address."""
    host, port = listening()
    reachable = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    address = setting("AMPERSAND_ADDRESS") or f"http://{reachable}:{port}"
    asking = urllib.request.Request(
        f"http://{reachable}:{port}/health/", headers={"Host": urlsplit(address).netloc}
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(asking, timeout=5):  # noqa: S310
                break
        except (urllib.error.URLError, OSError):
            stop_if_asked()
            for part in parts:
                part.look_after()
            time.sleep(0.1)
    say("serve", f"Ampersand is open at {address}")
