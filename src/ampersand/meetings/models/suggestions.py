"""Up to three times that one of the two suggests, for the other to pick one."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.meetings.models.meeting import Meeting, MeetingWay
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.record.keeping import Keeping, Limit
from ampersand.record.models import Verb
from ampersand.record.states import By, Move, Moves


class SuggestionState(models.TextChoices):
    OPEN = "open", _("waits for the other")
    PICKED = "picked", _("one of the times was picked")
    WITHDRAWN = "withdrawn", _("taken back")


class Suggestions(models.QuerySet["Suggestion"]):
    """Suggestions, by who may see them."""

    def visible_to(self, person: Person) -> "Suggestions":
        """Give the suggestions within a person's own pairs."""
        return self.filter(Q(pair__mentor=person) | Q(pair__mentee=person))

    def still_open(self) -> "Suggestions":
        return self.filter(state=SuggestionState.OPEN)


class Suggestion(models.Model):
    """Times that would suit one of the two. A pair has one open at most."""

    pair = models.ForeignKey(Pair, models.PROTECT, related_name="suggestions")
    meeting = models.ForeignKey(Meeting, models.CASCADE, null=True, blank=True, related_name="+")  # to move
    by = models.CharField(max_length=10)  # the party who suggests
    way = models.CharField(max_length=10, choices=MeetingWay)
    place = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=SuggestionState, default=SuggestionState.OPEN)

    objects = Suggestions.as_manager()

    keeping = Keeping(
        what=_("times that you or the other suggested"),
        personal=("by", "way", "place"),
        readers=_("the two"),
        until=_("90 days"),
        on_erasure=_("removed"),
        removed=True,
        limits=(Limit(days=90, since=("made_at",)),),
    )
    moves = Moves(
        SuggestionState,
        Move(Verb.TIMES_SUGGESTED, [None], SuggestionState.OPEN, [By.EITHER]),
        Move(Verb.MEETING_BOOKED, [SuggestionState.OPEN], SuggestionState.PICKED, [By.EITHER]),
        Move(Verb.MEETING_MOVED, [SuggestionState.OPEN], SuggestionState.PICKED, [By.EITHER]),
        Move(Verb.SUGGESTION_WITHDRAWN, [SuggestionState.OPEN], SuggestionState.WITHDRAWN, [By.EITHER]),
    )

    class Meta:
        verbose_name = _("suggestion of times")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pair"], condition=Q(state="open"), name="one_open_suggestion_per_pair"
            )
        ]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"


class SuggestedTime(models.Model):
    """One of the times."""

    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="times")
    starts = models.DateTimeField()
    zone = models.CharField(max_length=64)  # by whose clock it was written

    keeping = Keeping(
        what=_("times that you or the other suggested, one by one"),
        personal=("starts", "zone"),
        readers=_("the two"),
        until=_("90 days"),
        on_erasure=_("removed"),
        removed=True,
        limits=(Limit(days=90, since=("suggestion__made_at",)),),
    )

    class Meta:
        verbose_name = _("suggested time")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["suggestion", "starts"], name="a_time_is_suggested_once")
        ]
        ordering: ClassVar = ["starts"]

    def __str__(self) -> str:
        return f"{self.starts:%Y-%m-%d %H:%M}"

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)
