"""The signature on a PDF and its verification, and the proofs from the record. Plain Python, usable alone.

sealer = sealer_in(folder, name="Ampersand at Northside")
sealed = seal(pdf, sealer=sealer, when=now)
finding = verify(sealed, certificates=[sealer.certificate])
finding.genuine, finding.sentence
"""

from ampersand.sealing.authority import (
    Authority,
    Sealer,
    certificates_in,
    load_sealer,
    make_authority,
    sealer_in,
)
from ampersand.sealing.checkpoints import Evidence, SignedCheckpoint, Unreadable
from ampersand.sealing.findings import ATTACHED, SENTENCES, Answer, Finding, attachment
from ampersand.sealing.seals import seal
from ampersand.sealing.verifying import verify, verify_file

__all__ = [
    "ATTACHED",
    "SENTENCES",
    "Answer",
    "Authority",
    "Evidence",
    "Finding",
    "Sealer",
    "SignedCheckpoint",
    "Unreadable",
    "attachment",
    "certificates_in",
    "load_sealer",
    "make_authority",
    "seal",
    "sealer_in",
    "verify",
    "verify_file",
]
