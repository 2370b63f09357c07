"""Duties enter the register with the agreement, move with the pair, and outlive everyone's data."""

import subprocess
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from ampersand.agreements.models import Agreement
from ampersand.boundaries.actions import registering
from ampersand.boundaries.actions.declaring import give_number
from ampersand.boundaries.actions.registering import enter_duties, enter_what_is_missing
from ampersand.boundaries.models import Capacity, Duty, Identifier, Subject
from ampersand.boundaries.queries.answering import Answer
from ampersand.boundaries.queries.binding import bound_in
from ampersand.journeys.ending import stop, undo
from ampersand.journeys.keeping import apply_keeping
from ampersand.journeys.leaving import leave
from ampersand.pairs.models import Pair, PairState
from ampersand.record.models import Entry, Verb
from ampersand.running.backups import connection_of
from ampersand.running.binaries import program
from tests.agreements.people import Two, accepted_by_asking
from tests.boundaries.people import HANNAH, SAM, asked, bound, everything_in_the_database, of_scheme
from tests.figures import Figure

YEAR = timedelta(days=365)


def duties(two: Two, **which: object) -> dict[str, tuple[bool, bool]]:
    """Give who owes what, each with whether it binds during and after."""
    rows = Duty.objects.filter(pair_number=two.pair.pk, **which).select_related("holder__person")
    return {f"{d.holder.person}: {d.capacity}": (d.during, d.after) for d in rows}


def test_what_the_contract_rules_out_enters_the_register(two: Two) -> None:
    lasting, during = (True, True), (True, False)
    assert duties(two) == {
        "Hannah: peer-review": lasting,
        "Hannah: selection-panel": lasting,
        "Hannah: promotion": lasting,
        "Hannah: reference": lasting,
        "Hannah: joint-research": during,
        "Sam: joint-research": during,
    }
    assert Entry.objects.filter(verb=Verb.BOUNDARIES_ENTERED, about=f"agreement:{two.agreement.pk}").exists()


def test_it_enters_in_the_same_transaction_or_nothing_happens(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_a: object, **_k: object) -> None:
        raise RuntimeError("the register is full")

    monkeypatch.setattr(registering, "_enter", breaks)
    with pytest.raises(RuntimeError, match="full"):
        bound()
    assert not Agreement.objects.exclude(in_force_at=None).exists()
    assert not Subject.objects.exists()


def test_an_agreement_without_boundaries_enters_nobody(db: None) -> None:
    accepted_by_asking()
    assert not Subject.objects.exists()


def test_entering_twice_is_entering_once(two: Two) -> None:
    before = Duty.objects.count()
    assert enter_duties(agreement=two.fresh()) == []
    assert Duty.objects.count() == before


def test_the_ending_moves_the_days_and_undoing_moves_them_back(two: Two) -> None:
    research, reference = Capacity.RESEARCH, Capacity.REFERENCE
    assert asked(of_scheme(two), SAM, HANNAH, research) == Answer.NO
    stop(pair=two.pair)
    assert asked(of_scheme(two), SAM, HANNAH, research) == Answer.YES
    assert asked(of_scheme(two), HANNAH, SAM, reference) == Answer.NO
    undo(pair=two.pair)
    assert asked(of_scheme(two), SAM, HANNAH, research) == Answer.NO
    assert not Duty.objects.exclude(over_at=None).exists()


def test_a_duty_of_some_years_is_over_after_them(two: Two) -> None:
    Duty.objects.filter(capacity=Capacity.REFERENCE).update(years=5)
    stop(pair=two.pair)
    with time_machine.travel(timezone.now() + 5 * YEAR - timedelta(days=1)):
        assert asked(of_scheme(two), HANNAH, SAM) == Answer.NO
    with time_machine.travel(timezone.now() + 5 * YEAR + timedelta(days=2)):
        assert asked(of_scheme(two), HANNAH, SAM) == Answer.YES


def test_a_duty_that_only_follows_does_not_bind_before(two: Two) -> None:
    Duty.objects.filter(capacity=Capacity.REFERENCE).update(during=False, begins_at=None)
    assert asked(of_scheme(two), HANNAH, SAM) == Answer.YES
    stop(pair=two.pair)
    assert asked(of_scheme(two), HANNAH, SAM) == Answer.NO


def test_another_agreement_takes_the_place_of_the_first(two: Two) -> None:
    first = two.fresh()
    Agreement.objects.filter(pk=first.pk).update(state="superseded")
    second = Agreement.objects.create(
        pair=two.pair, template=first.template, state="in_force", in_force_at=timezone.now()
    )
    assert len(enter_duties(agreement=second)) == 6
    assert duties(two, replaced_at=None, agreement_number=first.pk) == {}
    stop(pair=two.pair)
    assert Duty.objects.standing(timezone.now()).filter(agreement_number=first.pk).count() == 0
    assert asked(of_scheme(two), HANNAH, SAM) == Answer.NO


def test_an_agreement_from_before_the_register_is_entered_in_the_night(two: Two) -> None:
    stop(pair=two.pair)
    Duty.objects.all().delete()
    assert asked(of_scheme(two), HANNAH, SAM) == Answer.YES
    assert enter_what_is_missing() == 1
    assert asked(of_scheme(two), HANNAH, SAM) == Answer.NO
    assert enter_what_is_missing() == 0


def test_each_reads_what_binds_them_and_how_long(two: Two) -> None:
    hannah = [f"{each.sentence} {each.how_long}" for each in bound_in(two.pair, two.hannah)]
    assert "You write no reference for Sam. During the mentoring and for ever after." in hannah
    assert "You take up no research together with Sam. As long as the mentoring lasts." in hannah
    assert len(hannah) == 5
    stop(pair=two.pair)
    sam = [f"{each.sentence} {each.how_long}" for each in bound_in(two.pair, two.sam)]
    assert "Hannah writes no reference for you. For ever." in sam
    assert len(sam) == 4


@pytest.mark.django_db(transaction=True)
def test_it_answers_two_years_on_and_after_both_were_erased(figure: Figure) -> None:
    two = bound()
    give_number(person=two.hannah, number="GMC 7654321")
    stop(pair=two.pair)
    asker = of_scheme(two)
    with time_machine.travel(timezone.now() + 2 * YEAR):
        leave(person=two.hannah, by=two.hannah.pk)
        leave(person=two.sam, by=two.sam.pk)
        assert asked(asker, HANNAH, SAM) == Answer.NO
        assert asked(asker, "Dr Hannah Ito", "sam reed") == Answer.NO
        assert asked(asker, "7654321", SAM) == Answer.NO
        assert asked(asker, SAM, HANNAH) == Answer.YES
        told = ["hannah", "ito", "sam", "reed", "work.example", "home.example", "7654321"]
        found = [word for word in told if word in register_dumped()]
        figure("names, addresses, numbers in the dumped register", len(found), goal="0")
        assert found == []
    with time_machine.travel(timezone.now() + 7 * YEAR):
        apply_keeping(now=timezone.now())
        assert not Pair.objects.filter(state=PairState.ENDED).exists()
        assert asked(asker, HANNAH, SAM) == Answer.NO
        left = everything_in_the_database()
        assert [word for word in ("hannah", "sam reed", "work.example", "7654321") if word in left] == []


def register_dumped() -> str:
    """Give what a thief of the register would hold: the data of its tables, written out by pg_dump."""
    tables = [f"--table={model._meta.db_table}" for model in (Subject, Identifier, Duty)]
    words = [program("pg_dump"), "--data-only", *tables, "--dbname", connection_of(connection.settings_dict)]
    dumped = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    assert Identifier.objects.first().keyed_hash in dumped  # type: ignore[union-attr]
    return dumped.casefold()
