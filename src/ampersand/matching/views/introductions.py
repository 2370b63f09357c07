"""An introduction as each of the two sees it: yes, or someone else, please."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ampersand.matching.actions.introducing import (
    accept_request,
    change_room,
    say_someone_else,
    say_yes,
)
from ampersand.matching.models import Introduction
from ampersand.matching.queries import asks_me, introduction_for, running_pairs, to_answer
from ampersand.people.access import PersonRequest, kept_typing, open_to, second_factor_first
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.forms import MentoringForm
from ampersand.schemes.models import Member
from ampersand.schemes.queries import mentor_in


def _is_one_of_them(introduction: Introduction, person: Person) -> bool:
    return person.pk in {introduction.mentor.person_id, introduction.request.mentee_id}


@open_to("the two people introduced, and the organisers, who see whether it is open and no answers")
def introduction_page(request: PersonRequest, pk: int) -> HttpResponse:
    """Show the other's name and own words to each of the two; to organisers only where it stands."""
    found = introduction_for(request.user, pk)
    context: dict[str, Any] = {"scheme": found.request.scheme, "introduction": found}
    if not _is_one_of_them(found, request.user):
        return _for_organiser(request, context)
    as_mentor = found.mentor.person_id == request.user.pk
    context |= {
        "as_mentor": as_mentor,
        "other": found.request.mentee if as_mentor else found.mentor.person,
        "words": found.request.wish if as_mentor else found.mentor.offers,
        "said_yes": found.mentor_yes_at if as_mentor else found.mentee_yes_at,
    }
    return render(request, "matching/introduction.html", context)


@second_factor_first
def _for_organiser(request: PersonRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "matching/introduction_organiser.html", context)


@require_POST
@open_to("the two people introduced")
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Take an answer. Nobody asks why."""
    found = introduction_for(request.user, pk)
    if not _is_one_of_them(found, request.user):
        raise Http404
    try:
        if request.POST.get("answer") == "yes":
            say_yes(introduction=found, by=request.user)
        elif request.POST.get("answer") == "someone-else":
            say_someone_else(introduction=found, by=request.user)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("matching:introduction", pk)


@open_to("the mentor")
def mentoring(request: PersonRequest, slug: str) -> HttpResponse:
    """A mentor's own page: how many people, what they can help with, what waits for them."""
    member = mentor_in(request.user, slug)
    form = MentoringForm(
        request.POST or None, instance=mentor_in(request.user, slug), initial=kept_typing(request)
    )
    if request.method == "POST" and form.is_valid():
        change_room(mentor=member, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("matching:mentoring", slug)
    context = {
        "scheme": member.scheme,
        "member": member,
        "form": form,
        "running": running_pairs(member),
        "introductions": to_answer(request.user).filter(mentor=member),
        "asking": asks_me(request.user).filter(scheme=member.scheme),
    }
    return render(request, "matching/mentoring.html", context, status=422 if form.errors else 200)


@open_to("the only mentor of the scheme")
def asks_you(request: PersonRequest, pk: int) -> HttpResponse:
    """Someone asks the scheme's only mentor: accept, or leave it waiting."""
    found = get_object_or_404(asks_me(request.user).select_related("scheme", "mentee"), pk=pk)
    if request.method == "POST":
        member = get_object_or_404(Member, scheme=found.scheme, person=request.user, role="mentor")
        try:
            introduction = accept_request(request=found, mentor=member)
            return redirect("matching:introduction", introduction.pk)
        except Refused as refusal:
            messages.warning(request, refusal.sentence)
            return redirect("matching:asks_you", pk)
    context = {"scheme": found.scheme, "request_made": found}
    return render(request, "matching/asks_you.html", context)
