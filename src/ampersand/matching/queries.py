"""Who waits, who has room, what stands between two people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ampersand.boundaries.queries.apart import apart_from
from ampersand.matching.models import Introduction, IntroductionState, Request, RequestState
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.questions import Question
from ampersand.schemes.models import Member, Role, Scheme

ENOUGH_TO_TELL = 5  # waits behind an honest “usually”; fewer would tell of single people
LATEST_PAIRS = 100  # as many as “usually” looks back on
MANY = 100  # how far those who wait are counted where everyone may look


class Counted(Subquery):
    """How many rows a query finds, as part of another question."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


@dataclass(frozen=True)
class Availability:
    """What anyone may know before asking: how many wait, counted as far as MANY, and if a mentor has room."""

    waiting: int
    room: bool


def _availability(pk: int) -> QuerySet[Scheme, tuple[int, int | None]]:
    scheme = Scheme(pk=pk)
    line = Counted(waiting(scheme).order_by().values("pk")[: MANY + 1])
    return Scheme.objects.filter(pk=pk).values_list(line, someone_with_room(scheme))


AVAILABILITY = Question(_availability, int)


def availability(scheme: Scheme) -> Availability:
    """Count those who wait and look for a mentor with room, in one question."""
    [(line, someone)] = AVAILABILITY.ask(scheme.pk)
    return Availability(line, someone is not None)


def waiting(scheme: Scheme) -> QuerySet[Request]:
    """Give the requests that wait for an introduction, longest first."""
    return (
        scheme.requests.filter(state=RequestState.WAITING).select_related("mentee").order_by("asked_at", "pk")
    )


def place_in_line(request: Request) -> int:
    """Count those who have waited longer, plus one."""
    earlier = Q(asked_at__lt=request.asked_at) | Q(asked_at=request.asked_at, pk__lt=request.pk)
    return Request.objects.filter(earlier, scheme=request.scheme_id, state=RequestState.WAITING).count() + 1


def _latest_waits(pk: int, since: datetime) -> QuerySet[Pair, tuple[datetime, datetime]]:
    latest = Pair.objects.filter(scheme=pk, introduced_at__gte=since, introduction__isnull=False)
    moments = latest.values_list("introduction__request__asked_at", "introduced_at")
    return moments.order_by("-introduced_at")[:LATEST_PAIRS]


LATEST_WAITS = Question(_latest_waits, int, datetime)


def usual_wait(scheme: Scheme) -> int | None:
    """Give the usual days from asking to a pair over the past year, if enough people waited to tell.

    It goes by the latest pairs of the year, so that the answer costs a large scheme no more than a small.
    """
    latest = LATEST_WAITS.ask(scheme.pk, timezone.now() - timedelta(days=365))
    days = [(introduced - asked).days for asked, introduced in latest]
    return round(median(days)) if len(days) >= ENOUGH_TO_TELL else None


def mentors(scheme: Scheme) -> QuerySet[Any]:
    """Give a scheme's mentors with `running` pairs, `offered` introductions and `room` left."""
    pairs = Pair.objects.running().filter(scheme=OuterRef("scheme"), mentor=OuterRef("person"))
    offered = Introduction.objects.offered().filter(mentor=OuterRef("pk"))
    return (
        scheme.members.filter(role=Role.MENTOR, left_at=None, person__is_active=True)
        .select_related("person")
        .annotate(running=Counted(pairs.values("pk")), offered=Counted(offered.values("pk")))
        .annotate(room=F("capacity") - F("running") - F("offered"))
        .order_by("person__called", "pk")
    )


def with_room(scheme: Scheme) -> QuerySet[Member]:
    """Give the mentors with room, by what the database has counted (Member.taken) and keeps an index of."""
    return scheme.members.filter(role=Role.MENTOR, left_at=None, capacity__gt=F("taken"))


def mentors_with_room(scheme: Scheme) -> QuerySet[Any]:
    """Give the mentors who have `room`, most room first."""
    found = with_room(scheme).select_related("person").annotate(room=F("capacity") - F("taken"))
    return found.order_by("-room", "joined_at", "pk")


def someone_with_room(scheme: Scheme) -> Subquery:
    """Give one mentor with room, as part of another question.

    In the order of the index, so that PostgreSQL takes that rather than look for one among all members:
    it cannot know how few have room.
    """
    return Subquery(with_room(scheme).order_by("joined_at").values("pk")[:1])


def anyone_has_room(scheme: Scheme) -> bool:
    """Say whether there is a mentor with room; it costs no more where there is none among many."""
    return with_room(scheme).order_by("joined_at").first() is not None


def not_for(request: Request) -> set[int]:
    """Give whom this mentee is not introduced to: themselves, and whoever must not meet them."""
    mentors = Person.objects.filter(memberships__scheme=request.scheme_id, memberships__role=Role.MENTOR)
    return {request.mentee_id} | apart_from(request.mentee, mentors)


def taken(member: Member) -> int:
    """Count the running pairs and open introductions of a mentor."""
    return running_pairs(member) + member.introductions.offered().count()


def running_pairs(member: Member) -> int:
    return Pair.objects.running().filter(scheme=member.scheme_id, mentor=member.person_id).count()


def did_not_go_ahead(request: Request, members: Sequence[Member]) -> set[int]:
    """Give which of these mentors were introduced to this mentee before, without a pair coming of it."""
    return set(
        Introduction.objects.filter(
            request__mentee=request.mentee_id, mentor__in=members, state=IntroductionState.CLOSED
        ).values_list("mentor", flat=True)
    )


def requests_that_rest_on(schemes: Collection[Scheme], person: Person) -> QuerySet[Request]:
    """Give the open requests in schemes that a person made or was offered for, in the order of locking."""
    offered = Introduction.objects.offered().filter(mentor__person=person)
    theirs = Q(mentee=person) | Q(pk__in=offered.values("request"))
    return Request.objects.filter(theirs, scheme__in=schemes).open().order_by("pk")


def request_for(person: Person, pk: int) -> Request:
    """Find a request that a person made or, as an organiser, looks after."""
    rows = Request.objects.visible_to(person).select_related("scheme", "mentee", "acceptance__template")
    return get_object_or_404(rows, pk=pk)


def introduction_for(person: Person, pk: int) -> Introduction:
    """Find an introduction that a person is part of or, as an organiser, made."""
    rows = Introduction.objects.visible_to(person).select_related(
        "request__mentee", "request__scheme", "mentor__person", "pair"
    )
    return get_object_or_404(rows, pk=pk)


def offered_introduction(request: Request) -> Introduction | None:
    return request.introductions.offered().select_related("mentor__person").first()


def to_answer(person: Person) -> QuerySet[Introduction]:
    """Give the introductions that wait for this person's own answer."""
    mine, asked = Member.objects.filter(person=person), Request.objects.filter(mentee=person)
    return (
        Introduction.objects.offered()
        .filter(Q(mentor__in=mine, mentor_yes_at=None) | Q(request__in=asked, mentee_yes_at=None))
        .select_related("request__mentee", "mentor__person", "request__scheme")
        .order_by("offered_at")
    )


def open_requests_of(person: Person) -> QuerySet[Request]:
    return Request.objects.open().filter(mentee=person).select_related("scheme").order_by("asked_at")


def open_request(person: Person, scheme: Scheme) -> Request | None:
    return Request.objects.open().filter(mentee=person, scheme=scheme).first()


def unanswered(scheme: Scheme) -> QuerySet[Introduction]:
    """Give the introductions still open, oldest first."""
    return (
        Introduction.objects.offered()
        .filter(request__scheme=scheme)
        .select_related("request__mentee", "mentor__person")
        .order_by("offered_at")
    )


def asks_me(person: Person) -> QuerySet[Request]:
    """Give the requests that come straight to this person, who is a scheme's only mentor."""
    asking = _asking_directly(person)
    apart = apart_from(person, (request.mentee for request in asking))
    return asking.exclude(mentee__in=apart) if apart else asking


def asked_directly(person: Person) -> QuerySet[Member]:
    """Give what makes a person someone whom requests come straight to, if anything does."""
    alone = Member.objects.filter(person=person, role=Role.MENTOR, left_at=None, scheme__solo=True)
    return alone.filter(scheme__organisers__person=person)


def _asking_directly(person: Person) -> QuerySet[Request]:
    return (
        Request.objects.filter(
            state=RequestState.WAITING,
            scheme__solo=True,
            scheme__members__person=person,
            scheme__members__role=Role.MENTOR,
            scheme__members__left_at=None,
            scheme__organisers__person=person,
        )
        .exclude(mentee=person)
        .select_related("scheme", "mentee")
        .order_by("asked_at", "pk")
    )
