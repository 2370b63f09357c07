"""A real mail server for tests: it accepts, refuses, stalls or hangs up, as told."""

import asyncio
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from ampersand.running.mail import MailServer

Answer = Callable[[EmailMessage, int], str]


class Mailbox:
    """Keeps what it accepted. `answer(mail, how_often_seen)` gives the reply: "250 OK", "451 …",
    "554 …", "stall" or "hang up"; `refuse` maps an address to a reply at RCPT."""

    def __init__(self) -> None:
        self.accepted: list[EmailMessage] = []
        self.seen: Counter[str] = Counter()
        self.answer: Answer = lambda _mail, _times: "250 OK"
        self.refuse: dict[str, str] = {}
        self.stall_for = 5.0

    def ids(self) -> Counter[str]:
        return Counter(str(mail["Message-ID"]) for mail in self.accepted)

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.accepted if address in str(mail["To"])]

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        mail: Any = message_from_bytes(envelope.content, policy=default)
        name = str(mail["Message-ID"])
        self.seen[name] += 1
        answer = self.answer(mail, self.seen[name])
        if answer == "stall":
            await asyncio.sleep(self.stall_for)
            return "451 too slow"
        if answer == "hang up":
            server.transport.abort()
            return "421 gone"
        if answer.startswith("250"):
            self.accepted.append(mail)
        return answer


@contextmanager
def mail_server_running() -> Iterator[tuple[Mailbox, MailServer]]:
    """Run a mail server on a free port; give its mailbox and how to reach it."""
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, data_size_limit=50_000_000)
    controller.start()
    try:
        yield mailbox, MailServer(host="127.0.0.1", port=port, user="", password="", security="none")
    finally:
        controller.stop()
