"""Who is asked whether they carry on, and who has signed that."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ampersand.agreements.models import Agreement, Renewal, RenewalAnswer, RenewalSignature, RenewalState
from ampersand.pairs.models import PairState
from ampersand.people.models import Person
from ampersand.questions import Question


def _asked_about_renewal(person: int, pair: int) -> QuerySet[Renewal]:
    rows = Renewal.objects.visible_to(Person(pk=person)).still_open().filter(pair=pair)
    rows = rows.filter(pair__state=PairState.IN_FORCE, ends_on=F("pair__until"))
    return rows.select_related("pair__mentor", "pair__mentee", "pair__scheme")


ASKED_ABOUT_RENEWAL = Question(_asked_about_renewal, int, int)


def renewal_for(person: Person, pair: int) -> Renewal | None:
    """Find what is asked of a person about carrying on: the question that is open, for their own pair."""
    return next(iter(ASKED_ABOUT_RENEWAL.ask(person.pk, pair)), None)


def renewals_left_to(person: Person) -> QuerySet[Renewal]:
    """Find the open questions a person has not answered, and the renewals they have not signed."""
    answered = RenewalAnswer.objects.filter(renewal=OuterRef("pk"), person=person)
    signed = RenewalSignature.objects.filter(renewal=OuterRef("pk"), person=person)
    asked = Q(state=RenewalState.ASKED) & ~Exists(answered)
    agreed = Q(state=RenewalState.AGREED) & ~Exists(signed)
    return Renewal.objects.visible_to(person).filter(asked | agreed).order_by("ends_on")


def renewed_signatures(agreement: Agreement) -> list[RenewalSignature]:
    """Give the signatures of the last renewal of an agreement that both have signed."""
    last = agreement.renewals.filter(state=RenewalState.RENEWED).order_by("-renewed_at").first()
    return list(last.signatures.order_by("signed_at", "pk")) if last else []
