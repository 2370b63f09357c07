"""When people can meet, and meetings as calendars understand them. Plain Python, usable alone.

tuesdays = Weekly(1, time(17), time(19), ZoneInfo("Europe/London"))
free = open_times([tuesdays, holidays], busy, within=Span(now, in_four_weeks), buffer=a_quarter_of_an_hour)
choices = list(starts(free, lasting=half_an_hour, zone=theirs))
file = invitation(Appointment(...), written=now)
"""

from ampersand.calendars.availability import Away, Extra, Weekly, full_weeks, open_times, starts
from ampersand.calendars.clocks import NoSuchTime, instant, moment, shown_twice, shows, skipped, still_agreed
from ampersand.calendars.invitations import Appointment, Guest, Method, feed, invitation
from ampersand.calendars.reading import Answer, Reply, Unreadable, busy_times, reply
from ampersand.calendars.spans import Span, common, merged, without

__all__ = [
    "Answer",
    "Appointment",
    "Away",
    "Extra",
    "Guest",
    "Method",
    "NoSuchTime",
    "Reply",
    "Span",
    "Unreadable",
    "Weekly",
    "busy_times",
    "common",
    "feed",
    "full_weeks",
    "instant",
    "invitation",
    "merged",
    "moment",
    "open_times",
    "reply",
    "shown_twice",
    "shows",
    "skipped",
    "starts",
    "still_agreed",
    "without",
]
