"""When people can meet, meetings as calendars understand them, months and days. Plain Python, usable alone.

tuesdays = Weekly(1, time(17), time(19), ZoneInfo("Europe/London"))
free = open_times([tuesdays, holidays], busy, within=Span(now, in_four_weeks), buffer=a_quarter_of_an_hour)
choices = list(starts(free, lasting=half_an_hour, zone=theirs))
file = invitation(Appointment(...), written=now)

months_after(date(2027, 1, 31), 1)                 # 28 February 2027
months_after(date(2027, 2, 28), 1, anchor=31)      # 31 March 2027
end_of(date(2027, 11, 21), "Europe/London")        # the moment that day is over there
waking(moment, "Pacific/Auckland")                 # then, or at eight the next morning if they sleep
"""

from ampersand.calendars.availability import Away, Extra, Weekly, full_weeks, open_times, starts
from ampersand.calendars.child import busy_times_apart
from ampersand.calendars.clocks import NoSuchTime, instant, moment, shown_twice, shows, skipped, still_agreed
from ampersand.calendars.daytime import (
    EVENING,
    MORNING,
    awake,
    day_in,
    end_of,
    morning,
    next_morning,
    start_of,
    waking,
)
from ampersand.calendars.invitations import Appointment, Guest, Method, feed, invitation
from ampersand.calendars.months import months_after, months_before
from ampersand.calendars.reading import Answer, Reply, TooMuch, Unreadable, busy_times, reply
from ampersand.calendars.spans import Span, common, merged, without

__all__ = [
    "EVENING",
    "MORNING",
    "Answer",
    "Appointment",
    "Away",
    "Extra",
    "Guest",
    "Method",
    "NoSuchTime",
    "Reply",
    "Span",
    "TooMuch",
    "Unreadable",
    "Weekly",
    "awake",
    "busy_times",
    "busy_times_apart",
    "common",
    "day_in",
    "end_of",
    "feed",
    "full_weeks",
    "instant",
    "invitation",
    "merged",
    "moment",
    "months_after",
    "months_before",
    "morning",
    "next_morning",
    "open_times",
    "reply",
    "shown_twice",
    "shows",
    "skipped",
    "start_of",
    "starts",
    "still_agreed",
    "waking",
    "without",
]
