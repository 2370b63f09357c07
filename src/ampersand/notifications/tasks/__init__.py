"""What the worker does for letters: send, send again, gather, forget."""

from ampersand.notifications.tasks.sending import put_in_the_post, send

__all__ = ["put_in_the_post", "send"]
