"""Fetching what lies at an address that somebody typed, without becoming their hand in our own house.

A name is resolved once, every answer is checked, and the connection goes to the address that was checked: a
name that says something else a moment later leads nowhere. The same holds after each redirect. What comes is
limited in size, also unpacked, and everything together in time. Nothing of ours is sent along.
"""

import io
import socket
import ssl
import threading
import time
import zlib
from http.client import HTTPConnection, HTTPException, HTTPResponse
from typing import Any
from urllib.parse import quote, urljoin

from ampersand.guarding.addresses import Doors, Goal, NotFetched, Resolve, Trouble, goal_of

TURNS = 3
ELSEWHERE = {301, 302, 303, 307, 308}
NOT_THERE = {404, 410}
PIECE = 65_536
AS_WRITTEN = "%/:=&?~#+!$,;'@()*[]"  # what quoting leaves alone, so that what was quoted stays so


class Deadline:
    """One moment by which everything must be over."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self) -> float:
        """Give the seconds that are left; raises NotFetched if there are none."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise NotFetched(Trouble.TOO_SLOW)
        return left


def look_up(host: str, port: int) -> list[str]:
    """Give the addresses of a name."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as wrong:
        raise NotFetched(Trouble.UNKNOWN_HOST) from wrong


def fetch(
    address: str,
    *,
    largest: int,
    seconds: float,
    resolve: Resolve = look_up,
    doors: Doors = (),
    trusting: ssl.SSLContext | None = None,
) -> bytes:
    """Give what lies at an address. Raises NotFetched, with what went wrong.

    `resolve`, `doors` and `trusting` are for tests, which have no public machine to ask.
    """
    deadline = Deadline(seconds)
    trusting = trusting or ssl.create_default_context()

    def in_time(host: str, port: int) -> list[str]:
        return _in_time(resolve, host, port, deadline)

    for _turn in range(TURNS + 1):
        goal = goal_of(address, resolve=in_time, doors=doors)
        found = _ask(goal, deadline, largest, trusting)
        if isinstance(found, bytes):
            return found
        address = urljoin(_address(goal), found.next)
    raise NotFetched(Trouble.TOO_MANY_TURNS)


class _Turn:
    """The answer that it lies elsewhere."""

    def __init__(self, to: str) -> None:
        self.next = to


def _address(goal: Goal) -> str:
    return f"{'https' if goal.secure else 'http'}://{_netloc(goal)}{goal.path}"


def _netloc(goal: Goal) -> str:
    return f"[{goal.host}]:{goal.port}" if ":" in goal.host else f"{goal.host}:{goal.port}"


def _in_time(resolve: Resolve, host: str, port: int, deadline: Deadline) -> list[str]:
    """Resolve a name, and do not wait longer than there is time: the system's own way knows no limit."""
    answer: list[list[str]] = []
    failed: list[NotFetched] = []

    def ask() -> None:
        try:
            answer.append(resolve(host, port))
        except NotFetched as wrong:
            failed.append(wrong)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(deadline.left())
    deadline.left()
    if failed or not answer:
        raise failed[0] if failed else NotFetched(Trouble.UNKNOWN_HOST)
    return answer[0]


def _ask(goal: Goal, deadline: Deadline, largest: int, trusting: ssl.SSLContext) -> bytes | _Turn:
    try:
        with _connected(goal, deadline, trusting) as reached:
            connection = HTTPConnection(goal.host, goal.port)
            connection.sock = _Timed(reached, deadline)
            connection.request("GET", quote(goal.path, safe=AS_WRITTEN), headers=_headers(goal))
            return _answer(connection.getresponse(), largest)
    except ssl.SSLCertVerificationError as wrong:
        raise NotFetched(Trouble.UNTRUSTED) from wrong
    except TimeoutError as wrong:
        raise NotFetched(Trouble.TOO_SLOW) from wrong
    except OSError as wrong:
        raise NotFetched(Trouble.UNREACHABLE) from wrong
    except (HTTPException, zlib.error, ValueError) as wrong:
        raise NotFetched(Trouble.BROKEN) from wrong


def _headers(goal: Goal) -> dict[str, str]:
    usual = goal.port == (443 if goal.secure else 80)
    return {
        "Host": _netloc(goal).rpartition(":")[0] if usual else _netloc(goal),
        "User-Agent": "Ampersand",
        "Accept": "text/calendar, */*;q=0.1",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _connected(goal: Goal, deadline: Deadline, trusting: ssl.SSLContext) -> socket.socket:
    last: OSError = OSError("no address")
    for ip in goal.ips:
        try:
            found = socket.create_connection((ip, goal.port), timeout=deadline.left())
        except OSError as wrong:
            last = wrong
            continue
        if not goal.secure:
            return found
        try:
            found.settimeout(deadline.left())
            return trusting.wrap_socket(found, server_hostname=goal.host)
        except BaseException:
            found.close()
            raise
    raise last


def _answer(response: HTTPResponse, largest: int) -> bytes | _Turn:
    if response.status in ELSEWHERE:
        return _Turn(response.headers.get("Location", ""))
    if response.status in NOT_THERE:
        raise NotFetched(Trouble.NOT_THERE)
    if response.status != 200:
        raise NotFetched(Trouble.REFUSED)
    came = bytearray()
    while piece := response.read1(PIECE):
        came += piece
        if len(came) > largest:
            raise NotFetched(Trouble.TOO_LARGE)
    if response.length:  # fewer than were promised
        raise NotFetched(Trouble.BROKEN)
    return _unpacked(
        bytes(came), response.headers.get("Content-Encoding", "identity").strip().lower(), largest
    )


def _unpacked(came: bytes, packed: str, largest: int) -> bytes:
    """Unpack what came packed although we did not ask for it, and no more than we would have taken."""
    if packed in {"", "identity"}:
        return came
    if packed not in {"gzip", "x-gzip", "deflate"}:
        raise NotFetched(Trouble.BROKEN)
    unpacking = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    unpacked = unpacking.decompress(came, largest + 1)
    if len(unpacked) > largest:
        raise NotFetched(Trouble.TOO_LARGE)
    return unpacked


class _Timed:
    """A connection, as http.client needs one; each step has only what is left of the time for all of them."""

    def __init__(self, reached: socket.socket, deadline: Deadline) -> None:
        self._reached, self._deadline = reached, deadline

    def sendall(self, data: bytes) -> None:
        """Send everything."""
        self._reached.settimeout(self._deadline.left())
        self._reached.sendall(data)

    def makefile(self, *_mode: Any) -> io.BufferedReader:
        """Give what comes, to be read."""
        return io.BufferedReader(_Coming(self._reached, self._deadline), PIECE)

    def close(self) -> None:
        """Do nothing: whoever connected hangs up."""


class _Coming(io.RawIOBase):
    """What comes over a connection, as long as there is time."""

    def __init__(self, reached: socket.socket, deadline: Deadline) -> None:
        self._reached, self._deadline = reached, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._reached.settimeout(self._deadline.left())
        return self._reached.recv_into(buffer)
