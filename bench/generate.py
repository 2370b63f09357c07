"""Make a scheme of any size quickly, through COPY.

    python -m bench.generate --pairs 100000

Every pair has two people, a request, an introduction, an agreement that says something in each of its
blanks, two signatures and a copy. One pair in ten is still agreeing, with some blanks open and some
suggestions unanswered; one in ten has ended. One more mentee in ten waits, and a tenth of those have been
introduced to someone. Every fifth mentor has room for another. So every list has something to show.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterable
from datetime import datetime

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ampersand.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402

from bench.making import START, Making, Row  # noqa: E402


def copy_in(model: type[Model], rows: Iterable[Row]) -> int:
    """Write rows with COPY; columns that a row leaves out get the field's default."""
    columns = [field for field in model._meta.concrete_fields if field.column]
    defaults = {field.attname: None if field.null else field.get_default() for field in columns}
    defaults |= {name: START for name, value in defaults.items() if isinstance(value, datetime)}
    names = ", ".join(connection.ops.quote_name(field.column) for field in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            full = defaults | row
            copy.write_row([_plain(full[field.attname]) for field in columns])
            count += 1
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'), max(id)) FROM {table}"
        )
    return count


def _plain(value: object) -> object:
    return json.dumps(value) if isinstance(value, (dict, list)) else value


def generate(*, pairs: int, slug: str) -> dict[str, int]:
    """Make the scheme in one transaction and say how many rows each table got."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # What is generated is consistent by construction: do not look up every reference again.
            cursor.execute("SET LOCAL session_replication_role = replica")
        counts = {model.__name__: copy_in(model, rows) for model, rows in Making(pairs, slug).rows()}
        with connection.cursor() as cursor:
            cursor.execute("SELECT ampersand_recount_room()")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")  # as a database that has run for a night has done by itself
    return counts


def main() -> None:
    """Read the size from the command line and make the scheme."""
    reader = argparse.ArgumentParser(description="Make a scheme of any size quickly.")
    reader.add_argument("--pairs", type=int, default=1000)
    wish = reader.parse_args()
    start = time.perf_counter()
    counts = generate(pairs=wish.pairs, slug=f"generated-{int(time.time())}")
    took = time.perf_counter() - start
    sys.stdout.write(f"{wish.pairs:,} pairs, {sum(counts.values()):,} rows in {took:.1f} s\n")


if __name__ == "__main__":
    main()
