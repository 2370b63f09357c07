"""A mentee asks for a mentor, or takes the request back."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from ampersand.agreements.actions.accepting import accept
from ampersand.agreements.models import Template
from ampersand.matching.models import Introduction, Request, RequestState
from ampersand.matching.notices import tell_asked, tell_taken_back, tell_withdrawn
from ampersand.matching.queries import offered_introduction, open_request
from ampersand.matching.rules import check_has_no_mentor_here, check_may_withdraw, check_takes_requests
from ampersand.people.models import Person
from ampersand.people.rules import Refused, check_is_here
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.record.states import By
from ampersand.schemes.actions.joining import use_as_mentee
from ampersand.schemes.models import Invitation, Member, Role, Scheme


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What a mentee says when asking; only a name to be called by is needed."""

    called: str
    reach: str = ""
    message_safe: bool | None = None
    wish: str = ""


@transaction.atomic
def ask(
    *,
    template: Template,
    person: Person,
    asking: Asking,
    declarations: Collection[str],
    fingerprint: str,
    invitation: Invitation | None = None,
) -> Request:
    """Ask for a mentor. Asking twice, as a double click does, gives the request that is there."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    check_is_here(person)
    scheme = Scheme.objects.get(pk=template.scheme_id)
    earlier = open_request(person, scheme)
    if earlier:
        return earlier
    check_takes_requests(scheme)
    check_has_no_mentor_here(scheme, person)
    person.called, person.reach, person.message_safe = asking.called, asking.reach, asking.message_safe
    person.save(update_fields=["called", "reach", "message_safe"])
    Member.objects.update_or_create(
        scheme=scheme, person=person, role=Role.MENTEE, defaults={"left_at": None}
    )
    _use(invitation, person)
    acceptance = accept(template=template, person=person, declarations=declarations, fingerprint=fingerprint)
    request = Request.objects.create(
        scheme=scheme,
        mentee=person,
        acceptance=acceptance,
        wish=asking.wish,
        state=Request.moves.begin(Verb.REQUEST_MADE, by=By.MENTEE),
    )
    tell_asked(request)
    note_down(verb=Verb.REQUEST_MADE, by=person.pk, about=f"request:{request.pk}", scheme=scheme.pk)
    return request


def _use(invitation: Invitation | None, person: Person) -> None:
    """Count the invitation as used. If it ran out meanwhile, asking goes ahead all the same."""
    if invitation:
        try:
            with transaction.atomic():
                use_as_mentee(invitation=invitation, person=person)
        except Refused:
            return


@transaction.atomic
def withdraw(*, request: Request, by: Person) -> Request:
    """Take a request back, whatever its state before a pair; nobody asks why.

    Organisers do so when they take someone out of the scheme.
    """
    _lock_mentor_of(request)
    request = (
        Request.objects.select_for_update(of=("self",), no_key=True)
        .select_related("scheme", "mentee")
        .get(pk=request.pk)
    )
    if request.state == RequestState.WITHDRAWN:
        return request
    check_may_withdraw(request)
    now, own = timezone.now(), by.pk == request.mentee_id
    move, hand = (Verb.REQUEST_WITHDRAWN, By.MENTEE) if own else (Verb.MEMBER_REMOVED, By.ORGANISER)
    introduction = offered_introduction(request)
    if introduction:
        Introduction.moves.make(introduction, move, by=hand)
        introduction.closed_at = now
        introduction.mentor_yes_at = introduction.mentee_yes_at = None
        introduction.save()
        tell_taken_back(introduction, only_mentor=True)
    Request.moves.make(request, move, by=hand)
    request.closed_at, request.wish = now, ""
    request.save(update_fields=["state", "closed_at", "wish"])
    tell_withdrawn(request)
    note_down(
        verb=Verb.REQUEST_WITHDRAWN,
        by=by.pk if own else None,
        about=f"request:{request.pk}",
        scheme=request.scheme_id,
    )
    return request


def _lock_mentor_of(request: Request) -> None:
    """Lock the mentor whose place is given back, before the request: the database counts it in their row."""
    offered = request.introductions.offered().values("mentor")
    list(Member.objects.filter(pk__in=offered).select_for_update(no_key=True))
