"""A newer version of a wording that was accepted by asking: accepted again, or left."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.agreements.actions.accepting import accept
from ampersand.agreements.actions.signing import locked
from ampersand.agreements.models import Agreement, Evidence
from ampersand.agreements.notices import tell_newer_accepted
from ampersand.agreements.queries import newer_version
from ampersand.agreements.rules import check_may_accept_newer
from ampersand.agreements.tasks import what_follows
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.record.states import By


@transaction.atomic
def accept_newer(
    *, agreement: Agreement, declarations: Collection[str], fingerprint: str, by: Person
) -> Agreement:
    """Accept the newest wording in place of the one accepted before. Nothing else moves anyone to it."""
    agreement = locked(agreement)
    check_may_accept_newer(agreement, by)
    template = newer_version(agreement)
    if template is None or not template.by_asking():
        raise Refused(_("There is no newer version to accept. What you have is the newest."))
    acceptance = accept(template=template, person=by, declarations=declarations, fingerprint=fingerprint)
    now = timezone.now()
    agreement.give_way(now)
    newer = Agreement.objects.create(
        pair=agreement.pair,
        template=template,
        acceptance=acceptance,
        predecessor=agreement,
        state=Agreement.moves.begin(Verb.AGREEMENT_IN_FORCE, by=By.MENTEE),
        evidence=Evidence.ASKING,
        scheme_values=agreement.pair.scheme.values(),
        fingerprint=acceptance.fingerprint,
        in_force_at=now,
    )
    tell_newer_accepted(newer)
    what_follows(newer)
    for verb, row in ((Verb.AGREEMENT_IN_FORCE, newer), (Verb.AGREEMENT_REPLACED, agreement)):
        note_down(
            verb=verb,
            by=None,
            about=f"agreement:{row.pk}",
            scheme=agreement.pair.scheme_id,
            fingerprint=row.fingerprint,
        )
    return newer
