"""What a pair can do about its agreement: a change in hand, a newer version."""

from django.db.models import Exists, QuerySet, Subquery

from ampersand.agreements.models import OPEN, Agreement, AgreementState, Evidence, Template
from ampersand.pairs.models import Pair
from ampersand.questions import Question


def open_change(pair: Pair) -> Agreement | None:
    """Find the change to their agreement that a pair has in hand: proposed, agreed or being sealed."""
    return _changes(pair.pk).first()


def _changes(pair: int) -> QuerySet[Agreement]:
    return Agreement.objects.filter(pair=pair, state__in=OPEN, predecessor__isnull=False)


def _versions(scheme: int) -> QuerySet[Template]:
    return Template.objects.published().filter(scheme=scheme).order_by("-number")


def newer_version(agreement: Agreement) -> Template | None:
    """Find the newest version of the scheme's wording, if the two could move to it.

    What both have signed is never followed by something that one alone accepts.
    """
    newest = _versions(agreement.pair.scheme_id).first()
    if newest is None or newest.number <= agreement.template.number:
        return None
    signed = agreement.evidence != Evidence.ASKING
    return None if signed and newest.by_asking() else newest


def on_older_versions(template: Template) -> int:
    """Count the pairs that have an earlier version of a scheme's wording in force."""
    older = Agreement.objects.filter(pair__scheme=template.scheme_id, template__number__lt=template.number)
    return older.filter(state=AgreementState.IN_FORCE).count()


def _what_is_new(pair: int, scheme: int) -> QuerySet[Pair, tuple[bool, int | None]]:
    newest = Subquery(_versions(scheme).values("number")[:1])
    return Pair.objects.filter(pk=pair).values_list(Exists(_changes(pair)), newest)


WHAT_IS_NEW = Question(_what_is_new, int, int)


def prospects_of(pair: Pair, agreement: Agreement | None) -> dict[str, object]:
    """Say what a pair can do about its agreement in force: a change in hand, a newer version, older ones."""
    if agreement is None or agreement.in_force_at is None:
        return {}
    open_now = agreement.state == AgreementState.IN_FORCE
    [(changing, newest)] = WHAT_IS_NEW.ask(pair.pk, pair.scheme_id) if open_now else [(False, None)]
    return {
        "change": open_change(pair) if changing else None,
        "newer": newer_version(agreement) if newest and newest > agreement.template.number else None,
        "may_change": open_now and agreement.evidence != Evidence.ASKING,
        "has_versions": agreement.predecessor_id is not None,
    }
