"""Where to meet, and which times somebody suggests."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.calendars import instant
from ampersand.meetings.forms.times import ClockField, DayField, say_if_skipped
from ampersand.meetings.models import MeetingWay


class PlaceForm(forms.Form):
    """How two people meet, and where."""

    way = forms.ChoiceField(label=gettext_lazy("How will you meet?"), widget=forms.RadioSelect)
    place = forms.CharField(label=gettext_lazy("Where, or who rings whom"), required=False, max_length=500)

    def __init__(self, *args: Any, telephone: bool = True, usual_place: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.usual_place = usual_place
        ways = [(MeetingWay.VIDEO, _("By video"))]
        ways += [(MeetingWay.TELEPHONE, _("By telephone"))] if telephone else []
        ways += [(MeetingWay.IN_PERSON, _("In person"))]
        self.fields["way"].choices = ways  # type: ignore[attr-defined]
        self.fields["place"].help_text = _hint(telephone, usual_place)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("way") == MeetingWay.IN_PERSON and not found.get("place"):
            found["place"] = self.usual_place
            if not self.usual_place:
                self.add_error("place", _("Say where you would meet."))
        return found


def _hint(telephone: bool, usual_place: str) -> str:
    """Say what belongs into the field for the place, for each way of meeting."""
    words = [_("By video: leave it empty, and the link comes with the invitation.")]
    if telephone:
        words.append(_("By telephone: who rings whom, and on which number."))
    if usual_place:
        words.append(_("In person: the place. Left empty, it is “%(place)s”.") % {"place": usual_place})
    else:
        words.append(_("In person: the place."))
    return " ".join(words)


class SuggestForm(PlaceForm):
    """One to three times, by the clock of the one who suggests them."""

    day_1 = DayField(label=gettext_lazy("First day"))
    time_1 = ClockField(label=gettext_lazy("First time"))
    day_2 = DayField(label=gettext_lazy("Second day"), required=False)
    time_2 = ClockField(label=gettext_lazy("Second time"), required=False)
    day_3 = DayField(label=gettext_lazy("Third day"), required=False)
    time_3 = ClockField(label=gettext_lazy("Third time"), required=False)

    field_order = ("day_1", "time_1", "day_2", "time_2", "day_3", "time_3", "way", "place")

    def __init__(self, *args: Any, zone: ZoneInfo, instead: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.instead = zone, instead
        if instead:  # a meeting that moves stays where it is held
            del self.fields["way"], self.fields["place"]

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        starts: list[datetime] = []
        for number in ("1", "2", "3"):
            day, at = found.get(f"day_{number}"), found.get(f"time_{number}")
            if day is not None and at is not None:
                starts += self._read(number, day, at, starts)
            elif day is not None and f"time_{number}" not in self.errors:
                self.add_error(f"time_{number}", _("Give a time for this day."))
            elif at is not None and f"day_{number}" not in self.errors:
                self.add_error(f"day_{number}", _("Give a day for this time."))
        found["starts"] = sorted(starts)
        return found

    def _read(self, number: str, day: date, at: time, before: list[datetime]) -> list[datetime]:
        if say_if_skipped(self, f"time_{number}", day, at, self.zone):
            return []
        start = instant(datetime.combine(day, at), self.zone)
        if start <= timezone.now():
            self.add_error(f"day_{number}", _("This has passed. Choose a time that is still to come."))
        elif start in before:
            self.add_error(
                f"time_{number}", _("You have given this time already. Another one leaves more choice.")
            )
        return [start]

    def suggested(self) -> dict[str, Any]:
        """Give what is suggested, as the action takes it."""
        names = ("starts",) if self.instead else ("starts", "way", "place")
        return {name: self.cleaned_data[name] for name in names}

    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Give the fields of each time, day and time of day, as they stand beside each other."""
        return [(self[f"day_{number}"], self[f"time_{number}"]) for number in (1, 2, 3)]


class SlotForm(forms.Form):
    """The instant of a free time that was pressed."""

    starts = forms.CharField()

    def clean_starts(self) -> datetime:
        try:
            found = datetime.fromisoformat(self.cleaned_data["starts"])
        except ValueError:
            found = datetime.min
        if found.tzinfo is None:
            raise forms.ValidationError(_("Choose one of the times below."))
        return found.astimezone(UTC)


class PickForm(forms.Form):
    """Which of the suggested times."""

    time = forms.TypedChoiceField(
        label=gettext_lazy("Which one suits you?"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the times, or suggest others.")},
    )

    def __init__(self, *args: Any, times: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time"].choices = times  # type: ignore[attr-defined]
