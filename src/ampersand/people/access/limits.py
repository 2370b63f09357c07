"""How often something may be tried, counted in the database: it holds across processes."""

import hashlib
import hmac
import ipaddress
from collections.abc import Callable, Collection
from datetime import timedelta
from functools import wraps
from typing import Any, Literal, TypeVar, cast

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ampersand.people.models import Knock

V = TypeVar("V", bound=Callable[..., HttpResponse])
By = Literal["address", "person"] | Callable[[HttpRequest], str]
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}

COUNT = f"""
INSERT INTO {Knock._meta.db_table} AS knock (key, since, until, count)
SELECT key, clock_timestamp(), clock_timestamp() + %(period)s * interval '1 second', 1
    FROM unnest(%(keys)s::text[]) WITH ORDINALITY AS asked (key, place) ORDER BY place
ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN knock.until <= clock_timestamp() THEN 1 ELSE knock.count + 1 END,
    since = CASE WHEN knock.until <= clock_timestamp() THEN clock_timestamp() ELSE knock.since END,
    until = CASE WHEN knock.until <= clock_timestamp() THEN EXCLUDED.until ELSE knock.until END
RETURNING count, ceil(extract(epoch FROM until - clock_timestamp()))
"""  # noqa: S608 - the table's name is our own


def limited(name: str, rate: str, *, by: By = "address", reading: bool = False) -> Callable[[V], V]:
    """Answer a POST calmly with 429 once it has come more often than `rate`, such as "10/m" or "5/10m".

    With `reading` every request counts, for addresses that machines ask by themselves.
    """
    most, period = _read(rate)

    def limit(view: V) -> V:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method in {"GET", "HEAD", "OPTIONS"} and not reading:
                return view(request, *args, **kwargs)
            count, wait = knock(f"{name}|{rate}|{_whose(request, by)}", period)
            if count <= most:
                return view(request, *args, **kwargs)
            response = render(request, "429.html", {"minutes": max(1, round(wait / 60))}, status=429)
            response["Retry-After"] = str(wait)
            return response

        counted.limits = [*getattr(view, "limits", []), (name, rate)]  # type: ignore[attr-defined]
        return cast("V", counted)

    return limit


def knock(key: str, period: timedelta) -> tuple[int, int]:
    """Count one more try; give how many there were in this period and how many seconds it still lasts."""
    return knock_all([key], period)[0]


def knock_all(keys: Collection[str], period: timedelta) -> list[tuple[int, int]]:
    """Count one more try for each of many at once; give for each what `knock` gives, in no order."""
    sealed = sorted({_sealed(key) for key in keys})  # always in one order, so that no two wait for each other
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"keys": sealed, "period": int(period.total_seconds())})
        return [(int(count), max(1, int(seconds))) for count, seconds in cursor.fetchall()]


def _sealed(key: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), key.encode(), hashlib.sha256).hexdigest()


def network_address(request: HttpRequest) -> str:
    """Give the address a request came from; behind our own proxy it is the one that the proxy saw."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _whose(request: HttpRequest, by: By) -> str:
    if callable(by):
        return by(request)
    if by == "person":
        return f"person {request.user.pk}"
    return neighbourhood(network_address(request))


def neighbourhood(address: str) -> str:
    """Count all addresses that one subscriber holds as one: an IPv6 line comes with a whole /64."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{ip}/64", strict=False)) if ip.version == 6 else str(ip)


def _read(rate: str) -> tuple[int, timedelta]:
    most, _slash, period = rate.partition("/")
    times, unit = period[:-1] or "1", period[-1]
    return int(most), timedelta(seconds=int(times) * UNITS[unit])
