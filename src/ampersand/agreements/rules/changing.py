"""Who may propose, agree to or drop a change."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from ampersand.agreements.models import OPEN, Agreement, AgreementState, Evidence
from ampersand.agreements.rules.refusals import TextChanged
from ampersand.pairs.models import PairState
from ampersand.pairs.queries import name_in
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.wording import Change


def check_may_propose(agreement: Agreement, *, signed: bool) -> None:
    """Refuse a change to what is not in force, one that nobody signs, and a second one while one is open."""
    if agreement.pair.state == PairState.ENDED:
        raise Refused(_("This mentoring has ended, so the agreement stays as it is."))
    if agreement.state != AgreementState.IN_FORCE:
        raise Refused(_("A newer agreement has taken the place of this one. Begin with that."))
    if not signed:
        raise Refused(
            _("This was accepted by asking, so its words come from the scheme and its newer versions.")
        )
    if agreement.pair.agreements.filter(state__in=OPEN).exists():
        raise Refused(_("A change to your agreement has just been proposed. Look at that one first."))


def check_may_accept_newer(agreement: Agreement, by: Person) -> None:
    """Refuse moving to a newer version to all but the one who accepted, and while it is not in force."""
    if agreement.pair.state == PairState.ENDED:
        raise Refused(_("This mentoring has ended, so the agreement stays as it is."))
    if agreement.state != AgreementState.IN_FORCE or agreement.evidence != Evidence.ASKING:
        raise Refused(_("There is no newer version to accept. What you have is the newest."))
    if by.pk != agreement.pair.mentee_id:
        name = name_in(agreement.pair, agreement.pair.mentee)
        raise Refused(
            _("%(name)s accepted this agreement by asking, and accepts a newer one.") % {"name": name}
        )


def check_is_a_change(changes: Collection[Change]) -> None:
    """Refuse a proposal that would leave everything as it is."""
    if not changes:
        raise Refused(_("Nothing would be different. Change something first, or leave it as it is."))


def check_is_proposed(agreement: Agreement) -> None:
    """Refuse an answer to a change that no longer waits for one."""
    if agreement.pair.state == PairState.ENDED:
        raise Refused(_("This mentoring has ended, so the agreement stays as it is."))
    if agreement.state == AgreementState.DROPPED:
        raise Refused(_("This change was not made: your agreement stayed as it was."))
    if agreement.state != AgreementState.PROPOSED:
        raise Refused(_("You have both agreed to this change already. Now each of you checks and signs."))


def check_may_agree(agreement: Agreement, by: Person) -> None:
    """Refuse agreeing to one's own proposal."""
    if agreement.proposed_by == agreement.pair.party_of(by):
        other = name_in(agreement.pair, agreement.pair.other(by))
        raise Refused(_("This is your own proposal: %(name)s answers it.") % {"name": other})


def check_seen(agreement: Agreement, seen: int) -> None:
    """Refuse an answer to a proposal that has changed since it was read."""
    if agreement.revision != seen:
        raise TextChanged(_("This has changed since you read it. Here it is as it stands now."))


def check_may_drop(agreement: Agreement) -> None:
    """Refuse leaving it as it was once both have signed the new text."""
    if agreement.state in {AgreementState.SEALING, AgreementState.IN_FORCE, AgreementState.SUPERSEDED}:
        raise Refused(_("You have both signed the new text. You can propose another change to it."))
    if agreement.predecessor_id is None:
        raise Refused(_("This is your first agreement, not a change to one."))


def check_may_reword(agreement: Agreement, words: Collection[str]) -> None:
    """Refuse other words for a clause where the scheme keeps its own."""
    if words and not agreement.pair.scheme.pairs_may_reword:
        raise Refused(_("In this scheme the words of a clause stay; what stands in the blanks can change."))
