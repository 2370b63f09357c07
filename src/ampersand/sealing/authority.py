"""The installation's key and certificate: made on first run, then loaded and kept."""

import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
LASTS = timedelta(days=365 * 30)
KEY_FILE = "key.pem"
CERTIFICATE_FILE = "certificate.pem"


@dataclass(frozen=True, kw_only=True)
class Authority:
    """A new key and its certificate, as PEM, for the caller to keep (the key with mode 600)."""

    key: bytes
    certificate: bytes


@dataclass(frozen=True, kw_only=True)
class Sealer:
    """What seals: the loaded key, its certificate, and where to ask for the time, if anywhere."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    timestamp_authority: str = ""


def make_authority(name: str, *, now: datetime | None = None) -> Authority:
    """Make a P-256 key and a certificate of its own for signing documents, in the installation's name."""
    now = now or datetime.now(UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _shortened(name, 64)),
            x509.NameAttribute(NameOID.COMMON_NAME, _shortened(name, 40) + ": agreement seals"),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LASTS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    return Authority(
        key=key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ),
        certificate=certificate.public_bytes(serialization.Encoding.PEM),
    )


def load_sealer(authority: Authority, *, timestamp_authority: str = "") -> Sealer:
    """Load a key and its certificate; raises ValueError when they do not belong together."""
    key = serialization.load_pem_private_key(authority.key, password=None)
    certificate = x509.load_pem_x509_certificate(authority.certificate)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise ValueError("The sealing key and its certificate do not belong together.")
    return Sealer(key=key, certificate=certificate, timestamp_authority=timestamp_authority)


@cache
def sealer_in(folder: Path, *, name: str, timestamp_authority: str = "") -> Sealer:
    """Load the sealer kept in a folder, made there on first use; loaded once and kept."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / KEY_FILE).exists():
        made = make_authority(name)
        # Key and certificate lie in one file first, so that of two processes starting at once only one wins.
        _put(folder / KEY_FILE, made.key + made.certificate)
    pem = (folder / KEY_FILE).read_bytes()
    certificate = pem[pem.index(b"-----BEGIN CERTIFICATE-----") :]
    _put(folder / CERTIFICATE_FILE, certificate)
    return load_sealer(Authority(key=pem, certificate=certificate), timestamp_authority=timestamp_authority)


def certificates_in(path: Path) -> list[x509.Certificate]:
    """Read the certificates in a PEM file; raises ValueError when there is none."""
    return x509.load_pem_x509_certificates(path.read_bytes())


def _shortened(name: str, octets: int) -> str:
    """Cut a name to what a certificate holds, between letters."""
    return name.encode()[:octets].decode(errors="ignore").strip() or "Ampersand"


def _put(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all, unless it is there already."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
