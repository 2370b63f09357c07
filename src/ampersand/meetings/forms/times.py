"""When somebody can: weekly times, single days, days away, and how they like to meet."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.calendars import skipped
from ampersand.meetings.models import ExtraTime, WeeklyTime, Wishes
from ampersand.templatetags.readers import place, weekday

Given = WeeklyTime | ExtraTime
MIDNIGHT = time(0)
A_DAY = gettext_lazy("Give a day, such as 23/03/2027.")
A_TIME = gettext_lazy("Give a time, such as 17:00.")


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": A_DAY, "invalid": A_DAY})
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class ClockField(forms.TimeField):
    """A time of day, with the browser's own clock."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": A_TIME, "invalid": A_TIME})
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class FromUntil(forms.Form):
    """From one time of day until a later one; until 00:00 is until midnight."""

    since = ClockField(label=gettext_lazy("From"))
    until = ClockField(label=gettext_lazy("Until"))

    def __init__(self, *args: Any, zone: ZoneInfo, given: Iterable[Given] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.given = zone, given

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since is not None and until is not None and until <= since and until != MIDNIGHT:
            self.add_error(
                "until",
                _(
                    "This is not later than “from”. For a time over midnight, give two: one until 00:00, "
                    "and one from 00:00."
                ),
            )
        return found

    def say_if_overlapping(self, others: Iterable[Given]) -> None:
        """Put a sentence beside the times if they were given already, in whole or in part."""
        found = self.cleaned_data
        if self.errors or "since" not in found or "until" not in found:
            return
        for each in others:
            same_clock = each.zone == self.zone.key
            if same_clock and found["since"] < _end(each.until) and each.since < _end(found["until"]):
                words = _(
                    "You have given %(since)s to %(until)s already. "
                    "Remove that first, or choose another time."
                )
                self.add_error(
                    "since", words % {"since": f"{each.since:%H:%M}", "until": f"{each.until:%H:%M}"}
                )
                return


class WeeklyForm(FromUntil):
    """A time that comes every week."""

    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Every"), choices=lambda: list(WEEKDAYS.items()), coerce=int
    )
    first = DayField(label=gettext_lazy("Only from"), required=False)
    last = DayField(label=gettext_lazy("Only until"), required=False)

    field_order = ("weekday", "since", "until", "first", "last")

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", _("This is before the day in “only from”."))
        same_days = (
            each
            for each in self.given
            if isinstance(each, WeeklyTime)
            and each.weekday == found.get("weekday")
            and (each.last or date.max) >= (first or date.min)
            and (each.first or date.min) <= (last or date.max)
        )
        self.say_if_overlapping(same_days)
        return found


class ExtraForm(FromUntil):
    """A time on one day, beside what comes every week."""

    day = DayField(label=gettext_lazy("Day"))

    field_order = ("day", "since", "until")

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        for name in ("since", "until"):
            if found.get("day") and found.get(name) is not None:
                say_if_skipped(self, name, found["day"], found[name], self.zone)
        if found.get("day") and found["day"] < timezone.localdate():
            self.add_error("day", _("This day is over. Choose one that is still to come."))
        self.say_if_overlapping(
            each for each in self.given if isinstance(each, ExtraTime) and each.day == found.get("day")
        )
        return found


class AwayForm(forms.Form):
    """Days on which somebody cannot, whatever else is said."""

    first = DayField(label=gettext_lazy("First day away"))
    last = DayField(
        label=gettext_lazy("Last day away"),
        required=False,
        help_text=gettext_lazy("Leave it empty for a single day."),
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("first"), found.get("last")
        if first and last and last < first:
            self.add_error("last", _("This is before the first day away."))
        elif first and (last or first) < timezone.localdate():
            self.add_error("first", _("These days are over. Choose days that are still to come."))
        elif first and "last" in found:
            found["last"] = last or first
        return found


def _end(until: time) -> time:
    """Give an end that compares as one: until 00:00 is until midnight."""
    return time.max if until == MIDNIGHT else until


def say_if_skipped(form: forms.Form, name: str, day: date, at: time, zone: ZoneInfo) -> bool:
    """Put a sentence beside a field whose time does not exist on that day."""
    if not skipped(datetime.combine(day, at), zone):
        return False
    form.add_error(
        name,
        _(
            "On %(day)s the clocks in %(place)s are put forward, and %(time)s does not exist. "
            "Choose another time."
        )
        % {"day": weekday(day), "place": place(zone.key), "time": f"{at:%H:%M}"},
    )
    return True


HOURS: tuple[tuple[int, Any], ...] = (
    (1, gettext_lazy("an hour")),
    (3, gettext_lazy("three hours")),
    (12, gettext_lazy("twelve hours")),
    (24, gettext_lazy("a day")),
    (48, gettext_lazy("two days")),
    (72, gettext_lazy("three days")),
    (168, gettext_lazy("a week")),
)
PAUSES: tuple[tuple[int, Any], ...] = (
    (0, gettext_lazy("none")),
    (5, gettext_lazy("5 minutes")),
    (10, gettext_lazy("10 minutes")),
    (15, gettext_lazy("15 minutes")),
    (30, gettext_lazy("half an hour")),
    (60, gettext_lazy("an hour")),
)


class WishesForm(forms.ModelForm):  # type: ignore[type-arg]
    """How somebody likes to meet, whoever it is with."""

    least_notice_hours = forms.TypedChoiceField(
        label=gettext_lazy("Nobody books at less notice than"), coerce=int
    )
    buffer_minutes = forms.TypedChoiceField(label=gettext_lazy("Pause between meetings"), coerce=int)
    most_per_week = forms.IntegerField(
        label=gettext_lazy("Most meetings in a week"),
        required=False,
        min_value=1,
        max_value=50,
        help_text=gettext_lazy("Leave it empty for as many as come."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    video_link = forms.URLField(
        label=gettext_lazy("Your own link for video meetings"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("If you have a room of your own. It begins with https://"),
        error_messages={"invalid": gettext_lazy("Give the whole address, beginning with https://")},
    )
    telephone_ok = forms.BooleanField(label=gettext_lazy("I can meet by telephone"), required=False)
    in_person_place = forms.CharField(
        label=gettext_lazy("Where you can meet in person"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Such as a room or a café. Leave it empty if you do not meet in person."),
    )
    day_before = forms.BooleanField(label=gettext_lazy("Remind me the day before a meeting"), required=False)
    hour_before = forms.BooleanField(label=gettext_lazy("Remind me an hour before a meeting"), required=False)

    class Meta:
        model = Wishes
        fields: ClassVar = (
            "least_notice_hours",
            "most_per_week",
            "buffer_minutes",
            "video_link",
            "telephone_ok",
            "in_person_place",
            "day_before",
            "hour_before",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["least_notice_hours"].choices = _and(HOURS, self.instance.least_notice_hours)  # type: ignore[attr-defined]
        self.fields["buffer_minutes"].choices = _and(PAUSES, self.instance.buffer_minutes)  # type: ignore[attr-defined]

    def clean_video_link(self) -> str:
        link = str(self.cleaned_data["video_link"])
        if link and not link.startswith("https://"):
            raise forms.ValidationError(
                _("Give an address that begins with https://, so that it is private.")
            )
        return link


def _and(choices: Sequence[tuple[int, Any]], own: int) -> list[tuple[int, Any]]:
    """List them with the one that somebody has, should it be none of them."""
    return sorted([*choices, *([] if own in dict(choices) else [(own, str(own))])])
