"""Reading the record: who did what, in plain words, and the proofs that nothing was changed."""

from ampersand.record.queries.histories import history_of, history_of_scheme, in_words, pseudonym
from ampersand.record.queries.proofs import (
    as_signed,
    consistency_proof,
    evidence_of,
    grown_since_checkpoint,
    inclusion_proof,
    latest_checkpoint,
)
from ampersand.record.queries.verifying import Verdict, verify_record

__all__ = [
    "Verdict",
    "as_signed",
    "consistency_proof",
    "evidence_of",
    "grown_since_checkpoint",
    "history_of",
    "history_of_scheme",
    "in_words",
    "inclusion_proof",
    "latest_checkpoint",
    "pseudonym",
    "verify_record",
]
