"""Reading one clause: words, blanks, either/ors, values of the scheme, dependent text, its mark."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ampersand.wording.problems import ID, At, Problems, split, unescape
from ampersand.wording.template import (
    SCHEME_KEYS,
    Choice,
    Condition,
    Gap,
    Part,
    SchemeValue,
    Stated,
    Words,
)

_CONDITION = re.compile(r"if +(\S+) +(is not|is) +(.+)", re.DOTALL)
_ESCAPED = re.compile(r"\\[^\w\n]|\\_")


@dataclass(frozen=True)
class Place:
    """A blank or either/or in the text: its id, where it is, the words of its options if they stand here."""

    id: str
    at: At
    options: tuple[str, ...] = ()


@dataclass
class Found:
    """What one clause holds, in reading order; with each condition, how many places stand before it."""

    parts: list[Part] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    conditions: list[tuple[Condition, At, int]] = field(default_factory=list)
    states: list[tuple[Stated, At]] = field(default_factory=list)
    id: str = ""
    when: Condition | None = None


def read_inline(at: At, problems: Problems) -> Found:
    """Read the text of one clause."""
    found = Found()
    at, mark = cut_mark(at)
    if mark:
        _read_mark(mark, found, problems)
    _Scanner(found, problems).read(at, None)
    _strip_ends(found.parts)
    return found


def cut_mark(at: At) -> tuple[At, At | None]:
    """The text without the mark in braces at its end or its beginning, and what stands in the braces."""
    for found in re.finditer(r"\\.|\{#", at.text, re.DOTALL):
        if found[0] != "{#":
            continue
        start, end = found.start(), _closing(at.text, found.start(), "{", "}")
        if end == len(at.text) - 1:
            return at.part(0, start), at.part(start + 1, end)
        if start == 0 and end > 0:
            return at.part(end + 1), at.part(1, end)
    return at, None


def _read_mark(mark: At, found: Found, problems: Problems) -> None:
    first, *rest = split(mark, ";")
    found.id = first.text.removeprefix("#")
    if found.id and not ID.fullmatch(found.id):
        problems.add(first, "Write the clause’s id in small letters, digits and hyphens, a letter first.")
        found.id = ""
    for piece in rest:
        if piece.text.startswith("if "):
            if found.when:
                problems.add(piece, "A clause depends on one thing only. Keep one “if”.")
            found.when = _read_condition(piece, found, problems)
            continue
        term, equals, value = piece.text.partition("=")
        if not ID.fullmatch(term.strip()) or (equals and not value.strip()):
            problems.add(piece, "Write a term, such as “exemption” or “meeting-minutes = 30”.")
        else:
            stated = Stated(term.strip(), unescape(value.strip())) if equals else Stated(term.strip())
            found.states.append((stated, piece))


def _read_condition(at: At, found: Found, problems: Problems) -> Condition | None:
    match = _CONDITION.fullmatch(at.text)
    if not match:
        problems.add(
            at, "Write what it depends on as “if notes is yes”, “if notes is not yes” or “if x is filled”."
        )
        return None
    value = "" if match[3] == "filled" else unescape(match[3])
    condition = Condition(match[1], value, match[2] == "is not")
    found.conditions.append((condition, at, len(found.places)))
    return condition


def _closing(text: str, start: int, opening: str, closing: str) -> int:
    """Where the bracket opened at `start` closes, or -1; brackets after a backslash do not count."""
    depth, i = 0, start
    while i < len(text):
        if text[i] == "\\":
            i += 1
        elif text[i] == opening:
            depth += 1
        elif text[i] == closing:
            depth -= 1
            if depth == 0:
                return i
        i += 1
    return -1


class _Scanner:
    def __init__(self, found: Found, problems: Problems) -> None:
        self.found = found
        self.problems = problems

    def read(self, at: At, when: Condition | None, *, dependent: bool = False) -> None:
        """Read a text whose every part stands under the same condition."""
        i = 0
        while i < len(at.text):
            character = at.text[i]
            if character == "\\":
                i = self._escaped(at, i, when)
            elif character == "[":
                i = self._bracket(at, i, when)
            elif character == "{":
                i = self._brace(at, i, when, dependent)
            elif character in "]}":
                self.problems.add(
                    at, f"This “{character}” closes nothing. Write “\\{character}” to print it.", i
                )
                i += 1
            else:
                self._words(" " if character.isspace() and character in " \t\n" else character, when)
                i += 1

    def _words(self, text: str, when: Condition | None) -> None:
        """Add to the words before, if they stand under the same condition; white space stays single."""
        parts = self.found.parts
        last = parts[-1] if parts else None
        if not isinstance(last, Words) or last.when != when:
            parts.append(Words(text, when))
        elif text != " " or not last.text.endswith(" "):
            parts[-1] = Words(last.text + text, when)

    def _escaped(self, at: At, i: int, when: Condition | None) -> int:
        if _ESCAPED.match(at.text, i):
            self._words(at.text[i + 1], when)
        else:
            self.problems.add(at, "Write “\\\\” to print a backslash; it only protects signs such as “[”.", i)
        return i + 2

    def _bracket(self, at: At, i: int, when: Condition | None) -> int:
        end = _closing(at.text, i, "[", "]")
        if end < 0:
            self.problems.add(at, "This “[” is never closed. Write “\\[” to print it.", i)
            return len(at.text)
        inner = at.part(i + 1, end)
        id, colon, _ = inner.text.partition(":")
        id = id.strip()
        if not ID.fullmatch(id):
            self.problems.add(
                at, "Write a blank as “[notice]” and an either/or as “[notes: will / will not]”.", i
            )
            return end + 1
        options: tuple[str, ...] = ()
        if colon:
            options = self._options(inner.part(inner.text.index(":") + 1))
        self.found.places.append(Place(id, inner, options))
        self.found.parts.append(Choice(id, when) if options else Gap(id, when))
        return end + 1

    def _options(self, at: At) -> tuple[str, ...]:
        words = tuple(unescape(" ".join(option.text.split())) for option in split(at, "/"))
        if len(words) < 2 or not all(words):
            self.problems.add(at, "An either/or needs at least two options, parted by “/”.")
        elif len({word.casefold() for word in words}) < len(words):
            self.problems.add(at, "Two options of this either/or read the same.")
        return words

    def _brace(self, at: At, i: int, when: Condition | None, dependent: bool) -> int:
        end = _closing(at.text, i, "{", "}")
        if end < 0:
            self.problems.add(at, "This “{” is never closed. Write “\\{” to print it.", i)
            return len(at.text)
        inner = at.part(i + 1, end)
        if inner.text.startswith("#"):
            self.problems.add(at, "A clause has one mark, at its end or its beginning.", i)
        elif inner.text.startswith("scheme."):
            self._scheme(inner, when)
        elif inner.text.startswith("if ") and dependent:
            self.problems.add(at, "Dependent text cannot stand within dependent text.", i)
        elif inner.text.startswith("if "):
            self._dependent(inner)
        else:
            self.problems.add(
                at,
                "Braces hold “{scheme.name}”, “{if notes is yes: …}” or, at the end, the clause’s mark.",
                i,
            )
        return end + 1

    def _scheme(self, inner: At, when: Condition | None) -> None:
        key = inner.text.removeprefix("scheme.")
        if key not in SCHEME_KEYS:
            self.problems.add(
                inner, f"The scheme has no value “{key}”. It has: {', '.join(SCHEME_KEYS)}.", len("scheme.")
            )
            return
        self.found.parts.append(SchemeValue(key, when))

    def _dependent(self, inner: At) -> None:
        head, *_ = split(inner, ":")
        text = inner.part(min(len(head.text) + 1, len(inner.text)))
        condition = _read_condition(head, self.found, self.problems)
        if not text.text:
            self.problems.add(inner, "There is no text after the colon that could depend on anything.")
        elif condition:
            self.read(text, condition, dependent=True)


def _strip_ends(parts: list[Part]) -> None:
    if parts and isinstance(first := parts[0], Words) and first.when is None:
        parts[0] = Words(first.text.lstrip(" "))
    if parts and isinstance(last := parts[-1], Words) and last.when is None:
        parts[-1] = Words(last.text.rstrip(" "))
    parts[:] = [part for part in parts if not isinstance(part, Words) or part.text]
