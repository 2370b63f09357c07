"""What the page of a meeting says: where it stands today, and what the agreement of the two says about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from django.utils import timezone

from ampersand.agreements.models import Agreement
from ampersand.agreements.queries import (
    Standing,
    clauses_stating,
    contact_wishes,
    current_agreement,
    standing_of,
)
from ampersand.calendars import day_in, shows
from ampersand.meetings.ahead import ASKED_FOR
from ampersand.meetings.models import Meeting, MeetingAnswer, MeetingState, Outcome, Seat
from ampersand.meetings.queries.policies import Policy, policy_in
from ampersand.pairs.models import Pair, PairState
from ampersand.people.models import Person
from ampersand.wording import Terms, Times, terms_of

DOOR_OPENS = timedelta(minutes=15)
SOON = timedelta(days=1)
SENSITIVE = frozenset({"exemption", "told-before-disclosure", "ask-before-sharing"})


class Phase(StrEnum):
    """Where a meeting stands for whoever opens its page."""

    BEFORE = "before"
    TODAY = "today"
    NOW = "now"
    AFTER = "after"
    CANCELLED = "cancelled"


def meeting_behind(person: Person, token: str) -> Meeting | None:
    """Find the meeting that a way in leads to, for its two people alone."""
    rows = Meeting.objects.visible_to(person).exclude(state=MeetingState.HELD).filter(join_token=token)
    return rows.select_related("pair__mentor", "pair__mentee", "pair__scheme").first()


def soon(person: Person, now: datetime) -> QuerySet[Meeting]:
    """Find a person's meetings that are on, or begin within a day."""
    a_day_before = ExpressionWrapper(F("starts") - SOON, models.DateTimeField())
    return Meeting.objects.visible_to(person).ahead(now).filter(LessThanOrEqual(a_day_before, now))


def to_say(person: Person, now: datetime) -> QuerySet[Meeting]:
    """Find the meetings of late of which a person has not said whether they happened."""
    said = Outcome.objects.filter(meeting=OuterRef("pk"))
    as_mentor = Q(pair__mentor=person) & ~Exists(said.filter(party="mentor"))
    as_mentee = Q(pair__mentee=person) & ~Exists(said.filter(party="mentee"))
    rows = Meeting.objects.booked().filter(as_mentor | as_mentee, ends__lte=now)
    of_late = GreaterThan(ExpressionWrapper(F("ends") + ASKED_FOR, models.DateTimeField()), now)
    return rows.filter(of_late).exclude(pair__state=PairState.ENDED).order_by("starts")


def phase_of(meeting: Meeting, now: datetime, zone: str) -> Phase:
    """Say where a meeting stands, by the clock of whoever looks."""
    if meeting.state == MeetingState.CANCELLED:
        return Phase.CANCELLED
    if meeting.is_over(now):
        return Phase.AFTER
    if now >= meeting.starts - DOOR_OPENS:
        return Phase.NOW
    return Phase.TODAY if day_in(now, zone) == day_in(meeting.starts, zone) else Phase.BEFORE


@dataclass(frozen=True)
class Telephone:
    """When somebody can be telephoned, in the words that were agreed; and whether that is now, if known."""

    words: str
    now: bool | None
    zone: str


def telephone_in(standing: Standing, pair: Pair, now: datetime | None = None) -> Telephone | None:
    """Find in an agreement when the mentor can be telephoned, and say whether that is now where they are."""
    zone = pair.mentor.time_zone
    for field in standing.wording.blanks:
        value = standing.values.get(field.id)
        if field.term == "telephone-times" and isinstance(value, Times):
            return Telephone(value.text, value.cover(shows(now or timezone.now(), ZoneInfo(zone))), zone)
    return None


@dataclass(frozen=True)
class Said:
    """What the agreement of a pair says about its meetings, as it stands; it may not be signed yet."""

    pair: Pair
    agreement: Agreement | None

    @cached_property
    def _standing(self) -> Standing | None:
        return standing_of(self.agreement) if self.agreement else None

    @cached_property
    def _terms(self) -> Terms:
        return terms_of(self._standing.wording, self._standing.values) if self._standing else Terms()

    @property
    def language(self) -> str:
        return self._standing.wording.language if self._standing else ""

    @property
    def signed(self) -> bool:
        return self.agreement is not None and self.agreement.in_force_at is not None

    @property
    def policy(self) -> Policy:
        """What meetings go by."""
        return policy_in(self._terms, in_force=self.signed)

    @property
    def recording(self) -> bool | None:
        """Whether the mentee may record; None where nothing is agreed about it."""
        found = self._terms.get("recording-permitted")
        return found if isinstance(found, bool) else None

    @cached_property
    def sensitive(self) -> dict[str, list[str]]:
        """What to know before sharing something sensitive, in the words of the agreement."""
        return clauses_stating(self._standing, SENSITIVE) if self._standing else {}

    def telephone(self) -> Telephone | None:
        """Say when the mentor can be telephoned, by the mentor's clock."""
        return telephone_in(self._standing, self.pair) if self._standing else None

    def reach(self, person: Person) -> list[dict[str, str]]:
        """Give how one of the two wishes to be reached, for the other."""
        return contact_wishes(self._standing, self.pair.party_of(person)) if self._standing else []


def said_of(pair: Pair) -> Said:
    """Read what a pair's agreement says about their meetings."""
    return Said(pair, current_agreement(pair))


@dataclass(frozen=True)
class Answers:
    """What each of the two says became of a meeting; None while they have said nothing."""

    own: bool | None
    other: bool | None

    @property
    def differ(self) -> bool:
        return None not in {self.own, self.other} and self.own is not self.other

    @property
    def missed(self) -> bool:
        """Whether it was missed by all that has been said."""
        return not self.differ and False in {self.own, self.other}


def answers_about(meeting: Meeting, person: Person) -> Answers:
    """Give what one of the two and the other say became of a meeting."""
    said = dict(Outcome.objects.filter(meeting=meeting).values_list("party", "happened"))
    return Answers(
        said.get(meeting.pair.party_of(person)), said.get(meeting.pair.party_of(meeting.pair.other(person)))
    )


def declined(meeting: Meeting, person: Person) -> bool:
    """Say whether somebody's calendar answered that they cannot come."""
    return Seat.objects.filter(meeting=meeting, person=person, answer=MeetingAnswer.DECLINED).exists()
