"""Either/ors in a sentence: "will/will not", "(days/weeks)", "weekly / monthly"; and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ampersand.wording.reading.finding.options import are_names, are_options, name_one_thing, of_one_sort
from ampersand.wording.reading.finding.slashes import FEW, TOLD, Found, clean, slashed, yes_or_no
from ampersand.wording.reading.kinds import EXAMPLE, UNIT
from ampersand.wording.reading.lines import BOX, FILL

_MARKED = re.compile(r"delete|cross out|strike|circle|choose|select|tick|check one|underline|highlight|as (?:appropriate|applicable|required|necessary)"
                     r"|nichtzutreffendes|zutreffendes|streichen|ankreuzen|rayer|tache|táchese|biffer|doorhalen|elija|cochez", re.I)  # fmt: skip
_CHOOSE = re.compile(
    r"\bplease (?:circle|tick|select|choose|underline)[):]+\s*|\b(?:choose|select|circle|tick|check|pick|mark|underline|highlight|delete all but)\s+(?:only\s+)?(?:one|an option|the option|as appropriate"
    r"|from|which(?:ever)? applies|all that apply)\b(?: of)?(?: the following)?(?: options)?[):]*\s*|\bone of(?: the following)?(?: options)?\s*:\s*",
    re.IGNORECASE,
)
_MAY_CHOOSE = re.compile("choose|select|circle|tick|check|pick|mark|underline|highlight|delete all|one of")
"""A word of each way to say so, in small letters."""

_EXAMPLES = re.compile(rf"\[\s*{EXAMPLE}[^\[\]]*\]", re.IGNORECASE)
_BRACKETED = re.compile(r"(?:[\[(]|(?<!\{)\{\{?(?![{%#]))([^\[\](){}]{3,120})(?:[\])]|\}\}?)\*?")
_FIELD_WORDS = re.compile(
    r"\b(?:insert|enter|name|date|signature|title|e\.?g|i\.?e|etc|specify|specific|please|number|address|amount|what|who|which|how|when|where|zip|postal|code|city|street|semester|year|your|describe|list|their|state|goals?|(?<!\d )(?:years|times|days|hours)|areas?)\b",
    re.IGNORECASE,
)


_LONG = r"[^\W_][\w’'\-]*(?: [^\W_][\w’'\-]*){0,8}"
_EITHER = re.compile(r"\beither ([^.;:()]{2,60}?),? or ([^.;:()]{2,60}?)\s*(?=\()", re.IGNORECASE)
_OR = re.compile(rf"(?<=[:, ])(?P<first>{FEW})(?P<more>(?:, {FEW})*),? or (?P<last>{FEW})\s*(?=\()")


def choices_in(text: str, *, marked: bool = False) -> list[Found]:
    """The either/ors of a line. `marked`: the document says with an asterisk that something is to be deleted."""
    found: list[Found] = []
    examples = [example.span() for example in _EXAMPLES.finditer(text)]
    for candidate in [
        *_after_choose(text),
        *_bracketed(text),
        *_labelled(text),
        *_alone(text),
        *(slashed(text, marked=marked) if "/" in text else ()),
        *yes_or_no(text),
        *_in_words(text),
        *_listed(text),
    ]:
        taken = any(candidate.start < other.end and other.start < candidate.end for other in found)
        if not taken and not any(start < candidate.start < end for start, end in examples):
            found.append(candidate)
    return sorted(found, key=lambda one: one.start)


def delete_as_appropriate(text: str) -> bool:
    """Whether a line tells readers to delete or circle what applies."""
    return bool(_MARKED.search(text))


def _after_choose(text: str) -> Iterator[Found]:
    """A list of options after "choose one of:"."""
    if not _MAY_CHOOSE.search(text.lower()):
        return
    for cue in _CHOOSE.finditer(text):
        rest = re.split(r"[.;\n\]]", text[cue.end() :], maxsplit=1)[0].strip(" :)")
        columns = [piece.strip() for piece in re.split(r"\s{2,}|\t", rest) if piece.strip()]
        if len(columns) >= 2 and "," not in rest and "/" not in rest:
            while columns and (":" in columns[-1] or "_" in columns[-1] or FILL in columns[-1]):
                rest = rest[: rest.rindex(columns.pop())].rstrip()
            options = clean(columns)
        else:
            options = clean(re.split(r"\s*(?:,\s*or\s|,|/|\bor\b)\s*", rest))
        apart = rest.split()
        if len(options) < 2 and 2 <= len(apart) <= 4 and all(word.istitle() for word in apart):
            options = tuple(apart)
        short = all(len(option.split()) <= 5 for option in options)
        if len(options) >= 2 and short and BOX not in rest and FILL not in rest:
            start = text.index(rest, cue.end())
            yield Found(start, start + len(rest), options)


def _bracketed(text: str) -> Iterator[Found]:
    """Options in brackets: "[weekly / monthly]", "(days/weeks)"."""
    for bracket in _BRACKETED.finditer(text):
        inner, square = bracket[1], bracket[0][0] in "[{"
        ruled = square and "/" not in inner and re.search(r"[_.…]{3}\s*$", text[: bracket.start()])
        if text[bracket.end() :].startswith("(") or re.match(rf"\s*{EXAMPLE}", inner, re.I) or ruled:
            continue
        inner = re.sub(
            r"^\s*(?:please\s+)?(?:choose|select|circle|delete|tick)[^:]*:\s*", "", inner, flags=re.IGNORECASE
        )
        inner = re.sub(
            r"\s*[,;—–-]+\s*(?:please )?(?:pick|choose|select|delete|circle|tick|keep)\b[^/|]*$", "", inner
        )
        drawn = "/" in inner or "|" in inner
        by = r"\s*/\s*|\s*\|\s*" if drawn else r"\s*,?\s+(?:or|OR)\s+" if square else "/"
        options = clean(re.split(by, inner))
        if (
            len(options) < 2
            or any(len(option.split()) > 6 for option in options)
            or re.search(r"_{2}|://|☐|=", inner)
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
        if not (square or told) and (_is_caption(text, bracket) or are_names(options)):
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


def _is_caption(text: str, bracket: re.Match[str]) -> bool:
    """Whether round brackets stand with others of their kind and no words, each a label: "(town) (month / year)"."""
    rest = re.sub(r"\([^()]*\)", " ", text)
    return not re.search(r"[^\W_]", rest) and text.count("(") > 1


def _needs_more(before: str) -> bool:
    """Whether words stop where the sentence cannot end, so that one of the options goes on with it: "on a (fixed/free) day"."""
    return bool(
        re.search(r"\b(?:a|an|is|are|will be|in|on|at|by|with|every|each|once)\s+$", before, re.IGNORECASE)
    )


def _labelled(text: str) -> Iterator[Found]:
    """A label and options with nothing else: "Frequency: weekly / fortnightly / monthly"."""
    if "/" not in text and "|" not in text:
        return
    found = re.fullmatch(
        rf"\s*(?P<label>(?=[^:/]*[^\W\d])[^:/]{{2,60}})[:?]\s*(?P<options>{_LONG}(?:(?:\s*/\s*{_LONG})+|(?: \| {_LONG}){{2,}}))\s*\*?\.?\s*(?P<told>\([^()]*\))?\s*",
        text,
    )
    if not found or "//" in text:
        return
    options = clean(re.split(r"/| \| ", found["options"]))
    spaced = " / " in found["options"] or " | " in found["options"]
    long = any(len(option.split()) > 5 for option in options)
    told = bool(found["told"]) and delete_as_appropriate(found["told"])
    if any(re.search(r"\d{2}", option) for option in options) and not are_options(options):
        return
    if long and not told:
        return
    if (
        told
        or are_options(options)
        or (
            (len(options) >= 3 or spaced)
            and not text.rstrip().endswith(".")
            and all(o[:1].islower() or spaced for o in options)
            and not (name_one_thing(options) or are_names(options))
        )
    ):
        yield Found(found.start("options"), found.end("options"), options)


def _alone(text: str) -> Iterator[Found]:
    """A line of nothing but options, the last the contrary of another: "Met / partly met / not met"."""
    options = clean(text.strip().split("/"))
    whole = len(options) > 2 and re.fullmatch(rf"\s*{_LONG}(?: / {_LONG})+\s*", text)
    if whole and any(are_options((option, options[-1])) for option in options[:-1]):
        yield Found(0, len(text), options)


def _in_words(text: str) -> Iterator[Found]:
    """Options with "or" between them, where the line says that one is to be struck: "weekly or monthly (delete one)"."""
    told = TOLD.search(text)
    if not told or "/" in text[: told.start()]:
        return
    end = len(text[: told.start()].rstrip())
    for either in _EITHER.finditer(text, 0, told.start() + 1):
        if either.end() == told.start():
            yield Found(either.start(), end, clean([either[1], either[2]]))
            return
    for found in _OR.finditer(text, 0, told.start() + 1):
        own = found["first"].split()
        following = (found["more"] or found["last"]).strip(", ").split(",")[0]
        first = " ".join(own[-len(following.split()) :])
        middle = [piece.strip() for piece in found["more"].split(",") if piece.strip()]
        options = (first, *middle, found["last"])
        if found.end() == told.start() and not name_one_thing(options):
            yield Found(text.rindex(first, 0, found.end("first")), end, clean(list(options)))


def _listed(text: str) -> Iterator[Found]:
    """How often, after a label, in several ways of which only one can hold: "How often: weekly, fortnightly or monthly"."""
    if ":" not in text and "?" not in text:
        return
    found = re.fullmatch(r"\s*[^:;,.]{3,60}[:?]\s*(?P<options>[^:_.\[\]()☐]{8,120}?)\s*[.*]?\s*", text)
    if not found or not re.search(r";|\bor\b", found["options"]):
        return
    options = clean(re.split(r"\s*;\s*(?:or\s+)?|\s*,\s*(?:or\s+)?|\s+or\s+", found["options"]))
    if len(options) >= 2 and of_one_sort(options) and FILL not in found["options"]:
        yield Found(found.start("options"), found.end("options"), options)
