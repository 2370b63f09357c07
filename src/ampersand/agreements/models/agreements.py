"""What a pair accepts, or fills in and signs."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.agreements.models.frozen import refuse
from ampersand.agreements.models.templates import Acceptance, Template, parsed
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.record.keeping import Keeping, Limit
from ampersand.record.models import Verb
from ampersand.record.states import By, Move, Moves
from ampersand.wording import Template as Wording


class AgreementState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    FILLING = "filling", _("being agreed")
    SEALING = "sealing", _("signed by both, being sealed")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("superseded")
    ENDED = "ended", _("ended")
    DROPPED = "dropped", _("not made: it stayed as it was")


OPEN = (AgreementState.PROPOSED, AgreementState.FILLING, AgreementState.SEALING)
UNENDED = (*OPEN, AgreementState.IN_FORCE)


class Evidence(models.TextChoices):
    SCREEN = "screen", _("signed on screen")
    PAPER = "paper", _("signed on paper")
    ASKING = "asking", _("accepted by asking")


class Agreements(models.QuerySet["Agreement"]):
    """Agreements, by who may see them."""

    def visible_to(self, person: Person) -> "Agreements":
        """Give the agreements that a person is a party of. Organisers get copies, not this."""
        return self.filter(Q(pair__mentor=person) | Q(pair__mentee=person))


class Agreement(models.Model):
    """What a pair accepts or signs.

    One that has a predecessor is an amendment: it takes that one's place when it comes into force.
    """

    pair = models.ForeignKey(Pair, models.PROTECT, related_name="agreements")
    template = models.ForeignKey(Template, models.PROTECT, related_name="agreements")
    acceptance = models.ForeignKey(Acceptance, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=AgreementState, default=AgreementState.FILLING)
    evidence = models.CharField(max_length=10, choices=Evidence, blank=True)
    scheme_values = models.JSONField(default=dict)  # the scheme's own values when it was opened
    revision = models.PositiveIntegerField(default=0)  # counts every change that either can see
    fingerprint = models.CharField(max_length=64, blank=True)  # of the text both signed
    opened_at = models.DateTimeField(default=timezone.now)
    in_force_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Of an amendment. The database itself keeps predecessors; a whole chain goes in one night.
    predecessor = models.ForeignKey(
        "self", models.DO_NOTHING, null=True, blank=True, related_name="successors"
    )
    proposed_by = models.CharField(max_length=10, blank=True)  # the party who made or last changed it
    agreed_at = models.DateTimeField(null=True, blank=True)  # when the other agreed to what was proposed
    reworded = models.TextField(blank=True)  # the whole wording, where the two changed words of a clause
    sealed: bool  # whether its copy is there; known where a query asks for it

    objects = Agreements.as_manager()

    keeping = Keeping(
        what=_("agreements"),
        personal=("scheme_values", "reworded"),
        readers=_("the two parties"),
        until=_("six years after the pair ended; a change that was not made 30 days"),
        on_erasure=_(
            "stays for that time if both signed it: either may need it; otherwise an empty row stays"
        ),
        limits=(
            Limit(years=6, since=("pair__ended_at",)),
            Limit(days=30, since=("closed_at",), only=Q(state="dropped")),
        ),
    )
    moves = Moves(
        AgreementState,
        Move(Verb.AGREEMENT_OPENED, [None], AgreementState.FILLING, [By.SOFTWARE]),
        Move(Verb.AGREEMENT_IN_FORCE, [None], AgreementState.IN_FORCE, [By.SOFTWARE, By.MENTEE]),
        Move(Verb.CHANGE_PROPOSED, [None], AgreementState.PROPOSED, [By.EITHER]),
        Move(Verb.CHANGE_PROPOSED_OTHERWISE, [AgreementState.PROPOSED], AgreementState.PROPOSED, [By.EITHER]),
        Move(Verb.CHANGE_AGREED, [AgreementState.PROPOSED], AgreementState.FILLING, [By.EITHER]),
        Move(
            Verb.CHANGE_DROPPED,
            [AgreementState.PROPOSED, AgreementState.FILLING],
            AgreementState.DROPPED,
            [By.EITHER],
        ),
        Move(Verb.AGREEMENT_SIGNED_BY_BOTH, [AgreementState.FILLING], AgreementState.SEALING, [By.EITHER]),
        Move(Verb.AGREEMENT_IN_FORCE, [AgreementState.SEALING], AgreementState.IN_FORCE, [By.SOFTWARE]),
        Move(Verb.AGREEMENT_REPLACED, [AgreementState.IN_FORCE], AgreementState.SUPERSEDED, [By.SOFTWARE]),
        Move(Verb.PAIR_ENDED, UNENDED, AgreementState.ENDED, [By.EITHER, By.ORGANISER, By.SOFTWARE]),
        *(
            Move(Verb.PAIR_RESUMED, [AgreementState.ENDED], state, [By.EITHER, By.ORGANISER])
            for state in UNENDED
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pair"], condition=Q(state="in_force"), name="one_agreement_in_force_per_pair"
            ),
            models.UniqueConstraint(
                fields=["pair"],
                condition=Q(state__in=["proposed", "filling", "sealing"]),
                name="one_agreement_being_agreed_per_pair",
            ),
            models.UniqueConstraint(
                fields=["predecessor"],
                condition=Q(in_force_at__isnull=False),
                name="an_agreement_is_replaced_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["proposed", "dropped"])
                | Q(predecessor__isnull=False, proposed_by__in=["mentor", "mentee"]),
                name="a_change_is_proposed_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            signed = Agreement.objects.filter(pk=self.pk).exclude(fingerprint="")
            same = {
                "fingerprint": self.fingerprint,
                "template_id": self.template_id,
                "predecessor_id": self.predecessor_id,
                "reworded": self.reworded,
            }
            if signed.exclude(**same).exists():
                refuse(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if Agreement.objects.filter(pk=self.pk).exclude(fingerprint="").exists():
            refuse(self)
        return super().delete(*args, **kwargs)

    def wording(self) -> Wording:
        """Give the wording: the scheme's, or what the two made of it."""
        return parsed(self.reworded, self.template.number) if self.reworded else self.template.wording()

    @property
    def replaces(self) -> str:
        """The fingerprint that the signed text names as that of the text whose place it takes."""
        signed = self.predecessor and self.evidence != Evidence.ASKING
        return self.predecessor.fingerprint if signed and self.predecessor else ""

    def give_way(self, at: datetime) -> None:
        """Make room for the agreement that takes its place."""
        Agreement.moves.make(self, Verb.AGREEMENT_REPLACED, by=By.SOFTWARE)
        self.closed_at = at
        self.revision += 1
        self.save(update_fields=["state", "closed_at", "revision"])


class Filling(models.Model):
    """One blank or either/or of an agreement: what is suggested, what is agreed."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="fillings")
    field = models.CharField(max_length=80)
    suggested = models.TextField(blank=True)
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    suggested_at = models.DateTimeField(null=True, blank=True)
    agreed = models.TextField(blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    keeping = Keeping(
        what=_("what stands in the blanks of an agreement"),
        personal=("suggested", "suggested_by", "agreed"),
        readers=_("the two parties"),
        until=_("as the agreement"),
        on_erasure=_("emptied, unless both have signed; then as the agreement"),
        limits=(
            Limit(years=6, since=("agreement__pair__ended_at",)),
            Limit(days=30, since=("agreement__closed_at",), only=Q(agreement__state="dropped")),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "field"], name="a_field_once_per_agreement")
        ]

    def __str__(self) -> str:
        return f"{self.field} of agreement {self.agreement_id}"
