"""Letters about schemes: who is invited, who has joined."""

from django.conf import settings
from django.urls import reverse

from ampersand.people.models import Person
from ampersand.people.notices import letter_to, letter_to_address
from ampersand.schemes.models import Invitation, InvitedAs, Scheme


def tell_invited(invitation: Invitation, *, token: str, by: Person) -> None:
    """Send the link to the person invited."""
    page = reverse("schemes:invitation", args=[token])
    context = {
        "scheme": invitation.scheme,
        "invitation": invitation,
        "by": by.called,
        "link": f"{settings.ADDRESS}{page}",
    }
    event = {
        InvitedAs.ORGANISER: "schemes/invited_organiser",
        InvitedAs.MENTOR: "schemes/invited_mentor",
        InvitedAs.MENTEE: "schemes/invited_mentee",
    }[InvitedAs(invitation.invited_as)]
    letter_to_address(invitation.email, event=event, context=context, discreet=invitation.scheme.discreet)


def tell_joined(invitation: Invitation, person: Person) -> None:
    """Tell the organisers who has joined, and the person what comes next."""
    scheme = invitation.scheme
    event = (
        "schemes/joined_mentor" if invitation.invited_as == InvitedAs.MENTOR else "schemes/joined_organiser"
    )
    letter_to(person, event=event, context={"scheme": scheme}, discreet=scheme.discreet)
    for organiser in organisers_of(scheme):
        if organiser.pk != person.pk:
            letter_to(
                organiser,
                event="schemes/someone_joined",
                context={"scheme": scheme, "person": person, "role": invitation.get_invited_as_display()},
                urgent=False,
                discreet=scheme.discreet,
            )


def organisers_of(scheme: Scheme) -> list[Person]:
    return list(Person.objects.filter(organises__scheme=scheme, is_active=True).order_by("pk"))
