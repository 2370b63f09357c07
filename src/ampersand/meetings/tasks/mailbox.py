"""The conversation with the mailbox to which calendars send their answers. Nothing in it is ever deleted."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from ampersand.running.mail import ReplyMailbox

PATIENCE = 20  # seconds that a silent server is waited for
AT_ONCE = 50
LARGEST = 256 * 1024  # an answer is a few thousand bytes


def unread(box: ReplyMailbox) -> Iterator[bytes]:
    """Give some letters that nobody has read; each is marked as read once the next is asked for.

    One that is too large comes shortened, and so is no answer.
    """
    mailbox = _connected(box)
    try:
        mailbox.login(box.user, box.password)
        _good(mailbox.select(_quoted(box.folder)))
        found = _good(mailbox.uid("SEARCH", "UNSEEN"))
        for number in (found[0] or b"").split()[:AT_ONCE]:
            name = number.decode()
            came = _good(mailbox.uid("FETCH", name, f"(BODY.PEEK[]<0.{LARGEST}>)"))
            yield b"".join(part[1] for part in came if isinstance(part, tuple))
            _good(mailbox.uid("STORE", name, "+FLAGS.SILENT", r"(\Seen)"))
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            mailbox.logout()


def _connected(box: ReplyMailbox) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if box.security == "tls":
        return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=context, timeout=PATIENCE)
    mailbox = imaplib.IMAP4(box.host, box.port, timeout=PATIENCE)
    if box.security == "starttls":
        mailbox.starttls(context)
    return mailbox


def _quoted(folder: str) -> str:
    return '"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _good(answer: tuple[str, list[Any]]) -> list[Any]:
    kind, told = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(f"The mailbox answered {kind}.")
    return told
