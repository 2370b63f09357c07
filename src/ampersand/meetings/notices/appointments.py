"""A meeting as a calendar is told of it: one event for its whole life, and nothing about anybody else."""

from collections.abc import Iterable
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ampersand.calendars import Appointment, Guest, Method, feed, invitation
from ampersand.meetings.models import Meeting, MeetingState, MeetingWay
from ampersand.meetings.queries.meetings import Number, notice_until
from ampersand.notifications.actions import Enclosed, enclosed_invitation
from ampersand.people.models import Person

# These stand in people's calendars for years, so they do not follow the table of addresses. A test compares.
JOIN = "/meet/{}/"
PAGE = "/meetings/{}/"


def join_link(meeting: Meeting) -> str:
    """Give our own way in, which stays whatever becomes of the call's address."""
    return settings.ADDRESS + JOIN.format(meeting.join_token)


def page_link(meeting: Meeting) -> str:
    """Give the page of a meeting."""
    return settings.ADDRESS + PAGE.format(meeting.pk)


def enclosed(meeting: Meeting, person: Person, which: Number | None) -> list[Enclosed]:
    """Give what puts a meeting into a person's calendar, changes it there, or takes it out again.

    Whoever reads the very mailbox that invites is not invited by it.
    """
    if person.email.casefold() == sender().address.casefold():
        return []
    told = appointment(meeting, person, which)
    method = Method.CANCEL if told.cancelled else Method.ASK
    return [enclosed_invitation(invitation(told, written=timezone.now()), method)]


def appointment(meeting: Meeting, person: Person, which: Number | None = None) -> Appointment:
    """Give what the calendar of one of the two is told: bland, and without the other's name or address."""
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        return Appointment(
            uid=str(meeting.uid),
            sequence=meeting.sequence,
            when=meeting.when,
            title=_title(meeting),
            sender=sender(),
            guests=(Guest(person.email, str(person)),),
            details=_details(meeting, which),
            place=_place(meeting),
            link=join_link(meeting) if meeting.way == MeetingWay.VIDEO else page_link(meeting),
            cancelled=meeting.state == MeetingState.CANCELLED,
        )


def feed_for(person: Person, meetings: Iterable[Meeting]) -> bytes:
    """Give the file for calendars that subscribe to a person's meetings: the same bytes until one changes."""
    told = list(meetings)
    changed = [at for each in told for at in (each.booked_at, each.moved_at, each.cancelled_at) if at]
    with translation.override(person.language):
        name = _("Your meetings")
    events = [appointment(meeting, person) for meeting in told]
    return feed(events, written=max(changed, default=person.joined_at), name=name)


def sender() -> Guest:
    """Give who invites, always the same: the installation, and never one of the two."""
    name, address = parseaddr(settings.MEETINGS_FROM)
    return Guest(address, name or "Ampersand")


def _title(meeting: Meeting) -> str:
    scheme = meeting.pair.scheme
    return _("Your meeting") if scheme.discreet else _("Your meeting (%(scheme)s)") % {"scheme": scheme.name}


def _place(meeting: Meeting) -> str:
    if meeting.way == MeetingWay.VIDEO:
        return join_link(meeting)
    return meeting.place if meeting.way == MeetingWay.IN_PERSON else str(MeetingWay(meeting.way).label)


def _details(meeting: Meeting, which: Number | None) -> str:
    told = {
        "meeting": meeting,
        "which": which,
        "keeps_notice_until": notice_until(meeting),
        "page_link": page_link(meeting),
        "join_link": join_link(meeting),
    }
    return render_to_string("meetings/told/calendar.txt", told).strip()
