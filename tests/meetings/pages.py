"""Pages of meetings."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from ampersand.meetings.actions.booking import cancel, hold
from ampersand.meetings.actions.marking import say
from ampersand.meetings.actions.suggesting import pick, suggest
from ampersand.meetings.actions.times import add_away, add_extra, wishes_for
from ampersand.meetings.models import Meeting, Subscription, Suggestion
from tests.meetings.people import LONDON, NEW_YORK, Meeters, evenings, lives_in, peers, wishes, with_contract
from tests.meetings.rounds import in_the_past
from tests.pages import Shown, page

THREE_DAYS = timedelta(days=3)


def apart() -> Meeters:
    """Hannah in London, who can on three evenings a week, and Sam in New York."""
    both = peers()
    lives_in(both.sam, NEW_YORK)
    evenings(both.hannah, 0, 1, 3)
    return both


def about_pair(name: str, both: Meeters) -> Shown:
    return Shown(reverse(f"meetings:{name}", args=[both.pair.pk]), both.sam)


def about_meeting(name: str, both: Meeters, meeting: Meeting, query: str = "") -> Shown:
    return Shown(reverse(f"meetings:{name}", args=[meeting.pk]) + query, both.sam)


def suggested(both: Meeters) -> Suggestion:
    noon = timezone.now().astimezone(ZoneInfo(LONDON)).replace(hour=12, minute=0, second=0, microsecond=0)
    days = [noon + timedelta(days=days) for days in (3, 5, 8)]
    return suggest(pair=both.pair, starts=days, way="in_person", place="The library café", by=both.hannah)


@page("meetings:times")
def times() -> Shown:
    both = apart()
    wishes(both.hannah, video_link="https://video.example/hannah", most_per_week=3)
    soon = timezone.localdate() + timedelta(days=9)
    opens = timezone.now().replace(hour=9, minute=0).time()
    add_extra(person=both.hannah, day=soon, since=opens, until=opens.replace(hour=12), zone=NEW_YORK)
    add_away(person=both.hannah, first=soon + timedelta(days=7), last=soon + timedelta(days=14), zone=LONDON)
    return Shown(reverse("meetings:times"), both.hannah)


@page("meetings:times nothing yet")
def no_times() -> Shown:
    return Shown(reverse("meetings:times"), peers().sam)


@page("meetings:wishes")
def how() -> Shown:
    return Shown(reverse("meetings:wishes"), peers().hannah)


@page("meetings:calendars")
def calendars() -> Shown:
    hannah = wishes_for(person=peers().hannah).person
    Subscription.objects.create(person=hannah, name="work", address="https://x.example/", trouble="not there")
    Subscription.objects.create(person=hannah, name="home", fetched_at=timezone.now())
    return Shown(reverse("meetings:calendars"), hannah)


@page("meetings:calendars none yet")
def no_calendars() -> Shown:
    return Shown(reverse("meetings:calendars"), peers().sam)


@page("meetings:book")
def booking() -> Shown:
    return about_pair("book", apart())


@page("meetings:book where nobody gave times")
def nothing_free() -> Shown:
    return about_pair("book", peers())


@page("meetings:book by who does not set up")
def not_theirs() -> Shown:
    both = with_contract()
    return Shown(reverse("meetings:book", args=[both.pair.pk]), both.hannah)


@page("meetings:place")
def place() -> Shown:
    both = apart()
    return about_meeting("place", both, hold(pair=both.pair, starts=both.slots()[0], by=both.sam))


@page("meetings:booked")
def booked() -> Shown:
    both = apart()
    return about_meeting("booked", both, both.books(both.slots()[0]))


@page("meetings:booked cancelled")
def cancelled() -> Shown:
    both = apart()
    return about_meeting("booked", both, cancel(meeting=both.books(both.slots()[0]), by=both.sam))


@page("meetings:move")
def moving() -> Shown:
    both = apart()
    return about_meeting("move", both, both.books(both.slots()[0]))


@page("meetings:move to another time")
def moving_there() -> Shown:
    both = with_contract()
    evenings(both.hannah, 0, 1, 3)
    first, *_between, last = both.slots()
    return about_meeting("move", both, both.books(first), f"?to={last:%Y-%m-%dT%H:%MZ}")


@page("meetings:cancel")
def cancelling() -> Shown:
    both = with_contract()
    evenings(both.hannah, 0, 1, 3)
    return about_meeting("cancel", both, both.books(both.slots()[0]))


@page("meetings:meetings")
def listing() -> Shown:
    both = apart()
    slots = both.slots()
    both.books(slots[0])
    cancel(meeting=both.books(slots[20]), by=both.sam)
    suggested(both)
    return about_pair("meetings", both)


@page("meetings:meetings none yet")
def none_yet() -> Shown:
    return about_pair("meetings", apart())


@page("meetings:suggest")
def suggesting() -> Shown:
    return about_pair("suggest", apart())


@page("meetings:pick")
def picking() -> Shown:
    both = apart()
    return Shown(reverse("meetings:pick", args=[suggested(both).pk]), both.sam)


@page("meetings:pick one's own")
def own_suggestion() -> Shown:
    both = apart()
    return Shown(reverse("meetings:pick", args=[suggested(both).pk]), both.hannah)


def settled(two: Meeters, *, way: str = "video") -> Meeting:
    """Let Hannah suggest a time in three days, and Sam pick it."""
    time = timezone.now() + THREE_DAYS
    suggestion = suggest(pair=two.pair, starts=[time], way=way, by=two.hannah)
    return pick(time=suggestion.times.get(), by=two.sam)


@page("meetings:meeting")
def one_ahead() -> Shown:
    two = with_contract()
    lives_in(two.hannah, "America/New_York")
    return Shown(reverse("meetings:meeting", args=[settled(two, way="telephone").pk]), two.sam)


@page("meetings:meeting while it is on")
def on_now() -> Shown:
    two = peers()
    meeting = in_the_past(settled(two), by=THREE_DAYS)
    return Shown(reverse("meetings:meeting", args=[meeting.pk]), two.sam)


@page("meetings:meeting afterwards")
def afterwards() -> Shown:
    two = peers()
    meeting = in_the_past(settled(two), by=2 * THREE_DAYS)
    say(meeting=meeting, happened=True, by=two.hannah)
    return Shown(reverse("meetings:meeting", args=[meeting.pk]), two.sam)


@page("meetings:meeting of which the two differ")
def differing() -> Shown:
    two = with_contract()
    meeting = in_the_past(settled(two), by=2 * THREE_DAYS)
    say(meeting=meeting, happened=True, by=two.hannah)
    say(meeting=meeting, happened=False, by=two.sam)
    return Shown(reverse("meetings:meeting", args=[meeting.pk]), two.sam)


@page("meetings:meeting that was cancelled")
def one_cancelled() -> Shown:
    two = peers()
    meeting = cancel(meeting=settled(two), by=two.hannah)
    return Shown(reverse("meetings:meeting", args=[meeting.pk]), two.sam)


@page("meetings:join")
def way_in() -> Shown:
    two = peers()
    meeting = in_the_past(settled(two), by=THREE_DAYS)
    Meeting.objects.filter(pk=meeting.pk).update(place="https://meet.example/ours")
    return Shown(reverse("meetings:join", args=[meeting.join_token]), two.sam)
