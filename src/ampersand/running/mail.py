"""The mail server that letters go out through, and the mailbox of answers, as the environment names them."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from ampersand.running.places import Misconfigured

PORTS = {"starttls": 587, "tls": 465, "none": 25}
MAILBOX_PORTS = {"starttls": 143, "tls": 993, "none": 143}


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where to hand letters in, and how."""

    host: str
    port: int
    user: str
    password: str
    security: str


def mail_server(url: str) -> MailServer | None:
    """Read smtp://user:password@host:587?security=starttls; nothing given means no mail server."""
    if not url:
        return None
    parts = urlsplit(url)
    security = dict(parse_qsl(parts.query)).get("security", "starttls")
    if parts.scheme != "smtp" or not parts.hostname or security not in PORTS:
        raise Misconfigured(
            "AMPERSAND_MAIL_URL must look like smtp://user:password@host:587?security=starttls, "
            "where security is starttls, tls or none."
        )
    return MailServer(
        host=parts.hostname,
        port=parts.port or PORTS[security],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        security=security,
    )


@dataclass(frozen=True, kw_only=True)
class ReplyMailbox:
    """A mailbox of its own, to which calendars send their answers, and how to read it (IMAP)."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    security: str


def reply_mailbox(url: str) -> ReplyMailbox | None:
    """Read imaps://user:password@host/folder; nothing given means that answers are not read."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    usual = "tls" if parts.scheme == "imaps" else "starttls"
    security = dict(parse_qsl(parts.query)).get("security", usual)
    ways = {"imaps": {"tls"}, "imap": {"starttls", "none"}}.get(parts.scheme, set())
    if security not in ways or not parts.hostname or not parts.username:
        raise Misconfigured(
            "AMPERSAND_MEETINGS_MAILBOX must look like imaps://user:password@host/INBOX; "
            "what is not safe in an address is written with %, such as %40 for @."
        )
    return ReplyMailbox(
        host=parts.hostname,
        port=port or MAILBOX_PORTS[security],
        user=unquote(parts.username),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        security=security,
    )
