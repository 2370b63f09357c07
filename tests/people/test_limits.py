"""How often strangers may try: exactly as often as said, however many come at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from ampersand.people.access import limited
from ampersand.people.access.limits import knock


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
