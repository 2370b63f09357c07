"""What may stand in a blank: reading what a person typed, showing it in the sentence, keeping it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from ampersand.wording.template import Field, Kind
from ampersand.wording.times import Duration, Frequency, Times, read_duration, read_frequency, read_times

Value = str | int | date | Duration | Frequency | Times
"""text, person, contact: str · choice: the option's key · number: int, in the field's unit · date: date ·
duration: Duration · frequency: Frequency · times: Times"""

LONGEST = {
    Kind.TEXT: 300,
    Kind.LONG_TEXT: 4000,
    Kind.PERSON: 200,
    Kind.CONTACT: 300,
    Kind.FREQUENCY: 100,
    Kind.TIMES: 300,
}
"""Letters a blank holds where its template sets no limit of its own."""

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH_BY_NAME = {name[:size].lower(): i for i, name in enumerate(MONTHS, 1) for size in (3, len(name))}
_ISO_DATE = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})\s*[/.-]\s*(?P<m>\d{1,2})\s*[/.-]\s*(?P<y>\d+)")
_IN_WORDS = re.compile(r"(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<m>[A-Za-z]+),?\s+(?P<y>\d+)")
_NUMBER = re.compile(r"(-?\d+)\s*([^\W\d]*)\W*")
_NUMBER_WORDS = [
    "no", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
]  # fmt: skip
# Direction overrides can make a line read differently from what is signed; the marks U+200E and F cannot.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class WrongValue(ValueError):
    """What was typed cannot stand in this blank; `str(error)` is a sentence saying what to write instead."""


def read_value(field: Field, typed: str) -> Value:
    """The value a person typed into this field. Raises WrongValue if it cannot stand there."""
    text = clean(typed, lines=field.kind is Kind.LONG_TEXT)
    if not text:
        raise WrongValue("There is nothing here yet. Write something, or leave it for later.")
    return _READERS.get(field.kind, _read_text)(field, text)


def show_value(field: Field, value: Value) -> str:
    """How it reads in the sentence: an option's words, "7 days", "21 November 2026", "every 2 weeks"."""
    if isinstance(value, date):
        return show_date(value)
    if isinstance(value, int):
        return str(value) if field.said else f"{value} {unit_for(field.unit, value)}".rstrip()
    if field.is_choice:
        return next(option.words for option in field.options if option.key == value)
    return store_value(field, value)


def show_date(day: date) -> str:
    """The day in words: 21 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def store_value(field: Field, value: Value) -> str:
    """The value as a short text to keep: `read_value(field, store_value(field, v)) == v`. Dates are ISO."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Frequency | Times):
        return value.text
    return str(value)


def unit_for(unit: str, count: int) -> str:
    """The unit in the number that `count` asks for: "days", but 1 "day"."""
    return unit.removesuffix("s") if count == 1 else unit


def clean(typed: str, *, lines: bool = False) -> str:
    """What was typed with its white space made single. Raises WrongValue for characters nobody can see.

    With `lines`, line breaks stay; at most one empty line stands between paragraphs.
    """
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
    for character in text:
        hidden = unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co") and character not in "\n\t"
        if hidden or character in _OVERRIDES:
            raise WrongValue(
                f"A character here cannot be seen (U+{ord(character):04X}). Please type it again."
            )
    if not lines:
        return " ".join(text.split())
    text = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _read_text(field: Field, text: str) -> str:
    longest = field.longest or LONGEST.get(field.kind, 300)
    if len(text) > longest:
        raise WrongValue(f"This is {len(text)} letters long; there is room for {longest}. Please shorten it.")
    return text


def _read_choice(field: Field, text: str) -> str:
    for option in field.options:
        if text == option.key or text.casefold() == option.words.casefold():
            return option.key
    raise WrongValue("Choose " + " or ".join(f"“{option.words}”" for option in field.options) + ".")


def _read_number(field: Field, text: str) -> int:
    words = text.casefold().split(maxsplit=1)
    if words[0] in _NUMBER_WORDS:
        text = " ".join([str(_NUMBER_WORDS.index(words[0])), *words[1:]])
    found = _NUMBER.fullmatch(text)
    if not found:
        raise WrongValue(
            f"Write a whole number{_range(field)}, such as {field.suggestion or field.low or 7}."
        )
    unit = found[2].casefold()
    if unit and field.unit and unit.removesuffix("s") != field.unit.casefold().removesuffix("s"):
        raise WrongValue(f"Write the number in {field.unit}{_range(field)}.")
    number = int(found[1]) if len(found[1]) < 10 else 10**9
    if (field.low is not None and number < field.low) or (field.high is not None and number > field.high):
        raise WrongValue(f"Write a whole number{_range(field)}.")
    return number


def _range(field: Field) -> str:
    if field.low is not None and field.high is not None:
        return f" from {field.low} to {field.high}"
    if field.low is not None:
        return f" of {field.low} or more"
    return f" of {field.high} or less" if field.high is not None else ""


def _read_date(field: Field, text: str) -> date:
    found = _ISO_DATE.fullmatch(text) or _DAY_FIRST.fullmatch(text) or _IN_WORDS.fullmatch(text)
    if not found:
        raise WrongValue("Write a date as day, month and year, such as 21/11/2026 or 21 November 2026.")
    month = int(found["m"]) if found["m"].isdigit() else _MONTH_BY_NAME.get(found["m"].lower(), 0)
    if len(found["y"]) != 4 or not 1900 <= int(found["y"]) <= 2199:
        raise WrongValue("Write the year with four digits, such as 2026.")
    try:
        return date(int(found["y"]), month, int(found["d"]))
    except ValueError:
        raise WrongValue(f"There is no such day as {text}. Please check the day and the month.") from None


def _read_duration(field: Field, text: str) -> Duration:
    found = read_duration(text)
    if found is None:
        raise WrongValue("Write a length of time, such as 2 weeks, 45 minutes or 12 months.")
    return found


def _read_frequency(field: Field, text: str) -> Frequency:
    return read_frequency(_read_text(field, text))


def _read_times(field: Field, text: str) -> Times:
    return read_times(_read_text(field, text))


_READERS: dict[Kind, Callable[[Field, str], Value]] = {
    Kind.CHOICE: _read_choice,
    Kind.NUMBER: _read_number,
    Kind.DATE: _read_date,
    Kind.DURATION: _read_duration,
    Kind.FREQUENCY: _read_frequency,
    Kind.TIMES: _read_times,
}
