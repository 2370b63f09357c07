"""What shows that a pair signed: signatures on screen, scans of paper, the sealed copy."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.agreements.models.agreements import Agreement
from ampersand.agreements.models.frozen import refuse
from ampersand.people.models import Person
from ampersand.record.keeping import Keeping, Limit


class Way(models.TextChoices):
    TYPED = "typed", _("typed")
    DRAWN = "drawn", _("drawn")
    PAPER = "paper", _("on paper")


class Signature(models.Model):
    """One party's signature over one fingerprint. It lapses when the text changes."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatures")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    party = models.CharField(max_length=20)
    occasion = models.CharField(max_length=20, default="issue")
    fingerprint = models.CharField(max_length=64)
    way = models.CharField(max_length=10, choices=Way)
    name = models.CharField(max_length=200)
    strokes = models.JSONField(null=True, blank=True)  # points, for a drawn one
    signed_at = models.DateTimeField(default=timezone.now)
    lapsed_at = models.DateTimeField(null=True, blank=True)

    keeping = Keeping(
        what=_("signatures"),
        personal=("person", "name", "strokes"),
        readers=_("its signer; the other party and the organisers once both have signed"),
        until=_("as the agreement; a lapsed one 30 days"),
        on_erasure=_("removed, unless both have signed; then as the agreement"),
        limits=(
            Limit(years=6, since=("agreement__pair__ended_at",)),
            Limit(days=30, since=("lapsed_at",)),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "party", "occasion"],
                condition=Q(lapsed_at=None),
                name="one_signature_per_party_and_occasion",
            )
        ]

    def __str__(self) -> str:
        return f"signature of the {self.party} on agreement {self.agreement_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and set(kwargs.get("update_fields") or ()) != {"lapsed_at"}:
            refuse(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        if Signature.objects.filter(pk=self.pk, lapsed_at=None).exists():
            refuse(self)
        return super().delete(*args, **kwargs)


ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


class ScanState(models.TextChoices):
    WAITING = "waiting", _("waiting for the other to confirm")
    CONFIRMED = "confirmed", _("confirmed")
    REFUSED = "refused", _("does not match")
    LAPSED = "lapsed", _("lapsed: the text has changed")


class Scan(models.Model):
    """A picture of the agreement signed by hand, waiting for the other party's word that it matches."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="scans")
    fingerprint = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    content = models.BinaryField()
    state = models.CharField(max_length=10, choices=ScanState, default=ScanState.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)

    keeping = Keeping(
        what=_("agreements signed on paper, as uploaded"),
        personal=("uploaded_by", "name", "content"),
        readers=_("the two parties; the organisers once it is confirmed"),
        until=_("as the agreement; a refused or lapsed one 30 days"),
        on_erasure=_("removed, unless both have signed; then as the agreement"),
        limits=(
            Limit(years=6, since=("agreement__pair__ended_at",)),
            Limit(days=30, since=("answered_at",), only=Q(state__in=["refused", "lapsed"])),
        ),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state__in=["waiting", "confirmed"]),
                name="one_scan_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"scan for agreement {self.agreement_id}"

    def attached_name(self) -> str:
        """Give the name under which it is kept in the sealed copy."""
        return f"signed-by-hand.{ENDINGS[self.content_type]}"


class Copies(models.QuerySet["Copy"]):
    """Sealed copies, by who may see them."""

    def visible_to(self, person: Person) -> "Copies":
        """Give the copies of a person's own agreements and of those in schemes they organise."""
        return self.filter(
            Q(agreement__pair__mentor=person)
            | Q(agreement__pair__mentee=person)
            | Q(agreement__pair__scheme__organisers__person=person)
        ).distinct()


class Copy(models.Model):
    """The sealed PDF that each party and the organisers receive."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="copy")
    fingerprint = models.CharField(max_length=64)
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField(default=timezone.now)

    objects = Copies.as_manager()

    keeping = Keeping(
        what=_("sealed copies of agreements"),
        personal=("pdf",),
        readers=_("the two parties and the organisers of the scheme"),
        until=_("six years after the pair ended"),
        on_erasure=_("as the agreement"),
        limits=(Limit(years=6, since=("agreement__pair__ended_at",)),),
    )

    def __str__(self) -> str:
        return f"copy of agreement {self.agreement_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            refuse(self)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse(self)

    def file_name(self) -> str:
        """Give a name that says nothing about whom it concerns."""
        return f"mentoring-agreement-{self.sealed_at:%Y-%m-%d}.pdf"
