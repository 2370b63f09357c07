"""Checkpoints of the record: its root at one size, signed, so that anyone may keep one and compare."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import Certificate

from ampersand.sealing import merkle
from ampersand.sealing.authority import Sealer

_ALGORITHM = ec.ECDSA(hashes.SHA256())


class Unreadable(ValueError):
    """A checkpoint or proof that is not written as it should be; its sentence says how."""


@dataclass(frozen=True, kw_only=True)
class SignedCheckpoint:
    """The root of the record when it had `size` entries, with the installation's signature."""

    size: int
    root: bytes
    at: datetime
    signature: bytes = b""

    def words(self) -> bytes:
        """Give the very bytes that are signed."""
        at = self.at.astimezone(UTC).isoformat()
        return f"Ampersand record checkpoint\n{self.size}\n{self.root.hex()}\n{at}\n".encode()

    def signed(self, sealer: Sealer) -> Self:
        """Give the same checkpoint with the sealer's signature."""
        signature = sealer.key.sign(self.words(), _ALGORITHM)
        return type(self)(size=self.size, root=self.root, at=self.at, signature=signature)

    def signed_by(self, certificate: Certificate) -> bool:
        """Say whether the holder of this certificate signed it."""
        key = certificate.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return False
        try:
            key.verify(self.signature, self.words(), _ALGORITHM)
        except InvalidSignature:
            return False
        return True

    def as_json(self) -> dict[str, object]:
        """Give it as values for JSON."""
        return {
            "size": self.size,
            "root": self.root.hex(),
            "at": self.at.astimezone(UTC).isoformat(),
            "signature": base64.b64encode(self.signature).decode(),
        }

    @classmethod
    def from_json(cls, values: object) -> Self:
        """Read it back; raises `Unreadable`."""
        try:
            if not isinstance(values, Mapping) or not isinstance(values["size"], int):
                raise TypeError
            return cls(
                size=values["size"],
                root=bytes.fromhex(values["root"]),
                at=datetime.fromisoformat(values["at"]),
                signature=base64.b64decode(values["signature"], validate=True),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise Unreadable("This is not a checkpoint of the record.") from error

    @classmethod
    def read(cls, text: str | bytes) -> Self:
        """Read it from a file's text; raises `Unreadable`."""
        try:
            return cls.from_json(json.loads(text))
        except (ValueError, RecursionError) as error:
            raise Unreadable("This is not a checkpoint of the record.") from error


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One entry of the record opened, with the proof that it is under a signed checkpoint.

    This is what a sealed copy carries under the key "record" of its attached JSON.
    """

    number: int
    content: str
    salt: bytes
    proof: Sequence[bytes]
    checkpoint: SignedCheckpoint

    @property
    def fingerprint(self) -> str:
        """Give the fingerprint of the text that the entry speaks about, if it names one."""
        words = self.content.split(" ")
        return words[6] if len(words) > 6 and words[6] != "-" else ""

    def holds(self, certificate: Certificate) -> bool:
        """Say whether the entry is in the record as this certificate's holder signed it."""
        leaf = merkle.leaf_hash(self.salt + self.content.encode())
        return (
            self.content.startswith(f"{self.number} ")
            and self.checkpoint.signed_by(certificate)
            and merkle.included(self.number - 1, self.checkpoint.size, leaf, self.proof, self.checkpoint.root)
        )

    def as_json(self) -> dict[str, object]:
        """Give it as values for JSON."""
        return {
            "entry": {"number": self.number, "content": self.content, "salt": self.salt.hex()},
            "proof": [step.hex() for step in self.proof],
            "checkpoint": self.checkpoint.as_json(),
        }

    @classmethod
    def from_json(cls, values: object) -> Self:
        """Read it back; raises `Unreadable`."""
        try:
            if not isinstance(values, Mapping):
                raise TypeError
            entry = values["entry"]
            if not isinstance(entry["number"], int) or not isinstance(entry["content"], str):
                raise TypeError
            return cls(
                number=entry["number"],
                content=entry["content"],
                salt=bytes.fromhex(entry["salt"]),
                proof=[bytes.fromhex(step) for step in values["proof"]],
                checkpoint=SignedCheckpoint.from_json(values["checkpoint"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise Unreadable("The proof from the record cannot be read.") from error
