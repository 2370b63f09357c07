"""When a person can: weekly times, single days, days away, and what their own calendar blocks."""

from secrets import token_urlsafe
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ampersand.calendars import Away, Extra, Weekly
from ampersand.record.keeping import Keeping, Limit


def secret() -> str:
    """Make up a part of an address that nobody guesses."""
    return token_urlsafe(24)


class Wishes(models.Model):
    """How a person likes to meet, and how others may book them. Made when first needed."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="meeting_wishes")
    least_notice_hours = models.PositiveSmallIntegerField(
        _("least notice, in hours"), default=24, validators=[MaxValueValidator(24 * 60)]
    )
    buffer_minutes = models.PositiveSmallIntegerField(
        _("free time before and after, in minutes"), default=0, validators=[MaxValueValidator(240)]
    )
    most_per_week = models.PositiveSmallIntegerField(
        _("most meetings in a week"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(50)],
    )
    video_link = models.URLField(
        _("your own video link"), max_length=500, blank=True, validators=[URLValidator(schemes=["https"])]
    )
    telephone_ok = models.BooleanField(_("by telephone is fine"), default=True)
    in_person_place = models.CharField(_("where to meet in person"), max_length=200, blank=True)
    day_before = models.BooleanField(_("remind me the day before"), default=True)
    hour_before = models.BooleanField(_("remind me an hour before"), default=False)
    feed_token = models.CharField(max_length=64, unique=True, default=secret)

    keeping = Keeping(
        what=_("how you like to meet"),
        personal=(
            "person",
            "least_notice_hours",
            "buffer_minutes",
            "most_per_week",
            "video_link",
            "telephone_ok",
            "in_person_place",
            "day_before",
            "hour_before",
        ),
        readers=_("the person; links and places also the other of a pair, once they have booked"),
        until=_("until the person erases their account"),
        on_erasure=_("removed"),
        removed=True,
        no_limit="it goes when the person says so",
    )

    class Meta:
        verbose_name = _("how you like to meet")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(most_per_week=None) | Q(most_per_week__gte=1), name="some_meetings_in_a_week"
            ),
            models.CheckConstraint(
                condition=Q(video_link="") | Q(video_link__startswith="https://"), name="a_safe_video_link"
            ),
        ]

    def __str__(self) -> str:
        return f"wishes of {self.person_id}"


class WeeklyTime(models.Model):
    """Every week from one time of day until another, by the clock of a zone; overnight if it ends earlier."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="weekly_times")
    weekday = models.PositiveSmallIntegerField()  # Monday is 0
    since = models.TimeField()
    until = models.TimeField()
    zone = models.CharField(max_length=64)
    first = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)

    keeping = Keeping(
        what=_("times at which you can meet every week"),
        personal=("person", "weekday", "since", "until", "zone", "first", "last"),
        readers=_("the person; the other of a pair sees the times that are free, not what they are made of"),
        until=_("until the person takes them away; those with a last day 30 days after it"),
        on_erasure=_("removed"),
        removed=True,
        limits=(Limit(days=30, since=("last",)),),
    )

    class Meta:
        verbose_name = _("weekly time")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(weekday__gte=0, weekday__lte=6), name="a_weekday_is_one_of_seven"
            ),
            models.CheckConstraint(
                condition=Q(first=None) | Q(last=None) | Q(last__gte=F("first")),
                name="weekly_until_after_it_began",
            ),
        ]
        ordering: ClassVar = ["weekday", "since", "pk"]

    def __str__(self) -> str:
        return f"weekday {self.weekday}, {self.since:%H:%M}–{self.until:%H:%M} {self.zone}"

    def as_rule(self) -> Weekly:
        """Give it as the calendars reckon with it."""
        return Weekly(self.weekday, self.since, self.until, ZoneInfo(self.zone), self.first, self.last)


class ExtraTime(models.Model):
    """One day on which a person can from one time until another, beside what is weekly."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="extra_times")
    day = models.DateField()
    since = models.TimeField()
    until = models.TimeField()
    zone = models.CharField(max_length=64)

    keeping = Keeping(
        what=_("single days on which you can meet"),
        personal=("person", "day", "since", "until", "zone"),
        readers=_("the person; the other of a pair sees the times that are free"),
        until=_("30 days after the day"),
        on_erasure=_("removed"),
        removed=True,
        limits=(Limit(days=30, since=("day",)),),
    )

    class Meta:
        verbose_name = _("single day on which you can meet")
        indexes: ClassVar = [models.Index(fields=["person", "day"])]
        ordering: ClassVar = ["day", "since", "pk"]

    def __str__(self) -> str:
        return f"{self.day}, {self.since:%H:%M}–{self.until:%H:%M} {self.zone}"

    def as_rule(self) -> Extra:
        """Give it as the calendars reckon with it."""
        return Extra(self.day, self.since, self.until, ZoneInfo(self.zone))


class TimeAway(models.Model):
    """Days, both included, on which a person cannot meet, whatever else they said."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="times_away")
    first = models.DateField()
    last = models.DateField()
    zone = models.CharField(max_length=64)

    keeping = Keeping(
        what=_("days on which you are away"),
        personal=("person", "first", "last", "zone"),
        readers=_("the person; the other of a pair sees only that no time is free"),
        until=_("30 days after the last of them"),
        on_erasure=_("removed"),
        removed=True,
        limits=(Limit(days=30, since=("last",)),),
    )

    class Meta:
        verbose_name = _("days away")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="away_until_after_it_began")
        ]
        indexes: ClassVar = [models.Index(fields=["person", "last"])]
        ordering: ClassVar = ["first", "pk"]

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"

    def as_rule(self) -> Away:
        """Give it as the calendars reckon with it."""
        return Away(self.first, self.last, ZoneInfo(self.zone))


class Subscription(models.Model):
    """A calendar of a person's own, at an address or from a file, that says when they are busy."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendars")
    name = models.CharField(_("what to call it"), max_length=100)
    address = models.CharField(_("its address"), max_length=2000, blank=True)  # "" where it was a file
    added_at = models.DateTimeField(auto_now_add=True)
    fetched_at = models.DateTimeField(null=True, blank=True)
    next_fetch = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=20, blank=True)  # a short code; "" if all is well

    keeping = Keeping(
        what=_("calendars that say when you are busy"),
        personal=("person", "name", "address"),
        readers=_("the person"),
        until=_("until the person takes them away"),
        on_erasure=_("removed"),
        removed=True,
        no_limit="it goes when the person says so",
    )

    class Meta:
        verbose_name = _("calendar of your own")
        indexes: ClassVar = [models.Index(fields=["next_fetch"])]
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name


class BlockedTime(models.Model):
    """From when until when a person is busy; nothing else of their calendar is kept."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="blocked")
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    keeping = Keeping(
        what=_("times at which you are busy"),
        personal=("starts", "ends"),
        readers=_("the person; the other of a pair sees only that these times are not free"),
        until=_("a day after they are over"),
        on_erasure=_("removed"),
        removed=True,
        limits=(Limit(days=1, since=("ends",)),),
    )

    class Meta:
        verbose_name = _("busy time")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="busy_until_after_it_began")
        ]
        indexes: ClassVar = [models.Index(fields=["subscription", "ends"])]

    def __str__(self) -> str:
        return f"{self.starts:%Y-%m-%d %H:%M}"
