"""A scheme, who runs it, who has joined it and who has been invited to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.people.models import Person
from ampersand.record.keeping import Keeping, Limit


class SchemeState(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed to new requests")


ASKS = [(1, _("one month")), (2, _("two months")), (3, _("three months"))]


class Schemes(models.QuerySet["Scheme"]):
    """Schemes, by who may see them."""

    def organised_by(self, person: Person) -> "Schemes":
        return self.filter(organisers__person=person)

    def open_to_requests(self) -> "Schemes":
        return self.filter(state=SchemeState.OPEN)


class Scheme(models.Model):
    """A mentoring programme with its own agreement."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name of the scheme"), max_length=120)
    contact_email = models.EmailField(_("contact address"))
    website = models.URLField(_("website"), blank=True)
    welcome = models.TextField(_("a few words of welcome"), max_length=2000, blank=True)
    urgent_help = models.TextField(_("urgent help"), max_length=2000)
    urgent_help_review_on = models.DateField(_("check these lines again on"))
    discreet = models.BooleanField(_("keep the scheme's name out of e-mail subjects"), default=True)
    leave_button = models.BooleanField(_("a button to leave this site at once"), default=False)
    time_zone = models.CharField(max_length=64, default="Europe/London")
    pairs_may_reword = models.BooleanField(_("pairs may change the words of a clause"), default=False)
    solo = models.BooleanField(_("I am the only mentor"), default=False)
    asks_months = models.PositiveSmallIntegerField(
        _("months before the end of an agreement at which both are asked"), choices=ASKS, default=1
    )
    state = models.CharField(max_length=10, choices=SchemeState, default=SchemeState.DRAFT)
    made_at = models.DateTimeField(default=timezone.now)

    objects = Schemes.as_manager()

    keeping = Keeping(
        personal=(),
        readers=_("anyone, once it is open"),
        until=_("until the operator removes the installation"),
        on_erasure=_("stays: it describes a programme, not a person"),
        no_limit="it describes a programme, not a person",
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(name=""), name="a_scheme_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def values(self) -> dict[str, str]:
        """Give what the agreement's text may say of its scheme."""
        return {"name": self.name, "contact": self.contact_email, "website": self.website}


class Organiser(models.Model):
    """A person who runs a scheme."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="organisers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="organises")
    since = models.DateTimeField(default=timezone.now)

    keeping = Keeping(
        what=_("who runs a scheme"),
        personal=("person",),
        readers=_("the organisers of the scheme"),
        until=_("until they leave the scheme"),
        on_erasure=_("removed"),
        removed=True,
        no_limit="it is removed at once when they leave",
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "person"], name="an_organiser_once_per_scheme")
        ]

    def __str__(self) -> str:
        return f"{self.person} runs {self.scheme}"


class Role(models.TextChoices):
    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")


class Member(models.Model):
    """A person who has joined a scheme, as mentor or as mentee; both is two rows."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    capacity = models.PositiveSmallIntegerField(_("how many people you can take"), default=0)
    offers = models.TextField(_("what you can help with"), max_length=2000, blank=True)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    # How many pairs and open introductions a mentor has. The database counts them (migration room_counted);
    # it answers “has anyone room?” quickly and decides nothing: whoever adds one counts anew, under a lock.
    taken = models.PositiveIntegerField(default=0, editable=False)

    keeping = Keeping(
        what=_("who has joined a scheme"),
        personal=("person", "offers"),
        readers=_("the person and the organisers; what they can help with also those introduced to them"),
        until=_("two years after they left the scheme or erased their account"),
        on_erasure=_("what they can help with is emptied; what is left names nobody"),
        emptied=("offers",),
        limits=(Limit(years=2, since=("left_at", "person__erased_at")),),
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "person", "role"], name="a_role_once_per_scheme"),
            models.CheckConstraint(condition=Q(capacity__lte=100), name="a_capacity_people_can_keep"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["scheme", "role", "joined_at"]),
            models.Index(
                fields=["scheme", "joined_at"],
                condition=Q(role="mentor", left_at=None, capacity__gt=F("taken")),
                name="mentors_with_room",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role} in {self.scheme}"


class InvitedAs(models.TextChoices):
    ORGANISER = "organiser", _("organiser")
    MENTOR = "mentor", _("mentor")
    MENTEE = "mentee", _("mentee")


class Invitation(models.Model):
    """A letter with a link by which one person may join; the link itself is never stored."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="invitations")
    email = models.EmailField()
    invited_as = models.CharField(max_length=10, choices=InvitedAs)
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    keeping = Keeping(
        what=_("invitations"),
        personal=("email",),
        readers=_("the organisers of the scheme"),
        until=_("30 days after it was accepted, withdrawn or ran out"),
        on_erasure=_("removed"),
        removed=True,
        by_address="email",
        limits=(Limit(days=30, since=("accepted_at", "withdrawn_at", "expires_at")),),
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="an_invitation_lasts"),
            models.UniqueConstraint(
                fields=["scheme", "email", "invited_as"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} as {self.invited_as}"
