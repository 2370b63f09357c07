"""Two people change, renew, end and erase, both at the very same moment, for as long as it runs."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.apps import apps
from django.db import OperationalError, connection
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ampersand.agreements.actions.amending import agree_to_change, leave_as_it_was
from ampersand.agreements.actions.renewing import answer, sign_renewal
from ampersand.agreements.actions.signing import sign
from ampersand.agreements.models import UNENDED, Agreement, AgreementState, Copy, Renewal, RenewalState
from ampersand.agreements.queries import standing_of
from ampersand.agreements.tasks import seal_agreement, seal_renewal
from ampersand.calendars import end_of
from ampersand.journeys.ending import stop, undo
from ampersand.journeys.leaving import leave
from ampersand.journeys.passing import let_time_pass
from ampersand.pairs.models import Pair, PairState
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.actions import sealer
from ampersand.record.queries import verify_record
from tests.agreements.amending import change, in_force_together, otherwise
from tests.agreements.people import Two
from tests.figures import Figure

PEOPLE = ("hannah", "sam")
NAMES = st.sampled_from(PEOPLE)
FAR = st.sampled_from([4, 4, 4, 3, 2])  # along a road of four steps
NOTICES = ("3", "5", "9", "14")
Deed = Callable[[Person], object]


class Couple(RuleBasedStateMachine):
    """Two people with an agreement in force, and a worker, over years."""

    done = changed = renewed = ended = undone = 0

    def __init__(self) -> None:
        super().__init__()
        self.two: Two = in_force_together()
        self.two.pair.refresh_from_db()
        self.first_end: date = self.two.pair.until
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.time = self.clock.start()
        self.crowd = ThreadPoolExecutor(2)
        self.texts: dict[int, str] = {}
        self.worker_was_here = False

    def teardown(self) -> None:
        self.clock.stop()
        self.both_hang_up()
        kind = type(self)
        kind.changed += Agreement.objects.filter(state=AgreementState.SUPERSEDED).count()
        kind.renewed += Renewal.objects.filter(state=RenewalState.RENEWED).count()
        kind.ended += Pair.objects.filter(state=PairState.ENDED).count()
        verdict = verify_record(certificates=[sealer().certificate])
        clear_everything()
        assert verdict.sound, verdict.sentence

    def both_hang_up(self) -> None:
        together = Barrier(2)

        def hang_up(_which: int) -> None:
            together.wait(60)
            connection.close()

        list(self.crowd.map(hang_up, range(2)))
        self.crowd.shutdown()

    def do(self, *deeds: tuple[Deed, str]) -> None:
        """Do all of it at one moment, each by someone in a transaction of their own."""
        start = Barrier(len(deeds))  # they begin at one moment, once each has a connection

        def one(deed: Deed, name: str) -> BaseException | None:
            try:
                who = Person.objects.get(pk=getattr(self.two, name).pk)
                start.wait(60)
                deed(who)
            except (Refused, Agreement.DoesNotExist, Renewal.DoesNotExist):
                return None
            except BaseException as trouble:
                return trouble
            return None

        self.worker_was_here = False
        for trouble in self.crowd.map(lambda given: one(*given), deeds):
            type(self).done += 1
            if isinstance(trouble, OperationalError) and "deadlock detected" in str(trouble):
                type(self).undone += 1
            elif trouble:
                raise trouble

    # What one of them can do, whatever the other does meanwhile.

    def pair(self) -> Pair:
        return Pair.objects.select_related("scheme").get(pk=self.two.pair.pk)

    def draft(self) -> Agreement:
        """Find the change that is being agreed."""
        rows = Agreement.objects.select_related("pair__mentor", "pair__mentee", "pair__scheme")
        found = rows.filter(state__in=UNENDED).exclude(state=AgreementState.IN_FORCE)
        return found.get(pair=self.two.pair)

    def question(self) -> Renewal:
        return Renewal.objects.still_open().filter(pair=self.two.pair).latest("pk")

    def proposes(self, who: Person) -> None:
        standing = Agreement.objects.get(pair=self.two.pair, state=AgreementState.IN_FORCE)
        said = standing_of(standing).values["notice"]
        two = Two(
            *(getattr(self.two, name) for name in ("scheme", "pair", "hannah", "sam", "olive", "outsider"))
        )
        two.agreement = standing
        change(two, who, {"notice": next(n for n in NOTICES if n != str(said))})

    def proposes_otherwise(self, who: Person) -> None:
        otherwise(self.draft(), who, {"notice": "21"})

    def agrees(self, who: Person) -> None:
        draft = self.draft()
        agree_to_change(agreement=draft, seen=draft.revision, by=who)

    def leaves_it(self, who: Person) -> None:
        leave_as_it_was(agreement=self.draft())

    def signs(self, who: Person) -> None:
        draft = self.draft()
        standing = standing_of(draft)
        read = "" if standing.left else standing.document.fingerprint
        sign(agreement=draft, by=who, read=read, name="A Name")

    def says_yes(self, who: Person) -> None:
        answer(renewal=self.question(), carries_on=True, by=who)

    def says_no(self, who: Person) -> None:
        answer(renewal=self.question(), carries_on=False, by=who)

    def renews(self, who: Person) -> None:
        standing = Agreement.objects.get(pair=self.two.pair, state=AgreementState.IN_FORCE)
        read = standing_of(standing).document.fingerprint
        sign_renewal(renewal=self.question(), by=who, read=read, name="A Name")

    def ends(self, who: Person) -> None:
        stop(pair=self.pair())

    def takes_the_end_back(self, who: Person) -> None:
        undo(pair=self.pair())

    def is_erased(self, who: Person) -> None:
        leave(person=who, by=who.pk)

    def the_worker(self, who: Person) -> None:
        """Whatever waits to be sealed is sealed, and what is due is done."""
        for agreement in Agreement.objects.filter(state=AgreementState.SEALING):
            seal_agreement(agreement=agreement.pk)
        for renewal in Renewal.objects.filter(state=RenewalState.RENEWED, copy=None):
            seal_renewal(renewal=renewal.pk)
        let_time_pass()

    DEEDS = (
        proposes,
        proposes_otherwise,
        agrees,
        leaves_it,
        signs,
        signs,
        says_yes,
        says_no,
        renews,
        renews,
        takes_the_end_back,
        the_worker,
        the_worker,
    )
    RARE = (ends, is_erased)

    @rule(one=st.sampled_from(DEEDS), other=st.sampled_from(DEEDS))
    def both_at_once(self, one: Callable[..., None], other: Callable[..., None]) -> None:
        self.do((one.__get__(self), "hannah"), (other.__get__(self), "sam"))

    @rule(rare=st.sampled_from(RARE), other=st.sampled_from(DEEDS), name=NAMES, really=st.integers(0, 3))
    def one_ends_while_the_other_goes_on(
        self, rare: Callable[..., None], other: Callable[..., None], name: str, really: int
    ) -> None:
        if really == 0:
            other_name = PEOPLE[1 - PEOPLE.index(name)]
            self.do((rare.__get__(self), name), (other.__get__(self), other_name))

    @rule(name=NAMES, far=FAR)
    def a_change_goes_well(self, name: str, far: int) -> None:
        other = PEOPLE[1 - PEOPLE.index(name)]
        road = [
            [(self.proposes, name)],
            [(self.agrees, other)],
            [(self.signs, name), (self.signs, other)],
            [(self.the_worker, name), (self.the_worker, other)],
        ]
        for deeds in road[:far]:
            self.do(*deeds)

    @rule(far=FAR)
    def carrying_on_goes_well(self, far: int) -> None:
        until = self.pair().until
        if until and noon(until) - timedelta(days=20) > timezone.now():
            self.time.move_to(noon(until) - timedelta(days=20))
        road: list[list[Deed]] = [
            [self.the_worker],
            [self.says_yes, self.says_yes],
            [self.renews, self.renews],
            [self.the_worker, self.the_worker],
        ]
        for deeds in road[:far]:
            self.do(*zip(deeds, PEOPLE, strict=False))

    @rule(days=st.sampled_from([1, 7, 30, 200]))
    def days_go_by(self, days: int) -> None:
        self.time.shift(timedelta(days=days))
        self.do((self.the_worker, "hannah"))
        self.worker_was_here = True

    @invariant()
    def one_agreement_is_in_force_and_both_signed_it(self) -> None:
        rows = Agreement.objects.filter(pair=self.two.pair).order_by("pk")
        assert sum(row.state == AgreementState.IN_FORCE for row in rows) <= 1
        for row in rows.exclude(in_force_at=None):
            signed = row.signatures.filter(lapsed_at=None, fingerprint=row.fingerprint)
            assert sorted(signed.values_list("party", flat=True)) == ["mentee", "mentor"]
            assert Copy.objects.get(agreement=row).fingerprint == row.fingerprint
            assert standing_of(row).document.fingerprint == row.fingerprint
            assert self.texts.setdefault(row.pk, row.fingerprint) == row.fingerprint
            if row.state == AgreementState.SUPERSEDED:
                assert row.successors.exclude(in_force_at=None).count() == 1

    @invariant()
    def it_runs_as_long_as_both_signed_and_not_a_day_longer(self) -> None:
        pair = self.pair()
        until = self.first_end
        for renewal in Renewal.objects.filter(state=RenewalState.RENEWED).order_by("pk"):
            parties = renewal.signatures.filter(fingerprint=renewal.fingerprint).values_list(
                "party", flat=True
            )
            assert sorted(parties) == ["mentee", "mentor"]
            assert renewal.ends_on == until
            until = renewal.until
        assert pair.until == until
        over = end_of(until, pair.scheme.time_zone)
        if pair.state == PairState.ENDED:
            assert pair.ended_at
            assert not Agreement.objects.filter(pair=pair, state__in=UNENDED).exists()
            assert pair.ended_at <= max(over, timezone.now())
        elif self.worker_was_here:
            assert timezone.now() < over


def noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=timezone.get_default_timezone()) + timedelta(
        hours=12
    )


def clear_everything() -> None:
    tables = [model._meta.db_table for model in apps.get_app_config("ampersand").get_models()]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables)}, procrastinate_jobs CASCADE")


def walk(examples: int, steps: int) -> None:
    run_state_machine_as_test(
        Couple,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def told() -> str:
    kind = Couple
    return (
        f"{kind.done:,} with {kind.changed} changes, {kind.renewed} renewals and {kind.ended} endings; "
        f"{kind.undone} undone as a whole because two waited for each other"
    )


def along_the_road() -> None:
    """Go once all the way, whatever hypothesis then finds to do."""
    couple = Couple()
    for step in (lambda: couple.a_change_goes_well("hannah", 4), lambda: couple.carrying_on_goes_well(4)):
        step()
        couple.one_agreement_is_in_force_and_both_signed_it()
        couple.it_runs_as_long_as_both_signed_and_not_a_day_longer()
    Pair.objects.update(until=couple.pair().until + timedelta(days=1))
    with pytest.raises(AssertionError):  # a day that nobody signed for would be seen
        couple.it_runs_as_long_as_both_signed_and_not_a_day_longer()
    couple.teardown()
    assert (Couple.changed, Couple.renewed) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_people_change_renew_end_and_erase_at_once(figure: Figure) -> None:
    Couple.done = Couple.changed = Couple.renewed = Couple.ended = Couple.undone = 0
    along_the_road()
    walk(2, 8)
    figure("steps of two people at once, over years", told())


@pytest.mark.prove
@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_over_ten_thousand_steps(figure: Figure) -> None:
    Couple.done = Couple.changed = Couple.renewed = Couple.ended = Couple.undone = 0
    along_the_road()
    while Couple.done < 10_000:
        walk(20, 50)
    figure("steps of two people at once, over years", told())
