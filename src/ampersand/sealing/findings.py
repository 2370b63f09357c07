"""What verifying a PDF can find, each in its own sentence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from ampersand.sealing.checkpoints import Evidence


class Answer(StrEnum):
    """What verifying found. Only `GENUINE` is good news."""

    GENUINE = "genuine"
    NOT_A_PDF = "not a pdf"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    NO_SEAL = "no seal"
    TWO_SEALS = "two seals"
    OTHER_CERTIFICATE = "other certificate"
    CHANGED = "changed"
    APPENDED = "appended"
    UNREADABLE_PAPERS = "unreadable papers"
    RECORD_DISAGREES = "record disagrees"


SENTENCES = {
    Answer.GENUINE: "This is genuine: this installation sealed it, and nothing has changed since.",
    Answer.NOT_A_PDF: "This is not a PDF.",
    Answer.DAMAGED: "This PDF is damaged: it cannot be read, so nothing in it can be relied on.",
    Answer.ENCRYPTED: "This PDF is locked with a password. The copies we seal never are.",
    Answer.NO_SEAL: "This PDF carries no seal.",
    Answer.TWO_SEALS: "This PDF carries more than one seal. The copies we seal carry exactly one.",
    Answer.OTHER_CERTIFICATE: "This PDF was sealed, but not by this installation.",
    Answer.CHANGED: "This PDF has been changed since it was sealed.",
    Answer.APPENDED: "Something was added to this PDF after it was sealed.",
    Answer.UNREADABLE_PAPERS: "The seal holds, but what is attached to this PDF cannot be read.",
    Answer.RECORD_DISAGREES: "The seal holds, but the proof from the record does not fit this agreement.",
}

ATTACHED = "agreement.json"


def attachment(*, agreement: Mapping[str, Any], fingerprint: str, evidence: Evidence | None = None) -> bytes:
    """Write the file to attach to an agreement's PDF, under the name `ATTACHED`, before sealing it."""
    content: dict[str, Any] = {"fingerprint": fingerprint, "agreement": agreement}
    if evidence:
        content["record"] = evidence.as_json()
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The answer about one PDF, and what could be read from it."""

    answer: Answer
    sealed_at: datetime | None = None
    attached: dict[str, Any] = field(default_factory=dict)
    """What `attachment` wrote, once the seal is known to hold; empty when nothing is attached."""
    evidence: Evidence | None = None
    """The entry of the record that it carries, checked; None when it carries none."""

    @property
    def genuine(self) -> bool:
        """Say whether the copy is what it claims to be."""
        return self.answer is Answer.GENUINE

    @property
    def replaces(self) -> str:
        """Give the fingerprint of the text that this one takes the place of; nothing if there is none."""
        agreement = self.attached.get("agreement")
        return str(agreement.get("replaces", "")) if isinstance(agreement, dict) else ""

    @property
    def sentence(self) -> str:
        """Give the answer as a sentence, in English."""
        return SENTENCES[self.answer]
