"""What the worker does for letters: send, send again, take up, gather."""

from ampersand.notifications.tasks.post import new_message_id
from ampersand.notifications.tasks.rounds import (
    clear_jobs,
    gather_daily,
    release,
    take_up_overdue,
    take_up_stalled,
)
from ampersand.notifications.tasks.sending import put_in_the_post, send

__all__ = [
    "clear_jobs",
    "gather_daily",
    "new_message_id",
    "put_in_the_post",
    "release",
    "send",
    "take_up_overdue",
    "take_up_stalled",
]
