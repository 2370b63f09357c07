"""Lengths of time, how often, and times of the week, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

UNITS = ("minute", "hour", "day", "week", "month", "year")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {
    "weekday": (0, 1, 2, 3, 4),
    "weekend": (5, 6),
    "any day": tuple(range(7)),
    "every day": tuple(range(7)),
    "daily": tuple(range(7)),
}
_COUNTS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "other": 2,
}  # fmt: skip
_COUNT = r"\d{1,3}|" + "|".join(sorted(_COUNTS, key=len, reverse=True))
_LENGTH = re.compile(rf"(?:({_COUNT})\s+)?({'|'.join(UNITS)}|fortnight)s?")
_OFTEN = re.compile(
    rf"(?:about |around |roughly )?(?:once |every |each )+"
    rf"(?:(?:{_COUNT})(?: to | or | ?[-–] ?))?(.+?)(?: or so)?"
)
_ADVERBS = {
    "daily": (1, "day"), "weekly": (1, "week"), "fortnightly": (2, "week"), "monthly": (1, "month"),
    "bimonthly": (2, "month"), "quarterly": (3, "month"), "yearly": (1, "year"), "annually": (1, "year"),
}  # fmt: skip
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?"
_SPAN = re.compile(rf"(?:from\s+|between\s+)?{_CLOCK}\s*(?:-|–|to|and|until|till)\s*{_CLOCK}")
_AFTER = re.compile(rf"(after|from|before|until)\s+{_CLOCK}")


@dataclass(frozen=True)
class Duration:
    """A length of time: `count` (at least 1) of `unit`, one of minute, hour, day, week, month, year."""

    count: int
    unit: str

    def __str__(self) -> str:
        return f"{self.count} {self.unit}" + ("" if self.count == 1 else "s")


@dataclass(frozen=True)
class Frequency:
    """How often, in the person's words; `every` is what the software understood of it, or None.

    Of "every four to six weeks" it takes the longer.
    """

    text: str
    every: Duration | None = None


@dataclass(frozen=True)
class Window:
    """A time of the week: days (0 Monday … 6 Sunday) and minutes since midnight, `until` exclusive."""

    days: tuple[int, ...]
    start: int
    until: int


@dataclass(frozen=True)
class Times:
    """Times of the week as the person wrote them, and as far as the software understood them.

    `windows` is empty when not everything was understood; the words still count.
    """

    text: str
    windows: tuple[Window, ...] = ()

    def cover(self, shown: datetime) -> bool | None:
        """Say whether it is one of these times when a clock shows this; None if they were not understood."""
        minute = shown.hour * 60 + shown.minute
        within = [shown.weekday() in w.days and w.start <= minute < w.until for w in self.windows]
        return any(within) if within else None


def read_duration(text: str) -> Duration | None:
    """ "2 weeks", "a month", "fortnight" as a Duration; None if it is not a length of time."""
    found = _LENGTH.fullmatch(text.casefold())
    if not found:
        return None
    count = int(found[1]) if (found[1] or "").isdigit() else _COUNTS[found[1] or "a"]
    if count < 1:
        return None
    return Duration(count * 2, "week") if found[2] == "fortnight" else Duration(count, found[2])


def read_frequency(text: str) -> Frequency:
    """ "every 2 weeks", "monthly", "once a month", or any words at all."""
    if bare := read_duration(text):
        return Frequency(f"every {bare}" if bare.count > 1 else f"every {bare.unit}", bare)
    plain = text.casefold().rstrip(".")
    if plain in _ADVERBS:
        return Frequency(text, Duration(*_ADVERBS[plain]))
    found = _OFTEN.fullmatch(plain)
    return Frequency(text, read_duration(found[1]) if found else None)


def read_times(text: str) -> Times:
    """ "Mon-Fri 17:00-19:00; Saturdays 10 to 12", or any words at all."""
    windows = []
    for piece in re.split(r"\s*;\s*|\s*\n\s*", text.casefold().strip(" .")):
        window = _window(piece)
        if window is None:
            return Times(text)
        windows.append(window)
    return Times(text, tuple(windows))


def _window(piece: str) -> Window | None:
    """One "days, hours" piece; None if any of it is not understood."""
    hours, rest = _hours(piece)
    days = _days(rest)
    return Window(days, *hours) if hours and days and hours[0] < hours[1] else None


def _hours(piece: str) -> tuple[tuple[int, int] | None, str]:
    """The minutes of the day, and the piece without the words that said so."""
    if found := _SPAN.search(piece):
        start_half = found[3] or (found[6] if found[6] == "am" or int(found[1]) < int(found[4]) else None)
        start, until = _minutes(found[1], found[2], start_half), _minutes(*found.groups()[3:])
    elif found := _AFTER.search(piece):
        at = _minutes(*found.groups()[1:])
        start, until = (at, 24 * 60) if found[1] in ("after", "from") else (0, at)
    else:
        return None, piece
    if start is None or until is None:
        return None, piece
    return (start, until), piece[: found.start()] + piece[found.end() :]


def _minutes(hour: str, minute: str | None, half: str | None) -> int | None:
    hours = int(hour) % 12 + (12 if half == "pm" else 0) if half else int(hour)
    total = hours * 60 + int(minute or 0)
    return total if total <= 24 * 60 and int(minute or 0) < 60 else None


def _days(words: str) -> tuple[int, ...]:
    """The days named; () if there are none or other words besides."""
    rest = re.sub(r"\b(on|between|and|at)\b|,|:", " ", words)
    for name, group in _GROUPS.items():
        if rest.strip() in (name, f"{name}s"):
            return group
    days: list[int] = []
    for token in re.sub(r"\s*(?:-|–|\bto\b)\s*", "-", rest).split():
        ends = [_day(name) for name in token.split("-")]
        if None in ends or len(ends) > 2:
            return ()
        first, last = ends[0] or 0, ends[-1] or 0
        days += range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
    return tuple(sorted(set(days)))


def _day(name: str) -> int | None:
    stem = name.strip(" .").removesuffix("s") if len(name) > 4 else name.strip(" .")
    matching = [number for number, day in enumerate(_DAYS) if len(stem) >= 2 and day.startswith(stem)]
    return matching[0] if len(matching) == 1 else None
