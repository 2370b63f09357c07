"""Saying whether a meeting happened."""

from django.db import transaction
from django.utils import timezone

from ampersand.meetings.actions.looking import look_soon
from ampersand.meetings.models import Meeting, Outcome
from ampersand.meetings.rules import check_may_say
from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb


@transaction.atomic
def say(*, meeting: Meeting, happened: bool, by: Person) -> Outcome:
    """Say that it happened, or that it did not. Where the two differ, both stand."""
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    meeting = Meeting.objects.select_related("pair").get(pk=meeting.pk)
    check_may_say(meeting)
    outcome, _made = Outcome.objects.update_or_create(
        meeting=meeting,
        party=meeting.pair.party_of(by),
        defaults={"happened": happened, "said_at": timezone.now()},
    )
    look_soon(meeting.pair_id)
    # Not under the scheme: who said what of a meeting is for the two alone.
    note_down(verb=Verb.OUTCOME_SAID, by=by.pk, about=f"person:{by.pk}")
    return outcome
