"""What needs someone today: a person across their schemes, an organiser across a scheme."""

from ampersand.dashboard.queries.clauses import covered
from ampersand.dashboard.queries.counts import invitations_of, pair_counts
from ampersand.dashboard.queries.day import AT_ONCE, Day, day_of, days_waiting, needs_organiser
from ampersand.dashboard.queries.first_page import my_pairs, things_for, what_is_theirs
from ampersand.dashboard.queries.things import Task

__all__ = [
    "AT_ONCE",
    "Day",
    "Task",
    "covered",
    "day_of",
    "days_waiting",
    "invitations_of",
    "my_pairs",
    "needs_organiser",
    "pair_counts",
    "things_for",
    "what_is_theirs",
]
