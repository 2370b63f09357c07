"""What the site does to answer: what a stopwatch asks, so that no busy machine can change the answer."""

import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any, TypeVar

from django.db import connection
from psycopg.sql import Composable

import ampersand

T = TypeVar("T")
OURS = f"{ampersand.__path__[0]}/"
VALUE = re.compile(r"""%s | '(?:[^']|'')*' | \b\d+\b | "s\d+_x\d+" """, re.VERBOSE)
TYPE = re.compile(r"::\w+(?:\[\])?")
SEVERAL = re.compile(r"\?(?:, \?)+")


@dataclass(frozen=True)
class Work:
    """The questions to the database, without their values, and how often each function was called."""

    questions: list[str]
    calls: Counter[str]

    def told(self) -> str:
        return f"{len(self.questions)}, {self.calls.total():,}"


def work_of(do: Callable[[], T]) -> tuple[T, Work]:
    """Do something; give what came of it, and the work of our own code."""
    calls: Counter[CodeType] = Counter()
    questions: list[str] = []

    def asked(execute: Callable[..., Any], sql: object, *given: Any) -> Any:
        questions.append(shape(sql.as_string() if isinstance(sql, Composable) else str(sql)))
        return execute(sql, *given)

    def called(frame: FrameType, event: str, _given: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(OURS):
            calls[frame.f_code] += 1

    before = sys.getprofile()
    with connection.execute_wrapper(asked):
        sys.setprofile(called)
        try:
            came = do()
        finally:
            sys.setprofile(before)
    names = Counter({f"{code.co_filename} {code.co_qualname}": times for code, times in calls.items()})
    return came, Work(questions, names)


def shape(question: str) -> str:
    """Take the values out of a question, and how many of them there are."""
    return SEVERAL.sub("?", TYPE.sub("", VALUE.sub("?", question)))
