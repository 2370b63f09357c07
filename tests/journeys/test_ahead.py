"""What lies ahead of a pair, from plain values alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ampersand.calendars import awake, end_of
from ampersand.journeys.ahead import BREATH, CarryOn, Draft, Life, What, ahead, asked_on, renewed_until

LONDON, AUCKLAND, HONOLULU = "Europe/London", "Pacific/Auckland", "Pacific/Honolulu"
YEAR = Life(
    pair=1,
    zone=LONDON,
    zones={"mentor": LONDON, "mentee": AUCKLAND},
    since=date(2026, 11, 21),
    until=date(2027, 11, 21),
    renews_months=12,
)


def told(life: Life) -> list[tuple[str, str, str]]:
    """Each thing with its day and hour where its reader lives."""
    return [
        (str(each.what), each.whom, f"{each.at.astimezone(ZoneInfo(each.zone or life.zone)):%Y-%m-%d %H:%M}")
        for each in ahead(life)
    ]


def test_a_year_ends_with_a_question_a_reminder_and_three_letters() -> None:
    # In Auckland the last day in London is over at one in the afternoon of the next.
    assert told(YEAR) == [
        ("carry-on", "mentee", "2027-10-21 08:00"),
        ("carry-on", "mentor", "2027-10-21 08:00"),
        ("carry-on-again", "mentee", "2027-11-14 08:00"),
        ("carry-on-again", "mentor", "2027-11-14 08:00"),
        ("ends", "", "2027-11-22 00:00"),
        ("ended", "mentee", "2027-11-22 13:00"),
        ("ended", "mentor", "2027-11-22 08:00"),
        ("ended", "organisers", "2027-11-22 08:00"),
    ]


def test_without_a_right_to_renew_nobody_is_asked_but_both_are_told() -> None:
    once = replace(YEAR, renews_months=0)
    assert [what for what, _whom, _when in told(once)] == ["ends-soon"] * 2 + ["ends"] + ["ended"] * 3


def test_an_agreement_without_months_has_nothing_ahead() -> None:
    assert ahead(replace(YEAR, until=None)) == []


def test_only_who_has_not_answered_is_reminded() -> None:
    asked = CarryOn(asked_at=datetime(2027, 10, 21, 8, tzinfo=UTC), answered=frozenset({"mentee"}))
    again = [each.whom for each in ahead(replace(YEAR, carry_on=asked)) if each.what == What.CARRY_ON_AGAIN]
    assert again == ["mentor"]


def test_when_both_said_yes_only_who_has_not_signed_is_reminded() -> None:
    moment = datetime(2027, 10, 30, 8, tzinfo=UTC)
    agreed = CarryOn(asked_at=moment, agreed_at=moment, signed=frozenset({"mentor"}))
    ahead_now = ahead(replace(YEAR, carry_on=agreed))
    assert [each.whom for each in ahead_now if each.what == What.SIGN_RENEWAL] == ["mentee"]
    assert not [each for each in ahead_now if each.what == What.CARRY_ON_AGAIN]


def test_who_was_asked_late_is_not_reminded_at_once() -> None:
    asked = datetime(2027, 11, 17, 12, tzinfo=UTC)
    late = ahead(replace(YEAR, carry_on=CarryOn(asked_at=asked)))
    assert all(each.at >= asked + BREATH for each in late if each.what == What.CARRY_ON_AGAIN)
    very_late = replace(YEAR, carry_on=CarryOn(asked_at=datetime(2027, 11, 20, 12, tzinfo=UTC)))
    assert not [each for each in ahead(very_late) if each.what == What.CARRY_ON_AGAIN]


@pytest.mark.parametrize(
    ("since", "until", "renews", "asked", "then"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 1, date(2026, 2, 14), date(2026, 3, 31)),
        (date(2028, 2, 29), date(2029, 2, 28), 12, date(2029, 1, 28), date(2030, 2, 28)),
        (date(2027, 2, 28), date(2028, 2, 28), 12, date(2028, 1, 28), date(2029, 2, 28)),
        (date(2026, 8, 31), date(2027, 2, 28), 6, date(2027, 1, 28), date(2027, 8, 31)),
        (date(2026, 3, 31), date(2027, 3, 31), 12, date(2027, 2, 28), date(2028, 3, 31)),
    ],
)
def test_months_are_those_of_the_calendar(
    since: date, until: date, renews: int, asked: date, then: date
) -> None:
    life = replace(YEAR, since=since, until=until, renews_months=renews)
    assert asked_on(life) == asked
    assert renewed_until(life) == then


def test_a_scheme_may_ask_earlier() -> None:
    assert asked_on(replace(YEAR, asks_months=3)) == date(2027, 8, 21)


def test_on_the_days_when_clocks_change_letters_come_at_eight_all_the_same() -> None:
    autumn = replace(YEAR, since=date(2026, 11, 30), until=date(2027, 11, 30))
    assert asked_on(autumn) == date(2027, 10, 30)
    on_the_day = replace(YEAR, since=date(2026, 10, 31), until=date(2027, 10, 31))
    assert ("ended", "mentor", "2027-11-01 08:00") in told(on_the_day)
    end = next(each for each in ahead(on_the_day) if each.what == What.ENDS)
    assert end.at == datetime(2027, 11, 1, tzinfo=UTC)
    spring = replace(YEAR, since=date(2026, 4, 28), until=date(2027, 4, 28))
    assert ("carry-on", "mentor", "2027-03-28 08:00") in told(spring)


def test_a_reader_far_ahead_of_the_scheme_hears_in_their_own_day() -> None:
    far = replace(YEAR, zones={"mentor": HONOLULU, "mentee": AUCKLAND})
    assert ("ended", "mentor", "2027-11-21 14:00") in told(far)
    assert ("carry-on", "mentor", "2027-10-21 08:00") in told(far)


DRAFT = Draft(about="agreement:3", quiet_since=datetime(2027, 1, 4, 23, 30, tzinfo=UTC), ready=False)


def test_a_resting_draft_is_told_to_both_once() -> None:
    resting = replace(YEAR, until=None, draft=DRAFT)
    assert told(resting) == [
        ("draft-waits", "mentor", "2027-01-18 08:00"),
        ("draft-waits", "mentee", "2027-01-19 08:00"),
    ]
    done = frozenset(each.key for each in ahead(resting))
    assert ahead(replace(resting, reached=done)) == []


def test_the_reminder_to_sign_does_not_betray_that_the_other_has_signed() -> None:
    ready = replace(YEAR, until=None, draft=replace(DRAFT, ready=True))
    one = replace(ready, draft=replace(DRAFT, ready=True, signed=frozenset({"mentor"})))
    mine = [each for each in ahead(ready) if each.whom == "mentee"]
    assert mine == ahead(one)


@given(
    days=st.integers(1, 800),
    since=st.dates(date(2026, 1, 1), date(2032, 12, 31)),
    zone=st.sampled_from([LONDON, AUCKLAND, HONOLULU, "Asia/Kolkata", "America/New_York"]),
    here=st.sampled_from([LONDON, AUCKLAND, HONOLULU, "Asia/Beirut", "America/St_Johns"]),
    renews=st.integers(0, 24),
)
def test_nobody_is_woken_nothing_is_asked_too_late_and_it_ends_on_its_day(
    days: int, since: date, zone: str, here: str, renews: int
) -> None:
    until = since + timedelta(days=days)
    life = Life(
        pair=1,
        zone=zone,
        zones={"mentor": here, "mentee": zone},
        since=since,
        until=until,
        renews_months=renews,
    )
    coming = ahead(life)
    assert coming == sorted(coming, key=lambda each: each.at)
    assert len({each.key for each in coming}) == len(coming)
    assert [each.at for each in coming if each.what == What.ENDS] == [end_of(until, zone)]
    for each in coming:
        assert each.what == What.ENDS or awake(each.at, each.zone)
        assert each.what in {What.ENDS, What.ENDED} or each.over == end_of(until, zone)
    later = renewed_until(life)
    assert later is None or later > until
