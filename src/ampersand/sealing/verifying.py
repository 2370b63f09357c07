"""Verifying a sealed PDF, offline and to the last byte.

A PDF signature leaves a gap for itself that it cannot cover. What may stand in ours is so narrow that it can
be written again from its parts and compared: a changed digit of padding is noticed like any other change.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any

from cryptography.x509 import Certificate
from pyhanko.pdf_utils.generic import DictionaryObject, parse_pdf_date
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields

from ampersand.sealing.authority import certificates_in
from ampersand.sealing.checkpoints import Evidence, Unreadable
from ampersand.sealing.containers import Foreign, Loose, check_container
from ampersand.sealing.findings import ATTACHED, Answer, Finding


class _Refused(Exception):
    """Why a PDF is not genuine."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.answer = answer


def verify(pdf: bytes, *, certificates: Sequence[Certificate]) -> Finding:
    """Find whether a PDF carries exactly one seal, by one of these certificates, over the whole of it."""
    try:
        reader = _read(pdf)
        seal = _only_seal(reader)
        certificate = _checked(pdf, seal, certificates)
    except _Refused as refused:
        return Finding(answer=refused.answer)
    sealed_at = parse_pdf_date(str(seal["/M"])).astimezone(UTC)
    try:
        attached = _attached(reader)
        evidence = Evidence.from_json(attached["record"]) if "record" in attached else None
    except (Unreadable, ValueError, KeyError, TypeError, RecursionError):
        return Finding(answer=Answer.UNREADABLE_PAPERS, sealed_at=sealed_at)
    fits = evidence is None or (evidence.holds(certificate) and _speaks_of(evidence, attached))
    answer = Answer.GENUINE if fits else Answer.RECORD_DISAGREES
    return Finding(answer=answer, sealed_at=sealed_at, attached=attached, evidence=evidence)


def verify_file(path: Path, certificate_paths: Sequence[Path]) -> tuple[int, str]:
    """Verify a file for the command line: an exit status (0 only when genuine) and what to tell."""
    try:
        certificates = [found for place in certificate_paths for found in certificates_in(place)]
    except (OSError, ValueError) as error:
        return 2, f"The certificate to check against cannot be read: {error}"
    try:
        finding = verify(path.read_bytes(), certificates=certificates)
    except OSError as error:
        return 2, f"{path} cannot be read: {error}"
    return (0 if finding.genuine else 1), "\n".join(_told(finding))


def _told(finding: Finding) -> list[str]:
    lines = [finding.sentence]
    if finding.genuine and finding.sealed_at:
        lines.append(f"It was sealed on {finding.sealed_at.day} {finding.sealed_at:%B %Y at %H:%M} UTC.")
    if fingerprint := finding.attached.get("fingerprint"):
        lines.append(f"Its text has the fingerprint {fingerprint}.")
    if replaces := finding.replaces:
        lines.append(f"It takes the place of the text with the fingerprint {replaces}.")
    if finding.genuine and finding.evidence:
        found = finding.evidence
        lines.append(
            f"It is entry {found.number} of the record, under the checkpoint of {found.checkpoint.size} "
            f"entries with the root {found.checkpoint.root.hex()}."
        )
    return lines


def _read(pdf: bytes) -> PdfFileReader:
    if b"%PDF-" not in pdf[:1024]:
        raise _Refused(Answer.NOT_A_PDF)
    try:
        reader = PdfFileReader(BytesIO(pdf))
        encrypted = reader.encrypted
    except Exception as error:  # a hostile file can make the reader fail in any way
        raise _Refused(Answer.DAMAGED) from error
    if encrypted:
        raise _Refused(Answer.ENCRYPTED)
    return reader


def _only_seal(reader: PdfFileReader) -> DictionaryObject:
    try:
        seals = [
            found.get_object() for _name, found, _field in enumerate_sig_fields(reader, filled_status=True)
        ]
    except Exception as error:  # as above
        raise _Refused(Answer.DAMAGED) from error
    if len(seals) != 1:
        raise _Refused(Answer.TWO_SEALS if seals else Answer.NO_SEAL)
    only: DictionaryObject = seals[0]
    return only


def _checked(pdf: bytes, seal: DictionaryObject, certificates: Sequence[Certificate]) -> Certificate:
    """Check that the seal is one of ours and covers the file; give the certificate that it was made with."""
    try:
        start, before, resume, after = (int(number) for number in seal["/ByteRange"])
    except (KeyError, TypeError, ValueError) as error:
        raise _Refused(Answer.CHANGED) from error
    if start != 0 or not 0 < before < resume or resume + after > len(pdf):
        raise _Refused(Answer.CHANGED)
    digest = hashlib.sha256(pdf[:before] + pdf[resume : resume + after]).digest()
    try:
        certificate = check_container(pdf[before:resume], digest=digest, certificates=certificates)
    except Foreign as error:
        raise _Refused(Answer.OTHER_CERTIFICATE) from error
    except Loose as error:
        raise _Refused(Answer.CHANGED) from error
    if resume + after != len(pdf):
        raise _Refused(Answer.APPENDED)
    return certificate


def _attached(reader: PdfFileReader) -> dict[str, Any]:
    """Read the attached agreement; empty when there is none."""
    root = reader.root
    if "/Names" not in root or "/EmbeddedFiles" not in root["/Names"]:
        return {}
    listed = root["/Names"]["/EmbeddedFiles"]["/Names"]
    for at in range(0, len(listed), 2):
        if str(listed[at]) == ATTACHED:
            attached = json.loads(listed[at + 1]["/EF"]["/F"].data)
            if not isinstance(attached, dict):
                raise Unreadable("The attached agreement is not one.")
            return attached
    return {}


def _speaks_of(evidence: Evidence, attached: dict[str, Any]) -> bool:
    """Say whether the entry is about this text: where it names a fingerprint, it must be this one."""
    return not evidence.fingerprint or evidence.fingerprint == attached.get("fingerprint")
