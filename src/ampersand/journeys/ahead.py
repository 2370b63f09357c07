"""What lies ahead of a pair: one pure function from how it stands and what its agreement says.

The worker does what `ahead` says is due, `ampersand calendar` prints it, and the demo shows it as letters.
Nothing here reads a clock or a row. docs/decisions/0022-time-does-its-part.md says why it is done this way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from ampersand.calendars import day_in, end_of, months_after, months_before, morning, waking
from ampersand.pairs.rules import PARTIES
from ampersand.pairs.rules import Coming as AnyComing

ORGANISERS = "organisers"
DRAFT_QUIET = timedelta(days=14)  # without a change, while something is left to agree
SIGNATURE_QUIET = timedelta(days=7)  # without a change, when nothing is left but to sign
LAST_WEEK = timedelta(days=7)
BREATH = timedelta(days=3)  # between asking and reminding, however late the asking was


class What(StrEnum):
    """What time brings to a pair. A word, once used, is never renamed: rows in the database say it."""

    DRAFT_WAITS = "draft-waits"
    SIGNATURE_WAITS = "signature-waits"
    ENDS_SOON = "ends-soon"
    CARRY_ON = "carry-on"
    CARRY_ON_AGAIN = "carry-on-again"
    SIGN_RENEWAL = "sign-renewal"
    ENDS = "ends"
    ENDED = "ended"


@dataclass(frozen=True)
class Draft:
    """An agreement that is not signed yet: since when nothing has moved, and who has signed."""

    about: str
    quiet_since: datetime
    ready: bool
    signed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class CarryOn:
    """How the question whether to carry on stands. Who answered what is not in it."""

    asked_at: datetime
    answered: frozenset[str] = frozenset()
    agreed_at: datetime | None = None  # both said yes
    signed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Life:
    """A pair as time sees it: plain values. `zones` are those of the two, `zone` is the scheme's."""

    pair: int
    zone: str
    zones: Mapping[str, str]
    since: date | None = None  # the first day in force
    until: date | None = None  # the last
    renews_months: int = 0  # for how many months it may be renewed now; 0 if it may not
    asks_months: int = 1
    carry_on: CarryOn | None = None
    draft: Draft | None = None
    reached: frozenset[tuple[str, str, str]] = field(default_factory=frozenset)


Coming = AnyComing[What]


def ahead(life: Life) -> list[Coming]:
    """Everything that time still brings to a pair as it stands, in order."""
    coming = [*_while_agreeing(life), *_towards_the_end(life)]
    return sorted((each for each in coming if each.key not in life.reached), key=lambda each: each.at)


def renewed_until(life: Life) -> date | None:
    """The last day after a renewal, counted from the last day before it; None if it may not be renewed."""
    if not life.until or not life.renews_months:
        return None
    return months_after(life.until, life.renews_months, anchor=life.since.day if life.since else 0)


def asked_on(life: Life) -> date | None:
    """The day on which both are asked: as early as the scheme says, or half-way if the time is short."""
    if not life.until:
        return None
    early = months_before(life.until, life.asks_months)
    if life.since is None:
        return early
    return max(early, life.since + (life.until - life.since) // 2)


def _while_agreeing(life: Life) -> Iterator[Coming]:
    """Remind of what waits. Who has signed is not told: the letter and its day are the same if nobody has."""
    draft = life.draft
    if draft is None:
        return
    what, quiet = (What.SIGNATURE_WAITS, SIGNATURE_QUIET) if draft.ready else (What.DRAFT_WAITS, DRAFT_QUIET)
    for party in PARTIES:
        if party not in draft.signed:
            yield _letter(life, what, party, draft.quiet_since + quiet, about=draft.about)


def _towards_the_end(life: Life) -> Iterator[Coming]:
    day = asked_on(life)
    if life.until is None or day is None:
        return
    end, about = end_of(life.until, life.zone), f"until:{life.until}"
    what = What.CARRY_ON if life.renews_months else What.ENDS_SOON
    for party in PARTIES:
        yield Coming(morning(day, life.zones[party]), what, party, about, life.zones[party], end)
    if life.renews_months:
        yield from _reminders(life, life.until, end)
    yield Coming(end, What.ENDS, "", about)
    for whom, zone in (*life.zones.items(), (ORGANISERS, life.zone)):
        yield Coming(waking(end, zone), What.ENDED, whom, about, zone)


def _reminders(life: Life, until: date, end: datetime) -> Iterator[Coming]:
    """Remind each once in the last week of what they themselves have not done yet."""
    asked = life.carry_on or CarryOn(asked_at=morning(asked_on(life) or until, life.zone))
    if asked.agreed_at:
        what, done, since = What.SIGN_RENEWAL, asked.signed, asked.agreed_at
    else:
        what, done, since = What.CARRY_ON_AGAIN, asked.answered, asked.asked_at
    for party in PARTIES:
        zone = life.zones[party]
        moment = max(morning(until - LAST_WEEK, zone), waking(since + BREATH, zone))
        if party not in done and moment < end:
            yield Coming(moment, what, party, f"until:{until}", zone, end)


def _letter(life: Life, what: What, party: str, moment: datetime, *, about: str) -> Coming:
    zone = life.zones[party]
    return Coming(morning(day_in(moment, zone), zone), what, party, about, zone)
