"""What the operators of an installation look after: letters that are held, or did not arrive."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ampersand.notifications.actions import send_again, send_all_again
from ampersand.notifications.models import Letter, Letters, LetterState
from ampersand.notifications.queries import dead_letters, held_letters, worth_sending_again
from ampersand.people.access import PersonRequest, operator_only

ON_A_PAGE = 50
ALL = {"held": LetterState.HELD, "dead": LetterState.DEAD}


@operator_only
@require_safe
def undelivered(request: PersonRequest) -> HttpResponse:
    """List letters that are held or could not be delivered; never what they say."""
    context = {
        "held": _page(request, "held", held_letters()),
        "dead": _page(request, "dead", dead_letters()),
        "again": worth_sending_again().count(),
        "server": settings.MAIL_SERVER,
    }
    return render(request, "people/dead-letters.html", context)


def _page(request: PersonRequest, name: str, letters: Letters) -> Page[Letter]:
    rows = letters.defer("body_text", "body_html")
    return Paginator(rows, ON_A_PAGE).get_page(request.GET.get(name))


@operator_only
@require_POST
def send_letter_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Give one letter another chance."""
    send_again(letter=get_object_or_404(worth_sending_again(), pk=pk))
    messages.success(request, _("The letter is on its way again."))
    return redirect("people:dead_letters")


@operator_only
@require_POST
def send_all_letters_again(request: PersonRequest, which: str) -> HttpResponse:
    """Release every letter that is held, or try every dead one again."""
    if which not in ALL:
        raise Http404
    if settings.MAIL_SERVER:
        send_all_again(state=ALL[which])
        messages.success(request, _("They are on their way. Look again in a few minutes."))
    return redirect("people:dead_letters")
