"""Leaving altogether: what is only about a person goes, what others rely on stays without a name."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.agreements.actions.forgetting import forget_unsigned
from ampersand.journeys.leaving.scheme import part
from ampersand.matching.models import Request
from ampersand.meetings.actions.taking import tried_again
from ampersand.notifications.actions import unname
from ampersand.pairs.models import Pair
from ampersand.people.models import MailWish, Person
from ampersand.people.queries import everything_about
from ampersand.people.rules import Refused
from ampersand.record.actions import forget, note_down
from ampersand.record.models import Verb
from ampersand.schemes.models import Organiser, Scheme, SchemeState

LEAVING = 0x6C656176 << 32  # an advisory lock of our own


def check_may_leave(person: Person) -> None:
    """Refuse while a scheme would be left with people in it and nobody to run it, or name a lost address."""
    for organises in Organiser.objects.filter(person=person).select_related("scheme"):
        scheme = organises.scheme
        if scheme.organisers.count() == 1 and (scheme.state == SchemeState.OPEN or _runs_on(scheme, person)):
            words = _(
                "You are the only organiser of %(scheme)s. Invite another first; or close it to requests, "
                "and leave once nobody waits there and no mentoring runs."
            )
            raise Refused(words % {"scheme": scheme.name})
        if scheme.contact_email.strip().lower() == person.email:
            words = _("%(scheme)s gives your address as its contact. Put another in its details first.")
            raise Refused(words % {"scheme": scheme.name})


def _runs_on(scheme: Scheme, without: Person) -> bool:
    """Say whether anybody else still waits or is mentored in a scheme."""
    waiting = Request.objects.filter(scheme=scheme).open().exclude(mentee=without)
    running = Pair.objects.filter(scheme=scheme).running()
    return waiting.exists() or running.exclude(pk__in=Pair.objects.of(without)).exists()


@tried_again
def leave(*, person: Person, by: int | None) -> None:
    """Erase a person: every model as it declares, then the account itself, then what they did."""
    _one_at_a_time()
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if person.erased_at is not None:
        return
    check_may_leave(person)
    part(schemes=_where_anything_is(person), person=person, by=person)
    forget_unsigned(pairs=list(Pair.objects.of(person)))
    for kept in everything_about(person):
        if kept.keeping.removed:
            kept.rows.delete()
        elif kept.keeping.emptied:
            kept.rows.update(**dict.fromkeys(kept.keeping.emptied, ""))
    unname(words=[person.email, person.called, *person.reach.splitlines()])
    _close(person)
    forget(person=person.pk, abouts=[f"person:{person.pk}"])
    note_down(verb=Verb.PERSON_ERASED, by=None if by == person.pk else by, about=f"person:{person.pk}")


def _one_at_a_time() -> None:
    """Wait for whoever else is leaving: two who mention each other would change the same letters."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LEAVING])


def _where_anything_is(person: Person) -> list[Scheme]:
    """Give every scheme in which a person is a member, waits or is mentoring."""
    wherever = Q(members__person=person, members__left_at=None)
    wherever |= Q(pairs__in=Pair.objects.of(person).running())
    wherever |= Q(requests__in=Request.objects.filter(mentee=person).open())
    return list(Scheme.objects.filter(wherever).distinct())


def _close(person: Person) -> None:
    for session in UserSession.objects.filter(user=person):
        session.end()
    Authenticator.objects.filter(user=person).delete()
    EmailAddress.objects.filter(user=person).delete()
    Person.objects.filter(pk=person.pk).update(
        email=f"nobody-{person.pk}",
        called="",
        reach="",
        message_safe=None,
        time_zone="UTC",
        language="en-gb",
        mail_wish=MailWish.AT_ONCE,
        is_active=False,
        is_operator=False,
        last_login=None,
        erased_at=timezone.now(),
    )
