"""How long an agreement runs, and whether it may be renewed."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.agreements.models import Renewal, RenewalState
from ampersand.agreements.queries import Standing
from ampersand.calendars import day_in, end_of, months_after
from ampersand.pairs.models import PairState
from ampersand.people.rules import Refused
from ampersand.schemes.models import Scheme
from ampersand.wording import Template as Wording
from ampersand.wording import TermValue, Values, terms_of


def last_day(scheme: Scheme, wording: Wording, values: Values, since: datetime) -> date | None:
    """Give the day until which an agreement runs, if it says how many months."""
    months = _count(terms_of(wording, values).get("runs-months"), 0)
    if not months:
        return None
    return months_after(day_in(since, scheme.time_zone), months)


def check_still_runs(renewal: Renewal) -> None:
    """Refuse whatever concerns an end that has come, or that is another by now."""
    pair = renewal.pair
    if pair.state != PairState.IN_FORCE or timezone.now() >= end_of(renewal.ends_on, pair.scheme.time_zone):
        raise Refused(_("This mentoring has ended, so it cannot be renewed any more."))
    if pair.until != renewal.ends_on:
        raise Refused(_("Your agreement now ends on another day. You will be asked again before that."))


def check_both_said_yes(renewal: Renewal) -> None:
    """Refuse signing while not both have said yes; the sentence is the same whoever has not."""
    if renewal.state == RenewalState.ASKED:
        raise Refused(_("You can sign once both of you have said yes. Both of you then get a letter."))


def renewed_until(renewal: Renewal, standing: Standing) -> date:
    """Give the last day after a renewal, from the last day before it and the terms in force."""
    pair = renewal.pair
    renewed = pair.renewals.filter(state=RenewalState.RENEWED).count()
    months = renewal_months(standing, renewed=renewed)
    if not months:
        raise Refused(_("Your agreement says that it cannot be renewed any more."))
    since = pair.in_force_from
    anchor = day_in(since, pair.scheme.time_zone).day if since else 0
    return months_after(renewal.ends_on, months, anchor=anchor)


def renewal_months(standing: Standing, *, renewed: int) -> int:
    """Say for how many months an agreement may be renewed now; none once that was as often as it says."""
    terms = terms_of(standing.wording, standing.values)
    months, times = _count(terms.get("renews-months"), 0), _count(terms.get("renewals"), 1)
    return months if renewed < times else 0


def _count(value: TermValue | None, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise
