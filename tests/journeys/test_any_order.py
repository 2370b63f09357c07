"""From asking to the sealed copy, whatever anyone does in whatever order."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ampersand.agreements.actions.accepting import as_shown
from ampersand.agreements.actions.agreeing import agree, suggest
from ampersand.agreements.actions.signing import sign
from ampersand.agreements.models import Agreement, AgreementState, Copy
from ampersand.agreements.queries import standing_of
from ampersand.agreements.tasks import seal_agreement
from ampersand.journeys.ending import stop
from ampersand.matching.actions.asking import Asking, ask, withdraw
from ampersand.matching.actions.introducing import (
    change_room,
    introduce,
    say_someone_else,
    say_yes,
    take_back,
)
from ampersand.matching.models import Introduction, IntroductionState, Request, RequestState
from ampersand.matching.queries import taken
from ampersand.pairs.models import Pair, PairState
from ampersand.people.rules import Refused
from ampersand.schemes.models import Member
from tests.agreements.people import ANSWERS
from tests.cast import mentor_of, person, scheme_of
from tests.figures import Figure

MENTEES = st.integers(0, 2)
MENTORS = st.integers(0, 1)
BY = st.sampled_from(["mentor", "mentee"])


class Scheme(RuleBasedStateMachine):
    """A scheme with two mentors and three people who may ask."""

    done = 0
    sealed = 0

    def __init__(self) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.organiser = person("Olive")
        self.scheme = scheme_of(self.organiser, "contract", "Long Road")
        self.mentors = [mentor_of(self.scheme, person(name), capacity=1) for name in ("Hannah", "Ines")]
        self.mentees = [person(name) for name in ("Bea", "Carl", "Dina")]

    def teardown(self) -> None:
        type(self).sealed += Copy.objects.count()
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    def tries(self, action: Callable[..., Any], **given: Any) -> None:
        type(self).done += 1
        with suppress(Refused), transaction.atomic():
            action(**given)

    def request_of(self, mentee: int) -> Request | None:
        return Request.objects.filter(mentee=self.mentees[mentee]).order_by("-pk").first()

    def introduction_of(self, mentee: int) -> Introduction | None:
        found = Introduction.objects.filter(request__mentee=self.mentees[mentee])
        return found.select_related("mentor__person", "request__mentee").order_by("-pk").first()

    def agreement_of(self, mentee: int) -> Agreement | None:
        found = Agreement.objects.filter(pair__mentee=self.mentees[mentee])
        return found.select_related("pair__mentor", "pair__mentee", "pair__scheme").order_by("-pk").first()

    @rule(mentee=MENTEES)
    def asks(self, mentee: int) -> None:
        template = self.scheme.templates.get()
        self.tries(
            ask,
            template=template,
            person=self.mentees[mentee],
            asking=Asking(called=self.mentees[mentee].called),
            declarations=[declared.term for declared in template.wording().declarations],
            fingerprint=as_shown(template).fingerprint,
        )

    @rule(mentee=MENTEES)
    def withdraws(self, mentee: int) -> None:
        if request := self.request_of(mentee):
            self.tries(withdraw, request=request, by=self.mentees[mentee])

    @rule(mentee=MENTEES, mentor=MENTORS, again=st.booleans())
    def is_introduced(self, mentee: int, mentor: int, again: bool) -> None:
        if request := self.request_of(mentee):
            self.tries(
                introduce, request=request, mentor=self.mentors[mentor], by=self.organiser, again=again
            )

    @rule(mentee=MENTEES, by=BY, yes=st.sampled_from([True, True, True, False]))
    def answers(self, mentee: int, by: str, yes: bool) -> None:
        if found := self.introduction_of(mentee):
            who = found.mentor.person if by == "mentor" else found.request.mentee
            self.tries(say_yes if yes else say_someone_else, introduction=found, by=who)

    @rule(mentee=MENTEES)
    def is_taken_back(self, mentee: int) -> None:
        if found := self.introduction_of(mentee):
            self.tries(take_back, introduction=found, by=self.organiser)

    @rule(mentor=MENTORS, capacity=st.integers(0, 2))
    def has_another_room(self, mentor: int, capacity: int) -> None:
        self.tries(change_room, mentor=self.mentors[mentor], capacity=capacity, offers="")

    @rule(mentee=MENTEES)
    def fill_everything_in(self, mentee: int) -> None:
        if agreement := self.agreement_of(mentee):
            for field, typed in ANSWERS.items():
                self.tries(self.fill_in, agreement=agreement, field=field, typed=typed)

    def fill_in(self, agreement: Agreement, field: str, typed: str) -> None:
        pair, revision = agreement.pair, agreement.fillings.get(field=field).revision
        writer = pair.mentee if field.startswith("mentee-") else pair.mentor
        filling = suggest(agreement=agreement, field=field, typed=typed, seen=revision, by=writer)
        if filling.suggested:  # what is for both needs the word of the other
            agree(agreement=agreement, field=field, seen=filling.revision, by=pair.mentee)

    @rule(mentee=MENTEES, by=BY)
    def signs(self, mentee: int, by: str) -> None:
        if agreement := self.agreement_of(mentee):
            who = getattr(agreement.pair, by)
            standing = standing_of(agreement)
            read = "" if standing.left else standing.document.fingerprint
            self.tries(sign, agreement=agreement, by=who, read=read, name=who.called)

    @rule(mentee=MENTEES)
    def the_worker_runs(self, mentee: int) -> None:
        if agreement := self.agreement_of(mentee):
            self.tries(seal_agreement, agreement=agreement.pk)

    @rule(mentee=MENTEES, mentor=MENTORS, far=st.sampled_from([2, 4, 6, 8, 8, 8]))
    def all_goes_well(self, mentee: int, mentor: int, far: int) -> None:
        """Go some way along the road that most take, so that its end is reached often."""
        road: list[Callable[[], None]] = [
            lambda: self.asks(mentee),
            lambda: self.is_introduced(mentee, mentor, again=True),
            lambda: self.answers(mentee, "mentor", yes=True),
            lambda: self.answers(mentee, "mentee", yes=True),
            lambda: self.fill_everything_in(mentee),
            lambda: self.signs(mentee, "mentor"),
            lambda: self.signs(mentee, "mentee"),
            lambda: self.the_worker_runs(mentee),
        ]
        for step in road[:far]:
            step()

    @rule(mentee=MENTEES, really=st.sampled_from([False, False, True]))
    def stops(self, mentee: int, really: bool) -> None:
        agreement = self.agreement_of(mentee)
        if agreement and really:
            self.tries(stop, pair=agreement.pair)

    @invariant()
    def nobody_has_more_than_they_said(self) -> None:
        """Lowering one's room keeps the pairs one has; beyond those, nothing new comes."""
        for mentor in Member.objects.filter(pk__in=[member.pk for member in self.mentors]):
            pairs = Pair.objects.running().filter(mentor=mentor.person).count()
            assert taken(mentor) <= max(mentor.capacity, pairs)

    @invariant()
    def a_pair_has_the_yes_of_both(self) -> None:
        for pair in Pair.objects.all():
            introduction = pair.introduction
            assert introduction.state == IntroductionState.ACCEPTED
            assert introduction.mentor_yes_at is not None
            assert introduction.mentee_yes_at is not None

    @invariant()
    def requests_and_introductions_agree(self) -> None:
        for request in Request.objects.all():
            offered = request.introductions.filter(state=IntroductionState.OFFERED).count()
            assert offered == (request.state == RequestState.INTRODUCED)

    @invariant()
    def what_is_in_force_was_signed_by_both(self) -> None:
        for agreement in Agreement.objects.filter(state=AgreementState.IN_FORCE):
            counting = agreement.signatures.filter(lapsed_at=None, fingerprint=agreement.fingerprint)
            assert sorted(counting.values_list("party", flat=True)) == ["mentee", "mentor"]
            assert Copy.objects.get(agreement=agreement).fingerprint == agreement.fingerprint
            assert agreement.pair.state == PairState.IN_FORCE


def walk(examples: int, steps: int) -> str:
    Scheme.done = Scheme.sealed = 0
    run_state_machine_as_test(
        Scheme,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,  # the small walk must reach the end of the road each time
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Scheme.sealed, "the walk never came to the end of the road"
    return f"{Scheme.done} with {Scheme.sealed} copies sealed, nothing broken"


@pytest.mark.django_db
def test_from_asking_to_signing_in_any_order(figure: Figure) -> None:
    figure("steps from asking to signing in any order", walk(8, 15))


@pytest.mark.prove
@pytest.mark.django_db
def test_from_asking_to_signing_over_ten_thousand_steps(figure: Figure) -> None:
    figure("steps from asking to signing in any order", walk(200, 50))
    assert Scheme.done >= 10_000
