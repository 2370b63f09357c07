"""What the worker does on its rounds: time passes; and each night, what was kept long enough goes."""

from django.utils import timezone
from procrastinate.contrib.django import app

from ampersand.boundaries.actions.registering import enter_what_is_missing
from ampersand.journeys.keeping import apply_keeping
from ampersand.journeys.passing import let_time_pass
from ampersand.journeys.telling import tell_of_ending
from ampersand.meetings.actions.clocks import follow_the_clocks

__all__ = ["follow_clocks", "keep_no_longer", "pass_time", "tell_of_ending"]


@app.periodic(cron="*/10 * * * *")
@app.task(name="journeys.pass_time", queueing_lock="journeys.pass_time")
def pass_time(timestamp: int) -> None:
    """Do what time has brought to every pair: ask, remind, end."""
    let_time_pass(now=timezone.now())


@app.periodic(cron="30 3 * * *")
@app.task(name="journeys.keep_no_longer", queueing_lock="journeys.keep_no_longer")
def keep_no_longer(timestamp: int) -> None:
    """Let go of everything that has been kept for its time."""
    apply_keeping(now=timezone.now())


@app.periodic(cron="0 4 * * *")
@app.task(name="journeys.enter_boundaries", queueing_lock="journeys.enter_boundaries")
def enter_boundaries(timestamp: int) -> None:
    """Enter the boundaries of agreements that were in force before the register was there."""
    enter_what_is_missing()


@app.periodic(cron="30 4 * * *")
@app.task(name="journeys.follow_clocks", queueing_lock="journeys.follow_clocks")
def follow_clocks(timestamp: int) -> None:
    """Keep meetings at the local time that was agreed, where a country has changed its clocks since."""
    follow_the_clocks()
