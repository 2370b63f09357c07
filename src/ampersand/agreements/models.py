"""The scheme's wording in versions, what a pair fills in, signs and receives."""

from dataclasses import replace
from functools import lru_cache
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.record.keeping import Keeping
from ampersand.schemes.models import Scheme
from ampersand.wording import Entered, parse
from ampersand.wording import Template as Wording


class Frozen(Exception):
    """Signed or published text was about to be changed."""


@lru_cache(maxsize=128)
def _parsed(text: str, version: int) -> Wording:
    return replace(parse(text), version=version)


class Templates(models.QuerySet["Template"]):
    """Versions of a scheme's wording."""

    def published(self) -> "Templates":
        return self.exclude(published_at=None)

    def drafts(self) -> "Templates":
        return self.filter(published_at=None)


class Template(models.Model):
    """One version of a scheme's wording. Once published it never changes."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="templates")
    number = models.PositiveIntegerField()
    text = models.TextField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = Templates.as_manager()

    keeping = Keeping(
        personal=(),
        readers="anyone, once it is published; before, the organisers",
        until="as long as the scheme",
        on_erasure="stays: it names nobody",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "number"], name="template_versions_are_numbered"),
            models.UniqueConstraint(
                fields=["scheme"], condition=Q(published_at=None), name="one_draft_per_scheme"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}, version {self.number}"

    def wording(self) -> Wording:
        """Give the text as clauses, blanks and either/ors, numbered as this version."""
        return _parsed(self.text, self.number)

    def by_asking(self) -> bool:
        """Say whether it comes into force by asking, rather than by signatures."""
        return self.wording().entered is Entered.BY_ASKING


class Acceptance(models.Model):
    """What a person accepted by asking: every clause, as worded then."""

    template = models.ForeignKey(Template, models.PROTECT, related_name="acceptances")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="acceptances")
    accepted_at = models.DateTimeField(default=timezone.now)
    clauses = models.JSONField()  # [{"id", "number", "words"}], as shown
    declarations = models.JSONField()  # ["adult", "has_read"]
    fingerprint = models.CharField(max_length=64)

    keeping = Keeping(
        personal=("person",),
        readers="the person; their mentor and the organisers see the version and the day",
        until="six years after the pair ended",
        on_erasure="stays, by a person without a name",
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "template"])]

    def __str__(self) -> str:
        return f"{self.person} accepted {self.template}"


class AgreementState(models.TextChoices):
    FILLING = "filling", _("being agreed")
    SEALING = "sealing", _("signed by both, being sealed")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("superseded")
    ENDED = "ended", _("ended")


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
    """What a pair accepts or signs."""

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

    objects = Agreements.as_manager()

    keeping = Keeping(
        personal=("scheme_values",),
        readers="the two parties",
        until="six years after the pair ended",
        on_erasure="stays while the law basis (a signed agreement) lasts",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pair"], condition=Q(state="in_force"), name="one_agreement_in_force_per_pair"
            ),
            models.UniqueConstraint(
                fields=["pair"],
                condition=Q(state__in=["filling", "sealing"]),
                name="one_agreement_being_agreed_per_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"


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
        personal=("suggested", "suggested_by", "agreed"),
        readers="the two parties",
        until="as the agreement",
        on_erasure="as the agreement",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "field"], name="a_field_once_per_agreement")
        ]

    def __str__(self) -> str:
        return f"{self.field} of agreement {self.agreement_id}"


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
        personal=("person", "name", "strokes"),
        readers="its signer; the other party and the organisers once both have signed",
        until="as the agreement; a lapsed one 30 days",
        on_erasure="as the agreement",
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
        personal=("uploaded_by", "name", "content"),
        readers="the two parties; the organisers once it is confirmed",
        until="as the agreement; a refused one 30 days",
        on_erasure="as the agreement",
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
        personal=("pdf",),
        readers="the two parties and the organisers of the scheme",
        until="as the agreement",
        on_erasure="as the agreement",
    )

    def __str__(self) -> str:
        return f"copy of agreement {self.agreement_id}"
