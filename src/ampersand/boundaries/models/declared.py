"""What people say of themselves beforehand: whom they must not meet, and their professional number."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.people.models import Person
from ampersand.record.keeping import Keeping


class DeclaredConflicts(models.QuerySet["DeclaredConflict"]):
    """Declared conflicts: nobody sees any but their own."""

    def visible_to(self, person: Person) -> "DeclaredConflicts":
        return self.filter(declared_by=person)


class DeclaredConflict(models.Model):
    """Someone whom a person must not be brought together with. There is nowhere to say more."""

    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="declared_conflicts"
    )
    keyed_hash = models.CharField(max_length=64)
    own_word = models.CharField(_("a word for yourself"), max_length=80, blank=True)
    declared_at = models.DateTimeField(default=timezone.now)

    objects = DeclaredConflicts.as_manager()

    keeping = Keeping(
        what=_("whom you must not be brought together with"),
        personal=("declared_by", "keyed_hash", "own_word"),
        readers=_("you alone; introductions respect it and tell nobody"),
        until=_("until you take it back"),
        on_erasure=_("removed"),
        removed=True,
        no_limit="it goes when the person says so",
    )

    class Meta:
        verbose_name = _("declared conflict")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["declared_by", "keyed_hash"], name="declared_once")
        ]
        indexes: ClassVar = [models.Index(fields=["keyed_hash"])]

    def __str__(self) -> str:
        return f"conflict {self.pk}"


class ProfessionalNumber(models.Model):
    """The number under which a person is registered in their profession, if they like to give it."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="professional_number"
    )
    number = models.CharField(_("professional number"), max_length=40)
    keyed_hash = models.CharField(max_length=64)

    keeping = Keeping(
        what=_("your professional number"),
        personal=("person", "number", "keyed_hash"),
        readers=_("you alone; as a hash it stands in the register of boundaries"),
        until=_("until you take it away"),
        on_erasure=_("removed; the hash in the register stays"),
        removed=True,
        no_limit="it goes when the person says so",
    )

    class Meta:
        verbose_name = _("professional number")
        indexes: ClassVar = [models.Index(fields=["keyed_hash"])]

    def __str__(self) -> str:
        return f"number of {self.person}"
