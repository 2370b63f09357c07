"""Questions to the database that are put together once and then asked again and again.

Django puts a query together anew each time it is asked, and the database thinks anew about how to answer it.
Both take several times as long as the answer. On the pages opened most the questions are always the same but
for a value or two:

    RUNNING = Question(lambda person: Pair.objects.of(person).select_related("scheme"))
    pairs = RUNNING.ask(person.pk)

What `build` is given are stand-ins, in whose places each asking puts its own values. So it may hand them on
to filters, and must not look at them: whoever asks gets the same question. It takes the time, too, as a
value: a moment that is no stand-in would stay as it was on the day the server started, and is refused.

What is no stand-in stands in the question itself, so that the database can plan for it; each connection has
a question prepared when it first asks it, and keeps the plan.
"""

from collections.abc import Callable, Sequence
from copy import copy
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import zip_longest
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from psycopg import Cursor, sql

M = TypeVar("M", bound=Model, covariant=True)
R = TypeVar("R", covariant=True)
Value = int | str | date
Place = Callable[[Sequence[Value]], object]


class Question(Generic[M, R]):
    """One question; `build` makes it of the ORM, for stand-ins."""

    def __init__(self, build: Callable[..., QuerySet[M, R]], *kinds: type[Value]) -> None:
        self._build = build
        self._stand_ins = [_stand_in(kind, number) for number, kind in enumerate(kinds)]

    def ask(self, *values: Value) -> list[R]:
        """Ask it with these values in the places of the stand-ins, in order."""
        built, compiler, words, places, converters = self._ready
        ready: Any = copy(compiler)
        ready.connection = _Preparing()
        ready.as_sql = lambda *args, **more: (words, tuple(place(values) for place in places))
        ready.get_converters = lambda columns: converters
        query: Any = copy(built.query)
        query.get_compiler = lambda *args, **more: ready
        asked = type(built)(model=built.model, query=query)
        asked._iterable_class, asked._fields = built._iterable_class, built._fields
        return list(asked)

    @cached_property
    def _ready(self) -> tuple[Any, SQLCompiler, str, list[Place], dict[int, Any]]:
        built = self._build(*self._stand_ins)
        compiler = built.query.get_compiler(built.db)
        words, params = compiler.as_sql()
        missing = [each for each in self._stand_ins if each not in params]
        fixed = [each for each in params if isinstance(each, date) and each not in self._stand_ins]
        if missing or fixed:
            raise ValueError(f"These values were looked at instead of being handed on: {missing or fixed}")
        converters = compiler.get_converters([column for column, _sql, _name in compiler.select or ()])
        places = [self._place(param) for param in params if param in self._stand_ins]
        return built, compiler, self._with_what_stays(words, params), places, converters

    def _with_what_stays(self, words: str, params: Sequence[object]) -> str:
        """Write into the question what is no stand-in."""
        stays = ["%s" if param in self._stand_ins else _literal(param) for param in params]
        between = words.split("%s")
        if len(between) != len(params) + 1:
            raise ValueError(f"This question has words that look like a place for a value: {words}")
        return "".join(part for pair in zip_longest(between, stays, fillvalue="") for part in pair)

    def _place(self, param: Any) -> Place:
        """Say what stands in one place of the question: one of the values, as the kind of number it is."""
        number = self._stand_ins.index(param)
        kind: Any = type(param) if isinstance(param, int) else None
        return lambda values: kind(values[number]) if kind else values[number]


class _Preparing:
    """Our connection, with cursors that have the database prepare what they ask."""

    def __getattr__(self, name: str) -> Any:
        return getattr(connection, name)

    def cursor(self) -> CursorWrapper:
        return preparing_cursor()


def preparing_cursor() -> CursorWrapper:
    """Give a cursor that has the database prepare what it is asked, and plan it once."""
    asking: CursorWrapper = connection.cursor()
    asking.cursor = _PreparingCursor(connection.connection)
    return asking


class _PreparingCursor(Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **how: Any) -> "_PreparingCursor":
        return super().execute(query, params, prepare=True)


def _literal(param: object) -> str:
    return sql.Literal(param).as_string(None).replace("%", "%%")


def _stand_in(kind: type[Value], number: int) -> Value:
    """Give a value that occurs nowhere else."""
    if kind is int:
        return 2_000_000_001 + number
    if kind is str:
        return f"stand-in {number}"
    return datetime(1, 1, 1 + number, tzinfo=UTC) if kind is datetime else date(1, 1, 1 + number)
