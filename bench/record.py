"""How fast the record takes entries from eight writers at once, and how fast a million are verified.

    python -m bench.record

On its own PostgreSQL, durable as in earnest, or on a new database of the server that AMPERSAND_DATABASE_URL
names. Beside the appends, in the same run: the same transactions with a bare row in place of an entry.
"""

import argparse
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.synchronize import Barrier

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from ampersand.record.actions import note_down, sealer  # noqa: E402
from ampersand.record.models import Entry, Verb  # noqa: E402
from ampersand.record.queries import verify_record  # noqa: E402
from ampersand.running.embedded import Embedded  # noqa: E402
from ampersand.sealing import merkle  # noqa: E402
from bench.tables import Row, ratio, table  # noqa: E402

WRITERS = 8
APPENDS_GOAL = 1000
VERIFY_GOAL = 5.0
MILLION = 1_000_000
PATIENCE = 300  # seconds: a writer that died must not leave the others waiting for ever


@contextmanager
def database() -> Iterator[None]:
    """Have a database of our own, and leave none behind."""
    with ExitStack() as after:
        if not os.environ.get("AMPERSAND_DATABASE_URL"):
            log = after.enter_context((settings.DATA / "database.log").open("wb"))
            server = Embedded(settings.DATA, durable=True, output=log)
            server.take()
            after.callback(server.give_back)
            process = server.start()
            after.callback(server.stop, process)
            server.wait_until_ready(process)
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        after.callback(
            connection.creation.destroy_test_db, settings.DATABASES["default"]["NAME"], verbosity=0
        )
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bare (id bigserial PRIMARY KEY, word text)")
        yield


def append(number: int) -> None:
    note_down(verb=Verb.SIGNED_IN, by=number, about=f"person:{number}")


def insert(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bare (word) VALUES (%s) RETURNING id", [f"person:{number}"])


def writer(deed: Callable[[int], None], times: int, begin: Barrier, end: Barrier) -> None:
    connection.ensure_connection()
    begin.wait(PATIENCE)
    for number in range(times):
        with transaction.atomic():
            deed(number)
    end.wait(PATIENCE)
    connection.close()


def per_second(deed: Callable[[int], None], times: int) -> float:
    """Let all writers do it so many times; give how many a second they did together."""
    connection.close()
    crowd = multiprocessing.get_context("fork")
    begin, end = crowd.Barrier(WRITERS + 1), crowd.Barrier(WRITERS + 1)
    writers = [crowd.Process(target=writer, args=(deed, times, begin, end)) for _ in range(WRITERS)]
    for one in writers:
        one.start()
    begin.wait(PATIENCE)
    began = time.perf_counter()
    end.wait(PATIENCE)
    took = time.perf_counter() - began
    for one in writers:
        one.join()
    return WRITERS * times / took


def fill(entries: int) -> None:
    """Make a record of so many entries, through COPY."""
    peaks: list[bytes] = []
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE ampersand_entry, ampersand_head, ampersand_checkpoint")
        columns = "number, content, salt, leaf, subtree"
        with cursor.copy(f"COPY ampersand_entry ({columns}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(["int8", "text", "bytea", "bytea", "bytea"])
            for size in range(entries):
                who, at = f"{size % 5000:032x}", 1_770_000_000_000_000 + size * 1000
                content = f"{size + 1} {at} {who} {Verb.SIGNED_IN} agreement:{size // 7} {size % 50} -"
                salt = os.urandom(32)
                leaf = merkle.leaf_hash(salt + content.encode())
                peaks = merkle.append(size, peaks, leaf)
                copy.write_row((size + 1, content, salt, leaf, peaks[-1]))
        cursor.execute(
            "INSERT INTO ampersand_head (id, size, peaks) VALUES (1, %s, %s)", [entries, b"".join(peaks)]
        )
        cursor.execute("ANALYZE ampersand_entry")


def seconds_to_verify() -> float:
    began = time.perf_counter()
    verdict = verify_record(certificates=[sealer().certificate])
    assert verdict.sound, verdict.sentence
    return time.perf_counter() - began


def measure(*, quick: bool = False, entries: int = MILLION, appends: int = 400, rounds: int = 5) -> list[Row]:
    """Give the table's rows. What a shorter record took is told without holding it to the goal."""
    entries, appends, rounds = (200, 5, 1) if quick else (entries, appends, rounds)
    with database():
        bare, ours = [], []
        for _ in range(rounds):
            bare.append(per_second(insert, appends))
            ours.append(per_second(append, appends))
        seconds_to_verify()
        fill(entries)
        verified = [seconds_to_verify() for _ in range(rounds)]
        assert Entry.objects.count() == entries
    goal = VERIFY_GOAL if entries >= MILLION else None
    return [
        Row(f"appends to the record, {WRITERS} writers", ours, "a second", least=APPENDS_GOAL),
        Row("  a bare row in its place", bare, "a second", ratio=ratio(bare, ours)),
        Row(f"verifying {entries:,} entries", verified, "s", most=goal),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=MILLION)
    parser.add_argument("--appends", type=int, default=400, help="by each writer, each round")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    print(table(measure(entries=given.entries, appends=given.appends, rounds=given.rounds)))


if __name__ == "__main__":
    main()
