"""The letters that say that a mentoring has ended; never by whom."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ampersand.pairs.models import Pair
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.notices import letter_to, letter_to_address


@transaction.atomic
def tell_both_of_ending(pair: Pair) -> None:
    """Tell each of the two, in the same words."""
    for person in people_of(pair).values():
        letter_to(
            person,
            event="journeys/ended",
            context={
                "name": person.called,
                "other": name_in(pair, pair.other(person)),
                "scheme": pair.scheme.name,
                "contact": pair.scheme.contact_email,
                "pair_link": _link(pair),
            },
            thread=f"pair-{pair.pk}",
            discreet=pair.scheme.discreet,
        )


def tell_organisers_of_ending(pair: Pair) -> None:
    """Tell the organisers that it ended."""
    letter_to_address(
        pair.scheme.contact_email,
        event="journeys/ended_for_organisers",
        context={
            "scheme": pair.scheme.name,
            "mentor": name_in(pair, pair.mentor),
            "mentee": name_in(pair, pair.mentee),
            "ended_at": pair.ended_at,
            "pair_link": _link(pair),
        },
        time_zone=pair.scheme.time_zone,
        thread=f"pair-{pair.pk}",
        discreet=pair.scheme.discreet,
    )


def _link(pair: Pair) -> str:
    return settings.ADDRESS + reverse("journeys:pair", args=[pair.pk])
