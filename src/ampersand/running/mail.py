"""The mail server that letters go out through, as the environment names it."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from ampersand.running.places import Misconfigured

PORTS = {"starttls": 587, "tls": 465, "none": 25}


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
