"""The letters of a pair's life and its ending, never by whom; and that someone has left a scheme."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ampersand.journeys.ahead import ORGANISERS, Coming, What
from ampersand.meetings.ahead import Coming as ComingToMeet
from ampersand.meetings.ahead import What as OfMeetings
from ampersand.meetings.notices import reminding
from ampersand.notifications.actions import Words, words_of
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


WORDS = {
    What.DRAFT_WAITS: _("reminded that their agreement rests"),
    What.SIGNATURE_WAITS: _("reminded to sign, if they have not"),
    What.ENDS_SOON: _("told that it ends soon"),
    What.CARRY_ON: _("asked whether to carry on"),
    What.CARRY_ON_AGAIN: _("asked once more, if they have not answered"),
    What.SIGN_RENEWAL: _("reminded to sign the renewal, if they have not"),
    What.ENDS: _("its last day is over: it ends"),
    What.ENDED: _("told that it has ended"),
}
UNLESS = {
    What.ENDS: _("its last day is over: it ends, unless it was renewed"),
    What.ENDED: _("told that it has ended, unless it was renewed"),
}


def in_words(what: What | OfMeetings, *, renews: bool) -> str:
    """Say in a few words what time brings; `renews` if it may yet be renewed."""
    if isinstance(what, OfMeetings):
        return str(reminding.WORDS[what])
    return str(UNLESS[what] if renews and what in UNLESS else WORDS[what])


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


def foretold(pair: Pair, coming: Coming | ComingToMeet) -> Words | None:
    """Give the words of the letter that is ahead, as its reader would get it; None if nobody writes one."""
    if isinstance(coming.what, OfMeetings):
        return reminding.foretold(pair, coming)
    if coming.what not in EVENTS:
        return None
    if coming.whom == ORGANISERS:
        event, context = "journeys/ended_for_organisers", _for_organisers(pair, pair.until)
        return words_of(event, context, language="en", time_zone=coming.zone, discreet=pair.scheme.discreet)
    person = people_of(pair)[coming.whom]
    return words_of(
        EVENTS[coming.what],
        context_for(pair, person),
        language=person.language,
        time_zone=person.time_zone,
        discreet=pair.scheme.discreet,
    )


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
        context=_for_organisers(pair, pair.ended_at),
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


def _for_organisers(pair: Pair, ended_at: date | None) -> dict[str, object]:
    return {
        "scheme": pair.scheme.name,
        "mentor": name_in(pair, pair.mentor),
        "mentee": name_in(pair, pair.mentee),
        "ended_at": ended_at,
        "pair_link": _link(pair),
    }


def _link(pair: Pair) -> str:
    return settings.ADDRESS + reverse("journeys:pair", args=[pair.pk])
