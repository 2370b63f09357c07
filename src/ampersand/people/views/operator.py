"""What the operators of an installation look after: letters that did not arrive."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ampersand.notifications.actions import send_again
from ampersand.notifications.queries import dead_letters, outbox, worth_sending_again
from ampersand.people.access import PersonRequest, operator_only


@operator_only
@require_safe
def undelivered(request: PersonRequest) -> HttpResponse:
    """List letters that could not be delivered; never what they say."""
    page = Paginator(dead_letters().defer("body_text", "body_html"), 50).get_page(request.GET.get("page"))
    context = {"page": page, "held": outbox().count(), "server": settings.MAIL_SERVER}
    return render(request, "people/dead-letters.html", context)


@operator_only
@require_POST
def send_letter_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Give one letter another chance."""
    send_again(letter=get_object_or_404(worth_sending_again(), pk=pk))
    messages.success(request, _("The letter is on its way again."))
    return redirect("people:dead_letters")
