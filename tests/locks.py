"""Watches in which order an action locks rows, table by table, as docs/decisions/0039 has it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

# Whoever locks rows of several of these locks them in this order.
ORDER = ("person", "member", "request", "agreement", "renewal", "pair", "time", "meeting", "duty")
LOCKING = re.compile(
    r"^SELECT .*? FROM \"ampersand_(?P<locked>\w+)\".* FOR (?:NO KEY )?UPDATE"
    r"|^UPDATE \"ampersand_(?P<changed>\w+)\" SET(?P<columns>.*?) WHERE"
    r"|^DELETE FROM \"ampersand_(?P<deleted>\w+)\"",
    re.DOTALL,
)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Give the tables in the order in which something of them is first locked, and `member` for its count."""
    locked: list[str] = []

    def watch(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        for table in tables_locked(statement):
            if table in ORDER and table not in locked:
                locked.append(table)
        return execute(statement, values, many, context)

    with connection.execute_wrapper(watch):
        yield locked


def tables_locked(statement: object) -> Iterator[str]:
    if not isinstance(statement, str):  # what travels with the commit comes in pieces, and last of all
        return
    if "pg_advisory_xact_lock(key)" in statement:
        yield "time"
    found = LOCKING.match(statement)
    if found:
        table = str(found["locked"] or found["changed"] or found["deleted"])
        counts = table == "introduction" or (table == "pair" and "ended_at" in (found["columns"] or ""))
        if counts and not found["locked"]:
            yield "member"  # the database counts in the mentor's row (migration room_counted)
        yield table


def out_of_order(locked: list[str]) -> list[str]:
    """Name each table that was locked after one that comes behind it."""
    places = [ORDER.index(table) for table in locked]
    return [table for at, table in enumerate(locked) if any(places[at] < before for before in places[:at])]
