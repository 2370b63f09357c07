"""Two people press at the very same moment, each in a transaction of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from ampersand.agreements.actions.agreeing import suggest
from ampersand.agreements.actions.signing import sign
from ampersand.agreements.models import AgreementState, Copy, Filling, Signature
from ampersand.agreements.rules import Overtaken
from ampersand.agreements.tasks import seal_agreement
from tests.agreements.people import agreeing

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do all of it at one moment; give what came of each, a refusal as itself."""
    start = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> object:
        start.wait()
        try:
            return deed()
        except Overtaken as overtaken:
            return overtaken
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
