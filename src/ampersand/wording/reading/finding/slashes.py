"""Either/ors with slashes between words, within a sentence: "will/will not", "at home / in public*"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ampersand.wording.reading.finding.options import are_counterparts, are_options, name_one_thing


@dataclass(frozen=True)
class Found:
    """An either/or from `start` to `end` of a line."""

    start: int
    end: int
    options: tuple[str, ...]


_WORD = r"[^\W_][\w’'\-]*"
FEW = rf"{_WORD}(?: {_WORD}){{0,4}}"
_MORE = rf"{_WORD}(?: {_WORD}){{0,8}}"
_MOST, _FAR = 12, 300
"""How many options are taken together at most, and how far back the first is looked for."""

TOLD = re.compile(
    r"\((?:please )?[^()]{0,30}\b(?:delete|circle|strike|cross out|underline|streichen|rayer)[^)]*\)",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"(?<![\w/])([A-Za-z]+)/([A-Za-z]{4,}?)(?=(?:will|shall|must|agrees?|should)(?![A-Za-z]))", re.IGNORECASE
)
_YES_NO = re.compile(
    r"(?<!\w)(Yes|YES|Ja|JA|Oui|OUI|Sí|SÍ|Sì|SÌ|Sim|SIM)(?P<apart>\s+(?:or|OR)\s+|\s{2,}|\t\s*|\s*\|\s*|\s)(No|NO|Nein|NEIN|Non|NON|Nee|NEE|Não|NÃO)(?!\w)"
)
_Y_N = re.compile(r"(?<=[?:] )(Y)(?:\s*/\s*|\s+)(N)(?=\W*$)")


def clean(options: list[str]) -> tuple[str, ...]:
    """Options without the signs around them, nor a preposition that stands before the first for all of them."""
    plain = [option.strip(" *.,;:") for option in options if option.strip(" *.,;:…")]
    lead = re.match(r"(?:by|via|per|on)\s+(?=\S)", plain[0], re.IGNORECASE) if len(plain) > 1 else None
    if lead and not any(re.match(rf"{lead[0]}|\d", option, re.IGNORECASE) for option in plain[1:]):
        plain[0] = plain[0][lead.end() :]
    return tuple(plain)


def slashed(text: str, *, marked: bool) -> Iterator[Found]:
    """Words with slashes between them, within a sentence."""
    told = _marked_here(text, marked=marked)
    for found in re.finditer(r"\s?/\s?", text):
        before, after = text[: found.start()], text[found.end() :]
        if not before or not after or "/" in before[-1:] or after.startswith("/") or before.endswith(":"):
            continue
        yield from _around(text, found.start(), found.end(), marked=marked, told=told)
    for glued in _GLUED.finditer(text):
        if are_counterparts([glued[1].lower(), glued[2].lower()]):
            yield Found(glued.start(), glued.end(), (glued[1], glued[2]))


def yes_or_no(text: str) -> Iterator[Found]:
    """ "Yes" and "No" beside each other: with a wide space or an "or" between them, or at the end of a question."""
    for word in _YES_NO.finditer(text):
        asked = re.search(r"[?:.)]\s*$", text[: word.start()]) and not re.match(r" \w", text[word.end() :])
        if word["apart"] != " " or asked:
            yield Found(word.start(), word.end(), (word[1], word[3]))
    for letter in _Y_N.finditer(text):
        yield Found(letter.start(), letter.end(), (letter[1], letter[2]))


def _around(text: str, start: int, end: int, *, marked: bool, told: bool) -> Iterator[Found]:
    """The options around one slash, if they are options: the shortest reading that is sure wins."""
    few = _MORE if told else FEW
    chain = re.match(rf"{few}(?:\s?/\s?{few}){{0,{_MOST}}}", text[end:])
    begin = max(text.rfind("/", 0, start) + 1, start - _FAR)
    left = re.search(rf"(?<![\w’'\-])({few})$", text[begin:start]) if chain else None
    if not chain or not left or text[: begin + left.start()].endswith(("/", "@", "://", ".")):
        return
    tail = re.split(r"\s?/\s?", chain[0])
    lefts, last = left[0].split(), tail[-1].split()
    middle = tail[:-1]
    for size_left in range(1, min(len(lefts), 4) + 1):
        for size_last in range(1, min(len(last), 4) + 1):
            options = [" ".join(lefts[-size_left:]), *middle, " ".join(last[:size_last])]
            if are_options(
                options,
                text[end + _length(chain[0], last, size_last) :],
                text[: start - len(options[0])],
                running=True,
            ):
                yield _span(text, start, end, chain[0], options, last, size_last)
                return
    starred = _starred(text, end, tail) if marked else 0
    if (starred or told) and not name_one_thing((lefts[-1], *tail)):
        same = _same_start(lefts, tail[0].split())
        spaced = text[start:end] == " / "
        rest = text[end + chain.end() :].lstrip()
        closes = TOLD.match(rest) or (spaced and re.fullmatch(r"\W*", rest))
        subjects = same == len(text[:start].split())  # in "The mentor / the mentee writes" both write
        size_last = starred or (len(last) if closes and not subjects else min(same or 1, len(last)))
        labelled = text[: begin + left.start()].rstrip().endswith((":", ")"))
        size_left = same or (len(lefts) if labelled else _from_preposition(lefts) if spaced else 1)
        options = [" ".join(lefts[-size_left:]), *middle, " ".join(last[:size_last])]
        yield _span(text, start, end, chain[0], options, last, size_last)


def _marked_here(text: str, *, marked: bool) -> bool:
    """Whether this line itself says that something is to be deleted or circled."""
    return bool(TOLD.search(text)) or (marked and "*" in text)


def _starred(text: str, end: int, tail: list[str]) -> int:
    """How many words of the last option an asterisk closes: "at home / in public*" closes two; 0 if none."""
    words = tail[-1].split()
    place = end + len("/".join(tail[:-1])) + (1 if len(tail) > 1 else 0)
    for size in range(1, len(words) + 1):
        piece = " ".join(words[:size])
        at = text.find(piece, max(place - 1, 0))
        if at >= 0 and text[at + len(piece) :].lstrip(" ").startswith("*"):
            return size
    return 0


def _same_start(lefts: list[str], following: list[str]) -> int:
    """How many words back the first option begins with the word the next one begins with."""
    for size in range(1, len(lefts) + 1):
        if following and lefts[-size].lower() == following[0].lower():
            return size
    return 0


def _from_preposition(lefts: list[str]) -> int:
    for size in range(1, min(len(lefts), 5) + 1):
        if lefts[-size].lower() in ("at", "in", "by", "on", "with", "without", "every", "once", "twice"):
            return size
    return 1


def _length(chain: str, last: list[str], size_last: int) -> int:
    dropped = " ".join(last[size_last:])
    return len(chain) - (len(dropped) + 1 if dropped else 0)


def _span(
    text: str, first: int, end: int, chain: str, options: list[str], last: list[str], size_last: int
) -> Found:
    start = text.rindex(options[0], 0, first)
    stop = end + _length(chain, last, size_last)
    return Found(start, stop, clean(options))
