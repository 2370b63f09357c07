"""When time is to look at a pair's meetings next, so that no round of the worker need look at every pair."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from ampersand.pairs.models import Pair
from ampersand.record.keeping import Keeping


class NextLook(models.Model):
    """One row for each pair. Whatever changes its meetings says “now”; each look says when the next is."""

    pair = models.OneToOneField(Pair, models.CASCADE, primary_key=True, related_name="next_look")
    at = models.DateTimeField(null=True, default=timezone.now)  # None: nothing lies ahead as things stand

    keeping = Keeping(
        personal=(),
        readers="nobody: the software, so that it reminds in time",
        until="as long as the pair",
        on_erasure="stays; it says nothing but when to look",
        no_limit="it is a single moment, and goes with its pair",
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"next look at pair {self.pair_id}"
