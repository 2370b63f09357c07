"""Letters of this room: leave to ask given and withdrawn, and what binds brought to mind once."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from ampersand.boundaries.actions.granting import grant_to_person, withdraw_grant
from ampersand.boundaries.models import CheckGrant, Duty, Reach
from ampersand.boundaries.tasks import remind
from ampersand.journeys.ending import stop
from ampersand.notifications.models import Letter
from ampersand.people.rules import Refused
from tests.agreements.people import Two
from tests.boundaries.people import panel, token
from tests.jobs import run_jobs


def letters(event: str) -> list[Letter]:
    return list(Letter.objects.filter(event=f"boundaries/{event}").order_by("pk"))


def test_whoever_may_ask_is_told_how_and_when_it_ends(two: Two) -> None:
    someone, grant = panel(two)
    letter = letters("check_granted")[0]
    assert letter.to == someone.email
    assert "Appointments at the Trust" in letter.body_text
    assert "/s/quiet-hours/check/" in letter.body_text
    assert "Quiet Hours" not in letter.subject
    withdraw_grant(grant=grant, by=two.olive)
    withdraw_grant(grant=grant, by=two.olive)
    assert [letter.to for letter in letters("check_withdrawn")] == [someone.email]
    withdraw_grant(grant=token(two)[0], by=two.olive)
    assert len(letters("check_withdrawn")) == 1


def test_nobody_is_let_ask_twice_but_again_after_it_ran_out(two: Two) -> None:
    someone, _grant = panel(two)
    more = {"scheme": two.scheme, "called": "Again", "reach": Reach.ONE, "by": two.olive}
    with pytest.raises(Refused, match="may ask already"):
        grant_to_person(email=someone.email.upper(), last_day=timezone.localdate(), **more)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        grant_to_person(email=someone.email, last_day=timezone.localdate(), **more)
        assert CheckGrant.objects.of(someone).get().called == "Again"


def test_after_half_a_year_both_read_once_what_binds_them(two: Two) -> None:
    remind(0)
    assert not letters("reminder")
    with time_machine.travel(timezone.now() + timedelta(days=183)):
        remind(0)
        remind(0)
        run_jobs(now=timezone.now() + timedelta(days=1))
    to_hannah, to_sam = letters("reminder")
    assert (to_hannah.to, to_sam.to) == (two.hannah.email, two.sam.email)
    assert "- You write no reference for Sam." in to_hannah.body_text
    assert "- Hannah writes no reference for you." in to_sam.body_text
    assert "take up no research together with" in to_sam.body_text


def test_whoever_has_stopped_is_not_reminded(two: Two) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=183)):
        remind(0)
        Duty.objects.update(reminded_at=None)
        stop(pair=two.pair)
        remind(0)
        run_jobs(now=timezone.now() + timedelta(days=1))
    assert not letters("reminder")
    assert not Duty.objects.exclude(reminded_at=None).exists()
