"""Letters, by what became of them."""

from django.utils import timezone

from ampersand.notifications.models import Letter, Letters, LetterState


def dead_letters() -> Letters:
    """Give the letters that could not be delivered, newest first."""
    return Letter.objects.filter(state=LetterState.DEAD).order_by("-queued_at")


def worth_sending_again() -> Letters:
    """Give the dead letters that still have something to say."""
    return dead_letters().still_worth_sending(timezone.now())


def held_letters() -> Letters:
    """Give the letters kept for want of a mail server that still have something to say, oldest first."""
    held = Letter.objects.filter(state=LetterState.HELD).still_worth_sending(timezone.now())
    return held.order_by("queued_at", "pk")


def outbox() -> Letters:
    """Give the letters kept because there is no mail server, newest first."""
    return Letter.objects.filter(state=LetterState.HELD).prefetch_related("enclosures").order_by("-queued_at")
