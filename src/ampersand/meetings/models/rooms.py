"""Rooms for meetings by video that a provider made for us."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.meetings.models.meeting import Meeting
from ampersand.record.keeping import Keeping, Limit


class VideoRoom(models.Model):
    """What a provider calls the room of a meeting, so that it can be moved and let go with it."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="room")
    number = models.CharField(max_length=64)
    host = models.CharField(max_length=254)  # the user of the provider in whose name it was made
    link = models.CharField(max_length=500)

    keeping = Keeping(
        what=_("rooms for your video meetings"),
        personal=("link",),
        readers=_("the two, as the way in to their meeting"),
        until=_("a year after the mentoring ended"),
        on_erasure=_("let go with meetings that are cancelled; what is left names nobody"),
        emptied=("link",),
        limits=(Limit(years=1, since=("meeting__pair__ended_at",)),),
    )

    def __str__(self) -> str:
        return f"room of meeting {self.meeting_id}"
