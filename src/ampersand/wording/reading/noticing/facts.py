"""What the text fixes: how long a meeting is, how often, notice, how long it all lasts, addresses. Suggestions only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ampersand.wording.reading.kinds import ROLE
from ampersand.wording.reading.lines import Line, squeeze

_NUMBERS = {
    "one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "forty five": 45, "fifty": 50,
    "sixty": 60, "ninety": 90, "half an": 0.5, "twenty-four": 24, "forty-eight": 48, "half a": 0.5, "ein": 1, "eine": 1, "un": 1, "una": 1, "zwei": 2, "drei": 3,
}  # fmt: skip
_N = (
    r"(\d+(?:[.,]\d+)?|"
    + "|".join(sorted((re.escape(word) for word in _NUMBERS), key=len, reverse=True))
    + r")"
)
_SPOT = r"(?:\s*\(\d+\))?[\s-]+(?:working |calendar |business |full |consecutive |additional |further )?"
_MINUTES = re.compile(
    rf"\b{_N}{_SPOT}(minutes?|mins?|minuten|minutos|minuti|hours?|stunden?|horas?|heures?|ore|uur)\b", re.I
)
_MEETING = re.compile(
    r"\b(?:meet(?:s|ings?)?|sessions?|lasts?|calls?|treffen|dauern|reuni\w+|rencontres?|séances?|visits?|read together|sesion\w*|incontri|encontros|bijeenkomst\w*)\b",
    re.I,
)
_LENGTHS = re.compile(
    rf"\b{_N}{_SPOT}(days?|weeks?|months?|years?|monate?n?|wochen?|jahre?n?|meses|mes|años?|mois|ans?|semanas?)\b",
    re.I,
)
_LASTS = re.compile(
    r"\b(?:lasts?|duration|period of|for a (?:period|term)|term of|runs? for|will be for|continue for|over the course of|valid for|in force for|commit(?:ment|s)? (?:of|to|for)|gilt für|dauert|dura(?:ción)?|durée"
    r"|relationship (?:is|will)|programme (?:is|will)|program (?:is|will))\b",
    re.I,
)
_RENEW = re.compile(
    r"\b(?:renew\w*|extend\w*|further|additional|option to continue|another|verlänger\w*|renov\w*|prorrog\w*|renouvel\w*)\b",
    re.I,
)
_ENDING = re.compile(
    r"\b(?:terminat\w*|end(?:s|ed|ing)?|leave|withdraw\w*|resign\w*|kündig\w*|beend\w*)\b", re.I
)
_NOTICE = re.compile(
    r"\b(?:notice|in advance|beforehand|before(?: the| that| each| a| our)?(?: next)?|ahead|prior|vorher|antelación|à l'avance|avisar|let(?:s)? the other know)\b",
    re.I,
)
_NO_NOTICE = re.compile(
    r"without (?:giving )?(?:any )?(?:reason )?(?:or )?(?:prior |any )?notice|(?:at|for) any (?:time|reason)[^.]{0,25}at any time|end the relationship at any time",
    re.I,
)
_MISSED = re.compile(
    r"\b(?:cancel\w*|miss\w*|attend|reschedul\w*|can(?:not|['’]t) (?:come|attend|make)|unable|absent\w*|absence|cannot happen|postpone\w*|let|know|contact|inform|notif\w*|absag\w*|abgesagt|asistir)\b",
    re.I,
)
_FREQUENCY = re.compile(
    r"\b((?:at least |about |approximately )?(?:once|twice|one time|two times|three times|\d+ times) (?:a|per|every|each) (?:\w+ )?(?:week|month|fortnight|term|year|semester|quarter)"
    r"|every (?:other |two |three |four |six |second |\d+ )?(?:weeks?|months?|days?|fortnights?)|weekly|fortnightly|bi-?weekly|monthly|quarterly|una vez (?:por|a la|al) \w+|wöchentlich|monatlich)\b",
    re.I,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_AGE = re.compile(
    r"\b(?:(\d{2})|eighteen|sixteen) (?:years (?:of age|old) )?(?:or (?:over|older|above))|(?:at least|over) (\d{2}) years",
    re.I,
)
_COUNTED = re.compile(
    r"\d|\b(?:minut|hour|day|week|month|year|stund|tag|woche|monat|jahr|hora|día|seman|mes|año|heure|jour|mois|notice|time|ore|uur)",
    re.I,
)
_EXAMPLE = re.compile(r"\be\.g\.|\bfor (?:example|instance)\b|\bz\.\s?B\.", re.I)


@lru_cache(maxsize=4000)
def _of_text(text: str) -> Mapping[str, Any]:
    facts: dict[str, Any] = {}
    for sentence in re.split(r"(?<=[.!?;])\s+", text):
        for name, value in _in_sentence(squeeze(sentence)).items():
            facts.setdefault(name, value)
    return facts


def find_facts(lines: Sequence[Line]) -> dict[str, Any]:
    """The facts that the text fixes, by name; only those that are found."""
    facts: dict[str, Any] = {}
    for line in lines:
        if line.quoted:
            continue
        facts = {**_of_text(line.text), **facts}
        address = _EMAIL.search(line.text) if "@" in line.text else None
        if address and "contact_email" not in facts:
            facts["contact_email"] = address[0].rstrip(".")
    return facts


def _in_sentence(sentence: str) -> Mapping[str, Any]:
    plain = _EXAMPLE.split(sentence)[0]
    found: dict[str, Any] = {}
    if _COUNTED.search(plain):
        found |= _session(plain)
        found |= _lengths(plain)
        found |= _notice(plain)
    frequency = _FREQUENCY.search(plain)
    if (
        frequency
        and re.search(
            r"\b(?:meet\w*|sessions?|calls?|contact|reuni\w+|treffen|visits?|see|rencontres?)\b", plain, re.I
        )
        and not re.search(r"\battend\w* \d+|%", plain)
    ):
        found["frequency"] = frequency[1].lower()
    age = _AGE.search(plain)
    if age:
        found["min_age"] = int(age[1] or age[2] or (18 if "eighteen" in plain.lower() else 16))
    return found


def _number(text: str) -> float:
    return (
        float(_NUMBERS.get(text.lower(), 0) or text.replace(",", "."))
        if text.lower() in _NUMBERS or text[0].isdigit()
        else 0.0
    )


def _session(sentence: str) -> dict[str, Any]:
    for length in _MINUTES.finditer(sentence):
        around = sentence[max(0, length.start() - 70) : length.end() + 30]
        before, after = sentence[: length.start()], sentence[length.end() :]
        if _NOTICE.search(after[:30]) or re.search(
            r"(?:within|less than|more than|every|per|before)\s*$", before, re.I
        ):
            continue
        if re.match(r"\s*(?:per|a|each) (?:week|month|day)", after) or re.search(
            r"\b(?:late|delay)\b", around, re.I
        ):
            continue
        if _MEETING.search(around):
            hours = bool(re.match(r"h|stund", length[2], re.I))
            more = {"half": 0.5, "quarter": 0.25}.get(
                (re.match(r" and a (half|quarter)", after) or ["", ""])[1], 0
            )
            minutes = round((_number(length[1]) + more) * (60 if hours else 1))
            if 5 <= minutes <= 600:
                return {"session_minutes": minutes}
    return {}


def _months(count: float, unit: str) -> int | None:
    unit = unit.lower()
    if re.match(r"mon|mes|mois", unit):
        return round(count)
    return round(count * 12) if re.match(r"y|j|a", unit) else None


def _lengths(sentence: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for length in _LENGTHS.finditer(sentence):
        before = sentence[: length.start()]
        months = _months(_number(length[1]), length[2])
        weeks = round(_number(length[1])) if re.match(r"w|sem", length[2], re.I) else None
        last = re.split(r"[,;]", before)[-1]
        if _RENEW.search(last) or _RENEW.search(length[0]):
            if months:
                found.setdefault("renewal_months", months)
        elif (
            _LASTS.search(before)
            and not _NOTICE.search(sentence[length.end() : length.end() + 20])
            and not _AGE.search(sentence)
        ):
            if re.search(r"\b(?:every|each|per|within|after|weekly)\s*$", before, re.I):
                continue
            if months:
                found.setdefault("duration_months", months)
            elif weeks and weeks >= 3:
                found.setdefault("duration_weeks", weeks)
    return found


def _notice(sentence: str) -> dict[str, Any]:
    if _NO_NOTICE.search(sentence):
        return {"notice_days": 0, "notice_for": "ending"}
    for length in re.finditer(
        rf"\b{_N}{_SPOT}(hours?|days?|weeks?|months?|día|días|tage?|heures|jours?)\b(?:[’']s?)?",
        sentence,
        re.I,
    ):
        after, before = sentence[length.end() : length.end() + 40], sentence[: length.start()]
        if not (_NOTICE.search(after) or re.search(r"notice (?:of|period)[^.]{0,20}$", before, re.I)):
            continue
        if not (re.search(r"notice", sentence, re.I) or _MISSED.search(sentence)):
            continue
        ending = bool(_ENDING.search(sentence)) and not re.search(r"cancel|miss|reschedul", sentence, re.I)
        count, unit = _number(length[1]), length[2].lower()
        days = (
            count / 24
            if re.match(r"h", unit)
            else count * (7 if unit.startswith("w") else 30 if unit.startswith("m") else 1)
        )
        if days < 0.5:
            continue
        if ending:
            return {"ending_notice_days": _whole(days)}
        return {"notice_days": _whole(days), "notice_for": "session"}
    return {}


def _whole(days: float) -> float | int:
    return int(days) if days == int(days) else round(days, 2)


_SMALL_ROLE = re.compile(ROLE.pattern)
"""As ROLE, in a text of small letters: looking through a whole one takes a quarter of the time."""


def find_parties(title: str, lines: Sequence[Line], labels: Sequence[str]) -> tuple[str, ...]:
    """Who the agreement is between: the roles it names most, those that sign first."""
    counts: dict[str, float] = {}
    text = " ".join(line.text for line in lines)
    for weight, source in ((1.0, text), (4.0, title), (3.0, " ".join(labels))):
        for role in _SMALL_ROLE.findall(source.lower()):
            key = _singular(role)
            counts[key] = counts.get(key, 0) + weight
    for key in (
        "participant",
        "member",
        "child",
        "head",
        "director",
        "manager",
        "program lead",
        "faculty",
        "host",
        "representative",
    ):
        counts[key] = counts.get(key, 0) / 4
    ranked = sorted(counts, key=lambda key: -counts[key])
    most = counts[ranked[0]] if ranked else 0
    chosen = [key for key in ranked if counts[key] >= max(2.5, 0.2 * most)][:4]
    return tuple(chosen)


def _singular(role: str) -> str:
    return {"buddies": "buddy"}.get(
        role, role[:-1] if role.endswith("s") and not role.endswith("ss") else role
    )
