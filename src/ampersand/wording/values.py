"""What may stand in a blank: reading what a person typed, showing it in the sentence, keeping it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ampersand.wording.template import Field


@dataclass(frozen=True)
class Duration:
    """A length of time, or how often: `count` of `unit` (minute, hour, day, week, month, year)."""

    count: int
    unit: str


@dataclass(frozen=True)
class Window:
    """A time of the week: days (0 Monday … 6 Sunday) and minutes since midnight, `until` exclusive."""

    days: tuple[int, ...]
    start: int
    until: int


@dataclass(frozen=True)
class Times:
    """Times of the week as the person wrote them, and as far as the software understood them.

    `windows` is empty when nothing was understood; the words still count.
    """

    text: str
    windows: tuple[Window, ...] = ()


Value = str | int | date | Duration | Times
"""text, person, contact: str · choice: the option's key · number: int, in the field's unit · date: date ·
duration, frequency: Duration · times: Times"""


class WrongValue(ValueError):
    """What was typed cannot stand in this blank; `str(error)` is a sentence saying what to write instead."""


def read_value(field: Field, typed: str) -> Value:
    """The value a person typed into this field. Raises WrongValue if it cannot stand there."""
    raise NotImplementedError


def show_value(field: Field, value: Value) -> str:
    """How it reads in the sentence: an option's words, "7 days", "21 November 2026", "every 2 weeks"."""
    raise NotImplementedError


def store_value(field: Field, value: Value) -> str:
    """The value as a short text to keep: `read_value(field, store_value(field, v)) == v`. Dates are ISO."""
    raise NotImplementedError
