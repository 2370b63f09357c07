"""Letters, by what became of them."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from ampersand.notifications.models import Letter, LetterState


def dead_letters() -> QuerySet[Letter]:
    """Give the letters that could not be delivered, newest first."""
    return Letter.objects.filter(state=LetterState.DEAD).order_by("-queued_at")


def worth_sending_again() -> QuerySet[Letter]:
    """Give the dead letters that still have something to say."""
    return dead_letters().filter(Q(good_until=None) | Q(good_until__gt=timezone.now()))


def outbox() -> QuerySet[Letter]:
    """Give the letters kept because there is no mail server, newest first."""
    return Letter.objects.filter(state=LetterState.HELD).prefetch_related("enclosures").order_by("-queued_at")
