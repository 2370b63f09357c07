"""A server that answers as Zoom's published API does, for the few requests that we make."""

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote

from ampersand.video import Zoom

Said = tuple[int, dict[str, Any], dict[str, str]]


@dataclass
class FakeZoom:
    """Its rooms, its tokens, and what it is told to answer next instead of what it would."""

    port: int = 0
    rooms: dict[str, dict[str, Any]] = field(default_factory=dict)
    hosts: set[str] = field(default_factory=lambda: {"me"})
    tokens: set[str] = field(default_factory=set)
    next: list[Said] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    secret: str = "s3cret"

    def client(self, secret: str = "s3cret") -> Zoom:
        here = f"http://127.0.0.1:{self.port}"
        return Zoom("acc", "cli", secret, sign_in_at=here, api_at=f"{here}/v2")

    def token(self, head: Any, body: str) -> Said:
        known = base64.b64encode(f"cli:{self.secret}".encode()).decode()
        form = parse_qs(body)
        if head["Authorization"] != f"Basic {known}":
            return 401, {"reason": "Invalid client_id or client_secret", "error": "invalid_client"}, {}
        if form.get("grant_type") != ["account_credentials"] or form.get("account_id") != ["acc"]:
            return 400, {"reason": "unsupported grant type", "error": "unsupported_grant_type"}, {}
        token = f"token-{len(self.tokens)}"
        self.tokens.add(token)
        return 200, {"access_token": token, "token_type": "bearer", "expires_in": 3599, "scope": "x"}, {}

    def api(self, method: str, path: str, head: Any, body: str) -> Said:
        if head["Authorization"].removeprefix("Bearer ") not in self.tokens:
            return 401, {"code": 124, "message": "Invalid access token."}, {}
        if self.next:
            return self.next.pop(0)
        told = json.loads(body) if body else {}
        _v2, kind, name, *_rest = path.strip("/").split("/")
        if kind == "users":
            return self._make(unquote(name), told)
        if name not in self.rooms:
            return 404, {"code": 3001, "message": f"Meeting does not exist: {name}."}, {}
        if method == "DELETE":
            del self.rooms[name]
        else:
            self.rooms[name] |= told
        return 204, {}, {}

    def _make(self, host: str, told: dict[str, Any]) -> Said:
        if host not in self.hosts:
            return 404, {"code": 1001, "message": f"User does not exist: {host}."}, {}
        number = 85746065000 + len(self.asked)
        link = f"https://us02web.zoom.us/j/{number}"
        if told.get("default_password"):
            link += "?pwd=x"
        else:  # most accounts must keep every meeting by a passcode, a waiting room or a sign-in
            told["settings"] |= {"waiting_room": True}
        self.rooms[str(number)] = told | {"host": host}
        return 201, {"id": number, "join_url": link, "host_id": host, **told}, {}


def handler(fake: FakeZoom) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            fake.asked.append(f"{self.command} {self.path}")
            if self.path == "/oauth/token":
                status, told, head = fake.token(self.headers, body)
            else:
                status, told, head = fake.api(self.command, self.path, self.headers, body)
            self.send_response(status)
            sent = b"" if status == 204 else json.dumps(told).encode()
            for name, value in {"Content-Length": str(len(sent)), **head}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_words: Any) -> None:
            return

    verb: Callable[[Any], None] = Handler.answer
    for name in ("do_GET", "do_POST", "do_PATCH", "do_DELETE"):
        setattr(Handler, name, verb)
    return Handler


@contextmanager
def zoom_running() -> Iterator[FakeZoom]:
    """Run it on a free port."""
    fake = FakeZoom()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(fake))
    server.daemon_threads = True
    fake.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
