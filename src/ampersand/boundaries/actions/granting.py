"""Giving a panel leave to ask, and taking it away."""

import secrets
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.boundaries.models import CheckGrant, Reach
from ampersand.boundaries.notices import tell_granted, tell_withdrawn
from ampersand.boundaries.queries.asking import token_hash
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.schemes.models import Scheme


@transaction.atomic
def grant_to_person(
    *, scheme: Scheme, called: str, email: str, reach: Reach, last_day: date, by: Person
) -> CheckGrant:
    """Let someone of a panel ask; they sign in with a code sent to this address and need nothing else."""
    email = email.strip().lower()
    run_out = scheme.check_grants.filter(email=email, withdrawn_at=None, good_until__lte=timezone.now())
    run_out.update(withdrawn_at=timezone.now())
    try:
        with transaction.atomic():
            grant = CheckGrant.objects.create(
                scheme=scheme, called=called, email=email, reach=reach, good_until=_end_of(last_day, scheme)
            )
    except IntegrityError as there_already:
        words = _("%(email)s may ask already. Withdraw that first if something is to change.")
        raise Refused(words % {"email": email}) from there_already
    tell_granted(grant)
    _note(Verb.CHECK_GRANTED, grant, by)
    return grant


@transaction.atomic
def grant_to_program(
    *, scheme: Scheme, called: str, reach: Reach, last_day: date, by: Person
) -> tuple[CheckGrant, str]:
    """Let a program ask. Gives the token, which is shown once and kept nowhere."""
    token = f"amp_{secrets.token_urlsafe(32)}"
    grant = CheckGrant.objects.create(
        scheme=scheme,
        called=called,
        token_hash=token_hash(token),
        reach=reach,
        good_until=_end_of(last_day, scheme),
    )
    _note(Verb.CHECK_GRANTED, grant, by)
    return grant, token


@transaction.atomic
def withdraw_grant(*, grant: CheckGrant, by: Person) -> None:
    """End it at once. Withdrawing twice is withdrawing once."""
    grant = CheckGrant.objects.select_for_update(of=("self",)).select_related("scheme").get(pk=grant.pk)
    if grant.withdrawn_at is None:
        grant.withdrawn_at = timezone.now()
        grant.save(update_fields=["withdrawn_at"])
        tell_withdrawn(grant)
        _note(Verb.CHECK_WITHDRAWN, grant, by)


def _end_of(day: date, scheme: Scheme) -> datetime:
    return datetime.combine(day, time.max, ZoneInfo(scheme.time_zone))


def _note(verb: Verb, grant: CheckGrant, by: Person) -> None:
    note_down(verb=verb, by=by.pk, about=f"check_grant:{grant.pk}", scheme=grant.scheme_id)
