"""People read days and times on their own clock, wherever the server stands."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from ampersand.people.models import Person
from ampersand.readers_clock import ReadersClock
from ampersand.templatetags.readers import clock, day, fours, moment

SUMMER = datetime(2026, 7, 3, 15, 32, tzinfo=UTC)


def seen_by(person: Person) -> str:
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{moment(SUMMER)} in {translation.get_language()}")

    request = RequestFactory().get("/")
    request.user = person
    return ReadersClock(page)(request).content.decode()


@pytest.mark.parametrize(
    ("zone", "seen"),
    [
        ("Europe/London", "Friday 3 July at 16:32 (London)"),
        ("Asia/Kolkata", "Friday 3 July at 21:02 (Kolkata)"),
        ("Pacific/Auckland", "Saturday 4 July at 03:32 (Auckland)"),
        ("America/Argentina/Buenos_Aires", "Friday 3 July at 12:32 (Buenos Aires)"),
        ("No/Such_Place", "Friday 3 July at 15:32 (UTC)"),
        ("../etc/passwd", "Friday 3 July at 15:32 (UTC)"),
    ],
)
@time_machine.travel("2026-11-21T12:00:00Z")
def test_each_reads_the_same_moment_on_their_own_clock(zone: str, seen: str) -> None:
    assert seen_by(Person(email="sam@example.org", time_zone=zone)) == f"{seen} in en-gb"
    assert timezone.get_current_timezone_name() == "UTC", "the next reader starts afresh"


def test_a_language_that_is_not_offered_falls_back() -> None:
    assert seen_by(Person(email="sam@example.org", language="tlh")).endswith("in en-gb")


@time_machine.travel("2027-01-02T12:00:00Z")
def test_another_year_is_named() -> None:
    assert moment(SUMMER).startswith("Friday 3 July 2026 at")


def test_days_and_times_of_day() -> None:
    with timezone.override("Europe/London"):
        assert day(date(2026, 11, 21)) == "21 November 2026"
        assert day(datetime(2026, 7, 3, 23, 30, tzinfo=UTC)) == "4 July 2026"
        assert clock(SUMMER) == "16:32"


def test_nothing_is_written_of_a_day_that_is_not_set() -> None:
    page = Template("{% load readers %}[{{ never|day }}{{ never|moment }}{{ never|clock }}]")
    assert page.render(Context({"never": None})) == "[]"


def test_a_fingerprint_is_read_in_fours() -> None:
    assert fours("0123456789ab") == "0123 4567 89ab"
