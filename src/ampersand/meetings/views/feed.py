"""A person's meetings for the calendar program they use: whoever has the address may read it."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ampersand.meetings.notices.appointments import feed_for
from ampersand.meetings.queries.meetings import feed_of
from ampersand.people.access import limited, public


@public
@require_safe
@limited("calendar feed", "600/10m", reading=True)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the meetings as a calendar; an address that was replaced is as unknown as one that never was."""
    found = feed_of(token)
    if found is None:
        raise Http404
    file = feed_for(*found)
    etag = f'"{hashlib.sha256(file).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=etag) or HttpResponse(
        file, content_type="text/calendar; charset=utf-8"
    )
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    return answer
