"""The scheme's wording in versions, what a pair fills in, signs and receives."""

from ampersand.agreements.models.agreements import (
    OPEN,
    UNENDED,
    Agreement,
    Agreements,
    AgreementState,
    Evidence,
    Filling,
)
from ampersand.agreements.models.aside import SetAside
from ampersand.agreements.models.brought import Brought, Correction
from ampersand.agreements.models.frozen import Frozen
from ampersand.agreements.models.renewals import (
    Renewal,
    RenewalAnswer,
    RenewalCopy,
    Renewals,
    RenewalSignature,
    RenewalState,
)
from ampersand.agreements.models.signatures import Copies, Copy, Scan, ScanState, Signature, Way
from ampersand.agreements.models.templates import Acceptance, Template, Templates

__all__ = [
    "OPEN",
    "UNENDED",
    "Acceptance",
    "Agreement",
    "AgreementState",
    "Agreements",
    "Brought",
    "Copies",
    "Copy",
    "Correction",
    "Evidence",
    "Filling",
    "Frozen",
    "Renewal",
    "RenewalAnswer",
    "RenewalCopy",
    "RenewalSignature",
    "RenewalState",
    "Renewals",
    "Scan",
    "ScanState",
    "SetAside",
    "Signature",
    "Template",
    "Templates",
    "Way",
]
