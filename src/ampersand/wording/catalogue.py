"""The catalogue of terms: every value of an agreement that the software understands, and what it does.

`built` is the truth of today: it is false until the room that acts on the term does so. A template may use
terms that are not here; they are then words, which people read and the software shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from ampersand.wording.scopes import Scope


class TermKind(StrEnum):
    """What a term's value is."""

    YES_NO = "yes or no"
    NUMBER = "a number"
    CHOICE = "one of several words"
    DATE = "a date"
    FREQUENCY = "how often"
    TIMES = "times of the week"
    PERSON = "a person's name"
    CONTACT = "a way to reach someone"
    CLAUSES = "marked clauses"
    SCOPE = "when it binds"


VerdictKind = Literal["does", "asks", "keeps"]


@dataclass(frozen=True)
class Term:
    """One value the software understands.

    `does` is one sentence on what the software does about it, in the future tense while it is not `built`.
    `verdict`: it makes it so ("does"), shows it and records that it was accepted ("asks"), or keeps evidence
    ("keeps"). A number is counted in `unit`; a choice is one of `options`; `usual` is when a boundary binds
    whose clause does not say so.
    """

    key: str
    name: str
    kind: TermKind
    room: str
    verdict: VerdictKind
    built: bool
    does: str
    unit: str = ""
    options: tuple[str, ...] = ()
    usual: Scope | None = None


_ASKED = "It is shown before anyone accepts, and each acceptance is kept with these exact words."


def _asks(key: str, name: str) -> Term:
    """A term that only people can keep: it is shown, and accepting it is recorded."""
    return Term(key, name, TermKind.CLAUSES, "agreements", "asks", True, _ASKED)


def _term(
    room: str, key: str, name: str, does: str, *, kind: TermKind = TermKind.YES_NO, built: bool = False,
    verdict: VerdictKind = "does", unit: str = "", options: tuple[str, ...] = (),
) -> Term:  # fmt: skip
    return Term(key, name, kind, room, verdict, built, does, unit, options)


def _boundary(key: str, name: str, does: str, usual: Scope) -> Term:
    """A duty of one towards the other, kept in the register from the day the agreement comes into force."""
    return Term(key, name, TermKind.SCOPE, "boundaries", "does", True, does, usual=usual)


_CHECKED = (
    "It stands in the register, and a conflict check answers for it, also long after the pair has ended."
)
_LASTING = Scope("mentor", during=True, after=True)


# fmt: off
_WHO = (
    _term("people", "mentor-name", "The mentor’s name",
          "It stands in the agreement as the mentor writes it.", kind=TermKind.PERSON, built=True),
    _term("people", "mentee-name", "The mentee’s name",
          "It stands in the agreement as the mentee writes it.", kind=TermKind.PERSON, built=True),
    _term("agreements", "mentor-contact", "How to reach the mentor",
          "The mentor fills it in; the mentee sees it, the organisers’ lists do not.",
          kind=TermKind.CONTACT, built=True),
    _term("agreements", "mentee-contact", "How to reach the mentee",
          "The mentee fills it in; the mentor sees it, the organisers’ lists do not.",
          kind=TermKind.CONTACT, built=True),
    _term("agreements", "contact-between", "Contact between meetings",
          "The mentor fills it in; the mentee sees it, the organisers’ lists do not.",
          kind=TermKind.CONTACT, built=True),
    _term("people", "telephone-times", "Telephone times",
          "The mentee sees the times as agreed, with whether it is one of them now.",
          kind=TermKind.TIMES, built=True),
)

_JOINING = (
    _term("matching", "adult", "18 or over",
          "Nobody can ask without declaring it; no date of birth is taken.", built=True),
    _term("matching", "has-read", "Has read the agreement",
          "Which version was accepted, when and by whom is kept, clause by clause.", verdict="keeps",
          built=True),
    _term("matching", "whole-agreement-first", "The whole agreement before asking",
          "The scheme’s page shows every clause above the button that asks.", built=True),
    _term("matching", "asking", "Asking for a mentor",
          "The mentee asks on the scheme’s page; the organisers introduce two people, who each answer.",
          built=True),
    _term("matching", "free-of-charge", "Free of charge", "There is no payment anywhere.", built=True),
    _term("matching", "waiting-list", "Waiting list",
          "Mentors say how many people they can take; whoever waits sees their place in line.",
          built=True),
    _term("matching", "share-what-you-like", "Sharing as much as you like",
          "A name to be called by and one address are enough; nothing else about a person is required.",
          built=True),
)

_MEETING = (
    _term("meetings", "meeting-minutes", "Length of a meeting",
          "A meeting that is booked is this long.", kind=TermKind.NUMBER, unit="minutes", built=True),
    _term("meetings", "expected-meetings", "Meetings expected",
          "Each meeting says which of about how many it is; one more stays possible.",
          kind=TermKind.NUMBER, unit="meetings", built=True),
    _term("meetings", "meeting-frequency", "How often they meet",
          "Whoever sets up meetings is told once when the next one is due and none is booked.",
          kind=TermKind.FREQUENCY, built=True),
    _term("meetings", "meetings-set-up-by", "Who sets up meetings",
          "That person books and is told when a meeting is due; the other can always suggest times.",
          kind=TermKind.CHOICE, options=("mentor", "mentee", "either"), built=True),
    _term("meetings", "meeting-notice-days", "Notice for missing a meeting",
          "Cancelling says whether this notice is kept; later stays possible, and is counted.",
          kind=TermKind.NUMBER, unit="days", built=True),
    _term("meetings", "missed-meeting", "What becomes of a missed meeting",
          "A missed meeting that is “final” is not booked again; the invitation says so beforehand.",
          kind=TermKind.CHOICE, options=("final", "rebook"), built=True),
    _term("meetings", "first-meeting-before-signing", "First meeting before signing",
          "A first meeting can be booked before the agreement is signed, to go through it.", built=True),
    _term("meetings", "video-meetings", "Meetings by video",
          "A booking carries a way in that leads to the video call.", built=True),
    _term("meetings", "ask-before-sharing", "Asking before sharing something sensitive",
          "Each meeting’s page and invitation carry help to read before sharing something sensitive.",
          built=True),
    _term("meetings", "recording-permitted", "Recording by the mentee",
          "Each meeting’s page shows whether it is permitted; no recording is kept here.", built=True),
)

_WORKING = (
    _term("notebooks", "goals-page", "Goals page", "The pair will have a page of goals, private to the two."),
    _term("notebooks", "preparation", "The mentee prepares",
          "The mentee will have a page to prepare each meeting, private until shared."),
    _term("notebooks", "notes-kept", "Notes by the mentor",
          "Without a yes there will be no page for notes; with it, only the mentor can read them."),
    _term("notebooks", "notes-without-identity", "Notes that identify nobody",
          "Details that identify someone will be pointed out before a note is saved."),
    _term("notebooks", "notes-secure", "Notes stored securely",
          "Notes will be encrypted so that only their author can read them."),
    _term("notebooks", "mentee-records", "The mentee’s records and plans",
          "The mentee will keep private records, to download or delete as a whole."),
    _term("workbooks", "trackers", "Self-tracking",
          "The mentee will have private trackers and decides what to show."),
    _term("workbooks", "workbook", "Workbook",
          "The mentee will choose a workbook when asking; both will see how far they have come."),
    _term("workbooks", "disclaimer-before-downloads", "Disclaimer before downloads",
          "Downloads will stay closed until the current disclaimer is accepted."),
    _term("agreements", "any-subject", "Any subject may be raised",
          "There are no topics to choose from and no categories, so none is left out.", built=True),
)

_ENDING = (
    _term("journeys", "runs-months", "Months it runs",
          "It ends by itself when its last day is over; both hear of it beforehand.",
          kind=TermKind.NUMBER, unit="months", built=True),
    _term("journeys", "renews-months", "Months it may be renewed for",
          "Before the end each is asked alone; it is renewed only if both say yes and sign again.",
          kind=TermKind.NUMBER, unit="months", built=True),
    _term("journeys", "renewals", "How often it may be renewed",
          "It is renewed no more often than this; once, where nothing is said.",
          kind=TermKind.NUMBER, unit="times", built=True),
    _term("pairs", "end-without-reason", "Ending without a reason",
          "Either ends it with one button; there is nowhere to write a reason.", built=True),
    _term("pairs", "organisers-told-of-ending", "Organisers told of the end",
          "The organisers are told that it ended, not by whom and not why.", built=True),
    _term("pairs", "organisers-told-of-renewal", "Organisers told of renewal",
          "The organisers are told when it is renewed.", built=True),
    _term("agreements", "change-only-by-both", "Changed only by both",
          "Either can propose a change; the old text holds until both have signed the new one.",
          built=True),
)

_TRUST = (
    _term("concerns", "concerns-to-organisers", "Concerns go to the organisers",
          "The organisers’ address is shown wherever the pair looks for help.", built=True),
    _term("concerns", "concerns-to-mentor", "Questions go to the mentor",
          "“Ask my mentor” will stand beside “ask the organisers”."),
    _term("schemes", "professional-help", "Where professional help is found",
          "The scheme’s urgent-help lines stand at the foot of its pages.", built=True),
    _term("notebooks", "confidential", "Confidentiality",
          "What the two write to each other will be readable by them alone, whatever rank anyone holds.",
          kind=TermKind.CLAUSES),
    _term("concerns", "exemption", "Exemption from confidentiality",
          "Only this and the agreement’s other exemptions will open the way to telling someone else.",
          kind=TermKind.CLAUSES),
    _term("concerns", "told-before-disclosure", "Told before anything is passed on",
          "Nothing can be passed on through the software before the mentee was told."),
    _term("notebooks", "confidential-afterwards", "Confidentiality endures",
          "What was private will stay so after the pair has ended."),
    _boundary("boundary-research", "No joint research",
              "It stands in the register; both are reminded of it, and a conflict check answers for it.",
              Scope("both", during=True, after=False)),
    _boundary("boundary-review", "No peer review or selection panel", _CHECKED, _LASTING),
    _boundary("boundary-promotion", "No part in promotion or appointment", _CHECKED, _LASTING),
    _boundary("boundary-references", "No references", _CHECKED, _LASTING),
    _term("boundaries", "boundary-years", "Years that boundaries last afterwards",
          "Boundaries that name no years of their own end so many years after the pair has ended.",
          kind=TermKind.NUMBER, unit="years", built=True),
    _asks("respect", "Respect"),
    _asks("purpose", "What it is for"),
    _asks("opinion-not-advice", "Opinion, not professional advice"),
    _asks("no-assurance", "No assurance"),
    _asks("own-risk", "At one’s own risk"),
    _asks("no-claims", "No claims"),
    _asks("legal-rights-kept", "Legal rights are kept"),
)

_PAPER = (
    _term("agreements", "filled-in-together", "Filled in together",
          "Each blank is suggested by one and agreed by the other, and both see it happen.", built=True),
    _term("agreements", "signatures", "Signatures",
          "Both sign one identical text; no copy with a single signature leaves the system.",
          verdict="keeps", built=True),
    _term("agreements", "signatures-at-renewal", "Signatures at renewal",
          "Renewing is signed by both and makes a sealed copy of its own.", verdict="keeps",
          built=True),
    _term("agreements", "copies", "Copies",
          "Once both have signed, everyone named here receives the sealed agreement.", verdict="keeps",
          built=True),
    _term("agreements", "issue-date", "Date of issue",
          "It is the day on which the second signature was given.", kind=TermKind.DATE, verdict="keeps",
          built=True),
    _term("agreements", "renewal-date", "Date of renewal",
          "It is the day on which the second signature to the renewal was given.", kind=TermKind.DATE,
          verdict="keeps", built=True),
)
# fmt: on


def _by_key(*groups: Iterable[Term]) -> Mapping[str, Term]:
    return MappingProxyType({term.key: term for group in groups for term in group})


CATALOGUE: Mapping[str, Term] = _by_key(_WHO, _JOINING, _MEETING, _WORKING, _ENDING, _TRUST, _PAPER)
"""Every term by its key."""
