"""A draft that was thrown away, or that another took the place of: kept for a while, to be taken up again."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.agreements.models.templates import parsed
from ampersand.record.keeping import Keeping, Limit
from ampersand.schemes.models import Scheme


class SetAside(models.Model):
    """The text of a draft that is none any more, with what was read for it and how that was corrected."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="set_aside")
    text = models.TextField()
    name = models.CharField(max_length=200, blank=True)  # of the file it was brought in
    read = models.JSONField(null=True)  # None if it was not brought
    standing = models.PositiveIntegerField(default=0)
    corrections = models.JSONField(default=list)  # the changes of each, in order
    set_aside_at = models.DateTimeField(default=timezone.now)

    keeping = Keeping(
        personal=(),
        readers=_("the organisers of the scheme"),
        until=_("30 days after it was set aside, or until it is taken up again"),
        on_erasure=_("stays: it names nobody"),
        limits=(Limit(days=30, since=("set_aside_at",)),),
    )

    class Meta:
        ordering: ClassVar = ["-set_aside_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["scheme", "-set_aside_at"])]

    def __str__(self) -> str:
        return f"a draft set aside in {self.scheme}"

    @property
    def title(self) -> str:
        """What the agreement is called."""
        return parsed(self.text, 0).title
