"""The container of a seal (CMS, RFC 5652), read strictly: byte for byte one that we would write."""

import hashlib
from collections.abc import Sequence
from typing import Any

from asn1crypto import cms
from asn1crypto import x509 as asn1
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

STAMP = "signature_time_stamp_token"


class Loose(ValueError):
    """The container is not one that we wrote over this digest."""


class Foreign(ValueError):
    """The container names a certificate that is not among ours."""


def check_container(written: bytes, *, digest: bytes, certificates: Sequence[Certificate]) -> Certificate:
    """Check what is written in the gap of a PDF against its digest; give the certificate it was made with."""
    try:
        der = bytes.fromhex(written[1:-1].decode("ascii"))
        content = cms.ContentInfo.load(der)["content"]
        signer = content["signer_infos"][0]
        serial = signer["sid"].chosen["serial_number"].native
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise Loose("The seal cannot be read.") from error
    ours = [one for one in certificates if one.serial_number == serial]
    if not ours:
        raise Foreign("The seal was made with another certificate.")
    try:
        again = _written_again(signer, ours[0])
        _check_signature(signer, ours[0], digest)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, InvalidSignature) as error:
        raise Loose("The seal does not fit.") from error
    if written != b"<" + again.hex().upper().encode().ljust(len(written) - 2, b"0") + b">":
        raise Loose("The gap holds something else beside the seal.")
    return ours[0]


def _written_again(signer: cms.SignerInfo, certificate: Certificate) -> bytes:
    """Write the container from what its signature vouches for, and nothing else."""
    ours = asn1.Certificate.load(certificate.public_bytes(Encoding.DER))
    sha256 = cms.DigestAlgorithm({"algorithm": "sha256"})
    info: dict[str, Any] = {
        "version": "v1",
        "sid": cms.SignerIdentifier(
            {
                "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                    {"issuer": ours.issuer, "serial_number": ours.serial_number}
                )
            }
        ),
        "digest_algorithm": sha256,
        "signed_attrs": signer["signed_attrs"],
        "signature_algorithm": cms.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
        "signature": signer["signature"],
    }
    if signer["unsigned_attrs"].native:
        _check_stamp(signer)
        info["unsigned_attrs"] = signer["unsigned_attrs"]
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [sha256],
            "encap_content_info": {"content_type": "data"},
            "certificates": [ours],
            "signer_infos": [cms.SignerInfo(info)],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())


def _check_signature(signer: cms.SignerInfo, certificate: Certificate, digest: bytes) -> None:
    attributes = {attribute["type"].native: attribute["values"] for attribute in signer["signed_attrs"]}
    if attributes["message_digest"][0].native != digest:
        raise Loose("The seal was made over something else.")
    key = certificate.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise Loose("The certificate's key is of another kind.")
    key.verify(signer["signature"].native, signer["signed_attrs"].untag().dump(), ec.ECDSA(hashes.SHA256()))


def _check_stamp(signer: cms.SignerInfo) -> None:
    """Check that only a time stamp over this signature was added; its authority is not judged here."""
    (attribute,) = signer["unsigned_attrs"]
    (token,) = attribute["values"]
    stamped = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
    algorithm = stamped["hash_algorithm"]["algorithm"].native
    if attribute["type"].native != STAMP or algorithm != "sha256":
        raise Loose("Something other than a time stamp was added to the seal.")
    if stamped["hashed_message"].native != hashlib.sha256(signer["signature"].native).digest():
        raise Loose("The time stamp is of another seal.")
