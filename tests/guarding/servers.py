"""A real web server on this machine that answers as told, for tests of what is fetched."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Answer:
    """What to say: all at once, or a byte at a time every so many seconds."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0.0


@dataclass
class Asked:
    """A server, what it answers at each path, and what it was asked."""

    port: int
    answers: dict[str, Answer | Callable[[], Answer]] = field(default_factory=dict)
    heads: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    dripped: int = 0  # bytes that it got rid of, one at a time

    @property
    def door(self) -> set[tuple[str, int]]:
        return {("127.0.0.1", self.port)}

    def address(self, path: str, *, scheme: str = "http") -> str:
        return f"{scheme}://127.0.0.1:{self.port}{path}"


@contextmanager
def web_server(secured: ssl.SSLContext | None = None) -> Iterator[Asked]:
    """Run it on a free port."""
    asked = Asked(0)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.paths.append(self.path)
            asked.heads.append(dict(self.headers.items()))
            said = asked.answers.get(self.path, Answer(status=404))
            answer = said() if callable(said) else said
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self._say(answer)

        def _say(self, answer: Answer) -> None:
            try:
                if not answer.drip:
                    self.wfile.write(answer.body)
                for byte in answer.body if answer.drip else b"":
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
                    asked.dripped += 1
                    time.sleep(answer.drip)
            except OSError:
                return

        def log_message(self, *_words: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if secured:
        server.socket = secured.wrap_socket(server.socket, server_side=True)
    asked.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield asked
    finally:
        server.shutdown()
        server.server_close()
