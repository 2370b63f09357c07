"""Who may write in an agreement, and when it is complete."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.agreements.models import Agreement, AgreementState, Filling
from ampersand.agreements.queries import Standing
from ampersand.agreements.rules.refusals import Overtaken, StillOpen
from ampersand.pairs.models import PairState
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.wording import Field, read_value, show_value


def check_may_fill(agreement: Agreement) -> None:
    """Refuse writing in an agreement that is no longer being agreed."""
    if agreement.pair.state == PairState.ENDED:
        raise Refused(_("This mentoring has ended, so the agreement stays as it is."))
    if agreement.state == AgreementState.PROPOSED:
        raise Refused(_("This is only proposed: agree to it, or suggest something else, before that."))
    if agreement.state == AgreementState.DROPPED:
        raise Refused(_("This change was not made: your agreement stayed as it was."))
    if agreement.state != AgreementState.FILLING:
        raise Refused(_("You have both signed, so the words stand as they are."))


def check_may_answer(agreement: Agreement, field: Field, by: Person) -> None:
    """Refuse writing in a blank that belongs to the other."""
    if not field.together and agreement.pair.party_of(by) != field.by:
        owner = people_of(agreement.pair)[field.by]
        raise Refused(
            _("Only %(name)s fills in “%(blank)s”.")
            % {"name": name_in(agreement.pair, owner), "blank": field.label}
        )


def check_not_overtaken(agreement: Agreement, field: Field, filling: Filling, seen: int, by: Person) -> None:
    """Refuse writing over something that the writer has not seen."""
    if filling.revision == seen:
        return
    raise Overtaken(_since(agreement, field, filling, by), filling=filling)


def _since(agreement: Agreement, field: Field, filling: Filling, by: Person) -> str:
    what = filling.suggested or filling.agreed
    words = show_value(field, read_value(field, what)) if what else ""
    if not words:
        return _("What stood in “%(blank)s” has just been taken back.") % {"blank": field.label}
    if not filling.suggested:
        return _("“%(words)s” has just been agreed for “%(blank)s”.") % {"words": words, "blank": field.label}
    if filling.suggested_by_id == by.pk:
        return _("In another window you have just suggested “%(words)s”.") % {"words": words}
    name = name_in(agreement.pair, agreement.pair.other(by))
    return _("%(name)s has just suggested “%(words)s”.") % {"name": name, "words": words}


def check_complete(standing: Standing) -> None:
    """Refuse what needs a whole text while something is left."""
    count = len(standing.left)
    if count:
        raise StillOpen(
            ngettext(
                "One thing is left to agree before you can sign.",
                "%(count)d things are left to agree before you can sign.",
                count,
            )
            % {"count": count}
        )
