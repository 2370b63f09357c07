"""Reading meetings: which one is next, which of how many it is, when the next one is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from ampersand.calendars import moment
from ampersand.meetings.models import (
    Meeting,
    MeetingState,
    MeetingWay,
    Outcome,
    SuggestedTime,
    Suggestion,
    VideoRoom,
    Wishes,
)
from ampersand.meetings.queries.policies import Policy, policy_of
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.questions import Question
from ampersand.video import room_at

WITH_EVERYONE = ("pair__mentor", "pair__mentee", "pair__scheme")
IN_FEED = timedelta(days=90)
MOST_IN_FEED = 1000


@dataclass(frozen=True)
class Number:
    """“Meeting 2 of about 3”; `expected` is None where the agreement names no number."""

    number: int
    expected: int | None


def _with_everyone(pk: int, person: int) -> QuerySet[Meeting]:
    rows = Meeting.objects.visible_to(Person(pk=person)).filter(pk=pk)
    return rows.select_related(*WITH_EVERYONE)


def _next_meeting(pair: int, now: datetime) -> QuerySet[Meeting]:
    return Meeting.objects.filter(pair=pair).ahead(now)[:1]


def _waiting_suggestion(pair: int) -> QuerySet[Suggestion]:
    return Suggestion.objects.still_open().filter(pair=pair)


MEETING = Question(_with_everyone, int, int)
NEXT_MEETING = Question(_next_meeting, int, datetime)
OPEN_SUGGESTION = Question(_waiting_suggestion, int)


def meeting_for(person: Person, pk: int) -> Meeting | None:
    """Find a meeting of a person's own pairs, with everyone it names; a time they only hold is one too."""
    return next(iter(MEETING.ask(pk, person.pk)), None)


def next_meeting(pair: Pair, *, now: datetime | None = None) -> Meeting | None:
    """Find the meeting that is on or comes next: one query."""
    for found in NEXT_MEETING.ask(pair.pk, now or timezone.now()):
        found.pair = pair
        return found
    return None


def meetings_of(pair: Pair) -> list[Meeting]:
    """Give all meetings of a pair but times that are only held, the latest first, with what each says."""
    rows = pair.meetings.exclude(state=MeetingState.HELD).order_by("-starts", "-pk")
    return list(rows.prefetch_related("outcomes"))


def cancelled_with(pair: Pair, at: datetime) -> QuerySet[Meeting]:
    """Give the meetings that were cancelled because a pair ended at that moment, the next first."""
    rows = Meeting.objects.filter(pair=pair, state=MeetingState.CANCELLED, cancelled_at=at)
    return rows.filter(starts__gt=at).order_by("starts", "pk")


def way_in(pair: Pair, way: str, place: str) -> str:
    """Give where a meeting is held: as it was said, or else the mentor's own link, or a room of ours.

    It is "" while a provider has yet to make the room.
    """
    place = place.strip()
    if place or way != MeetingWay.VIDEO:
        return place
    own = Wishes.objects.filter(person=pair.mentor_id).values_list("video_link", flat=True).first()
    return own or ("" if settings.ZOOM else room_at(settings.JITSI))


def way_we_found(meeting: Meeting) -> str:
    """Give where a video meeting is held if nobody typed it: the mentor's own link, or a room of ours."""
    if meeting.way != MeetingWay.VIDEO or meeting.place.startswith(f"{settings.JITSI}/"):
        return meeting.place if meeting.way == MeetingWay.VIDEO else ""
    room = VideoRoom.objects.filter(meeting=meeting).values_list("link", flat=True).first()
    own = Wishes.objects.filter(person=meeting.pair.mentor_id).values_list("video_link", flat=True).first()
    return meeting.place if meeting.place in {room, own} else ""


def feed_of(token: str) -> tuple[Person, list[Meeting]] | None:
    """Give whose private calendar address this is, and their meetings in every scheme, lately and ahead.

    What was cancelled stays for as long as what was held, so that calendars learn of it.
    """
    found = Wishes.objects.select_related("person").filter(feed_token=token, person__erased_at=None).first()
    if found is None:
        return None
    rows = Meeting.objects.visible_to(found.person).exclude(state=MeetingState.HELD)
    lately = rows.filter(ends__gt=timezone.now() - IN_FEED).order_by("-starts", "-pk")
    return found.person, list(lately.select_related(*WITH_EVERYONE)[:MOST_IN_FEED])


def open_suggestion(pair: Pair) -> Suggestion | None:
    """Find the times that one of a pair has suggested and the other not answered."""
    for found in OPEN_SUGGESTION.ask(pair.pk):
        found.pair = pair
        return found
    return None


def suggestion_for(person: Person, pk: int) -> Suggestion | None:
    """Find a suggestion within a person's own pairs, with everyone it names."""
    rows = Suggestion.objects.visible_to(person).select_related(*WITH_EVERYONE)
    return rows.filter(pk=pk).first()


def suggested_time_for(person: Person, pk: int) -> SuggestedTime | None:
    """Find one of the times suggested within a person's own pairs."""
    named = [f"suggestion__{name}" for name in WITH_EVERYONE]
    rows = SuggestedTime.objects.filter(suggestion__in=Suggestion.objects.visible_to(person))
    return rows.select_related(*named).filter(pk=pk).first()


def counted(pair: int) -> QuerySet[Meeting]:
    """Give the meetings that count: booked ones, past or not, but for those that were missed and not final.

    One that was missed counts as used where the agreement says that it is not rearranged. Where the two say
    different things, it happened for one of them, and so it counts.
    """
    said = Outcome.objects.filter(meeting=OuterRef("pk"))
    missed = Exists(said.filter(happened=False)) & ~Exists(said.filter(happened=True))
    return Meeting.objects.filter(pair=pair).booked().exclude(missed & Q(missed_final=False))


def is_counted(meeting: Meeting) -> bool:
    """Say the same of one meeting whose outcomes are there already."""
    said = {outcome.happened for outcome in meeting.outcomes.all()}
    return meeting.state == MeetingState.BOOKED and (said != {False} or meeting.missed_final)


def number_of(meeting: Meeting, policy: Policy | None = None) -> Number:
    """Say which meeting of about how many this is; a cancelled one has the number it would have had."""
    earlier = Q(starts__lt=meeting.starts) | Q(starts=meeting.starts, pk__lt=meeting.pk)
    before = counted(meeting.pair_id).filter(earlier).count()
    found = policy or policy_of(meeting.pair)
    return Number(before + 1, found.expected)


def notice_until(meeting: Meeting) -> datetime | None:
    """Give the moment up to which cancelling keeps the agreed notice; None where none was agreed.

    So many days before, when the clock shows the same time of day.
    """
    if meeting.notice_days is None:
        return None
    shown = meeting.agreed - timedelta(days=meeting.notice_days)
    return moment(shown, meeting.clock)


def is_late(meeting: Meeting, now: datetime) -> bool:
    """Say whether cancelling now is later than the agreed notice."""
    last = notice_until(meeting)
    return last is not None and now > last
