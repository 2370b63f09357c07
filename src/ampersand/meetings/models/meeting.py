"""A meeting, the time it takes of each person, and what each says became of it. Nothing here says why."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.calendars import Span
from ampersand.meetings.models.times import secret
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.record.keeping import Keeping, Limit
from ampersand.record.models import Verb
from ampersand.record.states import By, Move, Moves

HELD_FOR = timedelta(minutes=10)  # how long a time is held for whoever is about to book it


class MeetingState(models.TextChoices):
    HELD = "held", _("held for some minutes")
    BOOKED = "booked", _("booked")
    CANCELLED = "cancelled", _("cancelled")


class MeetingWay(models.TextChoices):
    VIDEO = "video", _("by video")
    TELEPHONE = "telephone", _("by telephone")
    IN_PERSON = "in_person", _("in person")


class MeetingAnswer(models.TextChoices):
    """What a person's calendar answered to the invitation."""

    NONE = "", _("no answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    TENTATIVE = "tentative", _("perhaps")


class Meetings(models.QuerySet["Meeting"]):
    """Meetings, by who may see them and how they stand."""

    def visible_to(self, person: Person) -> "Meetings":
        """Give the meetings of a person's own pairs. Organisers get counts and dates, not this."""
        return self.filter(Q(pair__mentor=person) | Q(pair__mentee=person))

    def booked(self) -> "Meetings":
        return self.filter(state=MeetingState.BOOKED)

    def ahead(self, now: datetime) -> "Meetings":
        """Give what is booked and not over, the next first."""
        return self.booked().filter(ends__gt=now).order_by("starts", "pk")

    def lapsed(self, now: datetime) -> "Meetings":
        """Give the times that were held for somebody who did not book them."""
        return self.filter(state=MeetingState.HELD, held_until__lte=now)


class Meeting(models.Model):
    """Two people at a time: two instants, and the time on the clock that was agreed.

    What the agreement said when it was booked stays with it: how long, how much notice, what missing means.
    """

    pair = models.ForeignKey(Pair, models.PROTECT, related_name="meetings")
    uid = models.UUIDField(unique=True, default=uuid4, editable=False)  # for its whole life
    sequence = models.PositiveIntegerField(default=0)  # grows with every change of time or place
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.HELD)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    zone = models.CharField(max_length=64)
    agreed_day = models.DateField()
    agreed_time = models.TimeField()
    way = models.CharField(max_length=10, choices=MeetingWay, blank=True)
    place = models.CharField(max_length=500, blank=True)  # a link, or where; "" where the software finds one
    join_token = models.CharField(max_length=64, unique=True, default=secret, editable=False)
    held_until = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField()
    notice_days = models.PositiveSmallIntegerField(null=True, blank=True)  # None where none was agreed
    missed_final = models.BooleanField(default=False)
    booked_by = models.CharField(max_length=10, blank=True)  # the party who set it up
    booked_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_late = models.BooleanField(default=False)
    moved_late = models.PositiveSmallIntegerField(default=0)  # times

    objects = Meetings.as_manager()

    keeping = Keeping(
        what=_("meetings: when, how and where"),
        personal=("starts", "ends", "way", "place"),
        readers=_("the two; the organisers of the scheme learn how many there were, and when"),
        until=_("a year after the mentoring ended; a time that was held and not booked a day"),
        on_erasure=_("those ahead are cancelled; those that were stay for that time, without place or name"),
        emptied=("place",),
        limits=(
            Limit(years=1, since=("pair__ended_at",)),
            Limit(days=1, since=("held_until",), only=Q(state="held")),
        ),
    )
    moves = Moves(
        MeetingState,
        Move(Verb.MEETING_TIME_HELD, [None], MeetingState.HELD, [By.EITHER]),
        Move(Verb.MEETING_BOOKED, [MeetingState.HELD], MeetingState.BOOKED, [By.EITHER]),
        Move(Verb.MEETING_MOVED, [MeetingState.BOOKED], MeetingState.BOOKED, [By.EITHER, By.SOFTWARE]),
        Move(Verb.MEETING_PLACE_CHANGED, [MeetingState.BOOKED], MeetingState.BOOKED, [By.EITHER]),
        Move(Verb.MEETING_CANCELLED, [MeetingState.BOOKED], MeetingState.CANCELLED, [By.EITHER]),
        Move(
            Verb.PAIR_ENDED,
            [MeetingState.BOOKED],
            MeetingState.CANCELLED,
            [By.EITHER, By.ORGANISER, By.SOFTWARE],
        ),
        Move(Verb.PAIR_RESUMED, [MeetingState.CANCELLED], MeetingState.BOOKED, [By.EITHER, By.ORGANISER]),
    )

    class Meta:
        verbose_name = _("meeting")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="a_meeting_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(state="booked") | (Q(booked_at__isnull=False) & ~Q(way="")),
                name="a_booked_meeting_says_how",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at__isnull=True)),
                name="a_cancelled_meeting_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_until__isnull=False), name="a_held_time_lapses"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["pair", "state", "starts"]),
            models.Index(fields=["state", "starts"]),  # whom to remind now
            models.Index(fields=["held_until"], condition=Q(state="held"), name="what_is_held"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def when(self) -> Span:
        return Span(self.starts, self.ends)

    @property
    def agreed(self) -> datetime:
        """What the clock shows when it begins, as it was agreed; by the clock of `zone`."""
        return datetime.combine(self.agreed_day, self.agreed_time)

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def is_over(self, now: datetime) -> bool:
        return self.ends <= now


class Seat(models.Model):
    """The time that a meeting takes of one person, in whichever scheme: nobody sits in two at once."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    during = DateTimeRangeField()
    taken = models.BooleanField(default=True)
    answer = models.CharField(max_length=10, choices=MeetingAnswer, blank=True)
    answer_sequence = models.PositiveIntegerField(null=True, blank=True)

    keeping = Keeping(
        what=_("your time at meetings, and what your calendar answered"),
        personal=("person", "during", "answer"),
        readers=_("the two"),
        until=_("a year after the mentoring ended"),
        on_erasure=_("stays, for a person without a name"),
        emptied=("answer",),
        limits=(Limit(years=1, since=("meeting__pair__ended_at",)),),
    )

    class Meta:
        verbose_name = _("seat at a meeting")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_seat_each"),
            ExclusionConstraint(
                name="nobody_sits_in_two_meetings",
                expressions=[
                    (
                        Func(F("person"), F("person"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(taken=True),
            ),
        ]
        indexes: ClassVar = [
            # What is over is not read again, however many years of it there are.
            models.Index(F("person"), Func(F("during"), function="upper"), name="seats_by_when_they_end")
        ]

    def __str__(self) -> str:
        return f"seat of {self.person_id}"


class Outcome(models.Model):
    """What one of the two says: it happened, or it did not. Where they differ, both stand."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="outcomes")
    party = models.CharField(max_length=10)
    happened = models.BooleanField()
    said_at = models.DateTimeField(default=timezone.now)

    keeping = Keeping(
        what=_("whether a meeting happened"),
        personal=("party", "happened"),
        readers=_("the two; the organisers learn how many happened"),
        until=_("a year after the mentoring ended"),
        on_erasure=_("stays for that time, without a name"),
        limits=(Limit(years=1, since=("meeting__pair__ended_at",)),),
    )

    class Meta:
        verbose_name = _("what became of a meeting")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "party"], name="each_says_once_what_became_of_it")
        ]

    def __str__(self) -> str:
        return f"what the {self.party} says of {self.meeting_id}"
