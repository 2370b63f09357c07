"""Whatever is done to a sealed copy, verifying notices and says what."""

import random
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from ampersand.sealing import Answer, Sealer, SignedCheckpoint, merkle, seal, verify, verify_file
from ampersand.sealing.checkpoints import Evidence
from ampersand.sealing.seals import _signer
from tests.figures import Figure
from tests.sealing.papers import FINGERPRINT, NOW, typeset, with_record


def found(pdf: bytes, sealer: Sealer) -> Answer:
    return verify(pdf, certificates=[sealer.certificate]).answer


def seal_again(pdf: bytes, sealer: Sealer) -> bytes:
    """Put a second seal on, the way other software would."""
    metadata = signers.PdfSignatureMetadata(field_name="Another")
    signing = signers.PdfSigner(
        metadata, _signer(sealer), new_field_spec=fields.SigFieldSpec("Another", box=(0, 0, 0, 0))
    )
    again = BytesIO()
    signing.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=again)
    return again.getvalue()


def change_the_title(pdf: bytes) -> bytes:
    """Add a revision, as an editor of PDFs does."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    edited = BytesIO()
    writer.write(edited)
    return edited.getvalue()


def test_each_thing_that_can_be_wrong_has_its_own_sentence(
    sealed: bytes, sealer: Sealer, stranger: Sealer
) -> None:
    locked = pypdf.PdfWriter(clone_from=BytesIO(typeset()))
    locked.encrypt("secret", algorithm="AES-256")
    written = BytesIO()
    locked.write(written)
    in_the_words = sealed.index(b"stream") + 40
    wrong = {
        Answer.NOT_A_PDF: b"Dear Hannah, please find attached",
        Answer.DAMAGED: sealed[: len(sealed) // 2],
        Answer.ENCRYPTED: written.getvalue(),
        Answer.NO_SEAL: typeset(),
        Answer.TWO_SEALS: seal_again(sealed, sealer),
        Answer.OTHER_CERTIFICATE: seal(typeset(), sealer=stranger, when=NOW),
        Answer.CHANGED: sealed[:in_the_words] + b"?" + sealed[in_the_words + 1 :],
        Answer.APPENDED: change_the_title(sealed),
    }
    findings = {answer: verify(pdf, certificates=[sealer.certificate]) for answer, pdf in wrong.items()}
    assert {answer: finding.answer for answer, finding in findings.items()} == {one: one for one in wrong}
    assert len({finding.sentence for finding in findings.values()}) == len(wrong)
    assert not any(finding.genuine or finding.attached for finding in findings.values())


@pytest.mark.parametrize("junk", [b"\n", b"%", b"junk", b"\x00" * 2000, b"%PDF-1.7\n%%EOF\n"])
def test_junk_after_the_seal_is_refused(sealed: bytes, sealer: Sealer, junk: bytes) -> None:
    assert not verify(sealed + junk, certificates=[sealer.certificate]).genuine


def test_junk_before_the_beginning_is_refused(sealed: bytes, sealer: Sealer) -> None:
    assert not verify(b"\n" + sealed, certificates=[sealer.certificate]).genuine


def test_digits_of_the_padding_are_part_of_the_seal(sealed: bytes, sealer: Sealer) -> None:
    padding = sealed.rindex(b"0" * 64)
    assert found(sealed[:padding] + b"1" + sealed[padding + 1 :], sealer) is Answer.CHANGED


def test_the_same_digits_in_small_letters_are_not_the_same_file(sealed: bytes, sealer: Sealer) -> None:
    start = sealed.index(b"/Contents <308") + len(b"/Contents <")
    end = sealed.index(b">", start)
    small = sealed[:start] + sealed[start:end].lower() + sealed[end:]
    assert small != sealed
    assert found(small, sealer) is Answer.CHANGED


def test_a_seal_moved_to_another_agreement_is_refused(sealed: bytes, sealer: Sealer) -> None:
    other = seal(typeset("Notes will be kept."), sealer=sealer, when=NOW)
    mine, theirs = (pdf.index(b"/Contents <308") for pdf in (sealed, other))
    assert len(sealed) - mine == len(other) - theirs
    moved = other[:theirs] + sealed[mine : mine + 6160] + other[theirs + 6160 :]
    assert found(moved, sealer) in {Answer.CHANGED, Answer.DAMAGED}


def refused_of(times: int, sealed: bytes, sealer: Sealer) -> int:
    chance = random.Random(20260302)
    refused = 0
    for _ in range(times):
        tampered = bytearray(sealed)
        at = chance.randrange(len(tampered))
        kind = chance.choice(("bit", "byte", "cut", "insert", "swap"))
        if kind == "bit":
            tampered[at] ^= 1 << chance.randrange(8)
        elif kind == "byte":
            tampered[at] = (tampered[at] + chance.randrange(1, 256)) % 256
        elif kind == "cut":
            del tampered[at : at + chance.randrange(1, 20)]
        elif kind == "insert":
            tampered[at:at] = chance.randbytes(chance.randrange(1, 20))
        else:
            end = at + chance.randrange(2, 40)
            tampered[at:end] = tampered[at:end][::-1]
        if bytes(tampered) == sealed:
            tampered.append(0)
        refused += not verify(bytes(tampered), certificates=[sealer.certificate]).genuine
    return refused


def test_fifty_of_fifty_tampered_copies_are_refused(sealed: bytes, sealer: Sealer, figure: Figure) -> None:
    refused = refused_of(50, sealed, sealer)
    assert refused == 50
    figure("tampered copies refused, of 50", refused, goal="50")


@pytest.mark.prove
def test_every_one_of_very_many_tampered_copies_is_refused(
    sealed: bytes, sealer: Sealer, figure: Figure
) -> None:
    refused = refused_of(500, sealed, sealer)
    assert refused == 500
    figure("tampered copies refused, of 500", refused, goal="500")


@pytest.mark.prove
def test_every_single_byte_of_the_gap_counts(sealed: bytes, sealer: Sealer, figure: Figure) -> None:
    start = sealed.index(b"/Contents <308") + len(b"/Contents ")
    end = sealed.index(b">", start) + 1
    tampered = (
        sealed[:at] + bytes([sealed[at] ^ bit]) + sealed[at + 1 :]
        for at in (*range(start, start + 3000), *range(start + 3000, end, 97), end - 1)
        for bit in (1, 32)
    )
    answers = [verify(pdf, certificates=[sealer.certificate]).genuine for pdf in tampered]
    assert not any(answers)
    figure("bytes of the seal itself changed, refused", len(answers), goal="all")


def evidence(sealer: Sealer, fingerprint: str = FINGERPRINT) -> Evidence:
    """An entry of a small record, opened."""
    content = f"2 1772469120000000 - agreement-signed agreement:12 3 {fingerprint}"
    leaves = [merkle.leaf_hash(b"one"), merkle.leaf_hash(b"salt" + content.encode()), merkle.leaf_hash(b"3")]
    peaks: list[bytes] = []
    for size, leaf in enumerate(leaves):
        peaks = merkle.append(size, peaks, leaf)
    checkpoint = SignedCheckpoint(size=3, root=merkle.root_of(peaks), at=NOW).signed(sealer)
    proof = [leaves[0], leaves[2]]
    return Evidence(number=2, content=content, salt=b"salt", proof=proof, checkpoint=checkpoint)


def sealed_with(record: object, sealer: Sealer) -> bytes:
    return seal(typeset(attached=with_record(record)), sealer=sealer, when=NOW)


def test_a_copy_brings_its_proof_from_the_record(sealer: Sealer) -> None:
    brought = evidence(sealer)
    finding = verify(sealed_with(brought.as_json(), sealer), certificates=[sealer.certificate])
    assert finding.answer is Answer.GENUINE
    assert finding.evidence == brought


def test_a_proof_that_does_not_fit_is_noticed(sealer: Sealer, stranger: Sealer) -> None:
    for record in (
        evidence(sealer, fingerprint="ab" * 32),
        evidence(stranger),
    ):
        assert found(sealed_with(record.as_json(), sealer), sealer) is Answer.RECORD_DISAGREES
    bent = evidence(sealer).as_json()
    bent["proof"] = [bytes(32).hex(), bytes(32).hex()]
    assert found(sealed_with(bent, sealer), sealer) is Answer.RECORD_DISAGREES


@pytest.mark.parametrize("record", [None, [], {}, {"entry": 3}, {"entry": {"number": "2"}}, "x"])
def test_a_proof_that_cannot_be_read_is_said_so(sealer: Sealer, record: object) -> None:
    assert found(sealed_with(record, sealer), sealer) is Answer.UNREADABLE_PAPERS


def test_the_command_answers_nought_only_for_a_genuine_copy(
    sealed: bytes, sealer: Sealer, tmp_path: Path
) -> None:
    certificate, copy, bent = (tmp_path / name for name in ("certificate.pem", "copy.pdf", "bent.pdf"))
    certificate.write_bytes(sealer.certificate.public_bytes(Encoding.PEM))
    copy.write_bytes(sealed)
    bent.write_bytes(sealed + b"!")
    status, told = verify_file(copy, [certificate])
    assert status == 0
    assert "genuine" in told
    assert "on 2 March 2026 at 16:32 UTC" in told
    assert FINGERPRINT in told
    assert verify_file(bent, [certificate])[0] == 1
    assert verify_file(tmp_path / "nowhere.pdf", [certificate])[0] == 2
    assert verify_file(copy, [tmp_path / "nowhere.pem"])[0] == 2
    assert verify_file(copy, [copy])[0] == 2
    assert verify_file(copy, [])[0] == 1
