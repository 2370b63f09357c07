"""Letters before a meeting, after it, and when the next one is due."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ampersand.agreements.queries import terms_in_force
from ampersand.meetings.ahead import Coming, What
from ampersand.meetings.models import Meeting
from ampersand.meetings.notices.appointments import join_link, page_link
from ampersand.meetings.queries.meetings import notice_until
from ampersand.notifications.actions import Words, words_of
from ampersand.pairs.models import Pair
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.models import Person
from ampersand.people.notices import letter_to
from ampersand.wording import Frequency

EVENTS = {
    What.DAY_BEFORE: "meetings/reminder",
    What.HOUR_BEFORE: "meetings/reminder",
    What.DID_IT_HAPPEN: "meetings/did_it_happen",
    What.NEXT_DUE: "meetings/next_due",
}
WORDS: dict[What, str | Promise] = {
    What.DAY_BEFORE: _("reminded of tomorrow’s meeting"),
    What.HOUR_BEFORE: _("reminded of a meeting in an hour"),
    What.DID_IT_HAPPEN: _("asked whether the meeting happened, if they have not said"),
    What.NEXT_DUE: _("reminded that the next meeting is due, if none is booked"),
}


def tell(pair: Pair, coming: Coming) -> None:
    """Write to one of the two what time has brought. A reminder that comes too late is never sent."""
    person = people_of(pair)[coming.whom]
    reminder = coming.what in {What.DAY_BEFORE, What.HOUR_BEFORE}
    letter_to(
        person,
        event=EVENTS[coming.what],
        context=_context(pair, person, coming),
        thread=f"pair-{pair.pk}",
        urgent=reminder,
        discreet=pair.scheme.discreet,
        good_until=coming.over if reminder else None,
    )


def foretold(pair: Pair, coming: Coming) -> Words:
    """Give the words of a letter that is ahead, as its reader would get it."""
    person = people_of(pair)[coming.whom]
    return words_of(
        EVENTS[coming.what],
        _context(pair, person, coming),
        language=person.language,
        time_zone=person.time_zone,
        discreet=pair.scheme.discreet,
    )


def _context(pair: Pair, person: Person, coming: Coming) -> dict[str, object]:
    other = pair.other(person)
    common = {
        "name": person.called,
        "other": name_in(pair, other),
        "other_zone": other.time_zone,
        "scheme": pair.scheme.name,
        "contact": pair.scheme.contact_email,
        "reminders_link": settings.ADDRESS + reverse("meetings:wishes") + "#id_day_before",
    }
    return common | (_when_due(pair) if coming.what is What.NEXT_DUE else _of_meeting(coming))


def _when_due(pair: Pair) -> dict[str, object]:
    """Say how often they aim to meet in the agreement's own words."""
    found = terms_in_force(pair).get("meeting-frequency")
    return {
        "often": found.text if isinstance(found, Frequency) else "",
        "book_link": settings.ADDRESS + reverse("meetings:book", args=[pair.pk]),
    }


def _of_meeting(coming: Coming) -> dict[str, object]:
    meeting = Meeting.objects.get(pk=int(coming.about.split(":")[1]))
    return {
        "meeting": meeting,
        "page_link": page_link(meeting),
        "join_link": join_link(meeting),
        "keeps_notice_until": notice_until(meeting),
    }
