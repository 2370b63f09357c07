"""When the cast can meet, and where each pair's meetings stand."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from ampersand.agreements.models import Agreement
from ampersand.calendars import Span, moment
from ampersand.meetings.actions.booking import begun, book_at
from ampersand.meetings.actions.looking import look_soon
from ampersand.meetings.actions.marking import say
from ampersand.meetings.actions.suggesting import pick, suggest
from ampersand.meetings.actions.taking import take_seats
from ampersand.meetings.actions.times import add_weekly
from ampersand.meetings.models import Meeting, MeetingWay
from ampersand.meetings.queries.diaries import free_slots
from ampersand.meetings.queries.policies import policy_of
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.record.models import Verb
from ampersand.record.states import By

LONDON = ZoneInfo("Europe/London")
WEEKLY = {  # weekdays from Monday, 0; from and until
    "hannah": ((1, 17, 19), (3, 12, 14)),
    "samuel": ((0, 9, 11), (2, 16, 18)),
    "anna": ((2, 18, 20), (5, 10, 12)),
}


MEETING = ("joe", "wei", "nia", "omar", "leah", "owen", "ruth", "ben")


def arrange_meetings(people: dict[str, Person]) -> None:
    """Give the mentors times, and bring a meeting to every point of its life."""
    for key, times in WEEKLY.items():
        for weekday, since, until in times:
            add_weekly(
                person=people[key],
                weekday=weekday,
                since=time(since),
                until=time(until),
                zone=people[key].time_zone,
            )
    pairs = {key: _pair_of(people[key]) for key in MEETING}
    _first_before_signing(pairs["joe"])
    _settled(pairs["wei"], _at(1, 17), "telephone")
    _took_place(pairs["wei"], _at(-26, 17))
    _took_place(pairs["nia"], _at(-2, 12), said=False)
    for weeks in (4, 8, 12):
        _took_place(pairs["leah"], _at(-7 * weeks, 17))
    _missed(pairs["omar"], _at(-3, 16))
    _took_place(pairs["owen"], _at(-10, 9))
    _took_place(pairs["ruth"], _at(-20, 11))
    _took_place(pairs["ben"], _at(-6, 18))
    suggest(
        pair=pairs["ben"],
        starts=[_at(3, 18), _at(5, 10), _at(8, 18)],
        way="video",
        by=people["anna"],
    )


def _pair_of(mentee: Person) -> Pair:
    agreement = Agreement.objects.filter(pair__mentee=mentee).select_related("pair__mentor", "pair__mentee")
    return agreement.latest("pk").pair


def _at(days: int, hour: int) -> datetime:
    """Give an hour of the day so many days away, by the clock that the cast lives by."""
    day = timezone.localdate(timezone=LONDON) + timedelta(days=days)
    return moment(datetime.combine(day, time(hour)), LONDON)


def _first_before_signing(pair: Pair) -> None:
    """Book the meeting at which the two go through their agreement."""
    now = timezone.now()
    free = free_slots(pair, pair.mentee, Span(now, now + timedelta(days=28)))
    book_at(pair=pair, starts=free[0], way="video", by=pair.mentee)


def _settled(pair: Pair, starts: datetime, way: str) -> Meeting:
    """Let the mentor suggest a time and the mentee pick it."""
    suggestion = suggest(pair=pair, starts=[starts], way=way, by=pair.mentor)
    return pick(time=suggestion.times.get(), by=pair.mentee)


def _took_place(pair: Pair, starts: datetime, *, said: bool = True) -> Meeting:
    """Put a meeting into the past, without letters; unless it is to be asked for, both say it happened."""
    policy = policy_of(pair)
    when = Span(starts, starts + timedelta(minutes=policy.minutes))
    meeting = begun(pair, when, LONDON, pair.mentee, policy)
    Meeting.moves.make(meeting, Verb.MEETING_BOOKED, by=By.EITHER)
    meeting.way, meeting.held_until = MeetingWay.VIDEO, None
    meeting.booked_at = starts - timedelta(days=5)
    meeting.save()
    take_seats(meeting)
    if said:
        for person in (pair.mentor, pair.mentee):
            say(meeting=meeting, happened=True, by=person)
    look_soon(pair.pk)
    return meeting


def _missed(pair: Pair, starts: datetime) -> None:
    """Let the two say different things of a meeting: both stand."""
    meeting = _took_place(pair, starts, said=False)
    say(meeting=meeting, happened=False, by=pair.mentee)
    say(meeting=meeting, happened=True, by=pair.mentor)
