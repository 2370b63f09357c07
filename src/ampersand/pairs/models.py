"""Who mentors whom. Nothing here says who ended a pair, or why."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.people.models import Person
from ampersand.record.keeping import Keeping, Limit
from ampersand.record.models import Verb
from ampersand.record.states import By, Move, Moves
from ampersand.schemes.models import Scheme


class PairState(models.TextChoices):
    AGREEING = "agreeing", _("agreeing")
    IN_FORCE = "in_force", _("in force")
    ENDED = "ended", _("ended")


class Pairs(models.QuerySet["Pair"]):
    """Pairs, by who may see them."""

    def visible_to(self, person: Person) -> "Pairs":
        """Give the pairs that a person is half of, or whose scheme they organise."""
        organised = Scheme.objects.organised_by(person)
        return self.filter(Q(mentor=person) | Q(mentee=person) | Q(scheme__in=organised))

    def of(self, person: Person) -> "Pairs":
        """Give the pairs that a person is half of."""
        return self.filter(Q(mentor=person) | Q(mentee=person))

    def running(self) -> "Pairs":
        return self.exclude(state=PairState.ENDED)


class Pair(models.Model):
    """A mentor and a mentee, from introduction to ending."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="pairs")
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pairs_as_mentor")
    mentee = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="pairs_as_mentee")
    state = models.CharField(max_length=10, choices=PairState, default=PairState.AGREEING)
    introduced_at = models.DateTimeField(default=timezone.now)
    in_force_from = models.DateTimeField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Pairs.as_manager()

    keeping = Keeping(
        what=_("who mentors whom"),
        personal=("mentor", "mentee"),
        readers=_("the two, and the organisers of the scheme"),
        until=_("six years after it ended, as long as a claim could be made"),
        on_erasure=_("stays, between two people without names"),
        limits=(Limit(years=6, since=("ended_at",)),),
    )
    moves = Moves(
        PairState,
        Move(Verb.PAIR_BEGAN, [None], PairState.AGREEING, [By.EITHER]),
        Move(Verb.AGREEMENT_IN_FORCE, [PairState.AGREEING], PairState.IN_FORCE, [By.SOFTWARE]),
        Move(
            Verb.PAIR_ENDED,
            [PairState.AGREEING, PairState.IN_FORCE],
            PairState.ENDED,
            [By.EITHER, By.ORGANISER, By.SOFTWARE],
        ),
        Move(Verb.PAIR_RESUMED, [PairState.ENDED], PairState.AGREEING, [By.EITHER, By.ORGANISER]),
        Move(Verb.PAIR_RESUMED, [PairState.ENDED], PairState.IN_FORCE, [By.EITHER, By.ORGANISER]),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(mentor=F("mentee")), name="nobody_mentors_themselves"),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False)
                | (~Q(state="ended") & Q(ended_at__isnull=True)),
                name="an_ended_pair_has_its_day",
            ),
            models.UniqueConstraint(
                fields=["scheme", "mentor", "mentee"], condition=~Q(state="ended"), name="a_running_pair_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["scheme", "state", "introduced_at"]),
            models.Index(fields=["scheme", "-introduced_at", "-id"]),  # latest first, however many there are
            models.Index(fields=["mentor", "state"]),
            models.Index(fields=["mentee", "state"]),
            models.Index(fields=["state", "until"]),  # what comes to its end soon
        ]

    def __str__(self) -> str:
        return f"{self.mentor} & {self.mentee}"

    def has(self, person: Person) -> bool:
        return person.pk in {self.mentor_id, self.mentee_id}

    def party_of(self, person: Person) -> str:
        """Say which party of the agreement a person is: “mentor” or “mentee”."""
        return "mentor" if person.pk == self.mentor_id else "mentee"

    def other(self, person: Person) -> Person:
        return self.mentee if person.pk == self.mentor_id else self.mentor


class Reached(models.Model):
    """Something that time brought to a pair: asking, reminding, telling. The row is what makes it once."""

    pair = models.ForeignKey(Pair, models.CASCADE, related_name="reached")
    what = models.CharField(max_length=30)
    about = models.CharField(max_length=40)  # what it was for: a last day, a draft
    whom = models.CharField(max_length=10, blank=True)  # mentor, mentee, organisers; nobody in particular
    at = models.DateTimeField(default=timezone.now)

    keeping = Keeping(
        personal=(),
        readers=_("nobody: the software, so that nothing is asked or told twice"),
        until=_("a year"),
        on_erasure=_("runs out by itself"),
        limits=(Limit(years=1, since=("at",)),),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pair", "what", "about", "whom"], name="time_brings_it_once")
        ]

    def __str__(self) -> str:
        return f"{self.what} for pair {self.pair_id}"
