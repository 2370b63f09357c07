"""Pages of invitations and of joining."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from ampersand.people.models import Person
from ampersand.schemes.models import Invitation, Scheme
from ampersand.schemes.queries import token_hash
from tests.cast import remembering
from tests.pages import Shown, page

TOKEN = "a-link-made-up-for-this-test"


def invitation(scheme: Scheme, invited_as: str = "mentor", *, over: bool = False) -> Invitation:
    now = timezone.now()
    return Invitation.objects.create(
        scheme=scheme,
        email="ana@example.org",
        invited_as=invited_as,
        token_hash=token_hash(TOKEN),
        sent_at=now,
        expires_at=now + timedelta(days=14),
        withdrawn_at=now if over else None,
    )


@page("schemes:invitation")
def invited(peer_scheme: Scheme) -> Shown:
    invitation(peer_scheme)
    return Shown(reverse("schemes:invitation", args=[TOKEN]))


@page("schemes:invitation as mentee")
def invited_as_mentee(peer_scheme: Scheme) -> Shown:
    invitation(peer_scheme, "mentee")
    return Shown(reverse("schemes:invitation", args=[TOKEN]))


@page("schemes:invitation withdrawn")
def invited_and_withdrawn(peer_scheme: Scheme) -> Shown:
    invitation(peer_scheme, over=True)
    return Shown(reverse("schemes:invitation", args=[TOKEN]), status=410)


@page("schemes:accept_invitation")
def accepting(peer_scheme: Scheme, outsider: Person) -> Shown:
    invitation(peer_scheme, "organiser")
    return Shown(reverse("schemes:accept_invitation", args=[TOKEN]), outsider)


@page("schemes:join")
def joining(peer_scheme: Scheme, outsider: Person) -> Shown:
    invitation(peer_scheme)
    return Shown(reverse("schemes:join", args=[TOKEN, "reach"]), outsider)


@page("schemes:join check")
def checking(peer_scheme: Scheme, outsider: Person) -> Shown:
    found = invitation(peer_scheme)
    answers = {
        "name": {"called": "Ana"},
        "reach": {"reach": "", "message_safe": None},
        "room": {"capacity": 2},
        "help": {"offers": "I listen."},
    }
    url = reverse("schemes:join", args=[TOKEN, "check"])
    return Shown(url, outsider, client=remembering({f"answers:joining-{found.pk}": answers}))


@page("schemes:joined")
def joined(peer_scheme: Scheme, mentor: Person) -> Shown:
    return Shown(reverse("schemes:joined", args=[peer_scheme.slug]), mentor)


@page("schemes:joined as organiser")
def joined_as_organiser(peer_scheme: Scheme, organiser: Person) -> Shown:
    return Shown(reverse("schemes:joined", args=[peer_scheme.slug]), organiser)


@page("schemes:invitations")
def invitations(peer_scheme: Scheme, organiser: Person) -> Shown:
    invitation(peer_scheme)
    return Shown(reverse("schemes:invitations", args=[peer_scheme.slug]), organiser)
