"""Carrying on after the last day: each is asked alone, and what both then sign is kept."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.agreements.models.agreements import Agreement
from ampersand.agreements.models.frozen import refuse
from ampersand.agreements.models.signatures import Way
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.record.keeping import Keeping, Limit
from ampersand.record.models import Verb
from ampersand.record.states import By, Move, Moves


class RenewalState(models.TextChoices):
    ASKED = "asked", _("both are asked")
    AGREED = "agreed", _("both said yes, to be signed")
    RENEWED = "renewed", _("signed by both")


class Renewals(models.QuerySet["Renewal"]):
    """Renewals, by who may see them."""

    def visible_to(self, person: Person) -> "Renewals":
        """Give the renewals of a person's own pairs. Organisers get copies, not this."""
        return self.filter(Q(pair__mentor=person) | Q(pair__mentee=person))

    def still_open(self) -> "Renewals":
        return self.exclude(state=RenewalState.RENEWED)


class Renewal(models.Model):
    """The question whether two people carry on. What did not come about is removed."""

    pair = models.ForeignKey(Pair, models.PROTECT, related_name="renewals")
    ends_on = models.DateField()  # the last day, unless it is renewed
    until = models.DateField()  # the last day, if it is
    state = models.CharField(max_length=10, choices=RenewalState, default=RenewalState.ASKED)
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="renewals")
    fingerprint = models.CharField(max_length=64, blank=True)  # of the text both signed
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True, blank=True)
    renewed_at = models.DateTimeField(null=True, blank=True)

    objects = Renewals.as_manager()

    keeping = Keeping(
        what=_("renewals of agreements"),
        personal=("pair",),
        readers=_("the two parties; the organisers once it is renewed"),
        until=_("six years after the pair ended; one that did not come about until it ended"),
        on_erasure=_("as the agreement"),
        limits=(Limit(years=6, since=("pair__ended_at",)),),
    )
    moves = Moves(
        RenewalState,
        Move(Verb.RENEWAL_ASKED, [None], RenewalState.ASKED, [By.SOFTWARE]),
        Move(Verb.RENEWAL_ANSWERED, [RenewalState.ASKED], RenewalState.AGREED, [By.EITHER]),
        Move(Verb.RENEWAL_SIGNED_BY_BOTH, [RenewalState.AGREED], RenewalState.RENEWED, [By.EITHER]),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pair", "ends_on"], name="asked_once_before_each_end"),
            models.CheckConstraint(condition=Q(until__gt=models.F("ends_on")), name="renewing_adds_time"),
            models.CheckConstraint(
                condition=~Q(state="renewed") | Q(agreement__isnull=False, renewed_at__isnull=False),
                name="a_renewal_renews_an_agreement",
            ),
        ]

    def __str__(self) -> str:
        return f"renewal {self.pk}"


class RenewalAnswer(models.Model):
    """One person's yes or no to carrying on. Its writer alone reads it, and it goes once it is settled."""

    renewal = models.ForeignKey(Renewal, models.CASCADE, related_name="answers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    carries_on = models.BooleanField()

    keeping = Keeping(
        what=_("whether you would like to carry on"),
        personal=("person", "carries_on"),
        readers=_("the person alone; that both said yes, both"),
        until=_("until both have said yes, or the mentoring has ended"),
        on_erasure=_("removed"),
        removed=True,
        no_limit="it goes as soon as it is settled, at the latest when the mentoring ends",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["renewal", "person"], name="one_answer_each")
        ]

    def __str__(self) -> str:
        return f"an answer to {self.renewal_id}"


class RenewalSignature(models.Model):
    """One party's signature on the line for renewing. It lapses when another text comes into force."""

    renewal = models.ForeignKey(Renewal, models.PROTECT, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    party = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64)
    way = models.CharField(max_length=10, choices=Way)
    name = models.CharField(max_length=200)
    strokes = models.JSONField(null=True, blank=True)
    signed_at = models.DateTimeField(default=timezone.now)

    occasion = "renewal"

    keeping = Keeping(
        what=_("signatures at renewal"),
        personal=("person", "name", "strokes"),
        readers=_("its signer; the other party and the organisers once both have signed"),
        until=_("six years after the pair ended; a lone one until it ended"),
        on_erasure=_("as the agreement"),
        limits=(Limit(years=6, since=("renewal__pair__ended_at",)),),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["renewal", "party"], name="one_signature_per_party_and_renewal")
        ]

    def __str__(self) -> str:
        return f"signature of the {self.party} on renewal {self.renewal_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            refuse(self)
        super().save(*args, **kwargs)


class RenewalCopy(models.Model):
    """The sealed PDF with both signatures at renewal, beside the copy from the beginning."""

    renewal = models.OneToOneField(Renewal, models.PROTECT, related_name="copy")
    fingerprint = models.CharField(max_length=64)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField(default=timezone.now)

    keeping = Keeping(
        what=_("sealed copies of renewed agreements"),
        personal=("pdf",),
        readers=_("the two parties and the organisers of the scheme"),
        until=_("six years after the pair ended"),
        on_erasure=_("as the agreement"),
        limits=(Limit(years=6, since=("renewal__pair__ended_at",)),),
    )

    def __str__(self) -> str:
        return f"copy of renewal {self.renewal_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            refuse(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse(self)

    def file_name(self) -> str:
        """Give a name that says nothing about whom it concerns."""
        return f"mentoring-agreement-renewed-{self.sealed_at:%Y-%m-%d}.pdf"
