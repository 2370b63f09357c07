"""A pair's meetings: those to come, times that are suggested, and earlier ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ampersand.meetings.models import Meeting, MeetingState
from ampersand.meetings.queries.meetings import Number, is_counted, meetings_of, open_suggestion
from ampersand.meetings.queries.policies import policy_of
from ampersand.meetings.views.shared import THE_TWO, about, in_words, own_pair, private, what_may
from ampersand.people.access import PersonRequest, open_to
from ampersand.templatetags.readers import there

AT_A_TIME = 20


@dataclass(frozen=True)
class Listed:
    """A meeting as the list tells it."""

    meeting: Meeting
    number: str
    there: str


@open_to(THE_TWO)
@require_safe
def meetings(request: PersonRequest, pk: int) -> HttpResponse:
    """List a pair's meetings, and say what can be done next."""
    pair = own_pair(request, pk)
    policy, found, now = policy_of(pair), meetings_of(pair), timezone.now()
    counting = [each for each in found if is_counted(each)]
    context = about(pair, request.user) | what_may(pair, request.user, policy, counting)
    listed = list(_listed(found, counting, policy.expected, context["zone"]))
    ahead = [each for each in listed if _is_ahead(each.meeting, now)]
    earlier = [each for each in listed if each not in ahead]
    context |= {
        "now": now,
        "ahead": ahead[::-1],
        "earlier": Paginator(earlier, AT_A_TIME).get_page(request.GET.get("earlier")),
        "late": sum(each.cancelled_late + each.moved_late for each in found),
        "suggestion": open_suggestion(pair),
    }
    return private(render(request, "meetings/meetings.html", context))


def _is_ahead(meeting: Meeting, now: datetime) -> bool:
    return meeting.state == MeetingState.BOOKED and not meeting.is_over(now)


def _listed(
    found: Sequence[Meeting], counting: Sequence[Meeting], expected: int | None, zone: str
) -> Iterator[Listed]:
    """Give each meeting with its number, the latest first; one that was cancelled has none."""
    for each in found:
        number = Number(sum(other.starts < each.starts for other in counting) + 1, expected)
        words = "" if each.state == MeetingState.CANCELLED else in_words(number)
        yield Listed(each, words, there(each.starts, zone))
