"""When somebody can meet, and how they like to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ampersand.meetings.actions import times as deeds
from ampersand.meetings.forms.times import HOURS, PAUSES, AwayForm, ExtraForm, WeeklyForm, WishesForm
from ampersand.meetings.models import ExtraTime, TimeAway, WeeklyTime, Wishes
from ampersand.meetings.queries.times import Times, times_of, wishes_of
from ampersand.meetings.views.shared import private
from ampersand.people.access import PersonRequest, kept_typing, signed_in
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.templatetags.readers import day, weekday

ADD: dict[str, Callable[..., object]] = {
    "weekly": deeds.add_weekly,
    "extra": deeds.add_extra,
    "away": deeds.add_away,
}


@dataclass(frozen=True)
class Line:
    """One of a person's times, in words."""

    pk: int
    words: str
    zone: str


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def times(request: PersonRequest) -> HttpResponse:
    """Show when a person can meet, and take in more of it."""
    kept = kept_typing(request)
    kind = str((request.POST or kept).get("kind", ""))
    said = times_of(request.user)
    offered = _offered(request.user, said, kind, request.POST or None, kept)
    if request.method == "POST":
        form = offered.get(kind)
        if form is not None and form.is_valid():
            try:
                ADD[kind](person=request.user, zone=request.user.time_zone, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, refused.sentence)
            else:
                messages.success(request, _("Saved."))
                return redirect(f"{reverse('meetings:times')}#{kind}")
    context = {"forms": offered, "zone": request.user.time_zone, **_lines(said)}
    context["wishes"] = _told(wishes_of(request.user))
    status = 422 if request.method == "POST" else 200
    return private(render(request, "meetings/times.html", context, status=status))


def _offered(person: Person, said: Times, kind: str, posted: Any, kept: Any) -> dict[str, forms.Form]:
    """Give the three forms; the one that was sent holds what was typed into it."""
    zone = ZoneInfo(person.time_zone)
    made: dict[str, tuple[type[forms.Form], dict[str, Any]]] = {
        "weekly": (WeeklyForm, {"zone": zone, "given": said.weekly}),
        "extra": (ExtraForm, {"zone": zone, "given": said.extra}),
        "away": (AwayForm, {}),
    }
    return {
        name: form(
            posted if name == kind else None,
            initial=kept if name == kind else None,
            auto_id=f"{name}_%s",
            **more,
        )
        for name, (form, more) in made.items()
    }


def _lines(said: Times) -> dict[str, list[Line]]:
    """Give all that a person has given, in words and in order."""
    return {
        "weekly": [Line(each.pk, _weekly(each), each.zone) for each in said.weekly],
        "extra": [Line(each.pk, _extra(each), each.zone) for each in said.extra],
        "away": [Line(each.pk, _away(each), each.zone) for each in said.away],
    }


def _weekly(each: WeeklyTime) -> str:
    words = _("%(weekday)s, %(since)s to %(until)s") % {"weekday": WEEKDAYS[each.weekday], **_clocks(each)}
    if each.first and each.last:
        words += " " + _("from %(first)s until %(last)s") % {"first": day(each.first), "last": day(each.last)}
    elif each.first:
        words += " " + _("from %(first)s on") % {"first": day(each.first)}
    elif each.last:
        words += " " + _("until %(last)s") % {"last": day(each.last)}
    return words


def _extra(each: ExtraTime) -> str:
    return _("%(day)s, %(since)s to %(until)s") % {"day": weekday(each.day), **_clocks(each)}


def _away(each: TimeAway) -> str:
    if each.first == each.last:
        return weekday(each.first)
    return _("%(first)s to %(last)s") % {"first": weekday(each.first), "last": weekday(each.last)}


def _clocks(each: WeeklyTime | ExtraTime) -> dict[str, str]:
    return {"since": f"{each.since:%H:%M}", "until": f"{each.until:%H:%M}"}


@signed_in
@require_POST
def remove_time(request: PersonRequest, kind: str, pk: int) -> HttpResponse:
    """Take one of a person's own times away."""
    said = times_of(request.user)
    given: dict[str, Sequence[WeeklyTime | ExtraTime | TimeAway]] = {
        "weekly": said.weekly,
        "extra": said.extra,
        "away": said.away,
    }
    found = next((each for each in given.get(kind, ()) if each.pk == pk), None)
    if found is None:
        raise Http404
    deeds.remove_time(time=found, by=request.user)
    messages.success(request, _("Removed."))
    return redirect(f"{reverse('meetings:times')}#{kind}")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: PersonRequest) -> HttpResponse:
    """Show and change how a person likes to meet."""
    form = WishesForm(request.POST or None, instance=wishes_of(request.user), initial=kept_typing(request))
    if request.method == "POST" and form.is_valid():
        deeds.wish(person=request.user, **cast("deeds.Wished", form.cleaned_data))
        messages.success(request, _("Saved."))
        return redirect("meetings:times")
    return private(
        render(request, "meetings/wishes.html", {"form": form}, status=422 if form.errors else 200)
    )


def _told(found: Wishes) -> list[dict[str, str]]:
    """Say how a person likes to meet, each with the way to change it."""
    reminders = [
        *([_("the day before")] if found.day_before else []),
        *([_("an hour before")] if found.hour_before else []),
    ]
    rows = (
        (
            "least_notice_hours",
            _("Least notice"),
            str(
                dict(HOURS).get(
                    found.least_notice_hours, _("%(hours)d hours") % {"hours": found.least_notice_hours}
                )
            ),
        ),
        ("most_per_week", _("Most meetings in a week"), str(found.most_per_week or _("as many as come"))),
        (
            "buffer_minutes",
            _("Pause between meetings"),
            str(
                dict(PAUSES).get(
                    found.buffer_minutes, _("%(minutes)d minutes") % {"minutes": found.buffer_minutes}
                )
            ),
        ),
        (
            "video_link",
            _("Your own link for video meetings"),
            found.video_link or _("none: each meeting gets one"),
        ),
        ("telephone_ok", _("By telephone"), _("yes") if found.telephone_ok else _("no")),
        ("in_person_place", _("In person"), found.in_person_place or _("no")),
        ("day_before", _("Reminders"), ", ".join(reminders) or _("none")),
    )
    address = reverse("meetings:wishes")
    return [{"label": label, "value": value, "url": f"{address}#id_{name}"} for name, label, value in rows]
