"""The words that name a blank: those just before it, with their context where a label repeats."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ampersand.wording.reading.finding.gaps import Gap
from ampersand.wording.reading.kinds import UNIT, is_field
from ampersand.wording.reading.lines import BOX, FILL, WIDE, Line, squeeze

_WORDS_NEAR = 7
_ONLY_TELLS = re.compile(
    r"(?:please )?(?:place|put|tick|mark|check|select|choose|circle)\b.{0,40}\b(?:one|box|boxes|below|apply|applies)\b.{0,20}$|\(?(?:e\.?\s?g\b|examples? (?:of|include)|for example)",
    re.IGNORECASE,
)
_HALF = re.compile(r"^[^\[\]{}]*[\]}]+(?=\W*\w)")
"""The end of a placeholder whose beginning is not among the last words."""

_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Þ“\"(])")


def near_of(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int, number: int) -> str:
    """The words just before a gap, from its own line or, if it begins one, from the line above."""
    gap = gaps[index][number]
    if gap.form == "number":
        return _above(lines, gaps, index)
    if gap.form == "prompt":
        return squeeze(gap.label or _of_prompt(lines[index].text))
    if gap.form == "bare":
        return _bare_label(lines, index, gaps[index], number)
    if gap.form == "boxes":
        alone = gap.options[0] if len(gap.options) == 1 else ""
        own = squeeze(_tail(gap.label, 10))
        if alone and index and lines[index - 1].text.rstrip().endswith(":"):
            alone = ""
        before = own or alone or _above(lines, gaps, index) or squeeze(lines[index].text[: gap.start])
        return before or "".join(gap.options[:1])
    return _beside(lines, gaps, index, number)


def _of_prompt(text: str) -> str:
    hinted = re.match(r"(.{2,60}:)\W{0,3}(?:\(|e\.?\s?g)", text, re.IGNORECASE)
    plain = re.sub(r"(?<=[.?!:])\s*\([^()]*\)\W*$", "", text)
    return hinted[1] if hinted else _tail(_unexplained(plain), 14)


def _beside(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int, number: int) -> str:
    """The words before a gap that stands in a line of text."""
    text, own = lines[index].text, gaps[index]
    gap = own[number]
    start = own[number - 1].end if number else 0
    before = _without_gaps(text, own, start, gap.start)
    few = len(re.findall(r"\w+", before)) < 2
    if few and number and not (before.rstrip().endswith(":") or is_field(before)):
        before = _without_gaps(text, own, 0, gap.start, told=True)
    boxed = before.split(BOX)[-1]
    before = boxed if re.search(r"\w", boxed) else before
    closest = before.split(WIDE)[-1]
    if number and own[number - 1].form == "choice" and not re.search(r"\w", before):
        return squeeze(f"{own[number - 1].options[-1]}{before}")
    bracket = re.match(r"\s*\(([^()]{2,40})\)", text[gap.end :])
    if (
        bracket
        and not closest.strip(" .,")
        and gap.form != "choice"
        and WIDE in text[: gap.start] + text[gap.end :]
    ):
        return bracket[0].strip()
    if number and gap.label and not text[start : gap.start].strip():
        return squeeze(gap.label)
    named = _unexplained(closest if closest.strip(" .,") else before)
    words = _tail(named, _WORDS_NEAR if gap.form != "choice" else 5)
    if gap.form == "choice":
        told = text[gap.start : gap.end]
        led = len(told.split()) > _WORDS_NEAR or told.startswith("[")
        led = led and bool(re.search(r"\w", words))
        return squeeze(_tail(before, _WORDS_NEAR) if led else f"{words} {told}")
    sentence = before.split(WIDE)[-2] if before.endswith(WIDE) else ""
    if gap.hint and lines[index].words > 12 and re.search(r"[a-z] ?$", sentence) and not lines[index].table:
        return squeeze(_tail(sentence, _WORDS_NEAR))
    beside = (
        number > 0 and own[number - 1].form == "bracket" and not text[start : gap.start].strip(" ,;/–—|→")
    )
    begins = not number or WIDE in text[start : gap.start] or beside
    labelled = text[: gap.start].rstrip(f" {WIDE}").endswith(":")
    if (
        gap.hint
        and begins
        and (beside or not (labelled or re.search(r"\w", text[: gap.start].split(WIDE)[-1])))
    ):
        if number and lines[index].table and own[0].start > len(text.split(WIDE)[0]):
            return squeeze(f"{text.split(WIDE)[0]} {gap.hint}")
        told = squeeze(_tail(_without_gaps(text, own, 0, gap.start, told=True), _WORDS_NEAR))
        return squeeze(f"{told} {gap.hint}") if number else _of_its_own(lines, gaps, index, gap)
    return squeeze(words if re.search(r"\w", words) else _around(lines, gaps, index, gap))


def _around(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int, gap: Gap) -> str:
    """What names a gap with nothing before it: the sentence that goes on, the words after it, the line above."""
    own, number = gaps[index], gaps[index].index(gap)
    led = number and lines[index].text[own[number - 1].end : gap.start].strip(" *") == ":"
    if led and own[number - 1].hint:
        return f"{own[number - 1].hint}: {gap.hint}"
    after = squeeze(lines[index].text[gap.end :])
    bracket = re.match(r"\(([^()]{2,40})\)", after)
    headed = index and _is_short_head(lines[index - 1])
    listed = index and lines[index].marker and lines[index - 1].marker and lines[index - 1].words > 5
    counted = not lines[index].marker or listed or (bool(UNIT.match(after)) and not headed)
    asked = index and lines[index - 1].text.rstrip().endswith(":") and bracket and not lines[index].marker
    named = len(after.split()) <= 4 and bool(re.search(r"\b(?:signature|date|name)$", after, re.I))
    return (
        (after if named and not lines[index].marker else "")
        or _going_on(lines, gaps, index)
        or (_above(lines, gaps, index) if asked else "")
        or (bracket[0] if bracket else "")
        or (" ".join(after.split()[:6]) if len(after.split()) >= 3 and counted else "")
        or _above(lines, gaps, index)
        or " ".join(after.split()[:5])
    )


def _is_short_head(line: Line) -> bool:
    return bool(line.heading) or (line.words <= 6 and not re.search(r"[.:;]\s*$", line.text))


def _unexplained(text: str) -> str:
    """A label without what is said in brackets about it: "Aims" of "Aims (what you hope to reach together):"."""
    if "(" not in text:
        return text
    plain = re.sub(
        r"\s*[_*]*\((?:optional: [^()]{8,}|[^()]{45,})\)[_*]*(?=\s*[:.?]?\s*$)", "", text, flags=re.I
    )
    return plain if re.search(r"\w", plain) and len(text) - len(plain) > 20 else text


def _of_its_own(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int, gap: Gap) -> str:
    """The label of a placeholder that begins its line: the words above if they lead to it, else its own."""
    leading = _before_its_list(lines, gaps, index)
    above = lines[leading] if index else None
    goes_on = _going_on(lines, gaps, index) if not lines[index].marker else ""
    listed = bool(lines[index].marker) and above is not None and above.text.rstrip().endswith((":", "?"))
    printed = gap.form == "date" and above is not None and above.words <= 12
    leads = printed or (
        above is not None and not gaps[leading] and (above.heading or re.search(r"[:?]\W*$", above.text))
    )
    alone = not re.search(r"\w", lines[index].text[gap.end :])
    told = above is not None and above.text.rstrip().endswith(":") and not lines[index].marker
    if goes_on or not (leads and (alone or told)) or (lines[index].marker and not listed):
        return goes_on or squeeze(gap.hint)
    led = squeeze(_tail(above.text, 10)) if above is not None else ""
    return squeeze(f"{led} {gap.hint}") if listed or not alone else led


def _before_its_list(lines: Sequence[Line], gaps: Mapping[int, list[Gap]], index: int) -> int:
    """The line above the first of the points that hold nothing but a placeholder, one under the other."""
    above = index - 1
    while (
        above > 0
        and lines[index].marker
        and lines[above].marker
        and [gap.hint != "" for gap in gaps[above]] == [True]
        and not re.search(r"\w", _without_gaps(lines[above].text, gaps[above], 0, len(lines[above].text)))
    ):
        above -= 1
    return above


def _bare_label(lines: tuple[Line, ...], index: int, own: Sequence[Gap], number: int) -> str:
    """A label of several in a row, with the one that stands above it: "Mentor (signature)"."""
    text = lines[index].text
    segment = squeeze(text[own[number - 1].end if number else 0 : own[number].end])
    above = [piece.strip() for piece in lines[index - 1].text.split(WIDE)] if index else []
    if len(above) == len(own) and len(set(text.split(WIDE))) < len(own) and not lines[index - 1].gap:
        return squeeze(f"{above[number]} {segment}")
    return segment


def _without_gaps(text: str, own: Sequence[Gap], start: int, end: int, *, told: bool = False) -> str:
    """The text without its gaps; `told`: with the words that placeholders hold."""
    piece = list(text[start:end])
    for gap in own:
        if start < gap.end <= end and gap.form != "choice" and not (told and gap.hint):
            begin = max(gap.start, start)
            piece[begin - start : gap.end - start] = [" "] * (gap.end - begin)
    return "".join(piece)


def _tail(text: str, count: int) -> str:
    """The last words of the last sentence; a whole label if it ends in a colon."""
    text = squeeze(text.replace(FILL, " ").replace("☐", " ")).strip()
    sentence = _SENTENCE.split(text)[-1] if not text.endswith((".", "!", ";")) else text
    words = sentence.split()
    limit = max(count, 12) if text.endswith((":", "?", "–")) else count
    last = _HALF.sub("", " ".join(words[-limit:]))
    return last.lstrip("*,;.) ")


def _going_on(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int) -> str:
    """The last words of the line above if its sentence goes on in this line."""
    above = lines[index - 1] if index else None
    unfinished = above is not None and bool(
        re.search(r"\b(?:and|or|between|to|of|by|with|the)\W{0,2}$", above.text, re.I)
    )
    lone = above is not None and above.words <= 2
    if (
        above is None
        or (above.gap and not (unfinished and above.gap <= (3 if lone else 1)))
        or above.heading
        or not re.search(r"[^\W_]\s*$", above.text)
        or lines[index].marker
    ):
        return ""
    own = gaps[index - 1]
    start = own[-1].end if own else 0
    return squeeze(_tail(above.text[start:], _WORDS_NEAR)) if above.words > 4 or own or unfinished else ""


def _above(lines: tuple[Line, ...], gaps: dict[int, list[Gap]], index: int) -> str:
    """The words of the nearest line above that has some."""
    for earlier in range(index - 1, max(index - 7, -1), -1):
        if _ONLY_TELLS.match(lines[earlier].text.strip(" *")):
            continue
        words = _unexplained(_without_gaps(lines[earlier].text, gaps[earlier], 0, len(lines[earlier].text)))
        if re.search(r"[^\W_]", re.sub(r"^\(?\w[.)]$", "", words.strip())):
            asked = re.search(r"(?:^|[.!?:]\s)([^.!?:]{8,}\?)\s[^?]*:\W*$", words)
            return squeeze(asked[1] if asked else _tail(words, 10))
    return ""
