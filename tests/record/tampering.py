"""Tampering with the record as someone would who owns the database.

The clumsy one changes rows. The thorough one writes the whole record again, every hash and the head fitting,
and takes the stored checkpoints away; only a checkpoint kept elsewhere can show it.
"""

import random
from collections.abc import Callable

from django.db import connection

from ampersand.record.models import Entry
from ampersand.sealing import merkle

Content = tuple[str, bytes]
KINDS = ("edit", "delete", "reorder", "truncate")

OPEN_UP = """
ALTER TABLE ampersand_entry DISABLE TRIGGER USER;
ALTER TABLE ampersand_head DISABLE TRIGGER USER;
ALTER TABLE ampersand_checkpoint DISABLE TRIGGER USER;
ALTER TABLE ampersand_entry DROP CONSTRAINT entry_whole_or_erased;
ALTER TABLE ampersand_entry ALTER COLUMN about DROP EXPRESSION;
"""


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def open_up() -> None:
    """Take away what guards the rows; the test's transaction puts it back."""
    run(OPEN_UP)


def clumsily(kind: str, chance: random.Random, size: int) -> int:
    """Change the rows of the first so many entries; give the first that no longer fits."""
    at = chance.randrange(1, size)
    if kind == "edit":
        chance.choice((_edit_content, _edit_salt, _edit_leaf, _edit_subtree, _edit_shown, _empty))(at)
        return at
    if kind == "delete":
        run("DELETE FROM ampersand_entry WHERE number = %s", at)
        return at
    if kind == "reorder":
        other = chance.randrange(at + 1, size + 1)
        swap = "UPDATE ampersand_entry SET number = %s WHERE number = %s"
        for new, old in ((size * 9, at), (at, other), (other, size * 9)):
            run(swap, new, old)
        return at
    run("DELETE FROM ampersand_entry WHERE number >= %s", at)
    return at


def _edit_content(at: int) -> None:
    run(
        "UPDATE ampersand_entry SET content = replace(content, ' agreement:', ' request:') WHERE number = %s",
        at,
    )


def _edit_salt(at: int) -> None:
    run("UPDATE ampersand_entry SET salt = sha256(salt) WHERE number = %s", at)


def _edit_leaf(at: int) -> None:
    run("UPDATE ampersand_entry SET leaf = sha256(leaf) WHERE number = %s", at)


def _edit_subtree(at: int) -> None:
    run("UPDATE ampersand_entry SET subtree = sha256(subtree) WHERE number = %s", at)


def _edit_shown(at: int) -> None:
    run("UPDATE ampersand_entry SET about = 'pair:99' WHERE number = %s", at)


def _empty(at: int) -> None:
    run("UPDATE ampersand_entry SET content = NULL, salt = NULL, about = NULL WHERE number = %s", at)


def thoroughly(kind: str, chance: random.Random, size: int) -> int:
    """Write the whole record again as if it had always been so; give the first entry that differs."""
    entries = [(row.content, bytes(row.salt)) for row in Entry.objects.all()]
    at = chance.randrange(0, size - 1)
    changes: dict[str, Callable[[], object]] = {
        "edit": lambda: entries.__setitem__(at, (entries[at][0] + "9", entries[at][1])),
        "delete": lambda: entries.pop(at),
        "reorder": lambda: entries.insert(at, entries.pop(chance.randrange(at + 1, size))),
        "truncate": lambda: entries.__delitem__(slice(at, None)),
    }
    changes[kind]()
    run("DELETE FROM ampersand_checkpoint")
    _write(entries)
    return at + 1


def _write(entries: list[Content]) -> None:
    rows, peaks = [], list[bytes]()
    for number, (content, salt) in enumerate(entries, 1):
        words = content.split(" ")
        content = " ".join([str(number), *words[1:]])
        leaf = merkle.leaf_hash(salt + content.encode())
        peaks = merkle.append(number - 1, peaks, leaf)
        rows.append((number, content, salt, leaf, peaks[-1], words[4]))
    run("DELETE FROM ampersand_entry")
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ampersand_entry (number, content, salt, leaf, subtree, about)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            rows,
        )
    run("UPDATE ampersand_head SET size = %s, peaks = %s", len(rows), b"".join(peaks))
