"""Who may ask a conflict check, what was asked, and whom it concerned."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.boundaries.models.register import Capacity
from ampersand.people.models import Person
from ampersand.record.keeping import Keeping, Limit
from ampersand.schemes.models import Scheme


class Reach(models.TextChoices):
    """How much may be asked at a time."""

    ONE = "one", _("one question at a time")
    PANEL = "panel", _("lists of up to 20 people against 200")
    LARGE = "large", _("lists of up to 200 people against 2,000")


class CheckGrants(models.QuerySet["CheckGrant"]):
    """Grants, by whether they still hold."""

    def good(self, now: datetime | None = None) -> "CheckGrants":
        return self.filter(withdrawn_at=None, good_until__gt=now or timezone.now())

    def of(self, person: Person, now: datetime | None = None) -> "CheckGrants":
        """Give the grants that a person may ask under."""
        return self.good(now).filter(email=person.email)


class CheckGrant(models.Model):
    """Leave for a panel outside the scheme to ask: for a person, or for a program that holds a token."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="check_grants")
    called = models.CharField(_("name of the panel or organisation"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    reach = models.CharField(max_length=8, choices=Reach, default=Reach.PANEL)
    given_at = models.DateTimeField(default=timezone.now)
    good_until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = CheckGrants.as_manager()

    keeping = Keeping(
        what=_("leave to ask conflict checks"),
        personal=("email",),
        readers=_("the organisers of the scheme, and whoever holds it"),
        until=_("a year after it was withdrawn or ran out"),
        on_erasure=_("removed"),
        removed=True,
        by_address="email",
        limits=(Limit(years=1, since=("withdrawn_at", "good_until")),),
    )

    class Meta:
        verbose_name = _("leave to ask conflict checks")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(email="") ^ Q(token_hash=""), name="a_grant_is_for_a_person_or_a_token"
            ),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="a_token_once"),
            models.UniqueConstraint(
                fields=["scheme", "email"],
                condition=~Q(email="") & Q(withdrawn_at=None),
                name="one_grant_per_person_and_scheme",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["email"])]

    def __str__(self) -> str:
        return self.called


class Questions(models.QuerySet["Question"]):
    """Questions, by who may see them."""

    def visible_to(self, person: Person) -> "Questions":
        return self.filter(asked_by=person)


class Question(models.Model):
    """A conflict check that was asked, without whom it was about; a list is one question."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    grant = models.ForeignKey(CheckGrant, models.SET_NULL, null=True, blank=True, related_name="questions")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_as = models.CharField(max_length=120, blank=True)  # the panel; empty for the scheme's organisers
    capacity = models.CharField(max_length=20, choices=Capacity)
    purpose = models.CharField(_("what it is for"), max_length=200)
    deciding = models.PositiveIntegerField(default=1)  # how many were asked about on each side
    decided_about = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = Questions.as_manager()

    keeping = Keeping(
        what=_("conflict checks you asked"),
        personal=("asked_by", "purpose"),
        readers=_("whoever asked; those it concerned see it on their own page"),
        until=_("two years after it was asked"),
        on_erasure=_("what it was for is emptied; what is left names nobody"),
        emptied=("purpose",),
        limits=(Limit(years=2, since=("asked_at",)),),
    )

    class Meta:
        verbose_name = _("conflict check")
        indexes: ClassVar = [models.Index(fields=["asked_by", "asked_at"])]

    def __str__(self) -> str:
        return f"question {self.pk}"


class AskedAboutRows(models.QuerySet["AskedAbout"]):
    """What was asked about people: each sees their own."""

    def visible_to(self, person: Person) -> "AskedAboutRows":
        return self.filter(person=person)


class AskedAbout(models.Model):
    """That a question concerned someone, as they see it: never who the other was.

    A row without a person stands for someone who is not known here, so that writing takes as long for them.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="concerned")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="asked_about"
    )
    was_to_decide = models.BooleanField()  # or else others were to decide about them
    capacity = models.CharField(max_length=20, choices=Capacity)
    purpose = models.CharField(max_length=200)
    asked_as = models.CharField(max_length=120, blank=True)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    not_known = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)

    objects = AskedAboutRows.as_manager()

    keeping = Keeping(
        what=_("conflict checks that concerned you"),
        personal=("person", "purpose", "asked_as"),
        readers=_("you"),
        until=_("two years after it was asked"),
        on_erasure=_("removed"),
        removed=True,
        limits=(Limit(years=2, since=("asked_at",)),),
    )

    class Meta:
        verbose_name = _("conflict check that concerned someone")
        indexes: ClassVar = [models.Index(fields=["person", "-asked_at"])]

    def __str__(self) -> str:
        return f"{self.question} about someone"
