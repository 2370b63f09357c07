"""A mentee's request and the introductions made for it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.agreements.models import Acceptance
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.record.keeping import Keeping, Limit
from ampersand.record.models import Verb
from ampersand.record.states import By, Move, Moves
from ampersand.schemes.models import Member, Scheme


class RequestState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    INTRODUCED = "introduced", _("introduced")
    PAIRED = "paired", _("paired")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Requests(models.QuerySet["Request"]):
    """Requests, by who may see them."""

    def visible_to(self, person: Person) -> "Requests":
        """Give a person's own requests and those of the schemes they organise."""
        return self.filter(Q(mentee=person) | Q(scheme__organisers__person=person)).distinct()

    def open(self) -> "Requests":
        return self.filter(state__in=[RequestState.WAITING, RequestState.INTRODUCED])


class Request(models.Model):
    """A mentee asking for a mentor."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="requests")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="requests")
    acceptance = models.ForeignKey(Acceptance, models.PROTECT, related_name="+")
    wish = models.TextField(_("what you hope for"), max_length=2000, blank=True)
    state = models.CharField(max_length=12, choices=RequestState, default=RequestState.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = Requests.as_manager()

    keeping = Keeping(
        what=_("requests for a mentor"),
        personal=("mentee", "wish"),
        readers=_("the mentee, the organisers, and the mentor they are introduced to"),
        until=_("one year after it was closed; the wish goes when it is closed"),
        on_erasure=_("the wish is emptied; what is left names nobody"),
        emptied=("wish",),
        limits=(Limit(years=1, since=("closed_at",)),),
    )
    moves = Moves(
        RequestState,
        Move(Verb.REQUEST_MADE, [None], RequestState.WAITING, [By.MENTEE]),
        Move(Verb.INTRODUCTION_OFFERED, [RequestState.WAITING], RequestState.INTRODUCED, [By.ORGANISER]),
        Move(Verb.INTRODUCTION_DECLINED, [RequestState.INTRODUCED], RequestState.WAITING, [By.EITHER]),
        Move(
            Verb.INTRODUCTION_WITHDRAWN,
            [RequestState.INTRODUCED],
            RequestState.WAITING,
            [By.ORGANISER, By.MENTOR],
        ),
        Move(Verb.PAIR_BEGAN, [RequestState.INTRODUCED], RequestState.PAIRED, [By.EITHER]),
        Move(Verb.PAIR_BEGAN, [RequestState.WAITING], RequestState.PAIRED, [By.MENTOR]),
        Move(
            Verb.REQUEST_WITHDRAWN,
            [RequestState.WAITING, RequestState.INTRODUCED],
            RequestState.WITHDRAWN,
            [By.MENTEE],
        ),
        Move(
            Verb.MEMBER_REMOVED,
            [RequestState.WAITING, RequestState.INTRODUCED],
            RequestState.WITHDRAWN,
            [By.ORGANISER],
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "mentee"],
                condition=Q(state__in=["waiting", "introduced"]),
                name="one_open_request_per_scheme",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["scheme", "state", "asked_at"])]

    def __str__(self) -> str:
        return f"request of {self.mentee}"


class IntroductionState(models.TextChoices):
    OFFERED = "offered", _("offered")
    ACCEPTED = "accepted", _("accepted by both")
    CLOSED = "closed", _("did not go ahead")
    TAKEN_BACK = "taken_back", _("taken back")


class Introductions(models.QuerySet["Introduction"]):
    """Introductions, by who may see them."""

    def visible_to(self, person: Person) -> "Introductions":
        return self.filter(
            Q(request__mentee=person)
            | Q(mentor__person=person)
            | Q(request__scheme__organisers__person=person)
        ).distinct()

    def offered(self) -> "Introductions":
        return self.filter(state=IntroductionState.OFFERED)


class Introduction(models.Model):
    """Two people offered to each other. A closed one does not say which of them closed it."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="introductions")
    mentor = models.ForeignKey(Member, models.PROTECT, related_name="introductions")
    state = models.CharField(max_length=10, choices=IntroductionState, default=IntroductionState.OFFERED)
    mentor_yes_at = models.DateTimeField(null=True, blank=True)
    mentee_yes_at = models.DateTimeField(null=True, blank=True)
    offered_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    pair = models.OneToOneField(Pair, models.PROTECT, null=True, blank=True, related_name="introduction")

    objects = Introductions.as_manager()

    keeping = Keeping(
        what=_("introductions"),
        personal=("request", "mentor"),
        readers=_("the two people and the organisers"),
        until=_("one year after it was closed"),
        on_erasure=_("stays, between people without names"),
        limits=(Limit(years=1, since=("closed_at",)),),
    )
    moves = Moves(
        IntroductionState,
        Move(Verb.INTRODUCTION_OFFERED, [None], IntroductionState.OFFERED, [By.ORGANISER]),
        Move(Verb.PAIR_BEGAN, [IntroductionState.OFFERED], IntroductionState.ACCEPTED, [By.EITHER]),
        Move(Verb.PAIR_BEGAN, [None], IntroductionState.ACCEPTED, [By.MENTOR]),
        Move(Verb.INTRODUCTION_DECLINED, [IntroductionState.OFFERED], IntroductionState.CLOSED, [By.EITHER]),
        Move(
            Verb.INTRODUCTION_WITHDRAWN,
            [IntroductionState.OFFERED],
            IntroductionState.TAKEN_BACK,
            [By.ORGANISER, By.MENTOR],
        ),
        Move(Verb.REQUEST_WITHDRAWN, [IntroductionState.OFFERED], IntroductionState.TAKEN_BACK, [By.MENTEE]),
        Move(Verb.MEMBER_REMOVED, [IntroductionState.OFFERED], IntroductionState.TAKEN_BACK, [By.ORGANISER]),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request"], condition=Q(state="offered"), name="one_introduction_at_a_time"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["mentor", "state"]),
            models.Index(
                fields=["offered_at"], condition=Q(state="offered"), name="introductions_still_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor.person} & {self.request.mentee}"
