"""Boxes typed as "[ ]", with other signs, or as short rows before each option."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ampersand.wording.reading.finding.options import are_options
from ampersand.wording.reading.finding.picking import are_against
from ampersand.wording.reading.kinds import is_field
from ampersand.wording.reading.lines import BOX, WIDE, Line, is_bullet

_TYPED_BOX = re.compile(
    r"[☑☒□❏❑❒◻⬜▢]|\[ {0,3}\](?=\s*\w)|(?<=^)\[[xX]\](?=\s*\w)|(?<=\] )\[[xX]\]|(?:(?<=^)\([xX]\)|(?<![\w)])\( ?\))(?=\s+\w)|(?<=\w )\[ ?\](?=\s|$)(?=.*\[ ?\]|\s*$)"
)


_BOX_SIGN = re.compile(r"[☑☒□❏❑❒◻⬜▢\[(]")
_SIGNS = re.compile(rf"{_BOX_SIGN.pattern}|[{{_]")
"""What any of these boxes is made of."""

_EMPTY_IN_SENTENCE = re.compile(
    r"(?<=\b(?:is|of|at|to|in|by|on) )\[ ?\](?=[ ,.;]|$)|(?<=(?:for|are|ery|hin|ast|ost|een|and) )\[ ?\](?=[ ,.;]|$)"
)
_YES_NO_ROWS = re.compile(r"(?<!\w)(Y|Yes)\s?_{2,6}[\s/,;]*(N|No)\s?_{2,6}(?!\w)")
_TEMPLATE_CODE = re.compile(r"\{\{\s*(?:[#/^][^{}]*|else[^{}]*)\}\}|\{%[^%{}]*%\}")
_SHORT_ROWS = re.compile(
    r"(?:(?<=[:?.])|^)\s*(?:_{2,6}\s*[A-Za-z][\w’' /-]{0,30}?\s*[;,/\t]?\s*){2,}(?=$|[.;,])"
)


_OPTION = r"[A-Za-z][\w’']*(?: [A-Za-z][\w’']*){0,2}"
_BEFORE_EACH = re.compile(rf"_{{2,10}}\s*({_OPTION}?)[\s,/;]*(?:or\s+)?_{{2,10}}\s*({_OPTION})")
_AFTER_EACH = re.compile(rf"({_OPTION})\s?_{{2,10}}[\s,/;]*(?:or\s+)?({_OPTION})\s?_{{2,10}}")
_TWO_ROWS = re.compile(r"(?<!_)_{2,10}(?!_)[^_]+(?<!_)_{2,10}(?!_)")
_SENTENCES = re.compile(r"_{2,10}\s*([A-Z][^_]{4,120}?[.;,]?)\s*_{2,10}\s*([A-Z][^_]{4,120})$")


def with_boxes(lines: Sequence[Line]) -> list[Line]:
    """The lines with one sign for a box, however it was typed."""
    result: list[Line] = []
    dotted = any(is_bullet(line.marker) and line.marker != "□" for line in lines)
    for line in lines:
        line = _with_boxes(line)
        row = line.marker == "□" and not line.listed
        led = bool(result) and (BOX in result[-1].text or (dotted and result[-1].text.endswith((":", "?"))))
        if row and (BOX in line.text or led):
            line = replace(line, text=f"{BOX} {line.text}", marker="")
        result.append(line)
    return result


def _with_boxes(line: Line) -> Line:
    """Boxes typed as "[ ]", with other signs or as short rows before each option, as the one sign for a box."""
    if not _SIGNS.search(line.text):
        return line
    text = _TEMPLATE_CODE.sub("", line.text)
    if len(re.findall(r"\[ ?\]", text)) == 1:
        text = _EMPTY_IN_SENTENCE.sub("____", text)
    text = _TYPED_BOX.sub(BOX, text) if _BOX_SIGN.search(text) else text
    text = _YES_NO_ROWS.sub(rf"{BOX} \1 {BOX} \2", text) if "__" in text else text
    short = _SHORT_ROWS.search(text) if text.count("__") > 1 else None
    if short:
        options = [option.strip(" ;,/\t.") for option in re.split(r"_+", short[0])[1:]]
        if all(option and len(option.split()) <= 4 and not is_field(option) for option in options):
            boxes = WIDE.join(f"{BOX} {option}" for option in options)
            text = f"{text[: short.start()]} {boxes}{text[short.end() :]}"
    text = _with_pairs(text) if "__" in text and _TWO_ROWS.search(text) else text
    return line if text == line.text else replace(line, text=text)


def _with_pairs(text: str) -> str:
    """Two short rows beside words that rule each other out, "__ do __ do not agree", as an either/or in words or boxes."""
    said = _SENTENCES.search(text)
    if said and are_against(said[1], said[2]):
        return f"{text[: said.start()]}{BOX} {said[1]} {BOX} {said[2]}"
    for shape, ends in ((_BEFORE_EACH, False), (_AFTER_EACH, True)):
        found = shape.search(text)
        if not found:
            continue
        one, other = found[1].split(), found[2].split()
        for size in range(1, len(one) + 1):
            for more in range(1, len(other) + 1):
                first = " ".join(one[-size:] if ends else one)
                second = " ".join(other if ends else other[:more])
                if are_options((first, second)) and not is_field(first):
                    lead = " ".join(one[:-size]) if ends else ""
                    rest = "" if ends else " ".join(other[more:])
                    middle = " ".join(part for part in (lead, f"{first} / {second}", rest) if part)
                    return f"{text[: found.start()]}{middle}{text[found.end() :]}"
    return text
