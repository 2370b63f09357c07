"""Which words are options of each other, and which only name one thing together: "will, will not"; "his, her"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ampersand.wording.reading.kinds import ROLE
from ampersand.wording.reading.lines import FILL

_NEGATION = (
    r"not|no|nicht|kein|keine|non|niet|inte|ikke|ei|nie|do not|don[’']t|does not|will not|won[’']t|is not|are not|cannot|can[’']t"
    r"|shall not|may not|should not|would not|has not|have not|did not|ne \w+ pas|n[’']\w+ pas"
)
_PAIRS = [
    {"yes", "no"}, {"ja", "nein"}, {"oui", "non"}, {"sí", "no"}, {"si", "no"}, {"sì", "no"}, {"sim", "não"}, {"ja", "nee"}, {"ja", "nej"},
    {"y", "n"}, {"true", "false"}, {"agree", "disagree"}, {"is", "was"}, {"are", "were"}, {"am", "am not"},
    {"approved", "rejected"}, {"with", "without"}, {"before", "after"}, {"permitted", "forbidden"}, {"allowed", "forbidden"},
    {"free", "paid"}, {"full-time", "part-time"}, {"full time", "part time"}, 
    {"can", "cannot"}, {"granted", "refused"}, {"face-to-face", "online"}, {"in person", "online"},
]  # fmt: skip
SCALE = re.compile(
    r"(?:strongly |somewhat )?(?:dis)?agree|neither(?: agree nor disagree)?|neutral|undecided|never|rarely|seldom|sometimes|often|always|poor|fair|good|very good|excellent|yes|no|maybe|unsure"
)
"""What stands on a scale of answers to a statement."""

_SORTS = [
    re.compile(r"(?:\d+|one|two|three|four|six|nine|twelve)[ -]?(?:minutes?|mins?|hours?|days?|weeks?|months?|years?|mois|monate|meses|wochen|semanas?)|other"),
    re.compile(r"(?:daily|weekly|bi-?weekly|fortnightly|monthly|quarterly|yearly|annually|(?:once|twice|(?:two|three|four) times)(?: (?:a|per|each|every))? \w+(?: months| weeks)?|every .+|each .+"
               r"|wöchentlich|monatlich|vierzehntägig|semanal|mensual|quincenal|hebdomadaire|mensuel\w*|settimanale|mensile|other|ad hoc|as needed)"),
    re.compile(r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|terms?|semesters?|tage?n?|wochen?|monate?n?|stunden?|jahre?n?"
               r"|días?|semanas?|meses|mes|horas?|años?|jours?|semaines?|mois|heures?|ans?|sessions?|meetings?|giorni|settimane|mesi)"),
    re.compile(r"(?:in[- ]person|face[- ]to[- ]face|online|virtual(?:ly)?|remote(?:ly)?|by (?:tele)?phone|(?:tele)?phone|by video|video(?: call)?|e-?mail|by e-?mail"
               r"|zoom|skype|teams|text|whatsapp|(?:phone|video) calls?|e-?mail check-ins|messaging app|hybrid|persönlich|telefonisch|presencial|en línea|présentiel|distance|call|messages?)"),
    re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:mon|tue|wed|thu|fri|sat|sun)|mornings?|afternoons?|evenings?|weekends?"),
    SCALE,
    re.compile(r"(?:spring|summer|autumn|fall|winter)(?: semester| term)?"),
]  # fmt: skip
_NAMES_ONE = re.compile(
    r"^(?:and|or|he|she|his|her|him|hers|himself|herself|they|them|their|theirs|s|w|a|c|km|h|parent|parents|guardian|guardians|carer|carers"
    r"|legal guardian|und|oder|y|o|et|ou|in|innen|er|ihr|sie|seine|ihre|el|la|le|der|die|das|un|una|m|f|d|x)$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^\s*\*?\s+(?:will|shall|must|is|are|agrees?|has|should|may)\b", re.IGNORECASE)


def _are_ways_to_write(options: Sequence[str]) -> bool:
    """Whether two words only say what contact details are: (email/phone)."""
    return all(
        re.fullmatch(r"e-?mail|(?:tele)?phone|text|call|fax|address", option, re.IGNORECASE)
        for option in options
    )


_PERIOD = re.compile(r"(?:days?|weeks?|months?|quarters?|terms?|semesters?|years?)")
_MODAL = re.compile(r"(?:will|may|shall|can|must|should)(?: not)?|cannot")
_NEITHER = (
    "both",
    "either",
    "none",
    "any",
    "a combination",
    "combination",
    "a combination of both",
    "combination of both",
)
"""What stands at the end of a list of options of whatever sort."""

_BLANK_BEFORE = rf"[_…＿{FILL}]|\.{{3}}|\[[^\]]*\]|\((?:[Nn]umber|[Aa]mount)\)"


def are_options(options: Sequence[str], after: str = "", before: str = "", *, running: bool = False) -> bool:
    """Whether these are options whatever stands around them. `running`: they stand in a sentence."""
    lower = [option.lower().strip() for option in options]
    labels = running and re.match(r"\s*:", after) and not re.search(r"\w", before)
    if len(set(lower)) < len(lower) or re.search(r"\d\s*$", before) or labels:
        return False
    if len(lower) == 2:
        if set(lower) in _PAIRS:
            return not (running and "before" in lower) and not (
                before.rstrip().endswith("/") or re.match(r"\s*(?:/|questions?|answers?)", after)
            )
        if _is_negation(lower[0], lower[1]) or _is_negation(lower[1], lower[0]):
            return True
        if are_counterparts(lower):
            return bool(_SUBJECT.match(after)) and bool(
                re.search(r"(?:^|\bthe|[.;:]|^\s*)\s*$", before, re.I)
            )
    if len(lower) == 2 and _are_ways_to_write(lower):
        return False
    if re.search(r"\bper\s*$", before) and not all(_PERIOD.fullmatch(option) for option in lower):
        return False
    if len(lower) > 2 and all(_MODAL.fullmatch(option) for option in lower):
        return any(" " in option or option == "cannot" for option in lower)
    lower = [option for option in lower if option not in _NEITHER] if len(lower) > 2 else lower
    sorts = (
        _SORTS if not running else _SORTS[:-3] if re.search(_BLANK_BEFORE, before) else [_SORTS[1], _SORTS[3]]
    )
    return any(all(sort.fullmatch(option) for option in lower) for sort in sorts)


def of_one_sort(options: Sequence[str]) -> bool:
    """Whether all are ways to meet, or how often, or how long; one may be another way."""
    lower = [option.lower().strip() for option in options]
    ways = [option for option in lower if option not in ("other", "not sure yet", "as needed", *_NEITHER)]
    return any(all(sort.fullmatch(option) for option in ways) for sort in _SORTS) and len(set(lower)) == len(
        lower
    )


def _is_negation(plain: str, negated: str) -> bool:
    """Whether `negated` is `plain` with a "not": will, will not; do, don't; wird, wird nicht; est, n'est pas."""
    words = negated.replace("’", "'").split()
    if not re.search(
        rf"(?<!\w)(?:{_NEGATION})(?!\w)|n't\b", negated.replace("’", "'")
    ) and not negated.endswith("not"):
        return False
    stem = " ".join(
        word
        for word in words
        if word not in ("not", "nicht", "no", "non", "niet", "inte", "ikke", "ne", "pas", "não")
    )
    if stem.removeprefix("do ").removeprefix("does ") == plain:
        return True
    own = re.match(r"(?:i|we) (?=\w)", plain)
    if own and words[:1] == own[0].split():
        return _is_negation(plain[own.end() :], " ".join(words[1:]))
    if words[:2] == ["does", "not"] and len(words) == 3 and plain in (f"{words[2]}s", f"{words[2]}es"):
        return True
    stem = re.sub(r"n't$|not$", "", stem) if stem != plain else stem
    stem = stem.removeprefix("n'")
    return (
        stem.strip() == plain
        or (plain == "will" and words[0] == "won't")
        or (plain == "can" and words[0] in ("can't", "cannot"))
    )


_COUNTERPARTS = ({"mentor", "mentee"}, {"coach", "coachee"}, {"coach", "client"}, {"tutor", "student"}, {"tutor", "tutee"}, {"mentor", "student"},
                 {"tutor", "pupil"}, {"supervisor", "supervisee"}, {"mentor", "protégé"}, {"volunteer", "friend"}, {"advisor", "advisee"})  # fmt: skip


def are_counterparts(lower: list[str]) -> bool:
    return {re.sub(r"^the ", "", option) for option in lower} in _COUNTERPARTS


def are_names(options: Sequence[str]) -> bool:
    """Whether two words with capitals could as well be the two names of one thing: "Design / Product Development"."""
    return (
        len(options) == 2
        and not are_options(options)
        and all(
            re.fullmatch(r"[^\W_a-z].*|of|the|and|&", word) for option in options for word in option.split()
        )
        and any(" " in option for option in options)
    )


def name_one_thing(options: tuple[str, ...] | list[str]) -> bool:
    """Whether the words name one thing together: his/her, parent/guardian, and/or."""
    if len(options) > 2 and all(len(option.strip()) == 1 for option in options):
        return False
    return any(_NAMES_ONE.match(option.strip()) for option in options) or all(
        ROLE.fullmatch(option.strip()) for option in options
    )
