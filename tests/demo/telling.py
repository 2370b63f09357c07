"""The demo switched on, and its story told."""

import fcntl
import os
import pickle
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings
from django.urls import get_resolver
from psycopg import sql
from pytest_django import Settings

from ampersand.demo.story import tell
from tests.emptying import filled

OUT = sql.SQL("COPY {} TO STDOUT (FORMAT BINARY)")
IN = sql.SQL("COPY {} FROM STDIN (FORMAT BINARY)")
FRESH = 240  # seconds: within the ten minutes in which an ending can be undone


@dataclass(frozen=True)
class Story:
    """What telling it once left behind: the rows of each table, and how far each sequence has counted."""

    told: float
    rows: dict[str, bytes]
    counted: dict[str, int]


@pytest.fixture
def demo_on(settings: Settings) -> None:
    """Run the site as `AMPERSAND_DEMO=1` would."""
    assert get_resolver().url_patterns  # read while the demo is off, as other tests want them
    settings.DEMO = True
    settings.WHO_MAKES_SCHEMES = "anyone"
    settings.ROOT_URLCONF = "tests.demo.urls"


@pytest.fixture
def demo_filled(demo_on: None, db: None) -> None:
    """Fill the demo as an operator does."""
    call_command("demo", "fill")


@pytest.fixture
def demo_told(demo_on: None, told: None) -> None:
    """Have the demo on with everyone where the story has them."""


@pytest.fixture
def told(db: None, migrated: set[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Have everyone where the story has them.

    It takes seconds to tell. So one of the parallel processes tells it once in a while, and its rows are
    copied in for everyone.
    """
    assert filled() == migrated, "the story is told before anything else"
    if not may_copy():
        with override_settings(WHO_MAKES_SCHEMES="anyone"):
            tell()
        return
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    with (shared / "story.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        story = latest(shared / "story", lambda: tell_and_undo(migrated))
    copy_in(story)


def latest(kept: Path, tell_it: Callable[[], Story]) -> Story:
    """Give the story as it was told a while ago, or tell it again."""
    if kept.exists():
        story: Story = pickle.loads(kept.read_bytes())
        if time.time() - story.told < FRESH:
            return story
    story = tell_it()
    kept.write_bytes(pickle.dumps(story))
    return story


def may_copy() -> bool:
    """Tell whether rows can be put back without their triggers, which have done their work already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        return bool(cursor.fetchone()[0])


def tell_and_undo(migrated: set[str]) -> Story:
    """Tell the story and keep what it made."""
    with transaction.atomic(), override_settings(WHO_MAKES_SCHEMES="anyone"), connection.cursor() as cursor:
        told = time.time()
        tell()
        rows = {}
        for table in sorted(filled() - migrated):
            with cursor.copy(OUT.format(sql.Identifier(table))) as out:
                rows[table] = b"".join(out)
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE last_value IS NOT NULL")
        story = Story(told, rows, dict(cursor.fetchall()))
        transaction.set_rollback(True)
    return story


def copy_in(story: Story) -> None:
    """Put the rows where they were, and let each sequence count on after them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, rows in story.rows.items():
            with cursor.copy(IN.format(sql.Identifier(table))) as into:
                into.write(rows)
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute(
            "SELECT setval(name::regclass, greatest(counted, pg_sequence_last_value(name::regclass)))"
            " FROM unnest(%s::text[], %s::bigint[]) AS ours (name, counted)",
            [list(story.counted), list(story.counted.values())],
        )
