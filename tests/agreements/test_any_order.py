"""Whatever two people do, in whatever order, each perhaps looking at an older page: both or nothing holds."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ampersand.agreements.actions.agreeing import agree, suggest, take_back
from ampersand.agreements.actions.by_hand import confirm, say_it_differs, sign_on_screen_instead, upload
from ampersand.agreements.actions.signing import sign
from ampersand.agreements.models import AgreementState, Copy, Scan, Signature
from ampersand.agreements.queries import standing_of
from ampersand.agreements.tasks import seal_agreement
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from tests.agreements.people import PNG, Two, agreeing
from tests.figures import Figure

PEOPLE = st.sampled_from(["hannah", "sam"])
FIELDS = st.sampled_from(["notice", "often", "notes"])
TYPED = {"notice": ["2", "9"], "often": ["monthly", "every 2 weeks"], "notes": ["yes", "no"]}


class Either(RuleBasedStateMachine):
    """Two people with an agreement in which everything has been agreed once."""

    done = 0

    def __init__(self) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.two: Two = agreeing()
        self.two.fill_all()
        self.seen: dict[str, tuple[str, dict[str, int]]] = {}
        for name in ("hannah", "sam"):
            self.looks(name)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    def tries(self, action: Callable[..., Any], **given: Any) -> None:
        type(self).done += 1
        with suppress(Refused, Scan.DoesNotExist):
            action(agreement=self.two.fresh(), **given)

    def person(self, name: str) -> Person:
        found: Person = getattr(self.two, name)
        return found

    @rule(name=PEOPLE)
    def looks(self, name: str) -> None:
        """Someone reloads the page; until then they act on what they saw before."""
        standing = standing_of(self.two.fresh())
        fingerprint = "" if standing.left else standing.document.fingerprint
        self.seen[name] = (fingerprint, {key: f.revision for key, f in standing.fillings.items()})

    @rule(name=PEOPLE, field=FIELDS, which=st.integers(0, 1))
    def suggests(self, name: str, field: str, which: int) -> None:
        seen = self.seen[name][1][field]
        self.tries(suggest, field=field, typed=TYPED[field][which], seen=seen, by=self.person(name))

    @rule(name=PEOPLE, field=FIELDS)
    def agrees(self, name: str, field: str) -> None:
        self.tries(agree, field=field, seen=self.seen[name][1][field], by=self.person(name))

    @rule(name=PEOPLE, field=FIELDS)
    def takes_back(self, name: str, field: str) -> None:
        self.tries(take_back, field=field, seen=self.seen[name][1][field], by=self.person(name))

    @rule(name=PEOPLE)
    def signs(self, name: str) -> None:
        self.tries(sign, by=self.person(name), read=self.seen[name][0], name="A Name")

    @rule(name=PEOPLE)
    def uploads(self, name: str) -> None:
        paper = {"name": "paper.png", "content": PNG, "content_type": "image/png"}
        self.tries(upload, by=self.person(name), read=self.seen[name][0], **paper)

    @rule(name=PEOPLE, matches=st.booleans())
    def answers(self, name: str, matches: bool) -> None:
        scan = Scan.objects.filter(agreement=self.two.agreement).order_by("-pk").first()
        action = confirm if matches else say_it_differs
        self.tries(action, scan=scan.pk if scan else 0, by=self.person(name))

    @rule()
    def goes_back_to_the_screen(self) -> None:
        self.tries(sign_on_screen_instead)

    @rule()
    def the_worker_runs(self) -> None:
        type(self).done += 1
        seal_agreement(agreement=self.two.agreement.pk)

    @invariant()
    def both_or_nothing(self) -> None:
        agreement = self.two.fresh()
        counting = Signature.objects.filter(agreement=agreement, lapsed_at=None)
        texts = set(counting.values_list("fingerprint", flat=True))
        standing = standing_of(agreement)
        if texts:
            assert not standing.left
            assert texts == {standing.document.fingerprint}
        signed = agreement.state in {AgreementState.SEALING, AgreementState.IN_FORCE}
        assert signed == (counting.count() == 2)
        if Copy.objects.filter(agreement=agreement).exists():
            assert counting.count() == 2
            assert agreement.copy.fingerprint == agreement.fingerprint == standing.document.fingerprint


def walk(examples: int, steps: int) -> int:
    Either.done = 0
    run_state_machine_as_test(
        Either,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Either.done


@pytest.mark.django_db
def test_both_or_nothing_in_any_order(figure: Figure) -> None:
    figure("steps of two people in any order", f"{walk(8, 25)}, both or nothing after each")


@pytest.mark.prove
@pytest.mark.django_db
def test_both_or_nothing_over_ten_thousand_steps(figure: Figure) -> None:
    done = 0
    while done < 10_000:
        done += walk(40, 50)
    figure("steps of two people in any order", f"{done}, both or nothing after each")
