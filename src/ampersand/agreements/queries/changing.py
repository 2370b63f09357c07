"""What a pair can do about its agreement: a change in hand, a newer version."""

from ampersand.agreements.models import OPEN, Agreement, AgreementState, Evidence, Template
from ampersand.pairs.models import Pair


def open_change(pair: Pair) -> Agreement | None:
    """Find the change to their agreement that a pair has in hand: proposed, agreed or being sealed."""
    return pair.agreements.filter(state__in=OPEN, predecessor__isnull=False).first()


def newer_version(agreement: Agreement) -> Template | None:
    """Find the newest version of the scheme's wording, if the two could move to it.

    What both have signed is never followed by something that one alone accepts.
    """
    scheme = agreement.pair.scheme_id
    newest = Template.objects.published().filter(scheme=scheme).order_by("-number").first()
    if newest is None or newest.number <= agreement.template.number:
        return None
    signed = agreement.evidence != Evidence.ASKING
    return None if signed and newest.by_asking() else newest


def on_older_versions(template: Template) -> int:
    """Count the pairs that have an earlier version of a scheme's wording in force."""
    older = Agreement.objects.filter(pair__scheme=template.scheme_id, template__number__lt=template.number)
    return older.filter(state=AgreementState.IN_FORCE).count()


def prospects_of(pair: Pair, agreement: Agreement | None) -> dict[str, object]:
    """Say what a pair can do about its agreement in force: a change in hand, a newer version, older ones."""
    if agreement is None or agreement.in_force_at is None:
        return {}
    open_now = agreement.state == AgreementState.IN_FORCE
    return {
        "change": open_change(pair) if open_now else None,
        "newer": newer_version(agreement) if open_now else None,
        "may_change": open_now and agreement.evidence != Evidence.ASKING,
        "has_versions": agreement.predecessor_id is not None,
    }
