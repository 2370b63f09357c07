"""An agreement that a scheme brought along: what was read in it, and how its organisers corrected that."""

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.agreements.models.templates import Template
from ampersand.record.keeping import Keeping, Limit
from ampersand.wording.reading import Reading


class Brought(models.Model):
    """What was read in an organisation's own agreement. The file itself is not kept.

    The draft's words are what was read with the first `standing` of its corrections made.
    """

    template = models.OneToOneField(Template, models.CASCADE, related_name="brought")
    name = models.CharField(max_length=200, blank=True)  # of the file; none if the text was pasted
    read = models.JSONField()
    standing = models.PositiveIntegerField(default=0)  # how many corrections count; fewer after undoing
    brought_at = models.DateTimeField(default=timezone.now)

    keeping = Keeping(
        personal=(),
        readers=_("the organisers of the scheme"),
        until=_("30 days after the version is published"),
        on_erasure=_("stays: it names nobody"),
        limits=(Limit(days=30, since=("template__published_at",)),),
    )

    def __str__(self) -> str:
        return f"what was read for {self.template}"

    @property
    def stands(self) -> str:
        """Say in a few letters which corrections count, for a page to send back."""
        last = next((one.pk for one in self.corrections.all() if one.number == self.standing), 0)
        return f"{self.pk}-{last}"

    @cached_property
    def reading(self) -> Reading:
        """What was found in the paper."""
        return Reading.from_dict(self.read)


class Correction(models.Model):
    """One or several changes made in one go to what was read. The last can be undone, then done again."""

    brought = models.ForeignKey(Brought, models.CASCADE, related_name="corrections")
    number = models.PositiveIntegerField()
    changes = models.JSONField()  # as ampersand.wording.reading.correcting takes them
    made_at = models.DateTimeField(default=timezone.now)

    keeping = Keeping(
        personal=(),
        readers=_("the organisers of the scheme"),
        until=_("30 days after the version is published"),
        on_erasure=_("stays: it names nobody"),
        limits=(Limit(days=30, since=("brought__template__published_at",)),),
    )

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brought", "number"], name="corrections_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"correction {self.number} of {self.brought}"
