"""Two passages that fix one thing differently: lengths, notice, how often, who arranges, yes here and no there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ampersand.wording.reading.lines import LONGEST, Line
from ampersand.wording.reading.noticing.facts import find_facts
from ampersand.wording.reading.noticing.languages import claims_of
from ampersand.wording.reading.noticing.leftovers import about

_OTHERWISE = {
    "session_minutes": "This says how long a meeting lasts otherwise than “%(other)s”.",
    "duration_months": "This says how long it all lasts otherwise than “%(other)s”.",
    "renewal_months": "This says how long it goes on when renewed otherwise than “%(other)s”.",
    "notice_days": "This says how much notice is given otherwise than “%(other)s”.",
    "ending_notice_days": "This says how much notice is given otherwise than “%(other)s”.",
    "contact_email": "This says where to write to otherwise than “%(other)s”.",
    "min_age": "This says how old one must be otherwise than “%(other)s”.",
    "frequency": "This says how often the two meet otherwise than “%(other)s”.",
    "arranges": "This says who arranges the meetings otherwise than “%(other)s”.",
    "notes": "This says whether notes are kept otherwise than “%(other)s”.",
    "recording": "This says whether meetings are recorded otherwise than “%(other)s”.",
    "missed": "This says whether a missed meeting is made up for otherwise than “%(other)s”.",
    "references": "This says whether references are given otherwise than “%(other)s”.",
    "reason": "This says whether someone who stops gives a reason otherwise than “%(other)s”.",
    "fee": "This says whether it costs something otherwise than “%(other)s”.",
}
_SOME = re.compile(
    r"\b(?:first|initial|introductory|taster|the last|final|closing|review|extra|participat\w*|attend\w*|workshops?|seminars?|weekly or|monthly or|additional|group|team|initially|afterwards|thereafter|beginning"
    r"|or (?:more|less|longer|fewer)|at (?:least|most)|up to|no more than|about|around|approximately|usually|typically|between)\b",
    re.IGNORECASE,
)
"""Words of a passage that speaks of some meetings only, or of no fixed number."""

_IFFY = re.compile(
    r"\b(?:if|unless|only|except\w*|until|after|outside|beyond|whether|would|identif\w+|consent|agree[sd]?|permission|without (?:the|prior|both|written))\b"
    r"|(?<=\S) / (?=\S)|\w/\w|_",
    re.IGNORECASE,
)
"""Words by which a passage says yes or no only under a condition, or leaves it to the two."""

_WHEN_MISSED = re.compile(r"\b(?:if|when(?:ever)?) [^,.]{0,40}\bmiss(?:ed|es)?\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not?|never|cannot|without|neither|nor)\b|n['’]t\b", re.IGNORECASE)
_WHO = r"(mentors?|mentees?|students?|tutors?|coach(?:ee)?|apprentices?|buddy|both|either)"
_ARRANGES = re.compile(
    rf"\b{_WHO}\b(?: (?:will|shall|must|should|is|are|agrees?|undertakes?|to|be|responsible|for))*"
    r" (?:arrang|set(?:s|ting)? up|organi[sz]|schedul|book)\w*[^.]{0,25}\b(?:meeting|session)s?\b",
    re.IGNORECASE,
)
_SAYS = {
    topic: re.compile(pattern, re.IGNORECASE)
    for topic, pattern in {
        "notes": r"\bnotes?\b[^.]{0,30}\b(?:kept|taken|made|written)\b|\b(?:keep|take|make|write)s?\b (?:\w+ ){0,2}notes?\b",
        "recording": r"\b(?:meeting|session)s?\b[^.]{0,40}\brecorded\b(?! in)|\brecord(?:ing)?s?\b[^.]{0,25}\b(?:meeting|session)s?\b[^.]{0,30}\b(?:permitted|allowed|prohibited|forbidden|possible)\b|\b(?:may|will|can|must|not) record\b[^.]{0,25}\b(?:meeting|session)s?\b",
        "missed": r"\bmiss(?:ed|es|ing)?\b[^.]{0,60}\b(?:re-?(?:schedul|arrang|book)\w*|ma[dk]e up)\b",
        "references": r"\b(?:provide|write|give|act as)s?\b[^.]{0,20}\b(?:references?\b(?! to)|referees?\b)",
        "reason": r"\b(?:end|ends|stop|stops|leave|leaves|withdraw|withdraws|terminate|terminates|ending|stopping|leaving)\b[^.]{0,60}\b(?:reasons?|explanation)\b",
        "fee": r"\bfree of charge\b|\b(?:mentoring|programme|program|scheme) is free\b(?! to)|\b(?:a|no) (?:fee|charge)s?\b|[£$€]\s?\d[\d.,]* (?:per|a|an|for (?:each|every)|each) (?:meeting|session|hour|month)",
    }.items()
}
_SAYS_NO = {"recording": r"\b(?:prohibited|forbidden)\b", "fee": r"\bfree\b"}
_KEEPS = re.compile(rf"\b{_WHO}\b", re.IGNORECASE)
_A_YEAR = (
    (r"daily|every day", 365), (r"bi-?weekly|fortnight|every (?:other|second|two|2) weeks?|twice (?:a|per|each) month", 26),
    (r"twice (?:a|per|each) week", 104), (r"every (?:three|3) weeks", 17), (r"every (?:four|4) weeks|month", 12),
    (r"every (?:six|6) weeks", 9), (r"quarter|every (?:three|3) months", 4), (r"week", 52), (r"year", 1),
)  # fmt: skip


def contradictions(passages: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """For each passage that says otherwise than one above: its key, its words, the sentence, the words above."""
    told: dict[str, list[tuple[str, object, str]]] = {}
    for key, text in passages:
        for claim, value in claims_in(text[:LONGEST]).items():
            name, _, whose = claim.partition(" ")
            above = told.setdefault(name, [])
            other = next(
                (words for of, said, words in above if said != value and _same(name, whose, of)), None
            )
            if other is not None:
                yield key, text, _OTHERWISE[name], about(other)
            above.append((whose, value, text))


def _same(name: str, whose: str, other: str) -> bool:
    """Whether two claims are about the same: notes of nobody in particular may be anyone's, addresses not."""
    return whose == other or (name != "contact_email" and not (whose and other))


@lru_cache(maxsize=4000)
def claims_in(text: str) -> Mapping[str, object]:
    """What a passage fixes, by name; a second word of the name says whose it is."""
    facts = find_facts([Line(text)])
    address = _address(text, str(facts["contact_email"])) if "contact_email" in facts else {}
    elsewhere = claims_of(text)
    return {**address, **(elsewhere if elsewhere is not None else _in_english(text, facts))}


def _in_english(text: str, facts: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    some = bool(_SOME.search(text))
    for name in ("duration_months", "renewal_months", "min_age", "ending_notice_days"):
        if name in facts:
            found[name] = facts[name]
    if "session_minutes" in facts and not some:
        found["session_minutes"] = facts["session_minutes"]
    if "notice_days" in facts:
        found["notice_days" if facts.get("notice_for") == "session" else "ending_notice_days"] = facts[
            "notice_days"
        ]
    if "frequency" in facts and not some and re.search(r"\b(?:meet|sessions?)", text, re.IGNORECASE):
        found["frequency"] = _a_year(str(facts["frequency"]))
    for sentence in re.split(r"(?<=[.!?;])\s+", text):
        found |= _yes_or_no(sentence)
    return found


def _a_year(often: str) -> object:
    return next((count for words, count in _A_YEAR if re.search(words, often, re.IGNORECASE)), often)


def _address(text: str, address: str) -> dict[str, object]:
    """An address, by the words that lead to it: two people may each have one, the office has one."""
    words = re.findall(r"[^\W_]+", text[: text.find(address)].casefold())
    return {f"contact_email {' '.join(words[-3:])}": address.casefold()} if len(words) > 1 else {}


def _yes_or_no(sentence: str) -> dict[str, object]:
    sentence = _WHEN_MISSED.sub("missed", sentence)
    if _IFFY.search(sentence):
        return {}
    found: dict[str, object] = {}
    arranges = _ARRANGES.search(sentence)
    if arranges and not _SOME.search(sentence):
        both = re.search(r"\b(?:and|or)\s+(?:the\s+)?$", sentence[: arranges.start()], re.IGNORECASE)
        found["arranges"] = "both" if both else arranges[1].lower().rstrip("s")
    for topic, says in _SAYS.items():
        said = says.search(sentence)
        if not said:
            continue
        no = _NOT.search(sentence[: said.end()]) or re.search(_SAYS_NO.get(topic, r"(?!)"), said[0], re.I)
        who = _KEEPS.search(sentence) if topic in ("notes", "references") else None
        found[f"{topic} {who[1].lower().rstrip('s')}" if who else topic] = not no
    return found
