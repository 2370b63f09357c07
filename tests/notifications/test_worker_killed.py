"""Killing the worker again and again loses no letter, and sends few twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings as real
from django.db import connection
from django.utils import timezone

from ampersand.notifications.models import Letter, LetterState
from ampersand.notifications.tasks import take_up_overdue
from tests.figures import Figure
from tests.mailbox import Mailbox
from tests.notifications.conftest import write

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("words")]


@pytest.fixture(autouse=True)
def _no_jobs_left_behind() -> Iterator[None]:
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


# Loads everything once, then gives birth to a worker for each line it is told: only the start is quicker.
KENNEL = """
import os, signal, sys, django
django.setup()
from django.core.management import call_command
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _line in sys.stdin:
    child = os.fork()
    if child:
        print(child, flush=True)
    else:
        os.close(0)
        call_command("worker")
"""


class Worker:
    """The real worker, in its own process, on the tests' database and mail server."""

    def __init__(self, server: Any) -> None:
        of = connection.settings_dict
        where = urlencode(
            {"host": of["HOST"] or "127.0.0.1", "port": of["PORT"] or 5432}
        )  # or a socket's folder
        surroundings = os.environ | {
            "AMPERSAND_DATABASE_URL": f"postgresql://{of['USER']}:{of['PASSWORD']}@/{of['NAME']}?{where}",
            "AMPERSAND_DATA_DIR": str(real.DATA),
            "AMPERSAND_MAIL_URL": f"smtp://{server.host}:{server.port}?security=none",
            "DJANGO_SETTINGS_MODULE": "ampersand.settings",
        }
        self.kennel = subprocess.Popen(
            [sys.executable, "-c", KENNEL],
            env=surroundings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.child = 0

    def start(self) -> None:
        assert self.kennel.stdin
        assert self.kennel.stdout
        print(file=self.kennel.stdin, flush=True)
        self.child = int(self.kennel.stdout.readline())

    def kill(self) -> None:
        if not self.child:
            return
        os.kill(self.child, signal.SIGKILL)
        wait_until(lambda: not alive(self.child), seconds=10)
        self.child = 0

    def close(self) -> None:
        self.kill()
        self.kennel.kill()
        self.kennel.wait()


def alive(child: int) -> bool:
    try:
        os.kill(child, 0)
    except ProcessLookupError:
        return False
    return True


def torment(mailbox: Mailbox, settings: Any, *, letters: int, kills: int) -> tuple[int, int, int]:
    """Send letters while killing the worker; give how many were lost, sent twice, and killed."""
    chance = random.Random(3)
    refused = {write(to=f"p{number}@example.org").message_id for number in range(letters // 3)}
    everyone = refused | {
        write(to=f"q{number}@example.org").message_id for number in range(letters - letters // 3)
    }
    mailbox.answer = lambda mail, times: (
        "451 not yet" if times == 1 and mail["Message-ID"] in refused else "250 OK"
    )
    worker = Worker(settings.MAIL_SERVER)
    killed = 0
    try:
        while killed < kills:
            before = sum(mailbox.seen.values())
            worker.start()
            awake = wait_until(lambda before=before: sum(mailbox.seen.values()) > before, seconds=8)  # type: ignore[misc]
            time.sleep(chance.uniform(0, 0.5))
            worker.kill()
            killed += 1
            if not awake:
                time_passes()
        worker.start()
        for _patience in range(120):
            if not Letter.objects.filter(state=LetterState.WAITING).exists():
                break
            time_passes()
            time.sleep(1)
    finally:
        worker.close()
    came = mailbox.ids()
    return len(everyone - set(came)), sum(1 for times in came.values() if times > 1), killed


def time_passes() -> None:
    """Make every waiting letter overdue, as it would be minutes later, and go on a round."""
    Letter.objects.filter(state=LetterState.WAITING).update(next_try=timezone.now() - timedelta(minutes=3))
    take_up_overdue(0)


def wait_until(come_true: Any, *, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if come_true():
            return True
        time.sleep(0.01)
    return False


def test_a_few_kills_lose_nothing(mailbox: Mailbox, settings: Any) -> None:
    lost, twice, killed = torment(mailbox, settings, letters=40, kills=5)
    assert (lost, killed) == (0, 5)
    assert twice <= 5  # each kill can catch at most the few letters under way


@pytest.mark.prove
def test_two_hundred_kills_over_a_thousand_letters(mailbox: Mailbox, settings: Any, figure: Figure) -> None:
    lost, twice, killed = torment(mailbox, settings, letters=1000, kills=200)
    figure("letters lost over 200 kills of the worker", lost, goal="0")
    figure("letters sent twice, per cent", twice / 10, goal="≤ 5")
    assert (lost, killed) == (0, 200)
    assert twice <= 50


def test_a_planted_loss_would_be_seen(mailbox: Mailbox, settings: Any) -> None:
    """A letter removed from the table is a letter lost: the count above would say so."""
    gone, here = write(), write()
    Letter.objects.filter(pk=gone.pk).delete()
    worker = Worker(settings.MAIL_SERVER)
    worker.start()
    try:
        assert wait_until(lambda: mailbox.ids()[here.message_id], seconds=180)
    finally:
        worker.close()
    assert {gone.message_id, here.message_id} - set(mailbox.ids()) == {gone.message_id}
