"""Cutting the body of a template into headings, clauses, notes and steps."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ampersand.wording.problems import At, Problems
from ampersand.wording.template import Mark

_HEADING = re.compile(r"(#+)\s+(.*)")
_STARTS = (
    (Mark.STEP, re.compile(r">\s*\d{1,4}[.)]\s+")),
    (Mark.NOTE, re.compile(r">\s?")),
    (Mark.NUMBERED, re.compile(r"\d{1,4}[.)]\s+")),
    (Mark.BULLET, re.compile(r"[-*]\s+")),
)


@dataclass(frozen=True)
class Block:
    """A heading (`level` 1 to 3) or a clause (`level` 0) with its lines joined into one text."""

    mark: Mark
    depth: int
    at: At
    level: int = 0


@dataclass
class _Open:
    """The block whose lines are being gathered."""

    mark: Mark
    depth: int
    lines: list[tuple[str, int, int]]


def read_blocks(lines: list[str], first: int, problems: Problems) -> list[Block]:
    """The blocks from line index `first` on, in order."""
    blocks: list[Block] = []
    current: _Open | None = None
    for index in range(first, len(lines)):
        line = lines[index].rstrip()
        bare = line.lstrip()
        indent = len(line) - len(bare)
        if heading := _HEADING.fullmatch(bare) or re.fullmatch(r"(#{1,6})()", bare):
            _close(current, blocks)
            current = None
            blocks.append(_heading(heading, index + 1, indent, problems))
            continue
        mark, text = _start(bare)
        if not text and mark in (None, Mark.NOTE):
            _close(current, blocks)
            current = None
            continue
        place = (text, index + 1, indent + len(bare) - len(text) + 1)
        if current and (mark is None or (mark is Mark.NOTE and current.mark in (Mark.NOTE, Mark.STEP))):
            current.lines.append(place)
        else:
            _close(current, blocks)
            if "\t" in line[:indent]:
                problems.add(
                    At(line, ((0, index + 1, 1),)), "Indent with spaces, three for each step inwards."
                )
            current = _Open(mark or Mark.PLAIN, _depth(mark, indent), [place])
    _close(current, blocks)
    return blocks


def _start(bare: str) -> tuple[Mark | None, str]:
    """What a line begins, if anything, and the text after that beginning."""
    for mark, pattern in _STARTS:
        if found := pattern.match(bare):
            return mark, bare[found.end() :]
    return None, bare


def _depth(mark: Mark | None, indent: int) -> int:
    if mark is Mark.NUMBERED:
        return min(indent // 3, 2)
    return min((indent + 1) // 3, 2) if mark is Mark.BULLET else 0


def _heading(found: re.Match[str], line: int, indent: int, problems: Problems) -> Block:
    at = At(found[2], ((0, line, indent + found.start(2) + 1),))
    level = len(found[1])
    if level > 3:
        problems.add(At("", ((0, line, indent + 1),)), "Headings go three deep: “#”, “##” and “###”.")
    return Block(Mark.PLAIN, 0, at, min(level, 3))


def _close(current: _Open | None, blocks: list[Block]) -> None:
    """Join the gathered lines into a block."""
    if current is None:
        return
    text, places = "", []
    for piece, line, column in current.lines:
        text += " " if text else ""
        places.append((len(text), line, column))
        text += piece
    blocks.append(Block(current.mark, current.depth, At(text, tuple(places))))
