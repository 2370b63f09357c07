"""`ampersand calendar`: what time will bring, for whoever runs the installation."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.agreements.people import Two
from tests.journeys.living import DAY, last_day, on, says, worker_at


def calendar(*arguments: str) -> str:
    out = StringIO()
    call_command("calendar", *arguments, stdout=out)
    return out.getvalue()


def test_each_day_says_what_happens_to_whom_and_names_nobody(in_force: Two) -> None:
    end = last_day(in_force)
    told = calendar("--until", str(end + 2 * DAY), "--scheme", "quiet-hours")
    pair = f"  quiet-hours, pair {in_force.pair.pk}"
    assert f"{pair}: asked whether to carry on (mentee, mentor)" in told.replace(
        "mentor, mentee", "mentee, mentor"
    )
    assert f"{end + DAY:%Y-%m-%d %A}" in told
    assert f"{pair}: its last day is over: it ends, unless it was renewed" in told
    assert "Hannah" not in told
    assert "Sam" not in told


def test_it_says_the_same_whoever_has_answered(in_force: Two) -> None:
    end = last_day(in_force)
    worker_at(end - 20 * DAY)
    with on(end - 19 * DAY):
        before = calendar("--until", str(end))
        says(in_force, in_force.sam, False)
        assert calendar("--until", str(end)) == before
        says(in_force, in_force.sam, True)
        says(in_force, in_force.hannah, True)
        assert calendar("--until", str(end)) == before


def test_it_looks_no_further_than_five_years_and_at_schemes_that_are_there(in_force: Two) -> None:
    with pytest.raises(CommandError, match="five years at most"):
        calendar("--until", str(timezone.localdate() + timedelta(days=2000)))
    with pytest.raises(CommandError, match="no scheme"):
        calendar("--scheme", "nowhere")
    assert "Nothing until" in calendar("--until", str(timezone.localdate() + DAY))
