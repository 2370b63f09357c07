"""Groups of boxes to tick, and what each box stands for."""

from __future__ import annotations

import re

from ampersand.wording.reading.finding.gaps import Gap
from ampersand.wording.reading.lines import BOX, FILL, WIDE, Line

_DO = re.compile(
    r"(?:add|agree|announce|answer|arrange|ask|assign|attend|book|bring|check|collect|complete|confirm|contact|create|decide|discuss|do|document|email|ensure|explain|fill|find"
    r"|follow|get|give|go|have|help|hold|honou?r|identify|introduce|invite|keep|make|meet|note|notify|obtain|organi[sz]e|plan|prepare|print|provide|put|read|record|remind|remove"
    r"|request|respect|return|review|save|schedule|send|set|share|sign|start|stop|store|submit|take|talk|tell|thank|update|upload|use|verify|wait|watch|write) ",
    re.IGNORECASE,
)

_CONSENT = re.compile(
    r"(?:yes,? )?(?:I|we|my \w+) (?:do )?(?:hereby )?(?:agree|consent|give|grant|accept|permit|allow|authori[sz]e|opt|may|have read)\b",
    re.IGNORECASE,
)
_WHO = re.compile(r"([A-Z][a-z]+(?: [A-Za-z]+)?):\s+")
_LONE = re.compile(rf"\s*{BOX}[^{BOX}:?]*")
_CHECKED = re.compile(r"\b(?:make sure|ensure that|to-?do list|action items)\b", re.IGNORECASE)
_HELD = re.compile(r":\W*\[[^\]]*\]\W*$|^\W*\{\{[^{}]+\}\}(?: \W* \{\{[^{}]+\}\})?\W*$")
"""A point with a box that has a place of its own to be written in: a thing to do, whose box is ticked when it is done."""


def box_groups(lines: tuple[Line, ...]) -> tuple[list[Gap], set[int]]:
    """Groups of boxes to tick: one gap each, at the first box; and the lines they take."""
    gaps: list[Gap] = []
    taken: set[int] = set()
    index = 0
    while index < len(lines):
        text = lines[index].text
        if BOX not in text:
            index += 1
            continue
        first, lead, options = index, *_options_of(text)
        taken.add(index)
        while (
            (not lead or _runs_over(lines, index, lead, options))
            and len(options) >= 1
            and index + 1 < len(lines)
            and lines[index + 1].text.startswith(BOX)
            and lines[index].gap < 3
        ):
            index += 1
            options += _options_of(lines[index].text)[1]
            taken.add(index)
        start = text.index(BOX)
        if (
            len(options) == 1
            and lines[first].marker
            and not _CONSENT.match(options[0])
            and (lines[first].words > 5 or _has_points(lines, first))
        ):
            index += 1
            continue
        held = all(_HELD.search(line.text) for line in lines[first : index + 1])
        if len(options) > 1 and not lead and first and (held or _are_to_do(lines, first, options)):
            index += 1
            continue
        options = _headed(options)
        gaps.append(Gap(first, start, len(text), "boxes", kind="choice", options=tuple(options), label=lead))
        index += 1
    return gaps, taken


def _are_to_do(lines: tuple[Line, ...], first: int, options: list[str]) -> bool:
    """Whether boxes stand beside things to do, to be ticked off and not chosen from: under a heading, on a checklist."""
    above = lines[first - 1]
    if _CHECKED.search(above.text) or _are_shared_out(options):
        return True
    asked = above.text.rstrip(" *").endswith((":", "?"))
    return not asked and bool(above.heading) and sum(map(bool, map(_DO.match, options))) > len(options) / 2


def _are_shared_out(options: list[str]) -> bool:
    """Whether each box says who is to do it: "Manager: Send the key", "New hire: Fill in the form"."""
    shares = [_WHO.match(option) for option in options]
    who = {share[1] for share in shares if share}
    done = any(
        share and _DO.match(option[share.end() :]) for share, option in zip(shares, options, strict=True)
    )
    return all(shares) and len(who) < len(options) and done


def _runs_over(lines: tuple[Line, ...], index: int, lead: str, options: list[str]) -> bool:
    """Whether a row of boxes after its label goes on in the next line."""
    if not lead.endswith((":", "?")) or lines[index].gap or index + 1 >= len(lines):
        return False
    if len(options) < 2 and not (_LONE.fullmatch(lines[index + 1].text) and lines[index + 1].words <= 3):
        return False
    closed = len(options) == 2 and {option.lower() for option in options} in ({"yes", "no"}, {"y", "n"})
    following = lines[index + 1].text
    return not closed and (following.count(BOX) > 1 or len(following.split()) <= 6)


def _headed(options: list[str]) -> list[str]:
    """Options without what is said about each after a dash, where each has such words."""
    heads = [re.split(r"\s[–—-]\s", option)[0].strip(" *") for option in options]
    told = all(
        head != option and 0 < len(head.split()) <= 4 for head, option in zip(heads, options, strict=True)
    )
    return heads if told else options


def _has_points(lines: tuple[Line, ...], index: int) -> bool:
    """Whether a point with a box has points of its own below it: it is something to do, not to choose."""
    following = lines[index + 1] if index + 1 < len(lines) else None
    return following is not None and bool(following.marker) and following.depth > lines[index].depth


def _options_of(text: str) -> tuple[str, list[str]]:
    """The words before the boxes of a line, and what each box stands for."""
    pieces = [piece.strip(f" {WIDE}") for piece in text.split(BOX)]
    lead, options = pieces[0], pieces[1:]
    if lead and not options[-1]:
        head = re.match(r"(.*[:?])\s*(.+)$", lead) or re.match(r"(.*?)\s*(\S+)$", lead)
        lead, first = (head[1], head[2]) if head else ("", lead)
        options = [first, *options[:-1]]
    return lead, [
        re.split(rf"[{FILL}_.…:]{{2,}}|{FILL}|{WIDE}", option)[0].strip(" :/") for option in options if option
    ]
