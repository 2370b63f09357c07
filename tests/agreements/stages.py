"""A pair with its agreement, at the stages that tests and pictures of pages begin with."""

import pytest

from ampersand.agreements.actions.by_hand import upload
from ampersand.agreements.models import Evidence
from ampersand.agreements.tasks import seal_agreement
from tests.agreements.people import PNG, Two, accepted_by_asking, agreeing


@pytest.fixture
def two(db: None) -> Two:
    """Two people who have just been given their agreement."""
    return agreeing()


@pytest.fixture
def discussing(two: Two) -> Two:
    """Two people in the midst of it: some agreed, some suggested, some open."""
    two.suggest(two.hannah, "notice", "7")
    two.suggest(two.hannah, "often", "every 2 weeks")
    two.agree(two.sam, "often")
    two.suggest(two.sam, "often", "monthly")
    two.suggest(two.sam, "notes", "no")
    two.suggest(two.hannah, "recording", "no")
    two.agree(two.sam, "recording")
    two.suggest(two.hannah, "mentor-contact", "By e-mail, hannah@work.example")
    return two


@pytest.fixture
def ready(two: Two) -> Two:
    """Two people who have agreed on every blank."""
    two.fill_all()
    return two


@pytest.fixture
def signed_once(ready: Two) -> Two:
    """Two people of whom Hannah has signed."""
    ready.sign(ready.hannah)
    return ready


@pytest.fixture
def scanned(ready: Two) -> Two:
    """Two people of whom Hannah has uploaded the signed paper."""
    upload(
        agreement=ready.fresh(),
        by=ready.hannah,
        read=ready.fingerprint(),
        name="paper.png",
        content=PNG,
        content_type="image/png",
    )
    return ready


@pytest.fixture
def being_sealed(signed_once: Two) -> Two:
    """Two people who have both signed a moment ago."""
    signed_once.sign(signed_once.sam)
    return signed_once


@pytest.fixture
def in_force(being_sealed: Two) -> Two:
    """Two people who have their sealed copies."""
    seal_agreement(agreement=being_sealed.agreement.pk)
    assert being_sealed.fresh().evidence == Evidence.SCREEN
    return being_sealed


@pytest.fixture
def asked(db: None) -> Two:
    """Two people whose agreement was accepted by asking."""
    return accepted_by_asking()
