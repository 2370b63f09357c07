"""Which addresses of other machines may be asked: public ones, over https, at the usual ports."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

PORTS = {443, 8443}
ANYONES = ip_network("2000::/3")  # what of IPv6 is given out to be reached from everywhere
# Beside what Python calls private or reserved: shared, testing, relays, and IPv4 in the clothes of IPv6.
NEVER = [
    ip_network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "64:ff9b::/96", "64:ff9b:1::/48",
    )
]  # fmt: skip

IP = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[str]]
Doors = Collection[tuple[str, int]]


class Trouble(StrEnum):
    """What went wrong on the way to an address."""

    NOT_AN_ADDRESS = "not an address"
    NOT_HTTPS = "not https"
    NOT_PUBLIC = "not public"
    WITH_PASSWORD = "with a password"  # noqa: S105 - a word for an address that carries one
    UNKNOWN_HOST = "unknown host"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    TOO_SLOW = "too slow"
    TOO_LARGE = "too large"
    TOO_MANY_TURNS = "too many turns"
    NOT_THERE = "not there"
    REFUSED = "refused"
    BROKEN = "broken"


class NotFetched(Exception):
    """An address was not asked, or gave nothing that can be used."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(str(trouble))
        self.trouble = trouble


@dataclass(frozen=True)
class Asked:
    """What an address says, before anything is resolved."""

    secure: bool
    host: str
    port: int
    path: str


@dataclass(frozen=True)
class Goal(Asked):
    """Where one request goes: the name that is asked for, and the very addresses that were checked."""

    ips: tuple[str, ...]


def read_address(address: str) -> Asked:
    """Take an address apart; webcal:// is https://. Raises NotFetched if it is none or has a password."""
    try:
        parts = urlsplit(address.strip())
        secure, port, host = parts.scheme != "http", parts.port, parts.hostname or ""
        host = host if ":" in host else host.encode("idna").decode()
    except ValueError as wrong:  # UnicodeError is one, too
        raise NotFetched(Trouble.NOT_AN_ADDRESS) from wrong
    if parts.scheme not in {"https", "http", "webcal", "webcals"} or not host:
        raise NotFetched(Trouble.NOT_AN_ADDRESS)
    if "@" in parts.netloc:
        raise NotFetched(Trouble.WITH_PASSWORD)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Asked(secure, host, port or (443 if secure else 80), path)


def goal_of(address: str, *, resolve: Resolve, doors: Doors) -> Goal:
    """Resolve an address once and check every answer; raises NotFetched for whatever is not public.

    `doors` are machines and ports that may be asked nevertheless, without https too: for tests alone.
    """
    asked = read_address(address)
    ips = resolve(asked.host, asked.port)
    if not ips:
        raise NotFetched(Trouble.UNKNOWN_HOST)
    if not all((ip, asked.port) in doors for ip in ips):
        if not asked.secure:
            raise NotFetched(Trouble.NOT_HTTPS)
        if asked.port not in PORTS or not all(is_public(ip) for ip in ips):
            raise NotFetched(Trouble.NOT_PUBLIC)
    return Goal(asked.secure, asked.host, asked.port, asked.path, tuple(dict.fromkeys(ips)))


def is_public(ip: str) -> bool:
    """Say whether this is a machine that everybody can reach, and not one beside us."""
    try:
        found: IP = ip_address(ip)
    except ValueError:  # with a zone, as link-local ones have
        return False
    if found.version == 6 and found not in ANYONES:
        return False
    if found.is_private or found.is_multicast or found.is_reserved or found.is_loopback:
        return False
    return not any(found in network for network in NEVER if network.version == found.version)
