"""The rows of the record. `docs/decisions/0019-the-record.md` says why they look like this."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Concat, NullIf
from django.utils.translation import gettext_lazy as _

from ampersand.record.keeping import Keeping
from ampersand.sealing.merkle import DIGEST, root_of

TEXT = models.TextField()


def _word(position: int) -> Func:
    """One word of the content; "-" stands for nothing."""
    word = Func(F("content"), Value(" "), Value(position), function="split_part", output_field=TEXT)
    return NullIf(word, Value("-", output_field=TEXT))


def _read_out(expression: Func, kind: Callable[..., Any] = models.TextField) -> Any:
    return models.GeneratedField(expression=expression, output_field=kind(null=True), db_persist=True)


def _moment(microseconds: Func) -> Func:
    seconds = Cast(microseconds, models.FloatField()) / Value(1e6)
    return Func(seconds, function="to_timestamp", output_field=models.DateTimeField())


class Entry(models.Model):
    """One thing that happened. `content` is what the leaf commits to; the last columns are read out of it.

    Erasing an entry takes its content and salt away and leaves number and hashes, so the tree stays whole.
    """

    number = models.BigIntegerField(_("number"), primary_key=True)
    content = models.TextField(_("content"), null=True)
    salt = models.BinaryField(_("salt"), null=True)
    leaf = models.BinaryField(_("leaf hash"))
    subtree = models.BinaryField(_("hash of the largest whole subtree that ends here"))

    at = _read_out(_moment(_word(2)), models.DateTimeField)
    who = _read_out(_word(3))
    verb = _read_out(_word(4))
    about = _read_out(_word(5))
    scheme = _read_out(Cast(_word(6), models.BigIntegerField()), models.BigIntegerField)
    fingerprint = _read_out(_word(7))

    keeping = Keeping(
        what=_("the record of what happened"),
        personal=("content", "salt", "at", "who", "verb", "about", "scheme", "fingerprint"),
        readers=_("the person who did it; organisers see their scheme's entries, without who"),
        until=_("as long as the installation runs"),
        on_erasure=_("content and salt are removed; the number and the hashes stay, and say nothing"),
        no_limit="every entry proves those around it; erasure empties it",
    )

    class Meta:
        ordering = ("number",)
        indexes = (
            models.Index(fields=["who", "number"], name="entry_who", condition=Q(who__isnull=False)),
            models.Index(fields=["about", "number"], name="entry_about", condition=Q(about__isnull=False)),
            models.Index(fields=["scheme", "number"], name="entry_scheme", condition=Q(scheme__isnull=False)),
        )
        constraints = (
            models.CheckConstraint(condition=Q(number__gt=0), name="entries_count_from_one"),
            models.CheckConstraint(
                condition=Q(content__isnull=True, salt__isnull=True)
                | Q(
                    content__startswith=Concat(Cast("number", TEXT), Value(" ", output_field=TEXT)),
                    salt__isnull=False,
                ),
                name="entry_whole_or_erased",
            ),
        )

    def __str__(self) -> str:
        return self.content or f"{self.number} erased"


class Head(models.Model):
    """The one row that every entry is appended under: how many there are, and the tree's peaks."""

    size = models.BigIntegerField(_("entries so far"), default=0)
    peaks = models.BinaryField(_("hashes of the whole subtrees, largest first"), default=b"")

    keeping = Keeping(
        personal=(),
        readers=_("everyone"),
        until=_("as long as the installation runs"),
        on_erasure=_("nothing"),
        no_limit="it names nobody",
    )

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="one_head"),)

    def __str__(self) -> str:
        return f"{self.size} entries"

    def hashes(self) -> list[bytes]:
        """Give the peaks one by one."""
        packed = bytes(self.peaks)
        return [packed[start : start + DIGEST] for start in range(0, len(packed), DIGEST)]

    @property
    def root(self) -> bytes:
        """Give the root of the tree as it stands."""
        return root_of(self.hashes())


class Checkpoint(models.Model):
    """What the record's root was at one size, signed by the installation."""

    size = models.BigIntegerField(_("entries covered"))
    root = models.BinaryField(_("root hash"))
    at = models.DateTimeField(_("made at"))
    signature = models.BinaryField(_("signature"))

    keeping = Keeping(
        personal=(),
        readers=_("everyone"),
        until=_("as long as the installation runs"),
        on_erasure=_("nothing"),
        no_limit="it names nobody",
    )

    class Meta:
        ordering = ("pk",)
        indexes = (models.Index(fields=["size"], name="checkpoint_size"),)

    def __str__(self) -> str:
        return f"{self.size} entries on {self.at:%Y-%m-%d}"
