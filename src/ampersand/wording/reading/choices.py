"""Either/ors in a sentence: "will/will not", "(days/weeks)", "weekly / monthly"; and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ampersand.wording.reading.kinds import UNIT
from ampersand.wording.reading.lines import BOX, FILL
from ampersand.wording.reading.options import are_options, name_one_thing


@dataclass(frozen=True)
class Found:
    """An either/or from `start` to `end` of a line."""

    start: int
    end: int
    options: tuple[str, ...]


_WORD = r"[^\W_][\w’'\-]*"
_FEW = rf"{_WORD}(?: {_WORD}){{0,4}}"
_MARKED = re.compile(r"delete|cross out|strike|circle|choose|select|tick|check one|underline|highlight|as (?:appropriate|applicable|required|necessary)"
                     r"|nichtzutreffendes|zutreffendes|streichen|ankreuzen|rayer|tache|táchese|biffer|doorhalen|elija|cochez", re.I)  # fmt: skip
_CHOOSE = re.compile(
    r"\bplease (?:circle|tick|select|choose|underline)[):]+\s*|\b(?:choose|select|circle|tick|check|pick|mark|underline|highlight|delete all but)\s+(?:only\s+)?(?:one|an option|the option|as appropriate"
    r"|from|which(?:ever)? applies|all that apply)\b(?: of)?(?: the following)?(?: options)?[):]*\s*|\bone of(?: the following)?(?: options)?\s*:\s*",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(r"\[\s*e\.?\s?g\b[^\[\]]*\]", re.IGNORECASE)
_BRACKETED = re.compile(r"[\[(]([^\[\]()]{3,120})[\])]\*?")
_FIELD_WORDS = re.compile(
    r"\b(?:insert|enter|name|date|signature|title|e\.?g|i\.?e|etc|specify|specific|please|number|address|amount|what|who|which|how|when|where|zip|postal|code|city|street|semester|year|your|describe|list|their|state|goals?)\b",
    re.IGNORECASE,
)


def choices_in(text: str, *, marked: bool = False) -> list[Found]:
    """The either/ors of a line. `marked`: the document says with an asterisk that something is to be deleted."""
    found: list[Found] = []
    examples = [example.span() for example in _EXAMPLES.finditer(text)]
    for candidate in [
        *_after_choose(text),
        *_bracketed(text),
        *_labelled(text),
        *_slashed(text, marked=marked),
    ]:
        taken = any(candidate.start < other.end and other.start < candidate.end for other in found)
        if not taken and not any(start < candidate.start < end for start, end in examples):
            found.append(candidate)
    return sorted(found, key=lambda one: one.start)


def delete_as_appropriate(text: str) -> bool:
    """Whether a line tells readers to delete or circle what applies."""
    return bool(_MARKED.search(text))


def _clean(options: list[str]) -> tuple[str, ...]:
    """Options without the signs around them, nor a preposition that stands before the first for all of them."""
    plain = [option.strip(" *.,;:") for option in options if option.strip(" *.,;:")]
    lead = re.match(r"(?:by|via|per|on)\s+(?=\S)", plain[0], re.IGNORECASE) if len(plain) > 1 else None
    if lead and not any(re.match(lead[0], option, re.IGNORECASE) for option in plain[1:]):
        plain[0] = plain[0][lead.end() :]
    return tuple(plain)


def _after_choose(text: str) -> Iterator[Found]:
    """A list of options after "choose one of:"."""
    for cue in _CHOOSE.finditer(text):
        rest = re.split(r"[.;\n]", text[cue.end() :], maxsplit=1)[0].strip(" :)")
        columns = [piece.strip() for piece in re.split(r"\s{2,}|\t", rest) if piece.strip()]
        if len(columns) >= 2 and "," not in rest and "/" not in rest:
            while columns and (":" in columns[-1] or "_" in columns[-1] or FILL in columns[-1]):
                rest = rest[: rest.rindex(columns.pop())].rstrip()
            options = _clean(columns)
        else:
            options = _clean(re.split(r"\s*(?:,\s*or\s|,|/|\bor\b)\s*", rest))
        short = all(len(option.split()) <= 5 for option in options)
        if len(options) >= 2 and short and BOX not in rest and FILL not in rest:
            start = text.index(rest, cue.end())
            yield Found(start, start + len(rest), options)


def _bracketed(text: str) -> Iterator[Found]:
    """Options in brackets: "[weekly / monthly]", "(days/weeks)"."""
    for bracket in _BRACKETED.finditer(text):
        inner, square = bracket[1], bracket[0][0] == "["
        ruled = square and "/" not in inner and re.search(r"[_.…]{3}\s*$", text[: bracket.start()])
        if text[bracket.end() :].startswith("(") or re.match(r"\s*e\.?\s?g\b", inner) or ruled:
            continue
        inner = re.sub(
            r"^\s*(?:please\s+)?(?:choose|select|circle|delete|tick)[^:]*:\s*", "", inner, flags=re.IGNORECASE
        )
        drawn = "/" in inner or "|" in inner
        by = r"\s*/\s*|\s*\|\s*" if drawn else r"\s*,?\s+or\s+" if square else "/"
        options = _clean(re.split(by, inner))
        if (
            len(options) < 2
            or any(len(option.split()) > 6 for option in options)
            or re.search(r"_{2}|://|☐", inner)
            or (
                all(re.fullmatch(r"[dmyjtaDMYJTA]{1,4}|\d{1,4}", option) for option in options)
                and not (square and UNIT.match(re.sub(r"^[*_]+", "", text[bracket.end() :])))
            )
        ):
            continue
        spaced = " / " in inner or " | " in inner
        told = delete_as_appropriate(text[bracket.end() : bracket.end() + 40]) or bracket[0].endswith("*")
        if name_one_thing(options) and not (told or are_options(options)):
            continue
        if (
            are_options(options)
            or told
            or (
                square
                and not _FIELD_WORDS.search(inner)
                and (drawn or all(len(o.split()) <= 2 for o in options))
            )
            or (spaced and len(options) >= 2 and not _FIELD_WORDS.search(inner))
            or (not square and _needs_more(text[: bracket.start()]) and not _FIELD_WORDS.search(inner))
        ):
            yield Found(bracket.start(), bracket.end(), options)


def _needs_more(before: str) -> bool:
    """Whether words stop where the sentence cannot end, so that one of the options goes on with it: "on a (fixed/free) day"."""
    return bool(
        re.search(r"\b(?:a|an|is|are|will be|in|on|at|by|with|every|each|once)\s+$", before, re.IGNORECASE)
    )


def _labelled(text: str) -> Iterator[Found]:
    """A label and options with nothing else: "Frequency: weekly / fortnightly / monthly"."""
    found = re.fullmatch(
        rf"\s*(?P<label>[^:/]{{2,60}})[:?]\s*(?P<options>{_FEW}(?:\s*/\s*{_FEW})+)\s*\*?\.?\s*(?P<told>\([^()]*\))?\s*",
        text,
    )
    if not found or "//" in text:
        return
    options = _clean(found["options"].split("/"))
    spaced = " / " in found["options"]
    told = bool(found["told"]) and delete_as_appropriate(found["told"])
    if any(re.search(r"\d{2}", option) for option in options) and not are_options(options):
        return
    if (
        told
        or are_options(options)
        or (
            (len(options) >= 3 or spaced)
            and not text.rstrip().endswith(".")
            and all(o[:1].islower() or spaced for o in options)
            and not name_one_thing(options)
        )
    ):
        yield Found(found.start("options"), found.end("options"), options)


def _slashed(text: str, *, marked: bool) -> Iterator[Found]:
    """Words with slashes between them, within a sentence."""
    for found in re.finditer(r"\s?/\s?", text):
        before, after = text[: found.start()], text[found.end() :]
        if not before or not after or "/" in before[-1:] or after.startswith("/") or before.endswith(":"):
            continue
        yield from _around(text, found.start(), found.end(), marked=marked)
    for word in re.finditer(
        r"(?<!\w)(Yes|Ja|Oui|Sí|Sì|Sim)(\s+or\s+|\s{2,}|\t\s*|\s*\|\s*)(No|Nein|Non|Nee|Não)(?!\w)", text
    ):
        yield Found(word.start(), word.end(), (word[1], word[3]))


def _around(text: str, start: int, end: int, *, marked: bool) -> Iterator[Found]:
    """The options around one slash, if they are options: the shortest reading that is sure wins."""
    first = start
    chain = re.match(rf"{_FEW}(?:\s?/\s?{_FEW})*", text[end:])
    if not chain:
        return
    tail = re.split(r"\s?/\s?", chain[0])
    left = re.search(rf"({_FEW})$", text[:first])
    if not left or text[: left.start()].endswith(("/", "@", "://", ".")):
        return
    lefts, last = left[0].split(), tail[-1].split()
    middle = tail[:-1]
    starred = _starred(text, end, tail)
    for size_left in range(1, min(len(lefts), 4) + 1):
        for size_last in range(1, min(len(last), 4) + 1):
            options = [" ".join(lefts[-size_left:]), *middle, " ".join(last[:size_last])]
            if are_options(
                options,
                text[end + _length(chain[0], last, size_last) :],
                text[: first - len(options[0])],
                running=True,
            ):
                yield _span(text, first, end, chain[0], options, last, size_last)
                return
    if (starred or _marked_here(text, marked=marked)) and not name_one_thing((lefts[-1], *tail)):
        same = _same_start(lefts, last)
        size_last = starred or min(same or 1, len(last))
        spaced = text[start:end] == " / "
        size_left = same or (1 if not spaced else _from_preposition(lefts))
        options = [" ".join(lefts[-size_left:]), *middle, " ".join(last[:size_last])]
        yield _span(text, first, end, chain[0], options, last, size_last)


def _marked_here(text: str, *, marked: bool) -> bool:
    """Whether this line itself says that something is to be deleted or circled."""
    return bool(
        re.search(r"\([^)]*(?:delete|circle|strike|cross out|streichen|rayer)[^)]*\)", text, re.I)
    ) or (marked and "*" in text)


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


def _same_start(lefts: list[str], last: list[str]) -> int:
    """How many words back the first option begins with the word the last one begins with."""
    for size in range(1, min(len(lefts), 4) + 1):
        if last and lefts[-size].lower() == last[0].lower():
            return size
    return 0


def _from_preposition(lefts: list[str]) -> int:
    for size in range(1, min(len(lefts), 4) + 1):
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
    return Found(start, stop, _clean(options))
