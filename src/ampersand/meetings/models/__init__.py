"""When people can, and when they meet."""

from ampersand.meetings.models.looking import NextLook
from ampersand.meetings.models.meeting import (
    HELD_FOR,
    Meeting,
    MeetingAnswer,
    Meetings,
    MeetingState,
    MeetingWay,
    Outcome,
    Seat,
)
from ampersand.meetings.models.rooms import VideoRoom
from ampersand.meetings.models.suggestions import SuggestedTime, Suggestion, SuggestionState
from ampersand.meetings.models.times import (
    BlockedTime,
    ExtraTime,
    Subscription,
    TimeAway,
    WeeklyTime,
    Wishes,
)

__all__ = [
    "HELD_FOR",
    "BlockedTime",
    "ExtraTime",
    "Meeting",
    "MeetingAnswer",
    "MeetingState",
    "MeetingWay",
    "Meetings",
    "NextLook",
    "Outcome",
    "Seat",
    "Subscription",
    "SuggestedTime",
    "Suggestion",
    "SuggestionState",
    "TimeAway",
    "VideoRoom",
    "WeeklyTime",
    "Wishes",
]
