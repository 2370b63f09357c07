"""The letters of a pair's life and its ending, never by whom; and that someone has left a scheme."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from ampersand.journeys.ahead import Coming, What
from ampersand.pairs.models import Pair
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.models import Person
from ampersand.people.notices import letter_to, letter_to_address
from ampersand.schemes.models import Scheme
from ampersand.schemes.notices import organisers_of

EVENTS = {
    What.DRAFT_WAITS: "journeys/draft_waits",
    What.SIGNATURE_WAITS: "journeys/signature_waits",
    What.ENDS_SOON: "journeys/ends_soon",
    What.CARRY_ON: "journeys/carry_on",
    What.CARRY_ON_AGAIN: "journeys/carry_on_again",
    What.SIGN_RENEWAL: "journeys/sign_renewal",
    What.ENDED: "journeys/ended",
}


def remind(pair: Pair, coming: Coming) -> None:
    """Write to one of the two what time has brought."""
    person = people_of(pair)[coming.whom]
    letter_to(
        person,
        event=EVENTS[coming.what],
        context=context_for(pair, person),
        thread=f"pair-{pair.pk}",
        discreet=pair.scheme.discreet,
    )


def context_for(pair: Pair, person: Person) -> dict[str, object]:
    """Give what the letters of a pair's life may say to one of the two."""
    return {
        "name": person.called,
        "other": name_in(pair, pair.other(person)),
        "scheme": pair.scheme.name,
        "contact": pair.scheme.contact_email,
        "until": pair.until,
        "pair_link": _link(pair),
        "carry_on_link": settings.ADDRESS + reverse("journeys:carry_on", args=[pair.pk]),
        "sign_link": settings.ADDRESS + reverse("agreements:sign_renewal", args=[pair.pk]),
    }


def tell_of_ending(pair: Pair, party: str) -> None:
    """Tell one of the two, in the same words as the other, and however it ended."""
    person = people_of(pair)[party]
    letter_to(
        person,
        event="journeys/ended",
        context=context_for(pair, person),
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


@transaction.atomic
def tell_of_leaving(scheme: Scheme, person: Person) -> None:
    """Confirm it to whoever left, and tell the organisers plainly."""
    _tell(scheme, person, "journeys/left_scheme", "journeys/someone_left", besides=person)


@transaction.atomic
def tell_of_removal(scheme: Scheme, person: Person, *, by: Person) -> None:
    """Tell whoever was taken out, and the other organisers."""
    _tell(scheme, person, "journeys/removed", "journeys/someone_removed", besides=by)


def _tell(scheme: Scheme, person: Person, event: str, for_organisers: str, *, besides: Person) -> None:
    context = {"scheme": scheme, "contact": scheme.contact_email}
    letter_to(person, event=event, context={"name": person.called, **context}, discreet=scheme.discreet)
    for organiser in organisers_of(scheme):
        if organiser.pk not in {besides.pk, person.pk}:
            letter_to(
                organiser,
                event=for_organisers,
                context={"member": person, **context},
                urgent=False,
                discreet=scheme.discreet,
            )


def _link(pair: Pair) -> str:
    return settings.ADDRESS + reverse("journeys:pair", args=[pair.pk])
