"""The embedded database survives: killed under writes, it comes back with everything it had promised."""

import random
import time

import pytest

from tests.figures import Figure
from tests.running.installation import PATIENCE, Installation, Writer

pytestmark = pytest.mark.xdist_group("installations")
TASK = "builtin:procrastinate.builtin_tasks.remove_old_jobs"
PROMISED = 10  # seconds, of a machine that has nothing else to do


def storm(installation: Installation, rounds: int, figure: Figure) -> float:
    """Kill this and that so many times; give the slowest return in seconds."""
    chance = random.Random(rounds)
    installation.serve()
    installation.wait_until_open()
    writer = Writer(installation)
    writer.start()
    writer.wait_for_a_write_after(time.monotonic())
    database_back, site_back = [], []
    for number in range(rounds):
        time.sleep(chance.uniform(0.1, 1.0))
        what = ("database", "serve", "both")[number % 3]
        killed = time.monotonic()
        if what != "serve":
            installation.kill_database()
        if what != "database":
            installation.kill_serve()
            installation.serve()
        database_back.append(writer.wait_for_a_write_after(killed + 0.05))
        installation.wait_until_open()
        site_back.append(time.monotonic() - killed)
    writer.done.set()
    writer.join(10)
    with installation.connect() as connection:
        kept = {number for (number,) in connection.execute("SELECT number FROM written")}
    lost = set(writer.acknowledged) - kept
    assert installation.stop() == 0
    left = installation.wait_until_gone()
    figure("kill -9 of the database, of serve, of both, under writes", rounds)
    figure("acknowledged commits lost", f"{len(lost)} of {len(writer.acknowledged):,}", goal="0")
    figure("slowest return of the database, seconds", max(database_back), goal="≤ 10 on an idle machine")
    figure("slowest return of the site, seconds", max(site_back), goal="≤ 10 on an idle machine")
    figure("processes left behind", len(left), goal="0")
    assert not lost
    assert left == []
    return max(*database_back, *site_back)


def test_an_operator_pulls_the_plug_five_times(installation: Installation, figure: Figure) -> None:
    storm(installation, 5, figure)


@pytest.mark.prove
def test_an_operator_pulls_the_plug_fifty_times(installation: Installation, figure: Figure) -> None:
    assert storm(installation, 50, figure) <= PROMISED


def test_the_worker_works_again_after_the_database_was_killed(installation: Installation) -> None:
    installation.serve()
    installation.wait_until_open()
    installation.kill_database()
    writer = Writer(installation)
    writer.start()
    writer.wait_for_a_write_after(time.monotonic() + 0.05)
    writer.done.set()
    defer = f"from procrastinate.contrib.django import app; app.configure_task('{TASK}').defer(max_hours=9)"
    given = installation.ampersand("shell", "-c", defer)
    assert given.returncode == 0, given.stderr
    deadline = time.monotonic() + PATIENCE
    with installation.connect() as connection:
        while time.monotonic() < deadline:
            done = connection.execute("SELECT status FROM procrastinate_jobs WHERE task_name = %s", [TASK])
            if done.fetchone() == ("succeeded",):
                return
            time.sleep(0.1)
    raise AssertionError(installation.log.read_text()[-3000:])


def test_serve_killed_leaves_nothing_running(installation: Installation) -> None:
    installation.serve()
    installation.wait_until_open()
    assert len(installation.processes()) > 4
    installation.kill_serve()
    assert installation.wait_until_gone() == []
