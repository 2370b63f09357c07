"""The sealed copies: who may have which, and what checking one answers."""

from ampersand.agreements.models import AgreementState, Copy, RenewalCopy
from ampersand.pairs.models import Pair, PairState
from ampersand.people.models import Person
from ampersand.questions import Question

COPIES_OF_RENEWALS = Question(
    lambda pair: RenewalCopy.objects.filter(renewal__pair=pair).defer("pdf").order_by("sealed_at"), int
)


def copies_of_renewals(pair: Pair) -> list[RenewalCopy]:
    """Give the sealed copies of a pair's renewals, the first first; whoever may see its other copy may."""
    return COPIES_OF_RENEWALS.ask(pair.pk)


def renewal_copy_for(person: Person, pk: int) -> RenewalCopy | None:
    """Find the sealed copy of a renewal, if this person may have it."""
    rows = RenewalCopy.objects.select_related("renewal__pair")
    return rows.filter(renewal=pk, renewal__pair__in=Pair.objects.visible_to(person)).first()


def copy_for(person: Person, pk: int) -> Copy | None:
    """Find the sealed copy of an agreement, if this person may have it."""
    return Copy.objects.visible_to(person).select_related("agreement__pair").filter(agreement=pk).first()


class Answer:
    """What checking a copy can answer: four words, nothing else."""

    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    ENDED = "ended"
    NOT_OURS = "not ours"


def answer_about(sha256: str) -> str:
    """Say what a file is, by its hash, and nothing about whom it concerns."""
    row = Copy.objects.filter(sha256=sha256).values_list("agreement__state", "agreement__pair__state").first()
    row = row or (
        RenewalCopy.objects.filter(sha256=sha256)
        .values_list("renewal__agreement__state", "renewal__pair__state")
        .first()
    )
    if row is None:
        return Answer.NOT_OURS
    agreement, pair = row
    if agreement == AgreementState.SUPERSEDED:
        return Answer.SUPERSEDED
    if agreement == AgreementState.ENDED or pair == PairState.ENDED:
        return Answer.ENDED
    return Answer.IN_FORCE
