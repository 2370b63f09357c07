"""Stopping: at once, without a reason, and nobody learns who did it."""

import datetime

import pytest
import time_machine
from django.core import serializers
from django.db import transaction
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from ampersand.agreements.models import AgreementState
from ampersand.journeys.ending import UNDO, undo
from ampersand.journeys.tasks import tell_of_ending
from ampersand.notifications.models import Letter
from ampersand.pairs.actions import begin
from ampersand.pairs.models import Pair, PairState
from ampersand.people.rules import Refused
from ampersand.record.models import Entry
from ampersand.record.queries import pseudonym
from ampersand.schemes.models import Member, Role
from tests.agreements.people import Two, person
from tests.agreements.visiting import as_, words_of
from tests.second_step import give_second_step

ORGANISE = "/s/quiet-hours/organise/pairs"


def stop_as(two: Two, who: str) -> Client:
    client = as_(getattr(two, who))
    assert client.post(f"/pairs/{two.pair.pk}/stop/").status_code == 302
    return client


def end_as(two: Two, who: str) -> Client:
    """End it by the button that each has: the two on their own page, organisers on theirs."""
    if who != "olive":
        return stop_as(two, who)
    olive = as_(give_second_step(two.olive))
    assert olive.post(f"{ORGANISE}/{two.pair.pk}/end/").status_code == 302
    return olive


def page_of(two: Two, client: Client) -> str:
    return words_of(client.get(f"/pairs/{two.pair.pk}/"))


def letters() -> list[str]:
    return sorted(Letter.objects.filter(event__startswith="journeys/ended").values_list("to", flat=True))


def let_letters_go(two: Two) -> None:
    two.pair.refresh_from_db()
    assert two.pair.ended_at is not None
    tell_of_ending(pair=two.pair.pk, ended_at=two.pair.ended_at.isoformat())


@pytest.mark.parametrize("who", ["hannah", "sam"])
def test_either_stops_at_once(in_force: Two, who: str) -> None:
    stop_as(in_force, who)
    in_force.pair.refresh_from_db()
    assert in_force.pair.state == PairState.ENDED
    assert in_force.fresh().state == AgreementState.ENDED
    assert Pair.objects.running().count() == 0


def test_the_page_before_has_one_button_and_nowhere_to_write(in_force: Two) -> None:
    page = words_of(as_(in_force.sam).get(f"/pairs/{in_force.pair.pk}/stop/"))
    assert "<textarea" not in page
    assert 'type="text"' not in page
    assert "Stop now" in page
    in_force.pair.refresh_from_db()
    assert in_force.pair.state == PairState.IN_FORCE


def test_letters_go_after_ten_minutes_to_all_alike(in_force: Two) -> None:
    stop_as(in_force, "sam")
    assert letters() == []
    job = ProcrastinateJob.objects.get(task_name="journeys.tell_of_ending")
    in_force.pair.refresh_from_db()
    assert job.scheduled_at == in_force.pair.ended_at + datetime.timedelta(minutes=10)
    let_letters_go(in_force)
    assert letters() == ["hannah@work.example", "help@quiet.example", "sam@home.example"]
    to_both = Letter.objects.filter(event="journeys/ended").values_list("body_text", flat=True)
    assert len({body.replace("Hannah", "X").replace("Sam", "X") for body in to_both}) == 1


def test_whoever_stopped_can_undo_it_for_ten_minutes(in_force: Two) -> None:
    client = stop_as(in_force, "sam")
    assert "Undo" in page_of(in_force, client)
    client.post(f"/pairs/{in_force.pair.pk}/undo/")
    in_force.pair.refresh_from_db()
    assert in_force.pair.state == PairState.IN_FORCE
    assert in_force.fresh().state == AgreementState.IN_FORCE


def test_an_ending_that_was_undone_sends_no_letter(in_force: Two) -> None:
    client = stop_as(in_force, "sam")
    in_force.pair.refresh_from_db()
    ended_at = in_force.pair.ended_at
    client.post(f"/pairs/{in_force.pair.pk}/undo/")
    assert ended_at is not None
    tell_of_ending(pair=in_force.pair.pk, ended_at=ended_at.isoformat())
    assert letters() == []


def test_the_other_cannot_undo_it_nor_see_that_someone_could(in_force: Two) -> None:
    stop_as(in_force, "sam")
    hannah = as_(in_force.hannah)
    assert "Undo" not in page_of(in_force, hannah)
    hannah.post(f"/pairs/{in_force.pair.pk}/undo/")
    in_force.pair.refresh_from_db()
    assert in_force.pair.state == PairState.ENDED


def test_after_ten_minutes_it_stays_ended(in_force: Two) -> None:
    client = stop_as(in_force, "sam")
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=10, seconds=1)):
        assert "Undo" not in page_of(in_force, client)
        client.post(f"/pairs/{in_force.pair.pk}/undo/")
        with pytest.raises(Refused, match="ten minutes are over"):
            undo(pair=in_force.pair)
    in_force.pair.refresh_from_db()
    assert in_force.pair.state == PairState.ENDED


def test_undoing_does_not_take_a_place_that_was_given_away(in_force: Two) -> None:
    Member.objects.create(scheme=in_force.scheme, person=in_force.hannah, role=Role.MENTOR, capacity=1)
    client = stop_as(in_force, "sam")
    begin(scheme=in_force.scheme, mentor=in_force.hannah, mentee=person("Nell", "nell@home.example"))
    page = words_of(client.post(f"/pairs/{in_force.pair.pk}/undo/", follow=True))
    assert "offered to someone else meanwhile" in page
    in_force.pair.refresh_from_db()
    assert in_force.pair.state == PairState.ENDED


def test_nothing_stored_says_who_stopped(in_force: Two) -> None:
    from django.apps import apps

    def everything() -> set[str]:
        rooms = [apps.get_app_config(name) for name in ("ampersand", "sessions")]
        found = [row for room in rooms for model in room.get_models() for row in model._default_manager.all()]
        rows = {serializers.serialize("json", [row]) for row in found}
        jobs = {f"{job.task_name} {job.args}" for job in ProcrastinateJob.objects.all()}
        return rows | jobs

    client = as_(in_force.sam)
    client.get(f"/pairs/{in_force.pair.pk}/stop/")
    before = everything()
    client.post(f"/pairs/{in_force.pair.pk}/stop/")
    new = everything() - before
    assert new
    for row in new:
        assert pseudonym(in_force.sam.pk) not in row
        assert pseudonym(in_force.hannah.pk) not in row
    entry = Entry.objects.get(verb="pair-ended")
    assert entry.who is None


def test_organisers_and_strangers_cannot_stop_it(in_force: Two) -> None:
    for someone in (in_force.olive, in_force.outsider):
        assert as_(someone).post(f"/pairs/{in_force.pair.pk}/stop/").status_code == 404
        assert as_(someone).post(f"/pairs/{in_force.pair.pk}/undo/").status_code == 404


def test_an_organiser_ends_a_pair_and_both_are_told_but_not_by_whom(in_force: Two) -> None:
    told = {}
    for who in ("sam", "olive"):
        with transaction.atomic():
            end_as(in_force, who)
            assert letters() == []
            let_letters_go(in_force)
            assert letters() == ["hannah@work.example", "help@quiet.example", "sam@home.example"]
            ended = Letter.objects.filter(event__startswith="journeys/ended")
            told[who] = sorted(ended.values_list("to", "subject", "body_text", "body_html"))
            transaction.set_rollback(True)
    assert told["olive"] == told["sam"]
    assert "olive" not in str(told["olive"]).casefold()


def test_the_organiser_who_ended_it_takes_it_back_within_ten_minutes(in_force: Two) -> None:
    olive = end_as(in_force, "olive")
    in_force.pair.refresh_from_db()
    ended_at = in_force.pair.ended_at
    assert "Undo" in page_of(in_force, olive)
    for another in (as_(in_force.olive), as_(in_force.sam)):  # another device, and one of the two
        assert "Undo" not in page_of(in_force, another)
    olive.post(f"{ORGANISE}/{in_force.pair.pk}/undo/")
    in_force.pair.refresh_from_db()
    assert (in_force.pair.state, in_force.fresh().state) == (PairState.IN_FORCE, AgreementState.IN_FORCE)
    assert ended_at is not None
    tell_of_ending(pair=in_force.pair.pk, ended_at=ended_at.isoformat())
    assert letters() == []


def test_an_organisers_ending_stays_after_ten_minutes(in_force: Two) -> None:
    olive = end_as(in_force, "olive")
    with time_machine.travel(timezone.now() + UNDO):
        assert "Undo" not in page_of(in_force, olive)
        olive.post(f"{ORGANISE}/{in_force.pair.pk}/undo/")
    in_force.pair.refresh_from_db()
    assert in_force.pair.state == PairState.ENDED


def test_stopping_before_signing_ends_the_agreement_too(two: Two) -> None:
    client = stop_as(two, "sam")
    assert two.fresh().state == AgreementState.ENDED
    client.post(f"/pairs/{two.pair.pk}/undo/")
    assert two.fresh().state == AgreementState.FILLING


def test_stopping_while_it_is_being_sealed_seals_nothing_until_it_is_undone(being_sealed: Two) -> None:
    from tests.jobs import run_jobs

    client = stop_as(being_sealed, "hannah")
    run_jobs()
    assert not hasattr(being_sealed.fresh(), "copy")
    client.post(f"/pairs/{being_sealed.pair.pk}/undo/")
    run_jobs()
    assert being_sealed.fresh().state == AgreementState.IN_FORCE


def test_the_ended_page_says_what_remains(in_force: Two) -> None:
    stop_as(in_force, "sam")
    page = page_of(in_force, as_(in_force.hannah))
    assert "What remains true" in page
    assert "stays confidential" in page


def test_each_sees_the_others_wishes_and_organisers_see_neither(in_force: Two) -> None:
    assert "hannah@work.example" in page_of(in_force, as_(in_force.sam))
    assert "A text message first" in page_of(in_force, as_(in_force.hannah))
    page = page_of(in_force, as_(give_second_step(in_force.olive)))
    assert "hannah@work.example" not in page
    assert "A text message first" not in page
    assert "sealed copy" in page


def test_a_pair_does_not_exist_for_others(in_force: Two) -> None:
    assert as_(in_force.outsider).get(f"/pairs/{in_force.pair.pk}/").status_code == 404
    assert f"/pairs/{in_force.pair.pk}/" not in words_of(as_(in_force.outsider).get("/pairs/"))
    assert "With Hannah" in words_of(as_(in_force.sam).get("/pairs/"))
