"""An agreement is opened for a new pair: in force at once, or to be filled in together."""

from django.db import transaction
from django.utils import timezone

from ampersand.agreements.models import Acceptance, Agreement, Evidence, Filling, Template
from ampersand.agreements.notices import tell_in_force, tell_newer, tell_opened
from ampersand.agreements.queries import newer_version
from ampersand.agreements.rules import last_day
from ampersand.agreements.tasks import what_follows
from ampersand.pairs.actions import put_in_force
from ampersand.pairs.models import Pair
from ampersand.pairs.queries import people_of
from ampersand.people.rules import Refused
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.record.states import By
from ampersand.wording import Field, Kind, WrongValue, fields, read_value, store_value


@transaction.atomic
def open_for(*, pair: Pair, acceptance: Acceptance | None = None) -> Agreement:
    """Open the agreement of a pair: in force at once when it was accepted by asking, else to be filled in."""
    template = _template_for(pair, acceptance)
    if acceptance and template.by_asking():
        return _in_force_at_once(pair, template, acceptance)
    agreement = Agreement.objects.create(
        pair=pair,
        template=template,
        acceptance=acceptance,
        state=Agreement.moves.begin(Verb.AGREEMENT_OPENED, by=By.SOFTWARE),
        scheme_values=pair.scheme.values(),
    )
    Filling.objects.bulk_create(
        Filling(agreement=agreement, field=field.id, suggested=_first_suggestion(pair, field))
        for field in fields(template.wording())
    )
    tell_opened(agreement)
    note_down(verb=Verb.AGREEMENT_OPENED, by=None, about=f"agreement:{agreement.pk}", scheme=pair.scheme_id)
    return agreement


def _template_for(pair: Pair, acceptance: Acceptance | None) -> Template:
    """Take the newest published wording, unless asking has accepted an earlier one for good."""
    if acceptance and acceptance.template.by_asking():
        return acceptance.template
    newest = pair.scheme.templates.published().order_by("-number").first()
    if newest is None:
        raise Refused("This scheme has not published an agreement yet.")
    return newest


def _in_force_at_once(pair: Pair, template: Template, acceptance: Acceptance) -> Agreement:
    now = timezone.now()
    agreement = Agreement.objects.create(
        pair=pair,
        template=template,
        acceptance=acceptance,
        state=Agreement.moves.begin(Verb.AGREEMENT_IN_FORCE, by=By.SOFTWARE),
        evidence=Evidence.ASKING,
        scheme_values=pair.scheme.values(),
        fingerprint=acceptance.fingerprint,
        in_force_at=now,
    )
    until = last_day(pair.scheme, template.wording(), {}, now)
    agreement.pair = put_in_force(pair=pair, since=now, until=until)
    tell_in_force(agreement)
    what_follows(agreement)
    newest = newer_version(agreement)
    if newest:  # came out while they waited
        tell_newer(agreement, newest)
    note_down(
        verb=Verb.AGREEMENT_IN_FORCE,
        by=None,
        about=f"agreement:{agreement.pk}",
        scheme=pair.scheme_id,
        fingerprint=agreement.fingerprint,
    )
    return agreement


def _first_suggestion(pair: Pair, field: Field) -> str:
    """Give what stands in a blank to start with: what someone is called, or what the wording suggests."""
    owner = people_of(pair).get(field.by)
    typed = owner.called if owner and field.kind is Kind.PERSON else field.suggestion
    if not typed:
        return ""
    try:
        return store_value(field, read_value(field, typed))
    except WrongValue:
        return ""
