"""Every test begins with tables as the migrations left them.

Django's own flush empties the tables of its models alone. Jobs put off to another hour and counts in the
cache lie in others, and would wait there for a test that moves the clock. It also makes permissions and
content types anew each time, which nothing here needs.
"""

from collections.abc import Collection, Iterator
from unittest import mock

import pytest
from django.db import connection
from django.test import TransactionTestCase
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[set[str]]:
    """Empty the tables ourselves after each test that really commits; give those that stay as they are."""
    with django_db_blocker.unblock():
        migrated = filled()

    def emptied(_test: TransactionTestCase) -> None:
        empty(migrated)

    with mock.patch.object(TransactionTestCase, "_fixture_teardown", emptied):
        yield migrated


@pytest.fixture(scope="session")
def migrated(django_db_setup: set[str]) -> set[str]:
    """The tables into which the migrations themselves put something."""
    return django_db_setup


def filled() -> set[str]:
    """Name the tables with anything in them."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        asks = (f"(SELECT '{name}' FROM {connection.ops.quote_name(name)} LIMIT 1)" for name in names)
        cursor.execute(" UNION ALL ".join(asks))
        return {name for (name,) in cursor.fetchall()}


def empty(kept: Collection[str]) -> None:
    """Empty every table but these."""
    if found := sorted(filled() - set(kept)):
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, found))} CASCADE")
