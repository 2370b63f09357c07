"""An organiser's day: what needs them, who waits, who has room."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, QuerySet, Subquery
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.agreements.models import Brought, Template
from ampersand.calendars import months_after
from ampersand.dashboard.queries.things import Task
from ampersand.journeys.ahead import DRAFT_QUIET
from ampersand.journeys.queries import resting_drafts
from ampersand.matching.models import Introduction, Request
from ampersand.matching.queries import (
    Counted,
    mentors,
    someone_with_room,
    unanswered,
    waiting,
)
from ampersand.pairs.models import Pair, PairState
from ampersand.people.models import named
from ampersand.questions import Question
from ampersand.schemes.models import Invitation, Scheme, SchemeState
from ampersand.schemes.queries import expiring, expiry_to_tell
from ampersand.templatetags.readers import day as written_day

ANSWERS_WITHIN = timedelta(days=5)
AT_ONCE = 10  # of each list of the day; the next show themselves as these are done
MANY = 500  # how far pairs are counted on the page opened most
TO_LOOK_AT = 50  # how far those are counted that need a look


def _newest_mentors(pk: int) -> QuerySet[Any, tuple[str, int, int, int, int]]:
    told = mentors(Scheme(pk=pk)).values_list("person__called", "capacity", "running", "offered", "room")
    return told.order_by("-joined_at", "-pk")[:AT_ONCE]


def _glance(pk: int, quiet_since: datetime, soon: date) -> QuerySet[Scheme, tuple[Any, ...]]:
    pairs = [Pair.objects.filter(scheme=pk, state=state).values("pk") for state in PairState]
    ending = Pair.objects.filter(scheme=pk, state=PairState.IN_FORCE, until__lte=soon)
    to_look_at = (resting_drafts(pk, quiet_since), ending.order_by("until"))
    return Scheme.objects.filter(pk=pk).values_list(
        someone_with_room(Scheme(pk=pk)),
        Subquery(Template.objects.drafts().filter(scheme=pk).values("number")),
        Exists(Brought.objects.filter(template__scheme=pk, template__published_at=None)),
        *(Subquery(ending.order_by(order).values("until")[:1]) for order in ("until", "-until")),
        *(Counted(rows[: MANY + 1]) for rows in pairs),
        *(Counted(rows.values("pk")[: TO_LOOK_AT + 1]) for rows in to_look_at),
    )


def _first_who_wait(pk: int) -> QuerySet[Request, tuple[int, datetime, str]]:
    return waiting(Scheme(pk=pk)).values_list("pk", "asked_at", "mentee__called")[:AT_ONCE]


def _oldest_unanswered(pk: int) -> QuerySet[Introduction, tuple[int, datetime, str, str]]:
    names = ("mentor__person__called", "request__mentee__called")
    return unanswered(Scheme(pk=pk)).values_list("pk", "offered_at", *names)[:AT_ONCE]


def _running_out_first(pk: int, until: datetime, after: datetime) -> QuerySet[Invitation]:
    return expiring(Scheme(pk=pk), until, after).only("email", "expires_at")[:AT_ONCE]


WAITING = Question(_first_who_wait, int)
UNANSWERED = Question(_oldest_unanswered, int)
NEWEST_MENTORS = Question(_newest_mentors, int)
EXPIRING = Question(_running_out_first, int, datetime, datetime)
GLANCE = Question(_glance, int, datetime, date)


@dataclass(frozen=True)
class Waits:
    """Someone who waits for a mentor, since when, and where to introduce them."""

    name: str
    since: str
    url: str


@dataclass(frozen=True)
class Offered:
    """Two people who have not both answered whether they want to begin."""

    mentor: str
    mentee: str
    at: datetime
    since: str
    url: str


@dataclass(frozen=True)
class Mentor:
    """A mentor, with the room they have."""

    name: str
    capacity: int
    running: int
    offered: int
    room: int


@dataclass(frozen=True)
class Day:
    """An organiser's day: the first few of each list, and what is said of the scheme as a whole."""

    scheme: Scheme
    waiting: list[Waits]  # longest first
    unanswered: list[Offered]  # introductions still open, oldest first
    mentors: list[Mentor]  # who joined last, by name, with the room they have
    running_out: list[Invitation]
    room: bool  # whether any mentor has some
    pairs: dict[str, str]  # how many, by state, as far as they are counted
    resting: int  # agreements that nobody has moved for a while, counted as far
    ending: int  # agreements in their last weeks, counted as far
    last_days: tuple[Any, Any]  # the first and the last of their days
    draft: int | None  # the number of a version that is not published yet
    brought: bool  # whether it was read in a paper of the scheme's own


def day_of(scheme: Scheme) -> Day:
    """Read what an organiser should know of a scheme today."""
    today = timezone.localdate(timezone=ZoneInfo(scheme.time_zone))
    asked = (timezone.now() - DRAFT_QUIET, months_after(today, scheme.asks_months))
    [(someone, draft, brought, first, last, *pairs, resting, ending)] = GLANCE.ask(scheme.pk, *asked)
    more, counts = _("more than %(many)d") % {"many": MANY}, dict(zip(PairState.values, pairs, strict=True))
    newest = [Mentor(named(name), *room) for name, *room in NEWEST_MENTORS.ask(scheme.pk)]
    return Day(
        scheme=scheme,
        waiting=[_waits(scheme, *found) for found in WAITING.ask(scheme.pk)],
        unanswered=[_offered(*found) for found in UNANSWERED.ask(scheme.pk)],
        mentors=sorted(newest, key=lambda mentor: mentor.name.casefold()),
        running_out=EXPIRING.ask(scheme.pk, *expiry_to_tell()),
        room=someone is not None,
        pairs={state: more if count > MANY else str(count) for state, count in counts.items()},
        resting=resting,
        ending=ending,
        last_days=(first, last),
        draft=draft,
        brought=brought,
    )


def _waits(scheme: Scheme, pk: int, asked_at: datetime, mentee: str) -> Waits:
    days = (timezone.now() - asked_at).days
    return Waits(named(mentee), days_waiting(days), _to_introduce(scheme.slug, pk))


def _offered(pk: int, at: datetime, mentor: str, mentee: str) -> Offered:
    since = _("since %(day)s") % {"day": written_day(at)}
    return Offered(named(mentor), named(mentee), at, since, _to_introduction(pk))


@lru_cache(maxsize=2000)
def _to_introduce(slug: str, pk: int) -> str:
    """Give an address; put together once, since the same people stand here day after day."""
    return reverse("matching:introduce", args=[slug, pk])


@lru_cache(maxsize=2000)
def _to_introduction(pk: int) -> str:
    return reverse("matching:introduction", args=[pk])


def needs_organiser(day: Day) -> list[Task]:
    """Give what an organiser of a scheme should look at today, the longest wait first."""
    return [
        *_unpublished(day),
        *_who_waits(day),
        *_slow_answers(day.unanswered),
        *_resting(day),
        *_ending(day),
        *_running_out(day),
        *_help_lines(day.scheme),
    ]


def _unpublished(day: Day) -> list[Task]:
    """Lead on with a draft, and to beginning one where the scheme has no agreement at all."""
    hint = _("Until then nobody but you sees it.")
    if day.scheme.state != SchemeState.DRAFT:
        if day.draft is None:
            return []
        label = _("Version %(number)d of your agreement is not published yet: go on") % {"number": day.draft}
        hint = _("Until then only organisers see it, and the version before it counts.")
    elif day.draft is None:
        label = _("Bring your agreement, or begin with one of ours")
        hint = _("The scheme opens when you publish one.")
    elif day.brought:
        label = _("Your agreement is not published yet: go on")
    else:
        label = _("Read the agreement and publish it")
    return [Task(label=label, url=reverse("dashboard:agreement", args=[day.scheme.slug]), hint=hint)]


def _who_waits(day: Day) -> list[Task]:
    words = _("Introduce %(name)s to a mentor") if day.room else _("Find a mentor for %(name)s")
    return [Task(words % {"name": found.name}, found.url, found.since) for found in day.waiting]


def days_waiting(days: int) -> str:
    if days == 0:
        return _("Asked today.")
    return ngettext("Waiting for %(days)d day.", "Waiting for %(days)d days.", days) % {"days": days}


def _slow_answers(unanswered: Sequence[Offered]) -> list[Task]:
    now = timezone.now()
    return [
        Task(
            label=_("%(mentor)s & %(mentee)s: no pair yet")
            % {"mentor": found.mentor, "mentee": found.mentee},
            url=found.url,
            hint=days_waiting((now - found.at).days),
        )
        for found in unanswered
        if found.at <= now - ANSWERS_WITHIN
    ]


def _resting(day: Day) -> list[Task]:
    """Count the agreements that nobody has moved for a while; whose turn it is, is not said."""
    if not day.resting:
        return []
    label = ngettext(
        "One agreement is resting unsigned", "%(count)d agreements are resting unsigned", day.resting
    )
    many = _("More than %(count)d agreements are resting unsigned")
    return [
        Task(
            label=_counted(label, many, day.resting),
            url=reverse("dashboard:people", args=[day.scheme.slug]) + "#pairs",
            hint=_("Nothing has moved for two weeks."),
        )
    ]


def _ending(day: Day) -> list[Task]:
    """Count the agreements in their last weeks, and give their days; nothing of what was answered."""
    if not day.ending:
        return []
    first, last = (formats.date_format(each, "j F") for each in day.last_days)
    label = ngettext(
        "One agreement reaches its last day soon",
        "%(count)d agreements reach their last day soon",
        day.ending,
    )
    many = _("More than %(count)d agreements reach their last day soon")
    hint = _("On %(first)s.") if first == last else _("Between %(first)s and %(last)s.")
    asked = _("Each is asked alone whether to carry on; you hear whether it is renewed or ends.")
    return [
        Task(
            label=_counted(label, many, day.ending),
            url=reverse("dashboard:people", args=[day.scheme.slug]) + "#pairs",
            hint=f"{hint % {'first': first, 'last': last}} {asked}",
        )
    ]


def _counted(label: str, many: str, count: int) -> str:
    """Say how many there are, as far as they are counted."""
    return many % {"count": TO_LOOK_AT} if count > TO_LOOK_AT else label % {"count": count}


def _running_out(day: Day) -> list[Task]:
    return [
        Task(
            label=_("The invitation of %(email)s has run out") % {"email": found.email}
            if found.expires_at <= timezone.now()
            else _("The invitation of %(email)s runs out soon") % {"email": found.email},
            url=reverse("schemes:invitations", args=[day.scheme.slug]),
            hint=_("Send it again, or withdraw it."),
        )
        for found in day.running_out
    ]


def _help_lines(scheme: Scheme) -> list[Task]:
    if scheme.urgent_help_review_on > timezone.localdate():
        return []
    url = reverse("dashboard:details", args=[scheme.slug])
    hint = _("Then choose the next day to check them.")
    return [Task(label=_("Check that the urgent help lines are still right"), url=url, hint=hint)]
