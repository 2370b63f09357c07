"""Rooms at those who run them, over a real connection."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from ampersand.video import Call, Gone, NotMade, NotNow, Zoom, room_at
from tests.video.fake_zoom import FakeZoom, zoom_running

CALL = Call(datetime(2027, 3, 2, 18, 30, tzinfo=UTC), 45, "Your meeting")


@pytest.fixture
def zoom() -> Iterator[FakeZoom]:
    with zoom_running() as fake:
        yield fake


def test_a_room_of_jitsi_is_one_that_nobody_guesses() -> None:
    rooms = {room_at("https://meet.jit.si/") for _each in range(100)}
    assert len(rooms) == 100
    for room in rooms:
        host, _slash, name = room.removeprefix("https://").partition("/")
        assert (host, len(bytes.fromhex(name)) * 8) == ("meet.jit.si", 160)


def test_a_room_is_made_changed_and_let_go(zoom: FakeZoom) -> None:
    room = zoom.client().make(CALL, host="me")
    told = zoom.rooms[room.number]
    assert room.link.startswith("https://us02web.zoom.us/j/")
    assert (told["topic"], told["type"], told["start_time"], told["duration"], told["timezone"]) == (
        "Your meeting", 2, "2027-03-02T18:30:00Z", 45, "UTC",
    )  # fmt: skip
    assert told["settings"]["join_before_host"] is True
    assert told["settings"]["waiting_room"] is False
    assert "?pwd=" in room.link
    zoom.client().change(room.number, Call(CALL.starts + timedelta(days=1), 45, "Your meeting"))
    assert zoom.rooms[room.number]["start_time"] == "2027-03-03T18:30:00Z"
    zoom.client().drop(room.number)
    assert zoom.rooms == {}
    with pytest.raises(Gone):
        zoom.client().change(room.number, CALL)
    zoom.client().drop(room.number)


def test_a_token_that_lapsed_is_replaced_once(zoom: FakeZoom) -> None:
    lapsed = (401, {"code": 124, "message": "Access token is expired."}, {})
    zoom.next = [lapsed]
    zoom.client().make(CALL, host="me")
    assert zoom.asked.count("POST /oauth/token") == 2
    zoom.next = [lapsed, lapsed]
    with pytest.raises(NotMade, match="401"):
        zoom.client().make(CALL, host="me")


@pytest.mark.parametrize(
    ("head", "after"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "9999999"}, 86400.0),
    ],
)
def test_who_asks_too_often_waits_as_long_as_they_are_told(
    head: dict[str, str], after: float | None, zoom: FakeZoom
) -> None:
    zoom.next = [(429, {"code": 429, "message": "You have reached the maximum per-second rate limit."}, head)]
    with pytest.raises(NotNow) as later:
        zoom.client().make(CALL, host="me")
    assert later.value.after == after


def test_a_wait_until_a_moment_is_understood(zoom: FakeZoom) -> None:
    until = datetime.now(UTC) + timedelta(seconds=90)
    zoom.next = [(429, {}, {"Retry-After": f"{until:%Y-%m-%dT%H:%M:%SZ}"})]
    with pytest.raises(NotNow) as later:
        zoom.client().make(CALL, host="me")
    assert 80 < (later.value.after or 0) <= 90


def test_what_will_not_work_later_either_is_said(zoom: FakeZoom) -> None:
    with pytest.raises(NotMade, match="404, code 1001"):
        zoom.client().make(CALL, host="nobody@example.org")
    with pytest.raises(NotMade, match="401"):
        zoom.client("wrong").make(CALL, host="me")
    zoom.next = [(201, {"id": 1, "join_url": "javascript:alert(1)"}, {})]
    with pytest.raises(NotMade, match="no room"):
        zoom.client().make(CALL, host="me")


def test_a_server_that_is_ill_or_away_may_be_well_later(zoom: FakeZoom) -> None:
    zoom.next = [(503, {}, {})]
    with pytest.raises(NotNow, match="503"):
        zoom.client().make(CALL, host="me")
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    away = f"http://127.0.0.1:{port}"
    with pytest.raises(NotNow, match="ConnectionRefusedError"):
        Zoom("acc", "cli", "s", sign_in_at=away, api_at=away).make(CALL, host="me")
