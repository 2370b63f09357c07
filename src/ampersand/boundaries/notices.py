"""The letters of this room: leave to ask given or withdrawn, and a reminder of what binds."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from ampersand.boundaries.models import CheckGrant
from ampersand.boundaries.queries.binding import Bound
from ampersand.pairs.models import Pair
from ampersand.pairs.queries import name_in
from ampersand.people.models import Person
from ampersand.people.notices import letter_to, letter_to_address


def tell_granted(grant: CheckGrant) -> None:
    """Tell someone of a panel that they may ask, and how."""
    _to_panel("boundaries/check_granted", grant)


def tell_withdrawn(grant: CheckGrant) -> None:
    """Tell someone of a panel that they may not ask any more; a program finds out by asking."""
    if grant.email:
        _to_panel("boundaries/check_withdrawn", grant)


def _to_panel(event: str, grant: CheckGrant) -> None:
    letter_to_address(
        grant.email,
        event=event,
        context={
            "scheme": grant.scheme,
            "grant": grant,
            "link": settings.ADDRESS + reverse("boundaries:ask", args=[grant.scheme.slug]),
        },
        time_zone=grant.scheme.time_zone,
        discreet=grant.scheme.discreet,
    )


def remind_of_boundaries(pair: Pair, person: Person, boundaries: Sequence[Bound]) -> None:
    """Bring to one of the two what binds them while the mentoring lasts."""
    letter_to(
        person,
        event="boundaries/reminder",
        context={
            "name": person.called,
            "other": name_in(pair, pair.other(person)),
            "boundaries": boundaries,
            "scheme": pair.scheme.name,
            "contact": pair.scheme.contact_email,
            "pair_link": settings.ADDRESS + reverse("journeys:pair", args=[pair.pk]),
        },
        thread=f"pair-{pair.pk}",
        urgent=False,
        discreet=pair.scheme.discreet,
    )
