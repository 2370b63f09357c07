"""Be anyone of the cast, and read everyone's letters. Only in demo mode."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ampersand.demo.cast import EVERYONE, HARBOUR, NOBODY_YET, SMALL_STEPS
from ampersand.journeys.notices import foretold, in_words
from ampersand.journeys.queries import Foreseen, foreseen
from ampersand.notifications.queries import outbox
from ampersand.pairs.models import Pair
from ampersand.people.access import public
from ampersand.people.models import Person

FARTHEST = timedelta(days=800)  # beyond the last day of any agreement here


@public
@require_safe
def cast(request: HttpRequest) -> HttpResponse:
    """Show who one can be."""
    houses = [("Harbour Mentoring", HARBOUR), ("Small Steps", SMALL_STEPS), ("", NOBODY_YET)]
    return render(request, "demo/cast.html", {"houses": houses})


@public
@require_POST
def be(request: HttpRequest, key: str) -> HttpResponse:
    """Sign in as one of the cast, without a code."""
    if not settings.DEMO or key not in {role.key for role in EVERYONE}:
        raise Http404
    role = next(role for role in EVERYONE if role.key == key)
    person = get_object_or_404(Person, email=role.email)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)  # as signing in by a code does
    return redirect("/")


@public
@require_safe
def what_happens_next(request: HttpRequest) -> HttpResponse:
    """Show the pairs that time will bring something to, with the first of it."""
    coming = foreseen(now=timezone.now(), until=timezone.localdate() + FARTHEST)
    first: dict[int, Foreseen] = {}
    for each in sorted(coming, key=lambda each: each.coming.at):
        first.setdefault(each.pair.pk, each)
    shown = [(each, in_words(each.coming.what, renews=each.renews)) for each in first.values()]
    return render(request, "demo/next.html", {"shown": shown})


@public
@require_safe
def next_for_pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what lies ahead of a pair, each letter as its reader will get it."""
    pair = get_object_or_404(Pair.objects.running(), pk=pk)
    ahead = foreseen(now=timezone.now(), until=timezone.localdate() + FARTHEST, pair=pair.pk)
    coming = [
        {
            "coming": each.coming,
            "words": in_words(each.coming.what, renews=each.renews),
            "letter": foretold(each.pair, each.coming),
            "day": theirs.date(),
            "clock": f"{theirs:%H:%M}",
        }
        for each in sorted(ahead, key=lambda each: each.coming.at)
        for theirs in [timezone.localtime(each.coming.at, ZoneInfo(each.zone))]
    ]
    return render(request, "demo/next_for_pair.html", {"pair": pair, "coming": coming})


@public
@require_safe
def letters(request: HttpRequest) -> HttpResponse:
    """Show the letters that were written, newest first."""
    page = Paginator(outbox(), 50).get_page(request.GET.get("page"))
    return render(request, "demo/letters.html", {"page": page})


@public
@require_safe
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Show one letter as plain text, as a mail program would."""
    return render(request, "demo/letter.html", {"letter": get_object_or_404(outbox(), pk=letter_id)})


@public
@require_safe
def enclosure(request: HttpRequest, letter_id: int, enclosure_id: int) -> HttpResponse:
    """Hand out what was enclosed with a letter."""
    enclosed = get_object_or_404(get_object_or_404(outbox(), pk=letter_id).enclosures, pk=enclosure_id)
    return HttpResponse(
        bytes(enclosed.content),
        content_type=enclosed.content_type,
        headers={"Content-Disposition": f'attachment; filename="{enclosed.name}"'},
    )
