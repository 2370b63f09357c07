"""A person and how they wish to be reached."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ampersand.record.keeping import Keeping, Limit


def named(called: str) -> str:
    """Give what to call a person who may not have said it."""
    return called or gettext("someone")


class People(BaseUserManager["Person"]):
    """Where people are found."""

    def by_email(self, email: str) -> "Person | None":
        return self.filter(email=email.strip().lower()).first()


class MailWish(models.TextChoices):
    """How often a person wants letters that are not urgent."""

    AT_ONCE = "at_once", _("As things happen")
    DAILY = "daily", _("Once a day at most")


class Person(AbstractBaseUser):
    """Someone with an account. A name to be called by is all that is ever needed."""

    password = None  # type: ignore[assignment]  # there are no passwords
    email = models.EmailField(_("e-mail address"), max_length=254)
    called = models.CharField(_("what to call you"), max_length=200, blank=True)
    reach = models.TextField(_("how to reach you"), max_length=1000, blank=True)
    message_safe = models.BooleanField(_("is it safe to leave a message?"), null=True, blank=True)
    time_zone = models.CharField(max_length=64, default="Europe/London")
    language = models.CharField(max_length=12, default="en-gb")
    mail_wish = models.CharField(max_length=10, choices=MailWish, default=MailWish.AT_ONCE)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    keeping = Keeping(
        what=_("your account"),
        personal=("email", "called", "reach", "message_safe", "time_zone", "language"),
        readers=_(
            "the person; their name also those they are introduced to and their organisers; "
            "how to reach them only the other half of a pair"
        ),
        until=_("until the person erases their account"),
        on_erasure=_("emptied; what is left names nobody, and keeps the parties of signed agreements apart"),
        no_limit="it goes when the person says so",
    )

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    def __str__(self) -> str:
        """Give what a person is called; never their address, which others may not learn."""
        return named(self.called)

    def has_usable_password(self) -> bool:
        return False

    def save(self, *args: object, **kwargs: object) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class SignInCode(models.Model):
    """A code on its way to an address, whether or not anybody has an account there."""

    email = models.EmailField(max_length=254)
    code_hash = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    keeping = Keeping(
        what=_("codes on their way to an address"),
        personal=("email",),
        readers=_("nobody; the code itself is never stored"),
        until=_("a day"),
        on_erasure=_("removed"),
        removed=True,
        by_address="email",
        limits=(Limit(days=1, since=("asked_at",)),),
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["email", "asked_at"])]

    def __str__(self) -> str:
        return f"code of {self.asked_at:%H:%M}"


class Knock(models.Model):
    """How often something was tried in a period; by whom cannot be read back from the key."""

    key = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    keeping = Keeping(
        personal=(),
        readers=_("nobody; the key is a keyed hash"),
        until=_("a day after the period ended"),
        on_erasure=_("runs out by itself"),
        limits=(Limit(days=1, since=("until",)),),
    )

    def __str__(self) -> str:
        return f"{self.count} since {self.since:%H:%M}"
