"""Which terms of the catalogue an agreement seems to hold: suggestions with their words, never taken by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ampersand.wording.catalogue import CATALOGUE
from ampersand.wording.checking import FITTING
from ampersand.wording.reading.correcting.tree import Change, read_out, words_in
from ampersand.wording.reading.kinds import UNIT
from ampersand.wording.reading.lines import Line
from ampersand.wording.reading.noticing.contradicting import claims_in
from ampersand.wording.reading.noticing.facts import find_facts
from ampersand.wording.template import TOGETHER, Choice, Clause, Entered, Field, Gap, Kind, Template

_LONGEST = 2000
"""Letters of a clause that are searched for facts."""

_FACTS = {
    "session_minutes": "meeting-minutes", "duration_months": "runs-months", "renewal_months": "renews-months",
}  # fmt: skip

# What a clause says, by the term that it then is or fixes; English only, as guesses may be.
_SAYS = {
    term: re.compile(pattern, re.IGNORECASE)
    for term, pattern in {
        "confidential": r"\b(?:bleib\w*|werden|wird|ist) (?:\w+ ){0,3}vertraulich\b|\b(?:reste\w*|sont|est) (?:\w+ ){0,2}confidentiel\w*|\b(?:es|son|será\w?|é|são|permanece\w?) (?:\w+ ){0,2}confidencia(?:l|is|les)\b|\b(?:is|blijft|blijven|zijn|wordt) (?:\w+ ){0,2}vertrouwelijk\b|\b(?:è|sono|resta\w*|rimane) (?:\w+ ){0,2}riservat\w\b|\b(?:stays?|remains?|is|are) (?:strictly |just )?between (?:us|the two|you and me|(?:the )?mentor and (?:the )?mentee)\b|\b(?:duty of confiden|(?:keep|kept|treat\w*|remains?|stays?|maintain\w*|held|bound|is|are)\b[^.]{0,60}\b(?:confidential\w*|in confidence))(?!.*\bafter\b)",
        "confidential-afterwards": r"\bconfiden\w+.*\b(?:after|endures?|surviv\w+|continues? (?:once|after))",
        "told-before-disclosure": r"\b(?:informed|told|consulted)\b.*\b(?:before|prior|first)\b|\b(?:before|prior to)\b.*\b(?:breach|disclos|pass\w* on|shar)\w*",
        "exemption": r"\b(?:außer|es sei denn|sauf si|salvo (?:que|se|quando)|excepto|tenzij|behalve|tranne)\b[^.]{0,80}\b(?:gefahr|gefährdet|danger|peligro|riesgo|gevaar|perigo|risco|pericolo|rischio|gesetz|loi|ley|wet|lei|legge)\b|\b(?:unless|except)\b[^.]{0,80}\b(?:harm\w*|danger|at risk|hurt|unsafe|crime|law requires)\b|\b(?:exempt\w*|except(?:ion)?s?\b.*\b(?:confiden|disclos|harm|illegal|law)|serious (?:risk|harm|danger))",
        "boundary-research": r"\b(?:joint(?:ly)?|together|co-?author\w*)\b.*\bresearch|\bresearch\b.*\b(?:joint|together)",
        "boundary-review": r"\b(?:peer review|selection (?:committee|panel)s?|interview panels?)",
        "boundary-promotion": r"\bpromot(?:ed|ions?)\b|\b(?:mentee|candidate)[^.]{0,60}\bappointment",
        "boundary-references": r"\b(?:provide|write|give|act as)\b[^.]{0,20}\breferences?\b|\breferee\b",
        "end-without-reason": r"\b(?:not|n['’]t|no) (?:have to|need to|need) (?:say|tell|explain) why\b|\bwithout (?:saying|having to say) why\b|\b(?:not|without|never)\b[^.]{0,40}\breasons?\b|\bmay (?:end|terminate|withdraw|leave|stop)\b[^.]{0,60}\bany (?:time|reason)\b|\bno[- ]blame|\bno[- ]fault|without (?:question|blame)",
        "organisers-told-of-ending": r"\b(?:inform|notify|tell|let)\b[^.]{0,60}\b(?:organi[sz]er|coordinator|co-ordinator|scheme|programme|program)\w*",
        "organisers-told-of-renewal": r"\b(?:inform|notify|tell|let)\b[^.]{0,120}\brenew\w*",
        "change-only-by-both": r"\b(?:chang|alter|amend|vari)\w*\b[^.]{0,60}\b(?:both|each|mutual|agree\w*)",
        "concerns-to-organisers": r"\b(?:concern|complaint|problem|issue)s?\b[^.]{0,80}\b(?:organi[sz]er|coordinator|co-ordinator|scheme|programme|program)\w*|\bescalat\w+ concerns?",
        "notes-without-identity": r"\bnotes?\b.*\b(?:identif\w+|anonym\w+)",
        "notes-secure": r"\bnotes?\b.*\bsecur\w+",
        "mentee-records": r"\bmentee\b.*\b(?:records?|action plans?)\b",
        "any-subject": r"\b(?:no (?:subjects?|topics?)|any (?:subject|topic))\b",
        "preparation": r"\bprepar(?:e|es|ed|ation)\b[^.]{0,40}\b(?:session|meeting)s?",
        "first-meeting-before-signing": r"\b(?:first|initial)\b[^.]{0,30}\b(?:meeting|session)\b.*\bsign",
        "free-of-charge": r"\bcosts? (?:you |us |the mentee )?nothing\b|\b(?:free of charge|no (?:fee|charge|cost)|unpaid)\b",
        "legal-rights-kept": r"\b(?:statutory|legal) rights\b",
        "opinion-not-advice": r"\b(?:am|are|is) not (?:an? )?(?:\w+ )?(?:doctor|therapist|counsellor|counselor|lawyer)s?\b|\bnot\b[^.]{0,40}\bprofessional advice\b|\bopinion\b[^.]{0,30}\bnot\b",
        "own-risk": r"\b(?:own|sole) risk\b",
        "respect": r"\b(?:respect|courte)\w*\b",
    }.items()
}

# What is said yes or no to, in any language that contradictions are looked for in, and the term's value for it.
_SAID = {
    ("fee", False): ("free-of-charge", "yes"), ("reason", False): ("end-without-reason", "yes"),
    ("missed", False): ("missed-meeting", "final"),
}  # fmt: skip

# What a blank asks for, by the words of its clause and its label.
_ASKS = {
    "meeting-frequency": r"\b(?:how often|frequen\w+|meet|sessions?)\b",
    "meeting-notice-days": r"\b(?:notice|cancel\w*|advance|beforehand)\b",
    "meeting-minutes": r"\b(?:minutes|length|long|lasts?)\b",
    "expected-meetings": r"\b(?:number of|how many) (?:meetings|sessions)\b",
    "runs-months": r"\b(?:months|duration|runs?)\b",
    "telephone-times": r"\b(?:phone|telephone|call)\w*\b.*\btimes?\b|\btimes?\b.*\b(?:phone|telephone)",
    "contact-between": r"\bbetween (?:sessions|meetings)\b|\b(?:best|easiest) way to (?:contact|reach)",
    "meetings-set-up-by": r"\b(?:set\w* up|arrang\w+|organi[sz]\w+|schedul\w+|book\w*|initiat\w+)\b",
    "notes-kept": r"\bnotes?\b.*\b(?:kept|keep|taken|take|made|make)\b|\b(?:keep|take|make)s?\b.*\bnotes?\b",
    "recording-permitted": r"\brecord(?:ing|ed)?\b.*\b(?:session|meeting|audio)s?|\baudio",
}  # fmt: skip
_OFTEN = frozenset({"confidential", "exemption"})
"""Terms that several clauses may each hold; of others the first is enough."""

_UNITS = {"meeting-notice-days": "day", "meeting-minutes": "min", "runs-months": "month"}


@dataclass(frozen=True)
class Suggestion:
    """A term that a clause seems to fix (`blank` is "") or that a blank seems to ask for, and the change to say so.

    `words` are what it rests on, `sentence` what the software does about the term, `key` tells it from others.
    """

    key: str
    clause: str
    blank: str
    term: str
    value: str
    words: str
    sentence: str
    change: Change


def suggestions(template: Template) -> tuple[Suggestion, ...]:
    """What could be said of this agreement's terms, in reading order, without what has been said already."""
    taken = {stated.term for clause in template.clauses() for stated in clause.states}
    taken |= {field.term for field in template.blanks if field.term} | {
        one.term for one in template.declarations
    }
    found: list[Suggestion] = []
    for clause in template.clauses():
        for one in (*_of_blanks(template, clause, taken), *_of_clause(template, clause, taken)):
            if one.term not in taken or one.term in _OFTEN:
                found.append(one)
            taken.add(one.term)
    return tuple(found)


def _made(
    template: Template, clause: Clause, term: str, value: str, change: Change, blank: str = ""
) -> Suggestion:
    words = read_out(template, clause)
    return Suggestion(
        key=f"{term}:{blank or clause.id}",
        clause=clause.id,
        blank=blank,
        term=term,
        value=value,
        words=words if len(words) <= 200 else f"{words[:197].rsplit(' ', 1)[0]} …",
        sentence=CATALOGUE[term].does,
        change=change,
    )


def _of_clause(template: Template, clause: Clause, taken: set[str]) -> Iterator[Suggestion]:
    words = words_in(clause)[:_LONGEST]
    claims = claims_in(words)
    facts = {"notice_for": "session", **claims, **find_facts([Line(words)])}
    for fact, term in _FACTS.items():
        if isinstance(facts.get(fact), int) and term not in taken:
            yield _stating(template, clause, term, str(facts[fact]))
    notice = facts.get("notice_days")
    if (
        isinstance(notice, int)
        and facts.get("notice_for") == "session"
        and "meeting-notice-days" not in taken
    ):
        yield _stating(template, clause, "meeting-notice-days", str(notice))
    if (
        "min_age" in facts
        and "adult" not in taken
        and template.entered is Entered.BY_ASKING
        and facts["min_age"] == 18
    ):
        change = {"do": "declare", "term": "adult", "sentence": "I am 18 or over."}
        yield _made(template, clause, "adult", "", change)
    if not clause.binds:
        return
    for said, (term, value) in _SAID.items():
        if said in claims.items() and term not in taken:
            yield _stating(template, clause, term, value)
    own = {stated.term for stated in clause.states}
    for term, says in _SAYS.items():
        if term not in own and (term not in taken or term in _OFTEN) and says.search(words):
            yield _stating(template, clause, term, "yes")


def _stating(template: Template, clause: Clause, term: str, value: str) -> Suggestion:
    change = {"do": "state", "clause": clause.id, "term": term, "value": value}
    return _made(template, clause, term, "" if value == "yes" else value, change)


def _of_blanks(template: Template, clause: Clause, taken: set[str]) -> Iterator[Suggestion]:
    words = words_in(clause)
    for place, part in enumerate(clause.parts):
        if not isinstance(part, Gap | Choice):
            continue
        field = template.field(part.field)
        following = clause.parts[place + 1] if place + 1 < len(clause.parts) else None
        after = getattr(following, "text", "")
        if field.term:
            continue
        for term in _terms_for(template, field, f"{field.label} {words}", after):
            if term not in taken:
                yield _made(template, clause, term, "", _asking(template, field, term), field.id)
                break


def _terms_for(template: Template, field: Field, words: str, after: str) -> Iterator[str]:
    if field.kind in (Kind.PERSON, Kind.CONTACT):
        yield from _of_person(template, field, words)
    for term, pattern in _ASKS.items():
        kinds = FITTING[CATALOGUE[term].kind]
        fits = field.kind in kinds or (term == "telephone-times" and field.kind is Kind.CONTACT)
        if not fits or not re.search(pattern, words, re.IGNORECASE):
            continue
        unit = UNIT.match(after)
        counted = _UNITS.get(term)
        if counted and not (counted in field.unit.lower() or (unit and counted in unit[0].lower())):
            continue
        if term == "meetings-set-up-by" and not {"mentor", "mentee"} <= {
            o.words.lower() for o in field.options
        }:
            continue
        yield term


def _of_person(template: Template, field: Field, words: str) -> Iterator[str]:
    """The name of one of the two, or how one is reached; and by whom."""
    what = "name" if field.kind is Kind.PERSON else "contact"
    if what == "contact" and re.search(_ASKS["contact-between"], words, re.IGNORECASE):
        yield "contact-between"
    who = _named(template, field.label) or _named(template, words)
    if who:
        yield f"{who}-{what}"


def _named(template: Template, words: str) -> str:
    """Which of the two some words name, if only one."""
    found = {
        party.key
        for party in template.parties
        for name in (party.key, party.label)
        if re.search(rf"\b{re.escape(name)}(?:[’']?s)?\b", words, re.IGNORECASE)
    }
    return found.pop() if len(found) == 1 and found <= {"mentor", "mentee"} else ""


_BY = {
    "mentor-name": "mentor", "mentor-contact": "mentor", "contact-between": "mentor", "telephone-times": "mentor",
    "mentee-name": "mentee", "mentee-contact": "mentee",
}  # fmt: skip


def _asking(template: Template, field: Field, term: str) -> Change:
    kinds = FITTING[CATALOGUE[term].kind]
    kind = field.kind if field.kind in kinds else kinds[0]
    details: Mapping[str, Any] = {
        "label": CATALOGUE[term].name if template.language.startswith("en") else field.label,
        "kind": str(kind),
        "by": _BY.get(term, field.by if field.by != TOGETHER else TOGETHER),
        "term": term,
        "options": [option.words for option in field.options],
        "suggestion": field.suggestion,
        "needed": field.needed,
    }
    return {"do": "ask", "blank": field.id, **details}
