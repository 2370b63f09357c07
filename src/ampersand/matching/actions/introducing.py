"""An organiser introduces two people; each says yes, or someone else, please."""

from django.db import transaction
from django.utils import timezone

from ampersand.agreements.actions.opening import open_for
from ampersand.matching.models import Introduction, IntroductionState, Request, RequestState
from ampersand.matching.notices import tell_did_not_go_ahead, tell_introduced, tell_taken_back
from ampersand.matching.queries import taken
from ampersand.matching.rules import check_is_open, check_may_introduce, check_still_has_room
from ampersand.pairs.actions import begin
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.record.states import By
from ampersand.schemes.models import Member


def _lock_mentor(pk: int) -> Member:
    rows = Member.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("person", "scheme").get(pk=pk)


def _lock_request(pk: int) -> Request:
    rows = Request.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("mentee", "scheme", "acceptance__template").get(pk=pk)


def _lock(introduction: Introduction) -> tuple[Introduction, Member, Request]:
    """Lock a mentor, then a request; with both held the introduction between them stands still."""
    mentor, request = _lock_mentor(introduction.mentor_id), _lock_request(introduction.request_id)
    introduction = Introduction.objects.get(pk=introduction.pk)
    introduction.mentor, introduction.request = mentor, request
    return introduction, mentor, request


@transaction.atomic
def introduce(*, request: Request, mentor: Member, by: Person, again: bool = False) -> Introduction:
    """Offer two people to each other. `again` after an introduction of the same two that came to nothing."""
    mentor, request = _lock_mentor(mentor.pk), _lock_request(request.pk)
    check_may_introduce(request, mentor, again=again)
    state = Introduction.moves.begin(Verb.INTRODUCTION_OFFERED, by=By.ORGANISER)
    introduction = Introduction.objects.create(request=request, mentor=mentor, state=state)
    Request.moves.make(request, Verb.INTRODUCTION_OFFERED, by=By.ORGANISER)
    request.save(update_fields=["state"])
    tell_introduced(introduction)
    _note(Verb.INTRODUCTION_OFFERED, introduction, by=by.pk)
    return introduction


@transaction.atomic
def say_yes(*, introduction: Introduction, by: Person) -> Introduction:
    """Say yes; when the other has too, the pair begins and its agreement opens."""
    introduction, mentor, request = _lock(introduction)
    check_is_open(introduction)
    now = timezone.now()
    if by.pk == mentor.person_id:
        introduction.mentor_yes_at = introduction.mentor_yes_at or now
    elif by.pk == request.mentee_id:
        introduction.mentee_yes_at = introduction.mentee_yes_at or now
    introduction.save(update_fields=["mentor_yes_at", "mentee_yes_at"])
    # Not noted under the scheme: its organisers are never to learn who answered what.
    note_down(verb=Verb.INTRODUCTION_ACCEPTED, by=by.pk, about=f"introduction:{introduction.pk}")
    if introduction.mentor_yes_at and introduction.mentee_yes_at:
        check_still_has_room(mentor)
        introduction.pair = _begin(request, mentor, by=By.EITHER)
        Introduction.moves.make(introduction, Verb.PAIR_BEGAN, by=By.EITHER)
        introduction.closed_at = now
        introduction.save(update_fields=["pair", "state", "closed_at"])
    return introduction


@transaction.atomic
def say_someone_else(*, introduction: Introduction, by: Person) -> Introduction:
    """Close an introduction without a word on who closed it. The mentee keeps their place in line."""
    introduction, _mentor, request = _lock(introduction)
    if introduction.state == IntroductionState.CLOSED:
        return introduction
    check_is_open(introduction)
    tell_did_not_go_ahead(_close(introduction, request, Verb.INTRODUCTION_DECLINED, by=By.EITHER))
    _note(Verb.INTRODUCTION_DECLINED, introduction, by=None)
    return introduction


@transaction.atomic
def take_back(*, introduction: Introduction, by: Person) -> Introduction:
    """Let the organiser take back an introduction that is still open."""
    introduction, _mentor, request = _lock(introduction)
    check_is_open(introduction)
    tell_taken_back(_close(introduction, request, Verb.INTRODUCTION_WITHDRAWN, by=By.ORGANISER))
    _note(Verb.INTRODUCTION_WITHDRAWN, introduction, by=by.pk)
    return introduction


@transaction.atomic
def accept_request(*, request: Request, mentor: Member) -> Introduction:
    """A scheme's only mentor takes someone who asked them: asking was the mentee's yes."""
    mentor, request = _lock_mentor(mentor.pk), _lock_request(request.pk)
    if request.state == RequestState.PAIRED:
        done = request.introductions.filter(mentor=mentor, state=IntroductionState.ACCEPTED).first()
        if done:
            return done
    check_may_introduce(request, mentor, again=True)
    now = timezone.now()
    introduction = Introduction.objects.create(
        request=request,
        mentor=mentor,
        pair=_begin(request, mentor, by=By.MENTOR),
        state=Introduction.moves.begin(Verb.PAIR_BEGAN, by=By.MENTOR),
        mentor_yes_at=now,
        mentee_yes_at=request.asked_at,
        closed_at=now,
    )
    _note(Verb.INTRODUCTION_ACCEPTED, introduction, by=mentor.person_id)
    return introduction


@transaction.atomic
def change_room(*, mentor: Member, capacity: int, offers: str) -> Member:
    """Say anew how many people a mentor can take. Pairs go on; introductions beyond it are closed."""
    mentor = _lock_mentor(mentor.pk)
    changed = mentor.capacity != capacity
    mentor.capacity, mentor.offers = capacity, offers
    mentor.save(update_fields=["capacity", "offers"])
    if changed:
        _close_beyond(mentor)
        note_down(
            verb=Verb.CAPACITY_CHANGED,
            by=mentor.person_id,
            about=f"member:{mentor.pk}",
            scheme=mentor.scheme_id,
        )
    return mentor


@transaction.atomic
def let_mentor_go(*, mentor: Member) -> None:
    """Take back a mentor's open introductions. Call it with the mentor and the requests locked."""
    for introduction in mentor.introductions.offered().order_by("request_id"):
        _give_back(introduction, _lock_request(introduction.request_id))


def _close_beyond(mentor: Member) -> None:
    """Close the latest introductions until those left fit a mentor's room."""
    beyond = max(0, taken(mentor) - mentor.capacity)
    latest = list(mentor.introductions.offered().order_by("-offered_at", "-pk")[:beyond])
    # Every request is locked before the first word in the record, which holds up all others until the end.
    latest.sort(key=lambda found: found.request_id)
    locked = [(found, _lock_request(found.request_id)) for found in latest]
    for introduction, request in locked:
        introduction.refresh_from_db()
        if introduction.state == IntroductionState.OFFERED:
            _give_back(introduction, request)


def _give_back(introduction: Introduction, request: Request) -> None:
    """Close an introduction because its mentor has no room for it any more."""
    tell_taken_back(_close(introduction, request, Verb.INTRODUCTION_WITHDRAWN, by=By.MENTOR))
    _note(Verb.INTRODUCTION_WITHDRAWN, introduction, by=None)


def _begin(request: Request, mentor: Member, *, by: By) -> Pair:
    """Make the pair, and let the agreements room open what they agree to. The wish has served its turn."""
    Request.moves.make(request, Verb.PAIR_BEGAN, by=by)
    request.closed_at, request.wish = timezone.now(), ""
    request.save(update_fields=["state", "closed_at", "wish"])
    pair = begin(scheme=request.scheme, mentor=mentor.person, mentee=request.mentee)
    open_for(pair=pair, acceptance=request.acceptance)
    return pair


def _close(introduction: Introduction, request: Request, verb: Verb, *, by: By) -> Introduction:
    """Close an introduction and wipe who had said yes: what is left does not tell who said no."""
    Introduction.moves.make(introduction, verb, by=by)
    introduction.closed_at = timezone.now()
    introduction.mentor_yes_at = introduction.mentee_yes_at = None
    introduction.save()
    Request.moves.make(request, verb, by=by)
    request.save(update_fields=["state"])
    return introduction


def _note(verb: Verb, introduction: Introduction, *, by: int | None) -> None:
    note_down(
        verb=verb,
        by=by,
        about=f"introduction:{introduction.pk}",
        scheme=introduction.request.scheme_id,
    )
