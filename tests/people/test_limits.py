"""How often strangers may try: exactly as often as said, however many come at once."""

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, path
from pytest_django import Settings

from ampersand.people.access import limited, public
from ampersand.people.access.limits import _sealed, knock
from ampersand.people.models import Knock
from tests.figures import Figure


def opened(rate: str = "10/m", **more: Any) -> Callable[[HttpRequest], HttpResponse]:
    @limited("a door", rate, **more)
    def door(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("in")

    return door


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("tries", [9, 10, 11])
def test_parallel_clients_pass_up_to_the_limit_and_not_once_more(tries: int, rf: RequestFactory) -> None:
    door = opened("10/m")

    def knock_once(_number: int) -> int:
        try:
            return door(rf.post("/")).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(11) as clients:
        answers = list(clients.map(knock_once, range(tries)))
    assert sorted(answers) == sorted([200] * min(tries, 10) + [429] * max(0, tries - 10))


@pytest.mark.django_db
def test_looking_is_never_limited(rf: RequestFactory) -> None:
    door = opened("1/m")
    assert [door(rf.get("/")).status_code for _ in range(5)] == [200] * 5


@pytest.mark.django_db
def test_each_address_counts_by_itself_and_an_ipv6_line_as_one(rf: RequestFactory) -> None:
    door = opened("1/m")
    addresses = ["192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::ffff", "2001:db8:1::1"]
    answers = [door(rf.post("/", REMOTE_ADDR=address)).status_code for address in addresses]
    assert answers == [200, 200, 200, 429, 200]


@pytest.mark.django_db
def test_the_page_says_how_long_to_wait(rf: RequestFactory) -> None:
    door = opened("1/10m", by=lambda _request: "someone")
    door(rf.post("/"))
    refused = door(rf.post("/"))
    assert int(refused["Retry-After"]) in range(590, 601)
    assert "Try again in 10 minutes" in refused.content.decode()


@pytest.mark.django_db
def test_a_new_period_starts_afresh() -> None:
    period = timedelta(hours=1)
    assert [knock("k", period)[0] for _ in range(3)] == [1, 2, 3]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ampersand_knock SET until = now() - interval '1 second'")
    assert knock("k", period)[0] == 1


@pytest.mark.django_db
def test_signing_in_is_limited_by_address_typed_and_by_where_from(client: Client) -> None:
    answers = [client.post("/sign-in/", {"email": "mei@example.org"}).status_code for _ in range(7)]
    assert answers == [302] * 6 + [429]
    assert client.post("/sign-in/", {"email": "other@example.org"}).status_code == 302
    elsewhere = client.post("/sign-in/", {"email": "mei@example.org"}, REMOTE_ADDR="192.0.2.9")
    assert elsewhere.status_code == 429


@dataclass(frozen=True)
class Door:
    """Something that anyone may post to, and how often."""

    name: str
    address: str
    limits: tuple[tuple[str, str], ...]


def doors() -> Iterator[Door]:
    """Give every address that is open to anyone and does not refuse a POST whatever it says."""
    for name, view, address in named(get_resolver().url_patterns):
        open_to_anyone = getattr(view, "access", "") in {"anyone", "programs that hold a token"}
        if open_to_anyone and Client().post(address).status_code != 405:
            yield Door(name, address, tuple(getattr(view, "limits", ())))


def named(
    patterns: Iterable[URLPattern | URLResolver], before: str = "/", within: str = ""
) -> Iterator[tuple[str, object, str]]:
    for pattern in patterns:
        address = before + re.sub(r"<(?:\w+:)?\w+>", "of-nobody", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inside = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named(pattern.url_patterns, address, within + inside)
        else:
            yield f"{within}{pattern.name}", pattern.callback, address


def unlimited() -> set[str]:
    return {door.name for door in doors() if not door.limits} - {"people:sign_out"}


@pytest.mark.django_db
def test_whatever_anyone_may_post_to_has_a_limit(settings: Settings) -> None:
    assert unlimited() == set()
    settings.ROOT_URLCONF = __name__
    assert unlimited() == {"careless"}


@pytest.mark.django_db(transaction=True)
def test_each_limit_lets_the_last_one_in_and_nobody_after(figure: Figure) -> None:
    """One below its limit, three come at once: one is let in, and two are asked to wait."""
    tried = 0
    with ThreadPoolExecutor(3) as clients:
        for door in doors():
            for name, rate in door.limits:
                together = Barrier(3)
                almost_full(door, name, rate)
                answers = list(clients.map(partial(comes, door, together), range(3)))
                assert [code == 429 for code in answers].count(False) == 1, (door, name, answers)
                tried += 1
        list(clients.map(partial(hangs_up, Barrier(3)), range(3)))
    figure("limits of public addresses met by three clients at once, one below", tried)
    assert tried >= 10


def almost_full(door: Door, name: str, rate: str) -> None:
    Knock.objects.all().delete()
    Client().post(door.address, TYPED)
    of_this = [_sealed(f"{name}|{rate}|{whose}") for whose in ("127.0.0.1", TYPED["email"])]
    most = int(rate.partition("/")[0])
    assert Knock.objects.filter(key__in=of_this).update(count=most - 1) == 1


def comes(door: Door, together: Barrier, _which: int) -> int:
    together.wait(60)
    return Client(raise_request_exception=False).post(door.address, TYPED).status_code


def hangs_up(together: Barrier, _which: int) -> None:
    together.wait(60)
    connection.close()


TYPED = {"email": "mei@example.org"}


@public
def careless(_request: HttpRequest) -> HttpResponse:
    """Take whatever anyone posts."""
    return HttpResponse("taken")


urlpatterns = [path("careless/", careless, name="careless")]
