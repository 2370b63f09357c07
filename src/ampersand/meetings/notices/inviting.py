"""Invitations and what changes them, as letters with a file for calendars."""

from ampersand.meetings.models import Meeting, Suggestion


def tell_booked(meeting: Meeting) -> None:
    """Invite both to a meeting that has just been booked."""


def tell_changed(meeting: Meeting) -> None:
    """Tell both that the time or the place of a meeting is another now."""


def tell_cancelled(meeting: Meeting) -> None:
    """Tell both that a meeting is cancelled."""


def tell_cancelled_with_pair(meeting: Meeting, party: str) -> None:
    """Tell one of the two, after their mentoring has ended, that a meeting which was ahead is cancelled."""


def tell_suggested(suggestion: Suggestion) -> None:
    """Tell the other which times are suggested."""


def tell_withdrawn(suggestion: Suggestion) -> None:
    """Tell the other that the times suggested to them no longer count."""
