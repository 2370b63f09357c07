"""What may be done with requests and introductions, and why not."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.boundaries.queries.apart import apart_from
from ampersand.matching.models import Introduction, IntroductionState, Request, RequestState
from ampersand.matching.queries import running_pairs, taken
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.models import Member, Role, Scheme, SchemeState


def check_takes_requests(scheme: Scheme) -> None:
    if scheme.state != SchemeState.OPEN:
        raise Refused(
            _("This scheme takes no new requests at the moment. You can write to %(contact)s.")
            % {"contact": scheme.contact_email}
        )


def check_has_no_mentor_here(scheme: Scheme, person: Person) -> None:
    if Pair.objects.running().filter(scheme=scheme, mentee=person).exists():
        raise Refused(_("You have a mentor in this scheme already. You find them on your home page."))


def check_may_introduce(request: Request, member: Member, *, again: bool) -> None:
    """Refuse what cannot lead to a pair. Call it with the mentor's row locked."""
    names = {"mentor": member.person, "mentee": request.mentee}
    if request.state != RequestState.WAITING:
        raise Refused(_("%(mentee)s is not waiting any more. Nothing was done.") % names)
    if member.scheme_id != request.scheme_id or member.role != Role.MENTOR or member.left_at:
        raise Refused(_("%(mentor)s is not a mentor in this scheme any more.") % names)
    if member.person_id == request.mentee_id:
        raise Refused(_("Nobody can be introduced to themselves."))
    if member.person_id in apart_from(request.mentee, [member.person]):
        raise Refused(_("Choose one of the mentors on the list."))
    if _are_a_pair(member, request):
        raise Refused(_("%(mentor)s and %(mentee)s are a pair already.") % names)
    check_has_room(member)
    if not again and _tried(member, request):
        raise Refused(
            _(
                "%(mentor)s and %(mentee)s were introduced before and it did not go ahead. "
                "If you want to introduce them again, tick the box that says so."
            )
            % names
        )


def _are_a_pair(member: Member, request: Request) -> bool:
    both = {"mentor": member.person_id, "mentee": request.mentee_id}
    return Pair.objects.running().filter(scheme=request.scheme_id, **both).exists()


def _tried(member: Member, request: Request) -> bool:
    tried = member.introductions.filter(state=IntroductionState.CLOSED)
    return tried.filter(request__mentee=request.mentee_id).exists()


def check_has_room(member: Member) -> None:
    """Refuse one more person than a mentor said they can take. Call it with the mentor's row locked."""
    if taken(member) >= member.capacity:
        raise Refused(
            ngettext(
                "%(mentor)s can take one person and has no room now.",
                "%(mentor)s can take %(count)d people and has no room now.",
                member.capacity,
            )
            % {"mentor": member.person, "count": member.capacity}
        )


def check_still_has_room(member: Member) -> None:
    """The introduction itself holds a place: refuse only if the pairs alone fill it."""
    if running_pairs(member) >= member.capacity:
        raise Refused(_("%(mentor)s has no room any more.") % {"mentor": member.person})


def check_is_open(introduction: Introduction) -> None:
    """Refuse answering what was answered, taken back or closed meanwhile."""
    if introduction.state == IntroductionState.ACCEPTED:
        raise Refused(_("You both said yes already. Your agreement is on your home page."))
    if introduction.state != IntroductionState.OFFERED:
        raise Refused(_("This introduction is not open any more. There is nothing for you to do."))


def check_may_withdraw(request: Request) -> None:
    if request.state == RequestState.PAIRED:
        raise Refused(_("You have a mentor now. If you want to stop, you can do so on your home page."))
