"""Whom a person is to arrange a meeting with, as their first page asks: one question for all their pairs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from ampersand.agreements.models import Agreement, AgreementState, Filling
from ampersand.meetings.models import Meeting, Suggestion
from ampersand.meetings.queries.policies import Policy, policy_in
from ampersand.pairs.models import PairState
from ampersand.people.models import Person
from ampersand.questions import Question
from ampersand.wording import read_value, terms_of


@dataclass(frozen=True)
class ToArrange:
    """A pair whose next meeting is for this person to arrange; `first` if they have not met yet."""

    pair: int
    first: bool


def without_a_meeting(person: Person, now: datetime) -> QuerySet[Agreement]:
    """Find the agreements of a person's running pairs that have no meeting ahead, and no times suggested.

    While it is being agreed, only a first meeting comes before the signatures.
    """
    booked = Meeting.objects.booked().filter(pair=OuterRef("pair"))
    suggested = Suggestion.objects.still_open().filter(pair=OuterRef("pair"))
    in_force = Q(pair__state=PairState.IN_FORCE, state=AgreementState.IN_FORCE)
    agreeing = Q(pair__state=PairState.AGREEING, state=AgreementState.FILLING, predecessor=None)
    rows = Agreement.objects.visible_to(person)
    rows = rows.filter(in_force | (agreeing & ~Exists(booked)))
    return rows.exclude(Exists(booked.filter(ends__gt=now))).exclude(Exists(suggested)).order_by("pair")


def _with_terms(pk: int, now: datetime) -> QuerySet[Agreement]:
    """Read of each what its terms are made of, and how often the two have met."""
    agreed = Filling.objects.filter(agreement=OuterRef("pk")).exclude(agreed="").order_by("pk")
    booked = Meeting.objects.booked().filter(pair=OuterRef("pair")).order_by()
    count = booked.values("pair").annotate(count=Count("pk")).values("count")
    rows = without_a_meeting(Person(pk=pk), now).select_related("template", "pair")
    return rows.annotate(
        agreed=ArraySubquery(agreed.values(found=JSONObject(field="field", agreed="agreed"))),
        met=Subquery(count),
    )


WITH_TERMS = Question(_with_terms, int, datetime)


def to_arrange(person: Person, now: datetime) -> Iterator[ToArrange]:
    """Give the pairs whose next meeting is for this person to arrange, as their agreements say: one query.

    Once they have met as often as they expected, nobody is asked any more; they can still book.
    """
    for agreement in WITH_TERMS.ask(person.pk, now):
        policy, met = _policy(agreement), agreement.met or 0  # type: ignore[attr-defined]
        done = policy.expected is not None and met >= policy.expected
        may_meet = policy.in_force or policy.first_before_signing
        if may_meet and not done and policy.lets_book(agreement.pair.party_of(person)):
            yield ToArrange(agreement.pair_id, first=not met)


def _policy(agreement: Agreement) -> Policy:
    wording = agreement.wording()
    agreed: list[dict[str, str]] = agreement.agreed  # type: ignore[attr-defined]
    values = {each["field"]: read_value(wording.field(each["field"]), each["agreed"]) for each in agreed}
    in_force = agreement.state == AgreementState.IN_FORCE
    return policy_in(terms_of(wording, values), in_force=in_force)


def suggested_to(person: Person) -> QuerySet[Suggestion]:
    """Find the times that others suggested to a person, which they have not answered."""
    as_mentor = Q(pair__mentor=person, by="mentee")
    return Suggestion.objects.still_open().filter(as_mentor | Q(pair__mentee=person, by="mentor"))
