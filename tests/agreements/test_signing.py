"""Checking and signing: one text, both or nothing, a sealed copy for each."""

import hashlib
import json
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pypdf import PdfReader

from ampersand.agreements.actions.signing import sign
from ampersand.agreements.models import (
    Agreement,
    AgreementState,
    Copy,
    Filling,
    Frozen,
    Signature,
    Template,
    Way,
)
from ampersand.agreements.rules import StillOpen, TextChanged
from ampersand.agreements.tasks import seal_agreement
from ampersand.notifications.models import Enclosure, Letter
from ampersand.people.rules import Refused
from ampersand.record.actions import sealer
from ampersand.sealing import Answer, verify
from tests.agreements.people import Two
from tests.figures import Figure
from tests.jobs import run_jobs


def signed(two: Two) -> Two:
    two.sign(two.hannah)
    two.sign(two.sam)
    run_jobs()
    return two


def test_signing_while_something_is_left_says_how_much(two: Two) -> None:
    with pytest.raises(StillOpen, match="are left to agree"):
        sign(agreement=two.fresh(), by=two.hannah, read="", name="Hannah Ito")


def test_both_sign_and_each_receives_the_sealed_copy(ready: Two) -> None:
    signed(ready)
    agreement = ready.fresh()
    assert agreement.state == AgreementState.IN_FORCE
    pdf = bytes(agreement.copy.pdf)
    assert verify(pdf, certificates=[sealer().certificate]).answer is Answer.GENUINE
    assert hashlib.sha256(pdf).hexdigest() == agreement.copy.sha256
    letters = Letter.objects.filter(event__startswith="agreements/sealed")
    assert {letter.to for letter in letters} == {
        "hannah@work.example",
        "sam@home.example",
        "help@quiet.example",
    }
    assert {bytes(e.content) for e in Enclosure.objects.filter(letter__in=letters)} == {pdf}


def test_the_pair_is_in_force_for_twelve_calendar_months(ready: Two) -> None:
    signed(ready)
    ready.pair.refresh_from_db()
    assert ready.pair.in_force_from is not None
    assert ready.pair.until == ready.pair.in_force_from.date().replace(year=ready.pair.in_force_from.year + 1)


def test_the_copy_carries_its_text_and_its_place_in_the_record(ready: Two) -> None:
    signed(ready)
    finding = verify(bytes(ready.fresh().copy.pdf), certificates=[sealer().certificate])
    assert finding.attached["fingerprint"] == ready.fresh().fingerprint
    assert finding.evidence is not None


def test_a_double_click_signs_once(ready: Two) -> None:
    ready.sign(ready.hannah)
    ready.sign(ready.hannah)
    assert Signature.objects.count() == 1


def test_a_text_that_changed_since_it_was_read_is_not_signed(ready: Two) -> None:
    read = ready.fingerprint()
    ready.suggest(ready.hannah, "notice", "9")
    ready.agree(ready.sam, "notice")
    with pytest.raises(TextChanged):
        sign(agreement=ready.fresh(), by=ready.sam, read=read, name="Sam")
    assert Signature.objects.count() == 0


def test_a_change_after_one_signature_makes_it_lapse_and_both_hear_of_it(ready: Two) -> None:
    ready.sign(ready.hannah)
    ready.suggest(ready.sam, "notice", "9")
    assert Signature.objects.filter(lapsed_at=None).count() == 0
    assert Letter.objects.filter(event="agreements/lapsed").count() == 2


def replays(two: Two, times: int) -> int:
    """Read one text, let it change, and try to sign the other with what was read; count the refusals."""
    refused = 0
    for turn in range(times):
        read = two.fingerprint()
        two.suggest(two.hannah, "notice", str(3 + turn % 50))
        two.agree(two.sam, "notice")
        try:
            sign(agreement=two.fresh(), by=two.sam, read=read, name="Sam")
        except TextChanged:
            refused += 1
    return refused


def test_a_signature_cannot_be_replayed_onto_another_text(ready: Two, figure: Figure) -> None:
    assert replays(ready, 50) == 50
    assert Signature.objects.count() == 0
    figure("signatures replayed onto another text", "50 of 50 refused", goal="all")


@pytest.mark.prove
def test_five_hundred_signatures_replayed(ready: Two, figure: Figure) -> None:
    assert replays(ready, 500) == 500
    assert Signature.objects.count() == 0
    figure("signatures replayed onto another text", "500 of 500 refused", goal="all")


def test_characters_the_copy_cannot_hold_are_told_before_anyone_signs(ready: Two) -> None:
    with pytest.raises(Refused, match="cannot hold"):
        sign(agreement=ready.fresh(), by=ready.sam, read=ready.fingerprint(), name="Sam ཀ")


def test_sealing_run_again_makes_no_second_copy(ready: Two) -> None:
    signed(ready)
    letters = Letter.objects.count()
    seal_agreement(agreement=ready.agreement.pk)
    assert (Copy.objects.count(), Letter.objects.count()) == (1, letters)


def test_sealing_killed_before_it_was_kept_starts_again(ready: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    ready.sign(ready.hannah)
    ready.sign(ready.sam)
    with monkeypatch.context() as patch, transaction.atomic():
        patch.setattr("ampersand.agreements.tasks.tell_sealed", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            seal_agreement(agreement=ready.agreement.pk)
    assert Copy.objects.count() == 0
    run_jobs()
    assert Copy.objects.count() == 1


FROZEN = {
    "published wording": "UPDATE ampersand_template SET text = 'x'",
    "published wording removed": "DELETE FROM ampersand_template",
    "copy": "UPDATE ampersand_copy SET pdf = 'x'",
    "copy removed": "DELETE FROM ampersand_copy",
    "signature": "UPDATE ampersand_signature SET name = 'x'",
    "signature moved": "UPDATE ampersand_signature SET fingerprint = 'x', lapsed_at = now()",
    "signature removed": "DELETE FROM ampersand_signature",
    "agreed text": "UPDATE ampersand_filling SET agreed = 'x'",
    "fingerprint": "UPDATE ampersand_agreement SET fingerprint = 'x'",
    "the scheme's values": "UPDATE ampersand_agreement SET scheme_values = '{}'",
}


@pytest.mark.parametrize("what", FROZEN)
def test_the_database_refuses_to_change_what_stands(ready: Two, what: str) -> None:
    from django.db import connection

    signed(ready)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FROZEN[what])


def test_python_refuses_to_change_what_stands(ready: Two) -> None:
    signed(ready)
    for row in [Template.objects.get(), ready.fresh().copy, Signature.objects.first()]:
        for change in (row.save, row.delete):
            with pytest.raises(Frozen):
                change()
    agreement = ready.fresh()
    agreement.fingerprint = "0" * 64
    with pytest.raises(Frozen):
        agreement.save()


def test_no_copy_without_both_signatures(ready: Two) -> None:
    ready.sign(ready.hannah)
    with pytest.raises(DatabaseError), transaction.atomic():
        Copy.objects.create(
            agreement=ready.fresh(), fingerprint=ready.fingerprint(), pdf=b"%PDF", sha256="0" * 64
        )


def test_what_both_signed_can_no_longer_be_filled_in(ready: Two) -> None:
    ready.sign(ready.hannah)
    ready.sign(ready.sam)
    with pytest.raises(Refused, match="both signed"):
        ready.suggest(ready.hannah, "notice", "9")
    assert Filling.objects.get(field="notice").agreed == "2"
    assert Agreement.objects.get().state == AgreementState.SEALING


def test_a_drawn_signature_is_kept_and_printed(ready: Two, client: Client) -> None:
    """Sam draws, Hannah types; the copy says of each how it was signed."""
    client.force_login(ready.sam)
    strokes = [[[10.0, 20.0], [60.0, 80.0], [120.0, 30.0]], [[40.0, 90.0], [200.0, 95.0]]]
    address = f"/agreements/{ready.agreement.pk}/sign/"
    answer = client.post(
        address, {"name": "Sam Reed", "read": ready.fingerprint(), "strokes": json.dumps(strokes)}
    )
    assert answer.status_code == 302
    drawn = Signature.objects.get(agreement=ready.agreement, person=ready.sam)
    assert drawn.way == Way.DRAWN
    assert drawn.strokes
    ready.sign(ready.hannah)
    seal_agreement(agreement=ready.agreement.pk)
    pages = PdfReader(BytesIO(bytes(Copy.objects.get().pdf))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert "drawing" in text
    assert "typing" in text
