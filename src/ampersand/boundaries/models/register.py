"""The register: who owes what to whom, under keyed hashes, so that it outlives both people's data.

docs/decisions/0026-the-register.md says why it looks like this.
"""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ampersand.people.models import Person
from ampersand.record.keeping import Keeping, Limit
from ampersand.schemes.models import Scheme


class Capacity(models.TextChoices):
    """In what someone may not take part: the word kept, and how it is asked for."""

    PEER_REVIEW = "peer-review", _("peer review")
    PANEL = "selection-panel", _("a selection panel")
    PROMOTION = "promotion", _("promotion or appointment")
    REFERENCE = "reference", _("a reference")
    RESEARCH = "joint-research", _("joint research")


class Kind(models.TextChoices):
    """By what a person can be recognised."""

    EMAIL = "email", _("e-mail address")
    NUMBER = "number", _("professional number")
    NAME = "name", _("name")


class Subject(models.Model):
    """Someone whom the register knows in one scheme; after an erasure nothing but hashes says who."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    key = models.CharField(max_length=8)  # under which key of this installation the hashes were made
    entered_at = models.DateTimeField()

    keeping = Keeping(
        what=_("whom the register of boundaries knows"),
        personal=("person",),
        readers=_("nobody; the conflict check answers yes, no, or not known here"),
        until=_("as long as a boundary rests on it; otherwise 30 days"),
        on_erasure=_("stays, and points to an account without a name"),
        limits=(Limit(days=30, since=("entered_at",)),),
    )

    class Meta:
        verbose_name = _("entry in the register of boundaries")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "person"], name="known_once_per_scheme")
        ]

    def __str__(self) -> str:
        return f"subject {self.pk}"


class Identifier(models.Model):
    """A keyed hash of something that a person is recognised by. It cannot be read back."""

    subject = models.ForeignKey(Subject, models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=6, choices=Kind)
    keyed_hash = models.CharField(max_length=64)

    keeping = Keeping(
        what=_("hashes by which the register of boundaries recognises someone"),
        personal=("keyed_hash",),
        readers=_("nobody: they are hashes under a key of this installation"),
        until=_("as long as the entry in the register that they belong to"),
        on_erasure=_("stay, so that the conflict check still answers; nobody can read a name out of them"),
        no_limit="they go with the entry they belong to",
    )

    class Meta:
        verbose_name = _("hash in the register of boundaries")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "kind", "keyed_hash"], name="recognised_once_by_each")
        ]
        indexes: ClassVar = [models.Index(fields=["keyed_hash"])]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject}"


class Duties(models.QuerySet["Duty"]):
    """Duties, by when they bind and whom they concern."""

    def standing(self, at: datetime) -> "Duties":
        return self.filter(Q(over_at=None) | Q(over_at__gt=at), begins_at__lte=at)

    def visible_to(self, person: Person) -> "Duties":
        """Give the duties that a person has, or that are owed to them. Organisers are told of none."""
        return self.filter(Q(holder__person=person) | Q(towards__person=person))


class Duty(models.Model):
    """What one person owes to another. It knows pair and agreement by number, because it outlives them."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Subject, models.PROTECT, related_name="duties")
    towards = models.ForeignKey(Subject, models.PROTECT, related_name="owed")
    capacity = models.CharField(max_length=20, choices=Capacity)
    pair_number = models.BigIntegerField()
    agreement_number = models.BigIntegerField()
    during = models.BooleanField()
    after = models.BooleanField()
    years = models.PositiveSmallIntegerField(null=True, blank=True)  # afterwards; without, for ever
    since = models.DateTimeField()  # when the agreement came into force
    ended_at = models.DateTimeField(null=True, blank=True)  # when the pair ended
    replaced_at = models.DateTimeField(null=True, blank=True)  # when the pair agreed on another text
    begins_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = Duties.as_manager()

    keeping = Keeping(
        what=_("boundaries that an agreement set"),
        personal=("holder", "towards"),
        readers=_("the two people; whoever may ask a conflict check learns yes, no, or not known here"),
        until=_("30 days after it is over; for ever where the agreement names no end"),
        on_erasure=_("stays: it was agreed to outlive the mentoring, and names nobody"),
        limits=(Limit(days=30, since=("over_at",)),),
    )

    class Meta:
        verbose_name = _("boundary")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement_number", "capacity", "holder", "towards"], name="a_duty_once_per_agreement"
            ),
            models.CheckConstraint(condition=~Q(holder=F("towards")), name="nobody_owes_it_to_themselves"),
            models.CheckConstraint(condition=Q(during=True) | Q(after=True), name="a_duty_binds_some_time"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["holder", "towards", "capacity"]),
            models.Index(fields=["towards"]),
            models.Index(fields=["pair_number"]),
            models.Index(fields=["over_at"], condition=Q(over_at__isnull=False), name="duties_with_an_end"),
        ]

    def __str__(self) -> str:
        return f"{self.capacity}, {self.holder} towards {self.towards}"
