"""The scheme's wording in versions, and what a person accepted of it by asking."""

from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.agreements.models.frozen import refuse
from ampersand.record.keeping import Keeping, Limit
from ampersand.schemes.models import Scheme
from ampersand.wording import Entered, parse
from ampersand.wording import Template as Wording


@lru_cache(maxsize=128)
def parsed(text: str, version: int) -> Wording:
    """Read a wording, numbered as a version."""
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
        readers=_("anyone, once it is published; before, the organisers"),
        until=_("as long as the scheme"),
        on_erasure=_("stays: it names nobody"),
        no_limit="it names nobody",
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_when_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_when_published()
        return super().delete(*args, **kwargs)

    def _refuse_when_published(self) -> None:
        if self.pk and Template.objects.published().filter(pk=self.pk).exists():
            refuse(self)

    def wording(self) -> Wording:
        """Give the text as clauses, blanks and either/ors, numbered as this version."""
        return parsed(self.text, self.number)

    @property
    def stands(self) -> str:
        """Give a short word that stands for the text as it is, for a page to send back."""
        return f"{self.number}-{sha256(self.text.encode()).hexdigest()[:16]}"

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
        what=_("what was accepted by asking"),
        personal=("person",),
        readers=_("the person; their mentor and the organisers see the version and the day"),
        until=_("as long as the request or the agreement that rests on it; otherwise a year"),
        on_erasure=_("stays, by a person without a name"),
        limits=(Limit(years=1, since=("accepted_at",)),),
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "template"])]

    def __str__(self) -> str:
        return f"{self.person} accepted {self.template}"
