"""What every answer carries, and whose word about themselves is taken."""

import logging

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_POST
from pytest_django.fixtures import Settings

from ampersand.middleware import client_address
from ampersand.urls import urlpatterns as usual

SECURITY = (
    "Content-Security-Policy",
    "X-Frame-Options",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Strict-Transport-Security",
)
SECRET_OF_THE_PAGE = "what-went-wrong-inside"


def breaking(request: HttpRequest) -> HttpResponse:
    raise RuntimeError(SECRET_OF_THE_PAGE)


def whence(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.META['REMOTE_ADDR']} {request.scheme}")


urlpatterns: list[URLPattern | URLResolver] = [
    path("breaking/", breaking),
    path("whence/", whence),
    path("only-post/", require_POST(whence)),
    *usual,
]


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_every_answer_carries_the_same_headers(settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 60
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    (settings.STATIC_ROOT / "here.txt").write_text("here")
    answers = {
        "health": (client.get("/health/", secure=True), 200),
        "static": (client.get("/static/here.txt", secure=True), 200),
        "404": (client.get("/nowhere/", secure=True), 404),
        "404 static": (client.get("/static/nowhere.css", secure=True), 404),
        "403": (client.post("/sign-in/", secure=True), 403),
        "405": (client.get("/only-post/", secure=True), 405),
        "500": (client.get("/breaking/", secure=True), 500),
        "400": (client.get("/health/", secure=True, headers={"host": "evil.example.org"}), 400),
        "sign in": (client.get("/sign-in/", secure=True), 200),
    }
    assert {name: answer.status_code for name, (answer, _) in answers.items()} == {
        name: status for name, (_, status) in answers.items()
    }
    expected = {name: answers["sign in"][0].headers.get(name) for name in SECURITY}
    assert None not in expected.values()
    for name, (answer, _) in answers.items():
        assert {header: answer.headers.get(header) for header in SECURITY} == expected, name


@pytest.mark.urls(__name__)
@pytest.mark.django_db
def test_an_error_is_logged_with_its_trace_and_the_page_says_nothing_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    logging.getLogger("django").addHandler(caplog.handler)
    try:
        answer = Client(raise_request_exception=False).get("/breaking/")
    finally:
        logging.getLogger("django").removeHandler(caplog.handler)
    assert f"RuntimeError: {SECRET_OF_THE_PAGE}" in caplog.text
    assert answer.status_code == 500
    assert SECRET_OF_THE_PAGE not in answer.content.decode()
    assert "<h1>" in answer.content.decode()


@pytest.mark.urls(__name__)
def test_a_forged_header_is_ignored_without_our_own_proxy() -> None:
    forged = {"x-forwarded-for": "198.51.100.7", "x-forwarded-proto": "https"}
    assert Client().get("/whence/", headers=forged).content == b"127.0.0.1 http"


@pytest.mark.urls(__name__)
@override_settings(BEHIND_PROXY=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"))
def test_behind_our_own_proxy_only_what_it_saw_itself_counts() -> None:
    forged_first = {"x-forwarded-for": "203.0.113.1, 198.51.100.7", "x-forwarded-proto": "https"}
    assert Client().get("/whence/", headers=forged_first).content == b"198.51.100.7 https"
    assert Client().get("/whence/").content == b"127.0.0.1 http"


def test_an_empty_forwarded_header_changes_nothing(settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    asked = RequestFactory().get("/", headers={"x-forwarded-for": " , "})
    assert client_address(whence)(asked).content.startswith(b"127.0.0.1 ")


@pytest.mark.django_db
def test_health_says_when_the_database_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError

    assert Client().get("/health/").status_code == 200
    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", away)
        assert Client().get("/health/").status_code == 503
