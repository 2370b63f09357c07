"""Two people press at the very same moment, each in a transaction of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep

import pytest
from django.db import connection, transaction

from ampersand.agreements.actions.agreeing import suggest
from ampersand.agreements.actions.signing import sign
from ampersand.agreements.models import Agreement, AgreementState, Copy, Filling, Signature
from ampersand.agreements.rules import Overtaken
from ampersand.agreements.tasks import seal_agreement
from ampersand.journeys.ending import stop
from ampersand.people.rules import Refused
from tests.agreements.amending import agree, change, in_force_together, leave
from tests.agreements.people import agreeing

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all of it at one moment; give what came of each, a refusal as itself."""
    start = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> object:
        start.wait()
        try:
            return deed()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(do, deeds))


def test_one_of_two_who_write_at_once_is_shown_both_texts() -> None:
    two = agreeing()
    seen = two.blank("notice").revision
    came = at_once(
        lambda: suggest(agreement=two.fresh(), field="notice", typed="7", seen=seen, by=two.hannah),
        lambda: suggest(agreement=two.fresh(), field="notice", typed="3", seen=seen, by=two.sam),
    )
    assert sum(isinstance(each, Filling) for each in came) == 1
    assert sum(isinstance(each, Overtaken) for each in came) == 1


def test_both_who_sign_at_once_have_both_signed() -> None:
    two = agreeing()
    two.fill_all()
    read = two.fingerprint()
    at_once(
        lambda: sign(agreement=two.fresh(), by=two.hannah, read=read, name="Hannah Ito"),
        lambda: sign(agreement=two.fresh(), by=two.sam, read=read, name="Sam Reed"),
        lambda: sign(agreement=two.fresh(), by=two.sam, read=read, name="Sam Reed"),
    )
    assert Signature.objects.count() == 2
    assert two.fresh().state == AgreementState.SEALING
    at_once(*[lambda: seal_agreement(agreement=two.agreement.pk)] * 2)
    assert Copy.objects.count() == 1
    assert two.fresh().state == AgreementState.IN_FORCE


def test_of_two_proposals_at_one_moment_one_stands_and_the_other_hears_why() -> None:
    two = in_force_together()
    came = at_once(
        lambda: change(two, two.hannah, {"notice": "14"}),
        lambda: change(two, two.sam, {"notice": "7"}),
    )
    (refused,) = [each for each in came if isinstance(each, Refused)]
    assert "has just been proposed" in refused.sentence
    assert Agreement.objects.filter(state=AgreementState.PROPOSED).count() == 1


def until_someone_waits() -> None:
    """Wait until somebody's transaction waits for ours."""
    for _moment in range(600):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        sleep(0.05)
    raise AssertionError("nobody waits")


def test_a_change_proposed_while_the_other_stops_ends_with_the_rest() -> None:
    two = in_force_together()
    proposed = Event()

    def proposes() -> None:
        with transaction.atomic():
            change(two, two.hannah, {"notice": "14"})
            proposed.set()
            until_someone_waits()

    def stops() -> None:
        assert proposed.wait(60)
        stop(pair=two.pair)

    at_once(proposes, stops)
    states = Agreement.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [AgreementState.ENDED, AgreementState.ENDED]


def test_agreeing_and_leaving_it_at_one_moment_end_in_one_of_the_two() -> None:
    two = in_force_together()
    proposal = change(two, two.hannah, {"notice": "14"})
    at_once(lambda: agree(proposal, two.sam), lambda: leave(proposal))
    assert Agreement.objects.get(pk=proposal.pk).state == AgreementState.DROPPED


def test_an_ending_at_the_moment_the_new_text_is_sealed_leaves_nothing_in_force_by_halves() -> None:
    two = in_force_together()
    first, proposal = two.agreement, agree(change(two, two.hannah, {"notice": "14"}), two.sam)
    two.agreement = proposal
    two.sign(two.hannah)
    two.sign(two.sam)
    at_once(lambda: seal_agreement(agreement=proposal.pk), lambda: stop(pair=two.pair))
    states = {row.pk: row.state for row in Agreement.objects.all()}
    assert states in (
        {first.pk: AgreementState.ENDED, proposal.pk: AgreementState.ENDED},
        {first.pk: AgreementState.SUPERSEDED, proposal.pk: AgreementState.ENDED},
    )
