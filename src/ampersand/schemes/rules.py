"""What may be done with schemes and invitations, and why not."""

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.models import Invitation, Scheme


def check_may_make_schemes(person: Person) -> None:
    """On a real installation operators make schemes, unless the settings say that anyone may."""
    if settings.WHO_MAKES_SCHEMES != "anyone" and not person.is_operator:
        raise Refused(
            _(
                "On this installation only its operators make new schemes. "
                "Ask the person who runs it to make one and to invite you as its organiser."
            )
        )


def check_review_is_ahead(day: date) -> None:
    if day <= timezone.localdate():
        raise Refused(_("Choose a day in the future: on it you are reminded to check these lines."))


def check_slug_is_free(slug: str, *, besides: int | None = None) -> None:
    """Refuse an address that another scheme has, and suggest one that is free."""
    others = Scheme.objects.exclude(pk=besides or 0)
    taken = set(others.filter(slug__startswith=slug[:50]).values_list("slug", flat=True))
    if slug in taken:
        free = next(offer for n in range(2, 10_000) if (offer := f"{slug[:54]}-{n}") not in taken)
        raise Refused(
            _("Another scheme has the address “%(slug)s”. “%(free)s” is free.") % {"slug": slug, "free": free}
        )


def check_can_be_used(invitation: Invitation) -> None:
    """Refuse an invitation that was used, withdrawn, or has run out."""
    contact = {"contact": invitation.scheme.contact_email}
    if invitation.accepted_at:
        raise Refused(
            _("This invitation has been used. If it was not you who used it, write to %(contact)s.") % contact
        )
    if invitation.withdrawn_at:
        raise Refused(
            _("This invitation was withdrawn. If that may be a mistake, write to %(contact)s.") % contact
        )
    if invitation.expires_at <= timezone.now():
        raise Refused(_("This invitation has run out. Write to %(contact)s for a new one.") % contact)
