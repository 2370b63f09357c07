"""What the worker does for meetings."""

from ampersand.meetings.tasks.answers import read_answers
from ampersand.meetings.tasks.calendars import look_at_calendars, read_calendar
from ampersand.meetings.tasks.rooms import rooms_follow, see_to_room
from ampersand.meetings.tasks.rounds import look_ahead

__all__ = [
    "look_ahead",
    "look_at_calendars",
    "read_answers",
    "read_calendar",
    "rooms_follow",
    "see_to_room",
]
