"""Throwing a draft away, and taking up again what was set aside."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ampersand.agreements.actions.setting_aside import take_up, throw_away
from ampersand.people.access import PersonRequest
from ampersand.people.rules import Refused
from ampersand.schemes.models import Scheme
from ampersand.schemes.views.organising import for_organisers


@require_POST
@for_organisers
def throw_draft_away(request: PersonRequest, scheme: Scheme) -> HttpResponse:
    """Take the draft away; it can be taken up again for 30 days."""
    draft = scheme.templates.drafts().first()
    if draft is not None:
        try:
            throw_away(template=draft, by=request.user, seen=request.POST.get("stood", ""))
            messages.success(request, _("The draft is gone. For 30 days you can take it up again below."))
        except Refused as refusal:
            messages.warning(request, refusal.sentence)
    return redirect("dashboard:agreement", scheme.slug)


@require_POST
@for_organisers
def take_draft_up(request: PersonRequest, scheme: Scheme, aside: int) -> HttpResponse:
    """Make a draft again of what was set aside."""
    kept = get_object_or_404(scheme.set_aside, pk=aside)
    try:
        draft = take_up(aside=kept, by=request.user)
        messages.success(
            request, _("This is the draft of version %(number)s now.") % {"number": draft.number}
        )
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("dashboard:agreement", scheme.slug)
