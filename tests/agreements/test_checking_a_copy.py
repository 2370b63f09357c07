"""Anyone can check a copy, and learns one thing."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ampersand.agreements.models import AgreementState
from ampersand.journeys.ending import stop
from tests.agreements.people import Two
from tests.agreements.visiting import words_of

ANSWERS = {
    AgreementState.IN_FORCE: "Genuine, and in force",
    AgreementState.SUPERSEDED: "Genuine, but replaced",
    AgreementState.ENDED: "Genuine; the mentoring has ended",
}


def check(content: bytes) -> str:
    return words_of(Client().post("/check/", {"file": SimpleUploadedFile("copy.pdf", content)}))


@pytest.mark.parametrize("state", ANSWERS)
def test_a_copy_is_genuine_and_its_standing_is_said(in_force: Two, state: AgreementState) -> None:
    agreement = in_force.fresh()
    agreement.state = state
    agreement.save(update_fields=["state"])
    assert ANSWERS[state] in check(bytes(agreement.copy.pdf))


def test_the_hash_alone_is_enough(in_force: Two) -> None:
    sha256 = hashlib.sha256(bytes(in_force.fresh().copy.pdf)).hexdigest()
    assert "Genuine, and in force" in words_of(Client().post("/check/", {"sha256": sha256}))


def test_a_copy_of_a_mentoring_that_was_stopped_has_ended(in_force: Two) -> None:
    stop(pair=in_force.pair)
    assert "the mentoring has ended" in check(bytes(in_force.fresh().copy.pdf))


def test_one_byte_more_or_less_is_not_ours(in_force: Two) -> None:
    pdf = bytes(in_force.fresh().copy.pdf)
    for changed in (pdf + b"\n", pdf[:-1], pdf[:500] + bytes([pdf[500] ^ 1]) + pdf[501:]):
        assert "Not one of ours" in check(changed)


def test_nothing_else_is_revealed(in_force: Two) -> None:
    page = check(bytes(in_force.fresh().copy.pdf))
    for secret in ("Hannah", "Sam", "Quiet Hours", str(in_force.fresh().copy.sealed_at.year)):
        assert secret not in page


def test_a_file_larger_than_any_copy_is_not_ours(db: None) -> None:
    assert "Not one of ours" in check(b"%PDF" + b"\0" * (16 * 1024 * 1024))


def test_nothing_chosen_is_said_in_a_sentence(db: None) -> None:
    assert "Choose the PDF you were given" in words_of(Client().post("/check/", {}))


def test_asking_too_often_is_held_back(db: None) -> None:
    client = Client()
    statuses = [client.post("/check/", {"sha256": "0" * 64}).status_code for _ in range(32)]
    assert statuses[0] == 200
    assert statuses[-1] == 429
