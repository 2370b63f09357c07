"""Time passes: everything due is done once, also after a week of downtime, and nobody is woken."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from ampersand.agreements.models import Agreement, AgreementState, Renewal
from ampersand.calendars import end_of
from ampersand.journeys.passing import let_time_pass
from ampersand.notifications.models import Letter
from ampersand.pairs.models import PairState, Reached
from tests.agreements.people import Two
from tests.figures import Figure
from tests.journeys.living import at, last_day, live, on, says, signs, worker_at

DAY = timedelta(days=1)


def test_a_year_that_nobody_renews(in_force: Two) -> None:
    end = last_day(in_force)
    letters = live(end - 40 * DAY, end + 3 * DAY)
    month_before = date(end.year - (end.month == 1), (end.month - 2) % 12 + 1, end.day)
    assert letters == [
        (month_before, "journeys/carry_on hannah"),
        (month_before, "journeys/carry_on sam"),
        (end - 7 * DAY, "journeys/carry_on_again hannah"),
        (end - 7 * DAY, "journeys/carry_on_again sam"),
        (end + DAY, "journeys/ended hannah"),
        (end + DAY, "journeys/ended sam"),
        (end + DAY, "journeys/ended_for_organisers help"),
    ]
    in_force.pair.refresh_from_db()
    assert in_force.pair.state == PairState.ENDED
    assert in_force.pair.ended_at == end_of(end, "Europe/London") - datetime.resolution
    assert in_force.fresh().state == AgreementState.ENDED
    assert not Renewal.objects.exists()


def test_it_runs_to_the_last_minute_of_its_day_and_no_letter_goes_at_night(in_force: Two) -> None:
    end = last_day(in_force)
    worker_at(end - 7 * DAY)
    assert worker_at(end, 23) == []
    assert in_force.fresh().state == AgreementState.IN_FORCE
    assert worker_at(end + DAY, 0) == []
    assert in_force.fresh().state == AgreementState.ENDED
    assert worker_at(end + DAY, 7) == []
    assert len(worker_at(end + DAY, 8)) == 3


def test_each_hears_in_the_waking_hours_of_where_they_live(in_force: Two) -> None:
    in_force.sam.time_zone = "Pacific/Auckland"
    in_force.sam.save()
    end = last_day(in_force)
    asked = end - 25 * DAY
    assert worker_at(asked, 9, "Europe/London") == ["journeys/carry_on hannah"]  # ten in the evening there
    assert worker_at(asked + DAY, 8, "Pacific/Auckland") == ["journeys/carry_on sam"]


@pytest.mark.parametrize(
    ("down_from", "up_again", "expected"),
    [
        (-40, -25, ["carry_on", "carry_on"]),
        (-40, -5, ["carry_on", "carry_on"]),  # too late for both: asking it is, and no reminder on top
        (-40, 7, ["ended", "ended", "ended_for_organisers"]),  # nothing to ask any more
        (-8, -2, ["carry_on_again", "carry_on_again"]),
        (-8, 1, ["ended", "ended", "ended_for_organisers"]),
    ],
)
def test_after_downtime_what_is_overdue_happens_once_and_the_rest_is_skipped(
    in_force: Two, down_from: int, up_again: int, expected: list[str]
) -> None:
    end = last_day(in_force)
    live(end - 45 * DAY, end + down_from * DAY)
    first, again = (worker_at(end + up_again * DAY, hour) for hour in (12, 13))
    assert [letter.split("/")[1].split()[0] for letter in first] == expected
    assert again == []


def test_ended_late_it_ended_on_its_day_all_the_same(in_force: Two) -> None:
    end = last_day(in_force)
    worker_at(end + 9 * DAY)
    in_force.pair.refresh_from_db()
    assert in_force.pair.ended_at == end_of(end, "Europe/London") - datetime.resolution


def test_after_downtime_in_the_night_the_letters_wait_for_the_morning(in_force: Two) -> None:
    end = last_day(in_force)
    assert worker_at(end - 10 * DAY, 3) == []
    assert len(worker_at(end - 10 * DAY, 8)) == 2
    assert worker_at(end + 5 * DAY, 22) == []
    assert len(worker_at(end + 6 * DAY, 8)) == 3


def test_a_renewed_pair_is_left_alone_until_its_next_end(in_force: Two) -> None:
    end = last_day(in_force)
    worker_at(end - 20 * DAY)
    with on(end - 19 * DAY):
        for who in (in_force.hannah, in_force.sam):
            says(in_force, who, True)
        for who in (in_force.hannah, in_force.sam):
            signs(in_force, who)
    later = last_day(in_force)
    assert (later.year, later.month, later.day) == (end.year + 1, end.month, end.day)
    sent = [letter for _day, letter in live(end - 19 * DAY, end + 5 * DAY)]
    assert sent == [
        "agreements/renewed hannah",
        "agreements/renewed sam",
        "agreements/renewed_for_organisers help",
    ]
    # One renewal is all that this agreement allows: both hear that it ends, and nobody is asked.
    sent = [letter for _day, letter in live(later - 32 * DAY, later + DAY)]
    assert sent[:2] == ["journeys/ends_soon hannah", "journeys/ends_soon sam"]
    assert len(sent) == 5
    assert in_force.fresh().state == AgreementState.ENDED


def test_a_draft_that_rests_is_told_to_both_once(discussing: Two) -> None:
    opened = discussing.agreement.opened_at.date()
    letters = [each for each in live(opened + DAY, opened + 30 * DAY) if each[1].startswith("journeys/")]
    assert letters == [
        (opened + 14 * DAY, "journeys/draft_waits hannah"),
        (opened + 14 * DAY, "journeys/draft_waits sam"),
    ]


def test_who_has_not_signed_is_reminded_once_and_who_has_is_not(signed_once: Two) -> None:
    opened = signed_once.agreement.opened_at.date()
    letters = [letter for _day, letter in live(opened + DAY, opened + 30 * DAY)]
    assert [letter for letter in letters if letter.startswith("journeys/")] == [
        "journeys/signature_waits sam"
    ]


def test_nobody_is_reminded_of_a_draft_after_stopping(discussing: Two) -> None:
    from ampersand.journeys.ending import stop

    opened = discussing.agreement.opened_at.date()
    stop(pair=discussing.pair)
    letters = [letter for _day, letter in live(opened + DAY, opened + 20 * DAY)]
    assert not [letter for letter in letters if "waits" in letter]


def test_trouble_with_one_pair_is_not_anothers(
    in_force: Two, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from ampersand.journeys import passing

    def breaks(*_args: object, **_more: object) -> None:
        raise ValueError("broken")

    end = last_day(in_force)
    with monkeypatch.context() as broken:
        broken.setattr(passing, "ask_both", breaks)
        assert worker_at(end - 20 * DAY) == []
    assert "tried again" in caplog.text
    assert not Reached.objects.exists()  # what failed has not been reached
    assert len(worker_at(end - 20 * DAY)) == 2


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_the_same_instant_do_everything_once(in_force: Two, figure: Figure) -> None:
    end = last_day(in_force)
    rounds = [end - 20 * DAY, end - 7 * DAY, end + DAY]
    letters = 0
    for day in rounds:
        gate, done = threading.Barrier(8), []

        def go(day: date = day, gate: threading.Barrier = gate, done: list[int] = done) -> None:
            try:
                gate.wait()
                done.append(let_time_pass(now=at(day)))
            finally:
                connection.close()

        with on(day):
            workers = [threading.Thread(target=go) for _worker in range(8)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
        assert sum(done) == (1 if day > end else 2), day
        letters += sum(done)
    events = Letter.objects.filter(event__startswith="journeys/carry").values_list("event", "to")
    assert len(events) == len(set(events)) == 4
    assert Agreement.objects.get(pk=in_force.agreement.pk).state == AgreementState.ENDED
    figure("8 schedulers at one instant, 3 times: things done, each", "1", goal="1")
