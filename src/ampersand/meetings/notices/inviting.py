"""Invitations and what changes them, as letters with a file for calendars."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from ampersand.meetings.models import Meeting, MeetingWay, Suggestion
from ampersand.meetings.notices.appointments import enclosed, join_link, page_link
from ampersand.meetings.queries.meetings import notice_until, number_of
from ampersand.meetings.queries.policies import policy_of
from ampersand.notifications.actions import Enclosed
from ampersand.pairs.models import Pair
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.models import Person
from ampersand.people.notices import letter_to
from ampersand.templatetags.readers import place


def tell_booked(meeting: Meeting, *, picked: bool = False) -> None:
    """Invite both to a meeting that has just been booked; `picked` if it was one of the times suggested."""
    _to_both("meetings/booked", meeting, meeting.booked_by, more={"picked": picked})


def tell_changed(meeting: Meeting, by: str) -> None:
    """Tell both that the time or the place of a meeting is another now; `by` is the party who changed it."""
    _to_both("meetings/changed", meeting, by)


def tell_cancelled(meeting: Meeting, by: str = "") -> None:
    """Tell both that a meeting is cancelled; `by` is the party who cancelled it, "" if its time was taken."""
    policy = policy_of(meeting.pair)
    for party, person in people_of(meeting.pair).items():
        more = {"mine": party == by, "taken": not by, "may_book": policy.lets_book(party)}
        _about(meeting, person, "meetings/cancelled", enclosed(meeting, person, None), more)


def tell_cancelled_with_pair(meeting: Meeting, party: str) -> None:
    """Tell one of the two, after their mentoring has ended, that a meeting which was ahead is cancelled."""
    person = people_of(meeting.pair)[party]
    _about(meeting, person, "meetings/cancelled_with_pair", enclosed(meeting, person, None))


def tell_time_held(meeting: Meeting, *, held: bool) -> None:
    """Tell both that the rules of a zone changed: the time they agreed holds, or could not be `held`."""
    _to_both("meetings/time_held", meeting, "", more={"place": place(meeting.zone), "held": held})


def tell_declined(meeting: Meeting, party: str) -> None:
    """Tell the other that one of the two said in their calendar that they cannot come."""
    person = meeting.pair.other(people_of(meeting.pair)[party])
    _about(meeting, person, "meetings/declined")


def tell_no_link(meeting: Meeting) -> None:
    """Tell both that no video link could be made, and that they need another way to meet."""
    for person in people_of(meeting.pair).values():
        _about(meeting, person, "meetings/no_video_link")


def tell_suggested(suggestion: Suggestion) -> None:
    """Tell the other which times are suggested."""
    pair = suggestion.pair
    person = pair.other(people_of(pair)[suggestion.by])
    with translation.override(person.language):
        how = str(MeetingWay(suggestion.way).label)
    times = list(suggestion.times.order_by("starts").values_list("starts", flat=True))
    pick_link = settings.ADDRESS + reverse("meetings:pick", args=[suggestion.pk])
    instead = suggestion.meeting.starts if suggestion.meeting else None
    told = {"how": how, "times": times, "pick_link": pick_link, "instead": instead}
    _letter(pair, person, "meetings/suggested", told)


def tell_withdrawn(suggestion: Suggestion) -> None:
    """Tell the other that the times suggested to them no longer count."""
    pair = suggestion.pair
    told = {"instead": suggestion.meeting.starts if suggestion.meeting else None}
    _letter(pair, pair.other(people_of(pair)[suggestion.by]), "meetings/suggestion_withdrawn", told)


def _to_both(event: str, meeting: Meeting, by: str, *, more: Mapping[str, object] | None = None) -> None:
    which = number_of(meeting)
    for party, person in people_of(meeting.pair).items():
        told = {"mine": party == by, "which": which, **(more or {})}
        _about(meeting, person, event, enclosed(meeting, person, which), told)


def _about(
    meeting: Meeting,
    person: Person,
    event: str,
    enclosures: Sequence[Enclosed] = (),
    more: Mapping[str, object] | None = None,
) -> None:
    told = {
        "meeting": meeting,
        "keeps_notice_until": notice_until(meeting),
        "page_link": page_link(meeting),
        "join_link": join_link(meeting),
        **(more or {}),
    }
    _letter(meeting.pair, person, event, told, enclosures)


def _letter(
    pair: Pair, person: Person, event: str, more: Mapping[str, object], enclosures: Sequence[Enclosed] = ()
) -> None:
    other = pair.other(person)
    letter_to(
        person,
        event=event,
        context={
            "name": person.called,
            "other": name_in(pair, other),
            "other_zone": other.time_zone,
            "scheme": pair.scheme.name,
            "contact": pair.scheme.contact_email,
            "pair_link": _pair_link(pair),
            **more,
        },
        thread=f"pair-{pair.pk}",
        discreet=pair.scheme.discreet,
        enclosures=enclosures,
    )


def _pair_link(pair: Pair) -> str:
    return settings.ADDRESS + reverse("journeys:pair", args=[pair.pk])
