"""A small mailbox server of our own: as much of IMAP (RFC 3501) as whoever reads it needs."""

import re
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ampersand.running.mail import ReplyMailbox


@dataclass
class Box:
    """Its letters by number, which of them are read, and all that was asked of it."""

    letters: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    password: str = "p/ss"
    port: int = 0

    def put(self, letter: bytes) -> None:
        self.letters[len(self.letters) + 1] = letter

    def settings(self, **more: str) -> ReplyMailbox:
        given = {"user": "meetings@example.org", "password": "p/ss", "folder": "INBOX", "security": "none"}
        return ReplyMailbox(host="127.0.0.1", port=self.port, **given | more)

    def answer(self, command: str) -> tuple[list[bytes], str]:
        """Give the lines before the last, and the last."""
        if command.startswith("LOGIN"):
            good = self.password in command
            return [], "OK done" if good else "NO [AUTHENTICATIONFAILED] no"
        if command.startswith("SELECT"):
            good = command == 'SELECT "INBOX"'
            return [
                f"* {len(self.letters)} EXISTS".encode()
            ] if good else [], "OK done" if good else "NO none"
        if command == "UID SEARCH UNSEEN":
            unseen = sorted(set(self.letters) - self.seen)
            return [b"* SEARCH " + b" ".join(b"%d" % each for each in unseen)], "OK done"
        if fetched := re.fullmatch(r"UID FETCH (\d+) \(BODY\.PEEK\[\]<0\.(\d+)>\)", command):
            number, most = map(int, fetched.groups())
            part = self.letters[number][:most]
            head = f"* {number} FETCH (UID {number} BODY[]<0> {{{len(part)}}}".encode()
            return [head + b"\r\n" + part + b")"], "OK done"
        if stored := re.fullmatch(r"UID STORE (\d+) \+FLAGS\.SILENT \(\\Seen\)", command):
            self.seen.add(int(stored[1]))
            return [], "OK done"
        return {"CAPABILITY": ([b"* CAPABILITY IMAP4rev1"], "OK done"), "LOGOUT": ([b"* BYE"], "OK bye")}.get(
            command, ([], "BAD what?")
        )


@contextmanager
def mailbox_running(secured: ssl.SSLContext | None = None) -> Iterator[Box]:
    """Run it on a free port."""
    box = Box()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK ready\r\n")
            for line in self.rfile:
                tag, _space, command = line.decode().rstrip("\r\n").partition(" ")
                box.asked.append(command)
                before, last = box.answer(command)
                for each in [*before, f"{tag} {last}".encode()]:
                    self.wfile.write(each + b"\r\n")
                if command == "LOGOUT":
                    return

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

        def handle_error(self, *_what: object) -> None:
            return

    server = Server(("127.0.0.1", 0), Handler)
    if secured:
        server.socket = secured.wrap_socket(server.socket, server_side=True)
    box.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield box
    finally:
        server.shutdown()
        server.server_close()
