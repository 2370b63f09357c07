"""Tests that never commit see what was noted down at once: no commit comes that it could travel with."""

from collections.abc import Iterator
from unittest import mock

import pytest
from django.db import connection

from ampersand.database.base import SaidLast
from ampersand.record import writing


@pytest.fixture(autouse=True, scope="session")
def noted_down_at_once() -> Iterator[None]:
    put_last = writing.put_last

    def put(append: SaidLast) -> None:
        put_last(append)
        if connection.atomic_blocks[0]._from_testcase:
            writing.database().say_now()

    with mock.patch.object(writing, "put_last", put):
        yield
