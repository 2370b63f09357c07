"""Sealing: one PAdES signature over the whole PDF."""

from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.constants import ESIC_EXTENSION_1
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ampersand.sealing.authority import Sealer

FIELD = "Seal"
READABLE = "The seal on this agreement"
ROOM = 6144  # hexadecimal digits kept for the signature, so that it need not be made twice to be measured
ROOM_WITH_TIME = 32768
INVISIBLE = fields.InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)


def seal(pdf: bytes, *, sealer: Sealer, when: datetime) -> bytes:
    """Give the PDF with the installation's seal over all of it; PDF/A and PDF/UA stay what they were."""
    place = fields.SigFieldSpec(
        FIELD, on_page=0, box=None, invis_sig_settings=INVISIBLE, readable_field_name=READABLE
    )
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    stamper = HTTPTimeStamper(sealer.timestamp_authority) if sealer.timestamp_authority else None
    signing = _Signing(metadata, _signer(sealer), timestamper=stamper, new_field_spec=place)
    signing.when = when
    sealed = BytesIO()
    signing.sign_pdf(
        _Writer(BytesIO(pdf)),
        bytes_reserved=ROOM_WITH_TIME if stamper else ROOM,
        output=sealed,
    )
    return sealed.getvalue()


class _Writer(IncrementalPdfFileWriter):
    """pyHanko's writer, which would otherwise write the metadata again in its own way of PDF/A."""

    def _update_meta(self) -> None:
        """Leave the metadata as the typesetter wrote it."""


class _Signing(signers.PdfSigner):
    """pyHanko's signing, at the time we say."""

    when: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.when
        return session

    def register_extensions(self, pdf_out: Any, *, md_algorithm: str) -> None:
        """Name only what PAdES needs: naming the curve too would make it PDF 2.0, which PDF/A-3 is not."""
        pdf_out.register_extension(ESIC_EXTENSION_1)


class _Signer(signers.SimpleSigner):
    """pyHanko's signer, which would otherwise read the key afresh for each signature."""

    key: ec.EllipticCurvePrivateKey

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        if digest_algorithm != "sha256":
            raise ValueError("Seals are made over SHA-256 only.")
        return self.key.sign(data, ec.ECDSA(hashes.SHA256()))


@cache
def _signer(sealer: Sealer) -> _Signer:
    certificate = Certificate.load(sealer.certificate.public_bytes(Encoding.DER))
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # our certificate is always put in
    written = sealer.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = _Signer(certificate, PrivateKeyInfo.load(written), store)
    signer.key = sealer.key
    return signer
