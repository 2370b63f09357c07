"""Signing on paper: print, upload, the other says whether it matches."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ampersand.agreements.models import Agreement, AgreementState, Evidence, Scan, ScanState, Signature
from ampersand.agreements.rules import Picture, sniffed
from ampersand.agreements.tasks import seal_agreement
from ampersand.notifications.models import Letter
from ampersand.people.rules import Refused
from ampersand.record.actions import sealer
from ampersand.sealing import verify
from tests.agreements.people import PNG, Two
from tests.agreements.visiting import as_, url, words_of

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


def send(two: Two, content: bytes, *, name: str = "paper.png") -> str:
    given = {"read": two.fingerprint(), "scan": SimpleUploadedFile(name, content)}
    return words_of(as_(two.hannah).post(url("by_hand", two), given, follow=True))


def scan_of(two: Two) -> Scan:
    return Scan.objects.get(agreement=two.agreement)


def answer(two: Two, word: str) -> None:
    as_(two.sam).post(url("answer_scan", two, scan_of(two).pk), {"answer": word})


def test_the_paper_has_ruled_lines_and_nothing_of_a_signature(ready: Two) -> None:
    response = as_(ready.sam).get(url("paper", ready))
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert "no-store" in response["Cache-Control"]


def test_there_is_nothing_to_print_while_something_is_left(two: Two) -> None:
    assert as_(two.sam).get(url("paper", two)).status_code == 302
    assert "Not quite ready" in words_of(as_(two.sam).get(url("by_hand", two)))


def test_one_uploads_the_other_confirms_and_it_is_sealed_with_the_scan_inside(ready: Two) -> None:
    assert "Sam now says whether it matches" in send(ready, PNG)
    assert [letter.to for letter in Letter.objects.filter(event="agreements/scan_waits")] == [ready.sam.email]
    answer(ready, "matches")
    assert ready.fresh().state == AgreementState.SEALING
    seal_agreement(agreement=ready.agreement.pk)
    agreement = ready.fresh()
    assert (agreement.state, agreement.evidence) == (AgreementState.IN_FORCE, Evidence.PAPER)
    assert set(Signature.objects.values_list("way", flat=True)) == {"paper"}
    pdf = bytes(agreement.copy.pdf)
    assert verify(pdf, certificates=[sealer().certificate]).genuine
    assert attached(pdf, "signed-by-hand.png") == PNG


def attached(pdf: bytes, name: str) -> bytes:
    from pypdf import PdfReader

    return PdfReader(BytesIO(pdf)).attachments[name][0]


def test_whoever_uploaded_cannot_confirm(scanned: Two) -> None:
    address = url("answer_scan", scanned, scan_of(scanned).pk)
    page = words_of(as_(scanned.hannah).post(address, {"answer": "matches"}))
    assert "Sam says whether your scan matches" in page
    assert Signature.objects.count() == 0


def test_a_scan_that_does_not_match_changes_nothing_else(scanned: Two) -> None:
    answer(scanned, "differs")
    assert scan_of(scanned).state == ScanState.REFUSED
    assert scanned.fresh().state == AgreementState.FILLING
    assert [x.to for x in Letter.objects.filter(event="agreements/scan_refused")] == [scanned.hannah.email]


def test_either_can_go_back_to_the_screen_while_a_scan_waits(scanned: Two) -> None:
    with pytest.raises(Refused, match="scan of the signed paper is waiting"):
        scanned.sign(scanned.sam)
    as_(scanned.sam).post(url("on_screen", scanned))
    assert scan_of(scanned).state == ScanState.LAPSED
    scanned.sign(scanned.sam)


def test_a_change_makes_a_waiting_scan_lapse(scanned: Two) -> None:
    scanned.suggest(scanned.sam, "notice", "9")
    assert scan_of(scanned).state == ScanState.LAPSED
    assert Letter.objects.filter(event="agreements/lapsed").count() == 2


def test_confirming_after_the_screen_signature_of_one_keeps_one_signature_each(ready: Two) -> None:
    ready.sign(ready.sam)
    send(ready, PNG)
    answer(ready, "matches")
    assert Signature.objects.filter(lapsed_at=None).count() == 2
    assert Agreement.objects.get().evidence == Evidence.PAPER


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<svg onload=alert(1)>", "no PDF and no picture"),
        (b"MZ" + b"\0" * 500, "no PDF and no picture"),
        (b"\x89PNG\r\n\x1a\n cut off", "no PDF and no picture"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 90, "HEIC"),
        (b"", "This file is empty"),
        (PNG + b"\0" * (30 * 1024 * 1024), "larger than 15 MB"),
    ],
)
def test_a_file_that_cannot_serve_is_refused_in_a_sentence(ready: Two, content: bytes, sentence: str) -> None:
    assert sentence in send(ready, content)
    assert Scan.objects.count() == 0


def test_a_file_is_what_it_holds_and_not_what_it_is_called(ready: Two) -> None:
    send(ready, PDF, name="holiday.jpg.exe")
    assert scan_of(ready).content_type == "application/pdf"


def test_a_photograph_keeps_its_picture_and_loses_where_it_was_taken() -> None:
    entry = b"\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"
    exif = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00" + entry + b"GPS here"
    segment = b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif
    body = b"\xff\xda\x00\x02pixels\xff\xd9"
    kept = sniffed(JPEG + segment + body)
    assert isinstance(kept, Picture)
    assert b"GPS" not in kept.content
    assert entry in kept.content
    assert kept.content.endswith(body)


def test_a_scan_is_shown_to_the_two_with_safe_headers_and_to_nobody_else(scanned: Two) -> None:
    address = url("scan", scanned, scan_of(scanned).pk)
    response = as_(scanned.sam).get(address)
    assert response.content == PNG
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    for person in (scanned.olive, scanned.outsider):
        assert as_(person).get(address).status_code == 404
        assert as_(person).post(url("answer_scan", scanned, scan_of(scanned).pk)).status_code == 404
