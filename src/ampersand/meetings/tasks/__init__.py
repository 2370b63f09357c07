"""What the worker does for meetings."""

from ampersand.meetings.tasks.calendars import look_at_calendars, read_calendar

__all__ = ["look_at_calendars", "read_calendar"]
