"""A letter on its way to someone, and what is enclosed with it."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.record.keeping import Keeping, Limit

INVITATION = "text/calendar; method="  # how the kind of an enclosure begins that calendars act upon


class LetterState(models.TextChoices):
    WAITING = "waiting", _("waiting to be sent")
    GATHERED = "gathered", _("part of a daily letter")
    SENT = "sent", _("sent")
    DEAD = "dead", _("could not be delivered")
    HELD = "held", _("kept: there is no mail server")


class Letters(models.QuerySet["Letter"]):
    """Letters, by whether it helps to send them."""

    def still_worth_sending(self, now: datetime) -> "Letters":
        """Leave out what would only mislead now."""
        return self.filter(Q(good_until=None) | Q(good_until__gt=now))


class Letter(models.Model):
    """One letter to one address, rendered when it was written."""

    event = models.CharField(max_length=100)
    to = models.EmailField(max_length=254)
    person = models.BigIntegerField(null=True, blank=True, db_index=True)
    subject = models.CharField(max_length=250)
    body_text = models.TextField()
    body_html = models.TextField()
    language = models.CharField(max_length=12, default="en")
    message_id = models.CharField(max_length=200, unique=True)
    thread = models.CharField(max_length=100, blank=True)
    urgent = models.BooleanField(default=True)
    optional = models.BooleanField(default=False)
    daily = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=LetterState, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    good_until = models.DateTimeField(null=True, blank=True)  # after that it would only mislead
    last_error = models.CharField(max_length=80, blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = Letters.as_manager()

    keeping = Keeping(
        what=_("letters"),
        personal=("to", "person", "subject", "body_text", "body_html"),
        readers=_(
            "the person it is addressed to; an operator sees the address and subject of one held or dead"
        ),
        until=_("its text a week after it was sent, the rest a year"),
        on_erasure=_("removed"),
        removed=True,
        by_address="to",
        limits=(
            Limit(days=7, since=("sent_at",), emptied=("subject", "body_text", "body_html")),
            Limit(years=1, since=("queued_at",)),
        ),
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["state", "next_try"]),
            models.Index(fields=["thread", "to"]),
        ]

    def __str__(self) -> str:
        return f"{self.event} to {self.to}"

    def too_late(self) -> bool:
        """Say whether it would only mislead now."""
        return self.good_until is not None and self.good_until <= timezone.now()


class Enclosure(models.Model):
    """A file that goes with a letter."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="enclosures")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    keeping = Keeping(
        what=_("what is enclosed with letters"),
        personal=("content",),
        readers=_("the person the letter is addressed to"),
        until=_("a week after the letter was sent"),
        on_erasure=_("removed with its letter"),
        limits=(Limit(days=7, since=("letter__sent_at",)),),
    )

    def __str__(self) -> str:
        return self.name
