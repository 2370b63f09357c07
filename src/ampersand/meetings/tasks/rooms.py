"""Rooms at a provider follow their meetings. A meeting stands whatever becomes of its room."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext, override
from procrastinate.contrib.django import app

from ampersand.meetings.models import Meeting, MeetingState, MeetingWay, VideoRoom
from ampersand.meetings.notices.inviting import tell_no_link
from ampersand.meetings.queries.meetings import WITH_EVERYONE
from ampersand.video import Call, Gone, NotMade, NotNow, Provider, Zoom

DELAYS = (10, 60, 300, 900, 3600, 3 * 3600)  # seconds between tries
IN_TIME = timedelta(hours=1)  # so long before a meeting both must know how they meet
ROOMS = 0x726F6F6D << 32  # an advisory lock of our own
UNDO = 15  # minutes after which an ending stands

log = logging.getLogger(__name__)


def rooms_follow(meeting: Meeting, *, undo: bool = False) -> None:
    """Have the worker see to the room of a meeting, once the transaction of what changed has succeeded."""
    if settings.ZOOM or VideoRoom.objects.filter(meeting=meeting).exists():
        see_to_room.configure(schedule_in={"minutes": UNDO if undo else 0}).defer(meeting=meeting.pk)


def provider() -> Provider | None:
    """Give whoever runs rooms for this installation."""
    given = settings.ZOOM
    return Zoom(account=given.account, client=given.client, secret=given.secret) if given else None


@app.task(name="meetings.see_to_room")
def see_to_room(meeting: int, attempt: int = 1) -> None:
    """Make it so that a meeting which needs a room has one at its time, and that no other has."""
    rooms = provider()
    found = Meeting.objects.select_related(*WITH_EVERYONE).filter(pk=meeting).first()
    if found is None or rooms is None:
        return
    try:
        with transaction.atomic():
            _one_at_a_time()
            _make_it_so(found, rooms)
    except NotNow as later:
        _later(found, attempt, later)
    except NotMade as refused:
        log.warning("The room of meeting %d: %s", found.pk, refused)
        _give_up(found)


def _one_at_a_time() -> None:
    """Wait for whoever sees to another room: of two, each host would seem free to both."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ROOMS])


def _make_it_so(meeting: Meeting, rooms: Provider) -> None:
    meeting.refresh_from_db(fields=["state", "starts", "ends", "minutes", "way", "place"])
    room = VideoRoom.objects.filter(meeting=meeting).first()
    wanted = _wants(meeting, room)
    if room and wanted and not _busy(room.host, meeting):
        try:
            rooms.change(room.number, _call(meeting))
        except Gone:
            _let_go(meeting, room)
        else:
            return
    elif room:
        rooms.drop(room.number)
        _let_go(meeting, room)
    if wanted:
        _make(meeting, rooms)


def _wants(meeting: Meeting, room: VideoRoom | None) -> bool:
    """Say whether a meeting is to be held in a room of the provider's."""
    ours = meeting.place in {"", room.link if room else ""}
    ahead = meeting.state == MeetingState.BOOKED and not meeting.is_over(timezone.now())
    return ahead and meeting.way == MeetingWay.VIDEO and ours


def _call(meeting: Meeting) -> Call:
    with override(meeting.pair.mentor.language):
        return Call(meeting.starts, meeting.minutes, gettext("Your meeting"))


def _busy(host: str, meeting: Meeting) -> bool:
    """Say whether a user of the provider has another of our meetings at that time: they can host only one."""
    others = VideoRoom.objects.filter(host=host, meeting__state=MeetingState.BOOKED).exclude(meeting=meeting)
    return others.filter(meeting__starts__lt=meeting.ends, meeting__ends__gt=meeting.starts).exists()


def _make(meeting: Meeting, rooms: Provider) -> None:
    host = next(
        (each for each in (settings.ZOOM.hosts if settings.ZOOM else ()) if not _busy(each, meeting)), None
    )
    if host is None:
        raise NotMade("Every host has another meeting at that time.")
    made = rooms.make(_call(meeting), host=host)
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if _wants(now, None):
        VideoRoom.objects.create(meeting=now, number=made.number, host=host, link=made.link)
        now.place = made.link
        now.save(update_fields=["place"])
        return
    rooms.drop(made.number)  # it was changed while the room was being made


def _let_go(meeting: Meeting, room: VideoRoom) -> None:
    """Forget a room that is gone, and the way into it."""
    Meeting.objects.filter(pk=meeting.pk, place=room.link).update(place="")
    room.delete()
    meeting.refresh_from_db(fields=["place"])


def _later(meeting: Meeting, attempt: int, later: NotNow) -> None:
    """Try again in time, or tell both that they need another way."""
    if attempt > len(DELAYS):
        log.warning("The room of meeting %d: %s", meeting.pk, later)
        _give_up(meeting)
        return
    wait = timedelta(seconds=max(DELAYS[attempt - 1], later.after or 0))
    if meeting.place == "" and timezone.now() + wait > meeting.starts - IN_TIME:
        _give_up(meeting)
    else:
        again = see_to_room.configure(schedule_at=timezone.now() + wait)
        again.defer(meeting=meeting.pk, attempt=attempt + 1)


@transaction.atomic
def _give_up(meeting: Meeting) -> None:
    """Tell both once, if the meeting has no way in; a room that merely kept its old time still opens."""
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if now.place == "" and _wants(now, None):
        tell_no_link(meeting)
