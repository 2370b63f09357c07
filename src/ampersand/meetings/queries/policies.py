"""What the agreement of a pair says about their meetings."""

from dataclasses import dataclass

from ampersand.agreements.models import Agreement, AgreementState
from ampersand.agreements.queries import current_agreement, standing_of
from ampersand.pairs.models import Pair, PairState
from ampersand.wording import Frequency, Terms, terms_of
from ampersand.wording.times import Duration

USUAL_MINUTES = 60
SHORTEST, LONGEST = 5, 480  # minutes
EITHER = "either"


@dataclass(frozen=True)
class Policy:
    """The terms of an agreement that meetings go by; what it says nothing about is as usual."""

    minutes: int = USUAL_MINUTES
    notice_days: int | None = None
    missed_final: bool = False
    set_up_by: str = EITHER  # mentor, mentee, either
    expected: int | None = None
    every: Duration | None = None
    first_before_signing: bool = False
    in_force: bool = False

    def lets_book(self, party: str) -> bool:
        """Say whether it is this party who sets up meetings, or either."""
        return self.set_up_by in {EITHER, party}


def policy_of(pair: Pair) -> Policy:
    """Read what a pair goes by, or what they are agreeing while nothing is in force: two queries."""
    agreement = current_agreement(pair)
    if agreement is None:
        return Policy()
    standing = standing_of(agreement)
    return policy_in(terms_of(standing.wording, standing.values), in_force=_in_force(agreement))


def policy_in(terms: Terms, *, in_force: bool) -> Policy:
    """Take what meetings go by out of the terms of an agreement."""
    minutes = _number(terms, "meeting-minutes")
    frequency = terms.get("meeting-frequency")
    set_up_by = terms.get("meetings-set-up-by")
    return Policy(
        minutes=min(max(minutes, SHORTEST), LONGEST) if minutes else USUAL_MINUTES,
        notice_days=_number(terms, "meeting-notice-days"),
        missed_final=terms.get("missed-meeting") == "final",
        set_up_by=str(set_up_by) if set_up_by in {"mentor", "mentee"} else EITHER,
        expected=_number(terms, "expected-meetings"),
        every=frequency.every if isinstance(frequency, Frequency) else None,
        first_before_signing=bool(terms.get("first-meeting-before-signing")),
        in_force=in_force,
    )


def _number(terms: Terms, key: str) -> int | None:
    value = terms.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _in_force(agreement: Agreement) -> bool:
    ended_in_force = agreement.pair.state == PairState.ENDED and agreement.in_force_at is not None
    return agreement.state == AgreementState.IN_FORCE or ended_in_force
