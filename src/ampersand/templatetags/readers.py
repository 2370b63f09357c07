"""Days and times as the reader writes them, in the reader's time zone."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def day(value: date | None) -> str:
    """Write a day: “21 November 2026”."""
    if value is None:
        return ""
    return formats.date_format(_here(value), pgettext("a day, in Django's format letters", "j F Y"))


@register.filter
def clock(value: datetime | None) -> str:
    """Write a time of day: “16:32”."""
    return "" if value is None else formats.time_format(timezone.localtime(value).time(), "H:i")


@register.filter
def moment(value: datetime | None) -> str:
    """Write a moment with its weekday and whose clock it is: “Saturday 21 November at 16:32 (London)”."""
    if value is None:
        return ""
    written = _weekday(timezone.localtime(value))
    return _("%(day)s at %(time)s (%(place)s)") % {"day": written, "time": clock(value), "place": place()}


@register.filter
def weekday(value: date) -> str:
    """Write a day as it heads what happens on it: “Monday 22 March”, with the year where it is another."""
    return _weekday(_here(value))


@register.filter
def there(value: datetime, zone: str) -> str:
    """Write what someone's clock in another zone shows: “19:00 in Tokyo”, with the day where it is another.

    It is "" where both clocks show the same.
    """
    here, other = timezone.localtime(value), value.astimezone(ZoneInfo(zone))
    if here.replace(tzinfo=None) == other.replace(tzinfo=None):
        return ""
    words = {"time": formats.time_format(other.time(), "H:i"), "place": place(zone)}
    if here.date() == other.date():
        return _("%(time)s in %(place)s") % words
    return _("%(day)s at %(time)s in %(place)s") % {**words, "day": _weekday(other)}


@register.filter
def place(zone: str = "") -> str:
    """Name a time zone, by itself the reader's, as people do: “London”, not “Europe/London”."""
    return (zone or timezone.get_current_timezone_name()).rsplit("/", 1)[-1].replace("_", " ")


def _weekday(value: date) -> str:
    this_year = value.year == timezone.localtime().year
    letters = (
        pgettext("a weekday and day, in Django's format letters", "l j F")
        if this_year
        else pgettext("a weekday, day and year, in Django's format letters", "l j F Y")
    )
    return formats.date_format(value, letters)


@register.filter
def fours(value: str) -> str:
    """Set a long number in groups of four, so that eyes and screen readers find their way."""
    return " ".join(value[at : at + 4] for at in range(0, len(value), 4))


def _here(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) else value
