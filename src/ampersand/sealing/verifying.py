"""Verifying a sealed PDF, offline."""

from collections.abc import Sequence
from pathlib import Path

from cryptography.x509 import Certificate

from ampersand.sealing.authority import certificates_in
from ampersand.sealing.findings import Answer, Finding


def verify(pdf: bytes, *, certificates: Sequence[Certificate]) -> Finding:
    """Find whether a PDF carries exactly one seal, by one of these certificates, over the whole of it."""
    return Finding(answer=Answer.NOT_A_PDF)


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
    return (0 if finding.genuine else 1), finding.sentence
