"""A sealed copy is genuine to the last byte, and other tools agree."""

import shutil
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from ampersand.sealing import Answer, Sealer, seal, verify
from tests.sealing.papers import FINGERPRINT, NOW, typeset


def test_a_sealed_copy_is_genuine_and_gives_its_papers_back(sealed: bytes, sealer: Sealer) -> None:
    finding = verify(sealed, certificates=[sealer.certificate])
    assert finding.answer is Answer.GENUINE
    assert finding.sealed_at == NOW
    assert finding.attached == {"fingerprint": FINGERPRINT, "agreement": {"words": "Notes will not be kept."}}
    assert finding.evidence is None


def test_a_copy_sealed_before_the_key_was_changed_stays_genuine(
    sealed: bytes, sealer: Sealer, stranger: Sealer
) -> None:
    assert verify(sealed, certificates=[stranger.certificate, sealer.certificate]).genuine


def test_debians_pdfsig_agrees_that_the_seal_is_valid_and_covers_everything(
    sealed: bytes, tmp_path: Path
) -> None:
    pdfsig = shutil.which("pdfsig")
    if pdfsig is None:
        pytest.skip("poppler-utils is not installed")
    (tmp_path / "copy.pdf").write_bytes(sealed)
    told = subprocess.run(
        [pdfsig, "-nocert", tmp_path / "copy.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert told.count("Signature #") == 1
    assert "Signature is Valid." in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert "Mentoring at Northside" in told


def test_pyhankos_own_validation_agrees(sealed: bytes, sealer: Sealer) -> None:
    (embedded,) = PdfFileReader(BytesIO(sealed)).embedded_signatures
    context = ValidationContext(trust_roots=[embedded.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(embedded, context)
    assert status.bottom_line
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    assert embedded.signer_cert.serial_number == sealer.certificate.serial_number


def test_sealing_keeps_what_makes_it_archivable_and_accessible(sealed: bytes) -> None:
    plain = pypdf.PdfReader(BytesIO(typeset()))
    reader = pypdf.PdfReader(BytesIO(sealed))
    root = reader.trailer["/Root"].get_object()
    metadata = root["/Metadata"].get_data()
    assert metadata == plain.trailer["/Root"].get_object()["/Metadata"].get_data()
    for part in (b"pdfaid:part>3<", b"pdfaid:conformance>A<", b"pdfuaid:part>1<"):
        assert part in metadata
    assert root["/StructTreeRoot"]
    assert "/Version" not in root or root["/Version"] == "/1.7"
    assert reader.attachments["agreement.json"] == plain.attachments["agreement.json"]


def test_the_seal_is_invisible_prints_and_has_a_name_for_screen_readers(sealed: bytes) -> None:
    page = pypdf.PdfReader(BytesIO(sealed)).pages[0]
    (widget,) = [one.get_object() for one in page["/Annots"]]
    assert widget["/F"] & 4
    assert not widget["/F"] & 2
    assert widget["/TU"] == "The seal on this agreement"
    box = [float(side) for side in widget["/Rect"]]
    assert box[0] == box[2]
    assert box[2] < float(page.mediabox.left)


def test_the_seal_says_when_it_was_made(sealer: Sealer) -> None:
    later = seal(typeset(), sealer=sealer, when=NOW + timedelta(minutes=5))
    assert verify(later, certificates=[sealer.certificate]).sealed_at == NOW + timedelta(minutes=5)
