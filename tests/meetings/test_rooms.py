"""The way into a video meeting: the mentor's own, Jitsi's, or a room at Zoom that follows its meeting."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from ampersand.journeys.ending import stop
from ampersand.meetings.actions.booking import cancel, change_place, move
from ampersand.meetings.models import Meeting, VideoRoom
from ampersand.meetings.tasks.rooms import DELAYS, see_to_room
from ampersand.notifications.models import Letter
from ampersand.running.calls import ZoomAccount
from ampersand.video import Zoom
from tests.jobs import run_jobs
from tests.meetings.people import MONDAY, Meeters, another_pair, at, evenings, peers, wishes
from tests.video.fake_zoom import FakeZoom, zoom_running

FIVE, THURSDAY = at("2027-03-02 17:00"), at("2027-03-04 17:00")

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def pair(db: None, clock: object) -> Meeters:
    both = peers()
    evenings(both.hannah, 1, 3)
    run_jobs()
    return both


@pytest.fixture
def zoom(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeZoom]:
    with zoom_running() as fake:
        settings.ZOOM = ZoomAccount(
            account="acc", client="cli", secret="s3cret", hosts=("me", "two@example.org")
        )
        fake.hosts.add("two@example.org")
        here = f"http://127.0.0.1:{fake.port}"
        ours = partial(Zoom, sign_in_at=here, api_at=f"{here}/v2")
        monkeypatch.setattr("ampersand.meetings.tasks.rooms.Zoom", ours)
        yield fake


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def no_link_letters() -> int:
    return Letter.objects.filter(event="meetings/no_video_link").count()


def later(moment: datetime) -> None:
    """Run what is due by then."""
    run_jobs(now=moment)


def test_without_anything_else_it_is_a_room_of_jitsi(pair: Meeters) -> None:
    one, other = pair.books(FIVE), pair.books(THURSDAY)
    assert one.place.startswith("https://meet.jit.si/")
    assert one.place != other.place
    assert pair.books(THURSDAY + timedelta(minutes=30), way="telephone").place == ""


def test_a_mentors_own_link_comes_first(pair: Meeters, zoom: FakeZoom) -> None:
    wishes(pair.hannah, video_link="https://video.example/hannah")
    assert pair.books(FIVE).place == "https://video.example/hannah"
    run_jobs()
    assert (zoom.asked, VideoRoom.objects.count()) == ([], 0)


def test_a_room_at_zoom_follows_its_meeting_to_the_end(pair: Meeters, zoom: FakeZoom) -> None:
    meeting = pair.books(FIVE)
    assert meeting.place == ""
    run_jobs()
    room = VideoRoom.objects.get()
    assert fresh(meeting).place == room.link
    assert fresh(meeting).sequence == 0
    assert zoom.rooms[room.number]["start_time"] == "2027-03-02T17:00:00Z"
    assert "Hannah" not in str(zoom.rooms)
    meeting = move(meeting=fresh(meeting), starts=THURSDAY, by=pair.sam)
    run_jobs()
    assert zoom.rooms[room.number]["start_time"] == "2027-03-04T17:00:00Z"
    assert fresh(meeting).place == room.link
    cancel(meeting=fresh(meeting), by=pair.sam)
    run_jobs()
    assert (zoom.rooms, VideoRoom.objects.count(), no_link_letters()) == ({}, 0, 0)


def test_saying_by_video_again_changes_nothing(pair: Meeters, zoom: FakeZoom, settings: Any) -> None:
    at_zoom = pair.books(FIVE)
    run_jobs()
    settings.ZOOM = None
    at_jitsi = pair.books(THURSDAY)
    wishes(pair.hannah, video_link="https://video.example/hannah")
    at_hers = pair.books(THURSDAY + timedelta(minutes=30))
    for meeting in (at_zoom, at_jitsi, at_hers):
        before = fresh(meeting)
        after = change_place(meeting=before, way="video", by=pair.sam)
        assert (after.place, after.sequence) == (before.place, 0)
    typed = change_place(meeting=at_hers, way="video", place="https://else.example/", by=pair.sam)
    assert (typed.place, typed.sequence) == ("https://else.example/", 1)
    back = change_place(meeting=typed, way="video", by=pair.sam)
    assert (back.place, back.sequence) == ("https://video.example/hannah", 2)


def test_whoever_meets_elsewhere_lets_the_room_go(pair: Meeters, zoom: FakeZoom) -> None:
    meeting = pair.books(FIVE)
    run_jobs()
    change_place(meeting=fresh(meeting), way="telephone", by=pair.hannah)
    run_jobs()
    assert (zoom.rooms, fresh(meeting).place) == ({}, "")
    change_place(meeting=fresh(meeting), way="video", by=pair.hannah)
    run_jobs()
    assert fresh(meeting).place == VideoRoom.objects.get().link


def test_after_an_ending_the_room_goes_once_it_can_no_longer_be_undone(pair: Meeters, zoom: FakeZoom) -> None:
    meeting = pair.books(FIVE)
    run_jobs()
    stop(pair=pair.pair)
    later(timezone.now() + timedelta(minutes=5))
    assert len(zoom.rooms) == 1
    later(timezone.now() + timedelta(minutes=16))
    assert (zoom.rooms, fresh(meeting).place) == ({}, "")


def test_a_room_that_somebody_deleted_is_made_anew(pair: Meeters, zoom: FakeZoom) -> None:
    meeting = pair.books(FIVE)
    run_jobs()
    zoom.rooms.clear()
    move(meeting=fresh(meeting), starts=THURSDAY, by=pair.sam)
    run_jobs()
    ((number, told),) = zoom.rooms.items()
    assert told["start_time"] == "2027-03-04T17:00:00Z"
    assert fresh(meeting).place == VideoRoom.objects.get(number=number).link


def test_no_host_has_two_meetings_at_once(
    pair: Meeters, zoom: FakeZoom, other_mentee: Any, outsider: Any
) -> None:
    pair.books(FIVE)
    for mentor in (outsider, Meeters(pair.two).two.olive):
        another = another_pair(pair.two, mentor, other_mentee if mentor == outsider else outsider)
        both = Meeters(pair.two)
        both.two.pair = another
        evenings(mentor, 1, 3)
        starts = FIVE if mentor == outsider else FIVE + timedelta(minutes=30)
        both.books(starts, by=another.mentee)
    run_jobs()
    hosts = [(room.meeting.starts, room.host) for room in VideoRoom.objects.order_by("meeting")]
    assert hosts == [(FIVE, "me"), (FIVE, "two@example.org"), (FIVE + timedelta(minutes=30), "me")]


def test_where_no_room_can_be_made_the_meeting_stands_and_both_are_told_once(
    pair: Meeters, zoom: FakeZoom
) -> None:
    zoom.secret = "another"
    meeting = pair.books(FIVE)
    run_jobs()
    assert (fresh(meeting).state, fresh(meeting).place, no_link_letters()) == ("booked", "", 2)
    change_place(meeting=fresh(meeting), way="telephone", by=pair.sam)
    run_jobs()
    assert no_link_letters() == 2


def test_who_is_asked_to_wait_waits_and_then_has_a_room(pair: Meeters, zoom: FakeZoom, clock: Any) -> None:
    zoom.next = [(429, {}, {"Retry-After": "120"}), (503, {}, {})]
    meeting = pair.books(FIVE)
    later(MONDAY + timedelta(seconds=110))
    assert fresh(meeting).place == ""
    clock.shift(timedelta(seconds=125))
    later(timezone.now())
    clock.shift(timedelta(seconds=DELAYS[1] + 5))
    later(timezone.now())
    assert fresh(meeting).place
    assert no_link_letters() == 0


def test_who_would_wait_too_long_is_told_in_time(pair: Meeters, zoom: FakeZoom, clock: Any) -> None:
    meeting = pair.books(FIVE)
    clock.move_to(FIVE - timedelta(minutes=70))
    zoom.next = [(429, {}, {"Retry-After": "3600"})]
    run_jobs(now=timezone.now())
    assert (fresh(meeting).place, no_link_letters()) == ("", 2)
    see_to_room(meeting.pk)
    assert fresh(meeting).place
