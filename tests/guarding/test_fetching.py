"""Fetching from a real server: what is ours is never asked, and nothing lasts or grows without end."""

import gzip
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ampersand.guarding.addresses import NotFetched, is_public
from ampersand.guarding.fetching import fetch
from tests.guarding.servers import Answer, Asked, web_server

LARGEST = 100_000
PATIENCE = 120  # seconds, for what should not be waited for
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def server() -> Iterator[Asked]:
    with web_server() as asked:
        asked.answers["/mine.ics"] = Answer(CALENDAR)
        yield asked


def got(address: str, server: Asked | None = None, **more: Any) -> bytes | str:
    """Give what was fetched, or the word for what went wrong."""
    try:
        doors = server.door if server else ()
        return fetch(address, **{"largest": LARGEST, "seconds": 5.0, "doors": doors} | more)
    except NotFetched as wrong:
        return str(wrong.trouble)


def test_what_lies_there_is_fetched_and_nothing_of_ours_goes_along(server: Asked) -> None:
    assert got(server.address("/mine.ics"), server) == CALENDAR
    (head,) = server.heads
    assert set(head) == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


def test_without_a_door_our_own_machine_is_not_asked(server: Asked) -> None:
    assert got(server.address("/mine.ics")) == "not https"
    assert got(server.address("/mine.ics", scheme="https")) == "not public"
    assert got(server.address("/mine.ics", scheme="webcal")) == "not public"
    assert server.paths == []


INSIDE = [
    "127.0.0.1", "127.8.8.8", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost", "0.0.0.0", "0",
    "10.1.2.3", "172.31.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1",
    "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1",
    "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fec0::1]", "[ff02::1]", "[::ffff:127.0.0.1]",
    "[::127.0.0.1]", "[::ffff:8.8.8.8]", "[2002:7f00:1::]", "[64:ff9b::7f00:1]", "[64:ff9b:1::1]",
    "[2001:db8::1]", "[2001:0:53aa:64c:0:0:80ff:fffe]",
]  # fmt: skip


@pytest.mark.parametrize("host", INSIDE)
def test_machines_beside_us_are_refused_however_they_are_written(host: str, server: Asked) -> None:
    """Also when a server that may be asked sends us there."""
    assert got(f"https://{host}/") in {"not public", "unknown host"}
    server.answers["/away"] = Answer(status=302, headers={"Location": f"https://{host}/latest/meta-data/"})
    assert got(server.address("/away"), server) in {"not public", "unknown host"}
    server.answers["/away"] = Answer(status=302, headers={"Location": f"http://{host}/"})
    assert got(server.address("/away"), server) in {"not https", "unknown host"}


def test_public_machines_are_public() -> None:
    for ip in ("8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001::1"):
        assert is_public(ip), ip


@pytest.mark.parametrize("among", [["10.0.0.5"], ["8.8.8.8", "10.0.0.5"], ["2606:4700::1", "::1"]])
def test_a_name_that_leads_inside_is_refused_even_if_it_leads_outside_too(among: list[str]) -> None:
    assert got("https://calendar.example.org/", resolve=lambda _host, _port: among) == "not public"


def test_a_name_is_resolved_once_and_the_address_that_was_checked_is_the_one_asked(server: Asked) -> None:
    said = [["127.0.0.1"], ["10.0.0.5"]]
    address = f"http://rebinding.example.org:{server.port}/mine.ics"
    assert got(address, server, resolve=lambda _host, _port: said.pop(0)) == CALENDAR
    assert said == [["10.0.0.5"]]
    assert server.heads[0]["Host"] == f"rebinding.example.org:{server.port}"


def test_a_name_is_resolved_again_and_checked_again_after_each_turn(server: Asked) -> None:
    server.answers["/turn"] = Answer(status=301, headers={"Location": "/mine.ics"})
    said = [["127.0.0.1"], ["10.0.0.5"]]
    address = f"http://rebinding.example.org:{server.port}/turn"
    assert got(address, server, resolve=lambda _host, _port: said.pop(0)) == "not https"
    assert server.paths == ["/turn"]


@pytest.mark.parametrize("port", [22, 25, 80, 5432, 6379, 8000])
def test_other_ports_are_refused(port: int) -> None:
    assert got(f"https://calendar.example.org:{port}/", resolve=lambda _h, _p: ["8.8.8.8"]) == "not public"


@pytest.mark.parametrize(
    ("address", "trouble"),
    [
        ("http://calendar.example.org/", "not https"),
        ("ftp://calendar.example.org/", "not an address"),
        ("file:///etc/passwd", "not an address"),
        ("https:///mine.ics", "not an address"),
        ("https://[::1", "not an address"),
        ("https://calendar.example.org:port/", "not an address"),
        ("https://" + "a" * 70 + ".org/", "not an address"),
        ("https://me:secret@calendar.example.org/", "with a password"),
        ("https://8.8.8.8@calendar.example.org/", "with a password"),
        ("https://name.invalid/", "unknown host"),
    ],
)
def test_an_address_that_cannot_be_is_told_by_its_trouble(address: str, trouble: str) -> None:
    def resolve(host: str, _port: int) -> list[str]:
        if host.endswith(".invalid"):
            return []
        return ["8.8.8.8"]

    assert got(address, resolve=resolve) == trouble


def test_three_turns_are_followed_and_no_fourth(server: Asked) -> None:
    for step in range(4):
        server.answers[f"/{step}"] = Answer(status=302, headers={"Location": f"/{step + 1}"})
    server.answers["/4"] = Answer(CALENDAR)
    assert got(server.address("/1"), server) == CALENDAR
    assert got(server.address("/0"), server) == "too many turns"


@pytest.mark.parametrize("status", [401, 403, 500, 204, 206])
def test_what_is_not_given_is_refused(status: int, server: Asked) -> None:
    server.answers["/no"] = Answer(status=status)
    assert got(server.address("/no"), server) == "refused"
    assert got(server.address("/gone"), server) == "not there"


def test_what_is_too_large_is_let_go_whatever_it_said_of_its_size(server: Asked) -> None:
    server.answers["/large"] = Answer(b"x" * (LARGEST + 1))
    server.answers["/liar"] = Answer(b"x" * 5_000_000, headers={"Content-Length": "10"})
    server.answers["/fits"] = Answer(b"x" * LARGEST)
    assert got(server.address("/large"), server) == "too large"
    assert got(server.address("/liar"), server) == b"x" * 10
    assert got(server.address("/fits"), server) == b"x" * LARGEST


def test_a_packed_calendar_is_read_and_a_bomb_is_not(server: Asked) -> None:
    packed = {"Content-Encoding": "gzip"}
    server.answers["/packed"] = Answer(gzip.compress(CALENDAR), headers=packed)
    server.answers["/bomb"] = Answer(gzip.compress(b"\0" * 50_000_000), headers=packed)
    server.answers["/torn"] = Answer(b"\x1f\x8bnothing", headers=packed)
    server.answers["/other"] = Answer(CALENDAR, headers={"Content-Encoding": "br"})
    assert got(server.address("/packed"), server) == CALENDAR
    assert got(server.address("/bomb"), server) == "too large"
    assert got(server.address("/torn"), server) == "broken"
    assert got(server.address("/other"), server) == "broken"


def test_a_server_that_drips_is_cut_off_in_time(server: Asked) -> None:
    server.answers["/drip"] = Answer(b"x" * 1000, drip=0.05)
    assert got(server.address("/drip"), server, seconds=0.5) == "too slow"
    assert server.dripped < 1000


def test_a_server_that_drips_its_head_or_says_nothing_is_cut_off_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        address, doors = f"http://127.0.0.1:{port}/", {("127.0.0.1", port)}
        assert got(address, doors=doors, seconds=0.4) == "too slow"


def test_a_name_that_nobody_answers_for_is_not_waited_for() -> None:
    given_up = threading.Event()
    in_vain = []

    def slowly(_host: str, _port: int) -> list[str]:
        in_vain.append(given_up.wait(PATIENCE))
        return []

    assert got("https://calendar.example.org/", resolve=slowly, seconds=0.3) == "too slow"
    assert in_vain == []
    given_up.set()


def test_what_is_not_http_is_broken_and_a_closed_port_unreachable(server: Asked) -> None:
    server.answers["/short"] = Answer(b"half", headers={"Content-Length": "1000"})
    assert got(server.address("/short"), server, seconds=1) in {"broken", "too slow"}
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert got(f"http://127.0.0.1:{port}/", doors={("127.0.0.1", port)}) == "unreachable"


def certificate(folder: Path, name: str) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    alternative: x509.GeneralName = (
        x509.IPAddress(ipaddress.ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .sign(key, hashes.SHA256())
    )
    place = folder / f"{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    place.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return place


def test_a_certificate_must_be_trusted_and_be_for_the_name_that_was_asked(tmp_path: Path) -> None:
    place = certificate(tmp_path, "calendar.example.org")
    secured = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secured.load_cert_chain(place)
    with web_server(secured) as server:
        server.answers["/mine.ics"] = Answer(CALENDAR)
        ours: dict[str, Any] = {
            "server": server,
            "resolve": lambda _host, _port: ["127.0.0.1"],
            "trusting": ssl.create_default_context(cafile=str(place)),
        }
        address = f"https://calendar.example.org:{server.port}/mine.ics"
        assert got(address, **ours) == CALENDAR
        assert got(address.replace("calendar.", "other."), **ours) == "untrusted"
        assert got(address, **ours | {"trusting": None}) == "untrusted"
