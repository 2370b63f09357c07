"""A person's own calendars: what is wrong with one, in words, and which of our meetings lie in them, too."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ampersand.calendars import TooMuch, Unreadable
from ampersand.guarding.addresses import Trouble
from ampersand.meetings.models import Meeting, Subscription
from ampersand.people.models import Person

UNREADABLE, TOO_MUCH = "unreadable", "too much"

WORDS: dict[str, str | Promise] = {
    Trouble.NOT_AN_ADDRESS: _("This is not the address of a calendar. It begins with https:// or webcal://"),
    Trouble.NOT_HTTPS: _("This address is not safe to ask: it must begin with https:// or webcal://"),
    Trouble.NOT_PUBLIC: _(
        "This address leads to a machine that only a network of its own can reach, so we do not ask it. "
        "Use the address that your calendar gives out for sharing, or upload a file."
    ),
    Trouble.WITH_PASSWORD: _(
        "This address has a name or a password in it. Use the private address that your calendar gives out "
        "for sharing instead."
    ),
    Trouble.UNKNOWN_HOST: _("There is nothing of that name. Look whether the address is whole."),
    Trouble.UNREACHABLE: _("It could not be reached. It is tried again later."),
    Trouble.UNTRUSTED: _(
        "Its certificate cannot be trusted, so we do not read it. Whoever runs that calendar can mend this."
    ),
    Trouble.TOO_SLOW: _("It took too long to answer. It is tried again later."),
    Trouble.TOO_LARGE: _("This calendar is larger than 4 MB, which is more than we can read."),
    Trouble.TOO_MANY_TURNS: _("This address leads from one place to the next without an end."),
    Trouble.NOT_THERE: _("There is nothing at this address any more. Take it away and add the new one."),
    Trouble.REFUSED: _(
        "The calendar was not given out. Look whether sharing by a private address is still switched on."
    ),
    Trouble.BROKEN: _("What came could not be read to its end. It is tried again later."),
    UNREADABLE: _("What lies there is not a calendar that we can read. It should be an .ics file."),
    TOO_MUCH: _("This calendar holds more than we can read. Leave out what is long past, if you can."),
}


def trouble_of(wrong: Unreadable) -> str:
    """Give the word under which it is kept that a calendar cannot be read."""
    return TOO_MUCH if isinstance(wrong, TooMuch) else UNREADABLE


def trouble_in_words(calendar: Subscription) -> str:
    """Say what is wrong with a calendar and what helps; "" if all is well."""
    return str(WORDS.get(calendar.trouble, WORDS[UNREADABLE])) if calendar.trouble else ""


def invited_to(person: Person, now: datetime) -> list[str]:
    """Give what our own meetings ahead are called in calendars, so that they do not block themselves."""
    ahead = Meeting.objects.filter(seats__person=person, ends__gt=now).order_by("starts")
    return [str(uid) for uid in ahead.values_list("uid", flat=True)[:1000]]
