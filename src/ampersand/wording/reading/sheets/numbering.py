"""Word's automatic numbers, counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int = 1


@dataclass
class Numbering:
    """The lists of a document and how far each has been counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        """The numbering of a Word document from its part of that name; empty if it has none."""
        numbering = cls()
        if root is None:
            return numbering
        for abstract in root.findall(f"{_W}abstractNum"):
            key = abstract.get(f"{_W}abstractNumId") or ""
            numbering.levels[key] = {}
            for level in abstract.findall(f"{_W}lvl"):
                values = {name: level.find(f"{_W}{name}") for name in ("numFmt", "lvlText", "start")}
                read = {
                    name: (e.get(f"{_W}val") or "") if e is not None else "" for name, e in values.items()
                }
                start = int(read["start"]) if read["start"].isdigit() else 1
                place = level.get(f"{_W}ilvl") or "0"
                if place.isdigit():
                    numbering.levels[key][int(place)] = _Level(read["numFmt"], read["lvlText"], start)
        numbering._follow_styles(root)
        for number in root.findall(f"{_W}num"):
            shape = number.find(f"{_W}abstractNumId")
            if shape is not None:
                numbering.lists[number.get(f"{_W}numId") or ""] = shape.get(f"{_W}val") or ""
        return numbering

    def _follow_styles(self, root: Element) -> None:
        """Gives a list that only names a list style the levels of that style."""
        links: dict[str, dict[str, str]] = {"styleLink": {}, "numStyleLink": {}}
        for abstract in root.findall(f"{_W}abstractNum"):
            for kind, found in links.items():
                link = abstract.find(f"{_W}{kind}")
                if link is not None:
                    found[link.get(f"{_W}val") or ""] = abstract.get(f"{_W}abstractNumId") or ""
        for style, key in links["numStyleLink"].items():
            self.levels[key] = self.levels[key] or self.levels.get(links["styleLink"].get(style, ""), {})

    def next(self, key: str, level: int) -> tuple[str, int]:
        """The marker of the next point of list `key` at `level`, and its depth; "" if it shows none."""
        shape = self.levels.get(self.lists.get(key, ""), {}).get(level)
        if shape is None or key == "0" or level > 8:
            return "", 0
        if shape.form == "bullet":
            return "•", level
        if shape.form == "none" or not shape.text:
            return "", 0
        levels = self.levels[self.lists[key]]
        counts = self.counts.setdefault(
            self.lists[key], [levels[n].start - 1 if n in levels else 0 for n in range(9)]
        )
        counts[level] += 1
        for deeper in range(level + 1, 9):
            counts[deeper] = levels[deeper].start - 1 if deeper in levels else 0

        def printed(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            return written(max(counts[place], 1), levels[place].form if place in levels else "decimal")

        return re.sub(r"%([1-9])", printed, shape.text).strip() or "•", level


def written(number: int, form: str) -> str:
    """A number in one of Word's forms: decimal, lowerLetter, upperRoman and so on."""
    if form.endswith("Letter"):
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif form.endswith("Roman"):
        text, rest = "", number
        for value, sign in _ROMAN:
            text, rest = text + sign * (rest // value), rest % value
    else:
        return str(number)
    return text.upper() if form.startswith("upper") else text
