"""Letters to people: rooms above write theirs through `letter_to`, which knows each person's wishes."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ampersand.notifications.actions import Enclosed, write_letter
from ampersand.notifications.models import Letter
from ampersand.people.models import MailWish, Person


def letter_to(
    person: Person,
    *,
    event: str,
    context: Mapping[str, object],
    thread: str = "",
    urgent: bool = True,
    optional: bool = False,
    discreet: bool = False,
    enclosures: Sequence[Enclosed] = (),
    good_until: datetime | None = None,
) -> Letter | None:
    """Write to a person in their language and time zone, as often as they wish; the erased get nothing."""
    if person.erased_at is not None:
        return None
    return write_letter(
        event=event,
        to=person.email,
        context={"person": person, **context},
        person=person.pk,
        language=person.language,
        time_zone=person.time_zone,
        thread=thread,
        urgent=urgent,
        optional=optional,
        daily=person.mail_wish == MailWish.DAILY,
        discreet=discreet,
        enclosures=enclosures,
        good_until=good_until,
    )


def letter_to_address(
    email: str,
    *,
    event: str,
    context: Mapping[str, object],
    time_zone: str = "",
    thread: str = "",
    discreet: bool = False,
    enclosures: Sequence[Enclosed] = (),
) -> Letter:
    """Write to an address that is nobody's account: a scheme's own, or that of someone invited."""
    return write_letter(
        event=event,
        to=email,
        context=context,
        time_zone=time_zone,
        thread=thread,
        discreet=discreet,
        enclosures=enclosures,
    )


def code_letter(*, email: str, code: str, language: str, good_until: datetime) -> Letter:
    """Send a code; the letter is the same whether or not there is an account at the address."""
    return write_letter(
        event="people/code", to=email, context={"code": code}, language=language, good_until=good_until
    )


def account_changed(*, person: Person, what: str) -> Letter | None:
    """Tell a person that something about how they sign in has changed, in case it was not them."""
    return letter_to(person, event="people/account-changed", context={"what": what})
