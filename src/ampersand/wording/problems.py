"""What can be wrong with a template, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
"""An id or key: small letters and digits, with hyphens between words, a letter first."""


@dataclass(frozen=True, order=True)
class Problem:
    """Something in a template that cannot stand: line and column (both from 1) and a sentence to act on."""

    line: int
    column: int
    sentence: str


class WordingErrors(ValueError):
    """A template could not be read; `problems` are all that were found, in order of place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"line {p.line}, column {p.column}: {p.sentence}" for p in problems))


@dataclass(frozen=True)
class At:
    """A text and where it stands: (offset, line, column) for each run of it that stands together."""

    text: str
    places: tuple[tuple[int, int, int], ...]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of the character at that offset."""
        start, line, column = next(p for p in reversed(self.places) if p[0] <= max(offset, 0))
        return line, column + max(offset, 0) - start

    def part(self, start: int, end: int | None = None) -> At:
        """The text between two offsets, white space stripped from its ends, still knowing where it stands."""
        end = len(self.text) if end is None else end
        while start < end and self.text[start].isspace():
            start += 1
        text = self.text[start:end].rstrip()
        if (len(text) - len(text.rstrip("\\"))) % 2 and start + len(text) < end:
            text += " "  # the space is protected by the backslash before it
        inner = [
            (at - start, line, column) for at, line, column in self.places if start < at < start + len(text)
        ]
        return At(text, ((0, *self.place(start)), *inner))


class Problems:
    """Collects problems while reading goes on."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, at: At, sentence: str, offset: int = 0) -> None:
        """Note a problem at an offset of a text."""
        self._found.append(Problem(*at.place(offset), sentence))

    def raise_if_any(self) -> None:
        """Raise WordingErrors with all that was noted."""
        if self._found:
            raise WordingErrors(tuple(sorted(set(self._found))))


def split(at: At, separator: str) -> list[At]:
    """The pieces of a text between separators; one after a backslash separates nothing."""
    pieces, start = [], 0
    for found in re.finditer(rf"\\.|{re.escape(separator)}", at.text, re.DOTALL):
        if found[0] == separator:
            pieces.append(at.part(start, found.start()))
            start = found.end()
    return [*pieces, at.part(start)]


def unescape(text: str) -> str:
    """The text without the backslashes that protect its characters."""
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def escape(text: str, special: str) -> str:
    """The text with a backslash before each backslash and special character."""
    return _special(special).sub(r"\\\1", text)


@lru_cache(maxsize=50)
def _special(special: str) -> re.Pattern[str]:
    return re.compile(rf"([\\{re.escape(special)}])")
