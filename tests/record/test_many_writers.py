"""However many write at once, there is one record, without a gap and without a fork."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from ampersand.record.actions import make_checkpoint, sealer
from ampersand.record.models import Entry
from ampersand.record.queries import verify_record
from tests.figures import Figure
from tests.record.happenings import happen

pytestmark = pytest.mark.django_db(transaction=True)


def write(writer: int, times: int) -> list[str]:
    """Write so many entries, each in its own transaction; now and then one is given up."""
    chance, written = random.Random(writer), []
    try:
        for number in range(times):
            about = f"agreement:{writer * times + number}"
            with transaction.atomic():
                happen(1, by=writer, about=about)
                given_up = chance.random() < 0.1
                transaction.set_rollback(given_up)
            if not given_up:
                written.append(about)
    finally:
        connection.close()
    return written


def forks(writers: int, times: int) -> int:
    """Let them all write at once; give how many entries were lost, or written in another's place."""
    with ThreadPoolExecutor(writers) as crowd:
        written = [about for one in crowd.map(write, range(writers), [times] * writers) for about in one]
    stored = list(Entry.objects.order_by("number").values_list("number", "about"))
    assert [number for number, _about in stored] == list(range(1, len(written) + 1))
    with transaction.atomic():
        make_checkpoint()
    verdict = verify_record(certificates=[sealer().certificate])
    assert verdict.sound
    assert verdict.size == len(written) + 1
    return len(set(written) ^ {about for _number, about in stored})


def test_eight_writers_make_one_record(figure: Figure) -> None:
    found = forks(writers=8, times=25)
    assert found == 0
    figure("forks made by 8 writers at once", found, goal="0")


@pytest.mark.prove
def test_thirty_two_writers_make_one_record(figure: Figure) -> None:
    found = forks(writers=32, times=100)
    assert found == 0
    figure("forks made by 32 writers at once", found, goal="0")
