"""A pair begins, comes into force and ends."""

import datetime

from django.utils import timezone

from ampersand.agreements.models import Agreement, AgreementState, Evidence
from ampersand.calendars import months_after
from ampersand.notifications.models import Letter
from ampersand.pairs.actions import end, put_in_force, resume
from ampersand.pairs.models import PairState
from ampersand.pairs.queries import name_in
from tests.agreements.people import Two
from tests.agreements.visiting import as_, url, words_of


def test_accepting_by_asking_puts_the_pair_in_force_at_once(asked: Two) -> None:
    agreement = Agreement.objects.get()
    assert (agreement.state, agreement.evidence) == (AgreementState.IN_FORCE, Evidence.ASKING)
    assert agreement.acceptance is not None
    assert agreement.fingerprint == agreement.acceptance.fingerprint
    asked.pair.refresh_from_db()
    assert asked.pair.state == PairState.IN_FORCE
    assert Letter.objects.filter(event="agreements/in_force").count() == 2
    assert "as it was read and accepted when asking" in words_of(as_(asked.sam).get(url("agreement", asked)))


def test_ending_twice_is_ending_once(two: Two) -> None:
    assert end(pair=two.pair)
    assert not end(pair=two.pair)


def test_an_ending_taken_back_leaves_things_as_they_were(two: Two) -> None:
    end(pair=two.pair)
    assert resume(pair=two.pair).state == PairState.AGREEING
    put_in_force(pair=two.pair, since=timezone.now(), until=None)
    end(pair=two.pair)
    assert resume(pair=two.pair).state == PairState.IN_FORCE


def test_nobody_is_called_by_their_address(two: Two) -> None:
    two.sam.called = ""
    assert name_in(two.pair, two.sam) == "mentee"


def test_months_are_calendar_months() -> None:
    assert months_after(datetime.date(2026, 11, 21), 12) == datetime.date(2027, 11, 21)
    assert months_after(datetime.date(2027, 8, 31), 6) == datetime.date(2028, 2, 29)
