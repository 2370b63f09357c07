"""What lies ahead of a pair's meetings, from plain values: before, after, and the next one due."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ampersand.meetings.ahead import (
    Booked,
    Coming,
    Reader,
    Rhythm,
    Together,
    What,
    ahead,
    day_before,
    due_on,
    seen_from_outside,
)
from ampersand.wording import Duration

LONDON, TOKYO = "Europe/London", "Asia/Tokyo"
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
BOTH = frozenset({"mentor", "mentee"})


def at(day: str, clock: str, zone: str = LONDON) -> datetime:
    return datetime.fromisoformat(f"{day} {clock}").replace(tzinfo=ZoneInfo(zone))


def booked(starts: datetime, **more: object) -> Booked:
    return replace(Booked(7, starts, starts + timedelta(minutes=30), LONG_AGO), **more)  # type: ignore[arg-type]


def lies_ahead(*meetings: Booked, reader: Reader, rhythm: Rhythm | None = None) -> dict[What, Coming]:
    return {each.what: each for each in ahead(Together((reader,), meetings, rhythm))}


@pytest.mark.parametrize(
    ("starts", "zone", "reminded"),
    [
        (at("2027-03-05", "17:00"), LONDON, at("2027-03-04", "17:00")),
        (at("2027-03-05", "06:30"), LONDON, at("2027-03-04", "08:00")),  # nobody is woken
        (at("2027-03-05", "22:15"), LONDON, at("2027-03-04", "19:00")),
        (at("2027-03-05", "10:00"), TOKYO, at("2027-03-04", "19:00", TOKYO)),  # by the reader's clock
        (at("2027-03-28", "09:00"), LONDON, at("2027-03-27", "09:00")),  # 23 hours: the clocks go forward
        (at("2027-10-31", "09:00"), LONDON, at("2027-10-30", "09:00")),  # 25 hours: they go back
    ],
)
def test_the_day_before_is_the_same_time_or_the_nearest_waking_one(
    starts: datetime, zone: str, reminded: datetime
) -> None:
    assert day_before(starts, zone) == reminded


def test_each_is_reminded_as_they_wish() -> None:
    meeting = booked(at("2027-03-05", "07:00"))
    assert set(lies_ahead(meeting, reader=Reader("mentee", LONDON))) == {What.DAY_BEFORE, What.DID_IT_HAPPEN}
    neither = Reader("mentee", LONDON, day_before=False)
    assert set(lies_ahead(meeting, reader=neither)) == {What.DID_IT_HAPPEN}
    early = lies_ahead(meeting, reader=Reader("mentee", LONDON, day_before=False, hour_before=True))
    an_hour = early[What.HOUR_BEFORE]
    assert an_hour.at == at("2027-03-05", "06:00")
    assert an_hour.is_due(an_hour.at)  # they asked for it, so it comes at night, too
    assert not an_hour.is_due(meeting.starts)


def test_nobody_is_reminded_of_what_they_have_just_settled() -> None:
    starts = at("2027-03-05", "17:00")
    meeting = booked(starts, settled_at=starts - timedelta(hours=23))
    both = Reader("mentor", LONDON, hour_before=True)
    assert set(lies_ahead(meeting, reader=both)) == {What.HOUR_BEFORE, What.DID_IT_HAPPEN}
    assert What.HOUR_BEFORE not in lies_ahead(
        replace(meeting, settled_at=starts - timedelta(minutes=50)), reader=both
    )


def test_moved_it_is_reminded_of_anew() -> None:
    meeting, reader = booked(at("2027-03-05", "17:00")), Reader("mentor", LONDON)
    told = lies_ahead(meeting, reader=reader)[What.DAY_BEFORE]
    moved = replace(meeting, starts=meeting.starts + timedelta(days=7), ends=meeting.ends + timedelta(days=7))
    for now, coming in ((meeting, set()), (moved, {What.DAY_BEFORE})):
        left = ahead(Together((reader,), (now,), None, frozenset({told.key})))
        assert {each.what for each in left} - {What.DID_IT_HAPPEN} == coming


def test_too_late_a_reminder_never_comes() -> None:
    meeting = booked(at("2027-03-05", "12:00"))
    day = lies_ahead(meeting, reader=Reader("mentor", LONDON))[What.DAY_BEFORE]
    assert day.is_due(at("2027-03-05", "11:59"))
    assert not day.is_due(at("2027-03-05", "12:00"))
    with_hour = lies_ahead(meeting, reader=Reader("mentor", LONDON, hour_before=True))[What.DAY_BEFORE]
    assert not with_hour.is_due(at("2027-03-05", "11:01"))  # the other one comes now


def test_each_is_asked_afterwards_when_awake_unless_they_have_said() -> None:
    meeting, reader = booked(at("2027-03-05", "19:45")), Reader("mentee", LONDON)
    assert lies_ahead(meeting, reader=reader)[What.DID_IT_HAPPEN].at == at("2027-03-06", "08:00")
    said = replace(meeting, answered=frozenset({"mentee"}))
    assert What.DID_IT_HAPPEN not in lies_ahead(said, reader=reader)
    outside = seen_from_outside(Together((reader,), (said,)))
    assert What.DID_IT_HAPPEN in {each.what for each in ahead(outside)}


@pytest.mark.parametrize(
    ("every", "due", "told"),
    [
        (Duration(1, "week"), date(2027, 2, 7), date(2027, 2, 6)),
        (Duration(2, "week"), date(2027, 2, 14), date(2027, 2, 11)),
        (Duration(1, "month"), date(2027, 2, 28), date(2027, 2, 21)),  # from 31 January
        (Duration(1, "year"), date(2028, 1, 31), date(2028, 1, 24)),
    ],
)
def test_the_next_is_due_as_often_as_agreed_and_told_of_in_time(
    every: Duration, due: date, told: date
) -> None:
    rhythm = Rhythm(every, date(2027, 1, 31), frozenset({"mentee"}))
    assert due_on(rhythm) == due
    found = lies_ahead(reader=Reader("mentee", LONDON), rhythm=rhythm)[What.NEXT_DUE]
    assert (found.at, found.about) == (at(str(told), "08:00"), f"due:{due}")
    assert lies_ahead(reader=Reader("mentor", LONDON), rhythm=rhythm) == {}  # it is the mentee's to set up


def test_nobody_is_told_to_book_what_is_booked_suggested_or_just_cancelled() -> None:
    rhythm = Rhythm(Duration(4, "week"), date(2027, 1, 31), BOTH)
    reader = Reader("mentor", TOKYO)
    assert lies_ahead(reader=reader, rhythm=replace(rhythm, arranged=True)) == {}
    later = replace(rhythm, not_before=at("2027-02-26", "21:00", TOKYO))
    assert lies_ahead(reader=reader, rhythm=later)[What.NEXT_DUE].at == at("2027-02-27", "08:00", TOKYO)


def test_an_ended_pair_has_nothing_ahead() -> None:
    assert ahead(Together(readers=(), booked=(booked(at("2027-03-05", "17:00")),))) == []
