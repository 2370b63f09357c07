"""Questions to the database that are put together once and then asked again and again.

Django puts a query together anew each time it is asked, which takes it several times as long as the
database takes to answer. On the pages opened most the questions are always the same but for a value or two:

    RUNNING = Question(lambda person: Pair.objects.of(person).select_related("scheme"))
    pairs = RUNNING.ask(person.pk)

What `build` is given are stand-ins, in whose places each asking puts its own values. So it may hand them on
to filters, and must not look at them: whoever asks gets the same question. It takes the time, too, as a
value: a moment that is no stand-in would stay as it was on the day the server started, and is refused.
"""

from collections.abc import Callable, Sequence
from copy import copy
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model, covariant=True)
R = TypeVar("R", covariant=True)
Value = int | str | datetime
Place = Callable[[Sequence[Value]], object]


class Question(Generic[M, R]):
    """One question; `build` makes it of the ORM, for stand-ins."""

    def __init__(self, build: Callable[..., QuerySet[M, R]], *kinds: type[Value]) -> None:
        self._build = build
        self._stand_ins = [_stand_in(kind, number) for number, kind in enumerate(kinds)]

    def ask(self, *values: Value) -> list[R]:
        """Ask it with these values in the places of the stand-ins, in order."""
        built, compiler, sql, places, converters = self._ready
        ready: Any = copy(compiler)
        ready.connection = connection
        ready.as_sql = lambda *args, **more: (sql, tuple(place(values) for place in places))
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
        sql, params = compiler.as_sql()
        missing = [each for each in self._stand_ins if each not in params]
        fixed = [each for each in params if isinstance(each, date) and each not in self._stand_ins]
        if missing or fixed:
            raise ValueError(f"These values were looked at instead of being handed on: {missing or fixed}")
        converters = compiler.get_converters([column for column, _sql, _name in compiler.select or ()])
        return built, compiler, sql, [self._place(param) for param in params], converters

    def _place(self, param: object) -> Place:
        """Say what stands in one place of the question: what is asked with, or always the same."""
        if param in self._stand_ins:
            number = self._stand_ins.index(param)  # type: ignore[arg-type]
            return lambda values: values[number]
        return lambda values: param


def _stand_in(kind: type[Value], number: int) -> Value:
    """Give a value that occurs nowhere else."""
    if kind is int:
        return 2_000_000_001 + number
    return f"stand-in {number}" if kind is str else datetime(1, 1, 1 + number, tzinfo=UTC)
