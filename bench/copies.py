"""What a copy of an agreement takes, from the words both agreed on to a sealed PDF, in processor time.

    python -m bench.copies

Beside ours, in turns: typst and pyHanko called bare, with the very same source and inputs; and reportlab
and WeasyPrint setting the same words, sealed by the same bare pyHanko. Names differ from copy to copy, so
that nothing is set from memory. The peers come with the extra `bench`; one that is missing is left out.
"""

import argparse
import html
import json
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import typst
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ampersand.sealing import Sealer, seal, sealer_in
from ampersand.wording import Document, Signed, builtin, fill, parse, read_value, render, typesetting
from bench.tables import Row, ratio, table

GOAL = 1.3
ROOM = 6144
WHEN = datetime(2026, 11, 21, 12, tzinfo=UTC)
WORDING = parse(builtin()["contract"].text)
SCHEME = {"name": "Northside mentoring", "contact": "hello@scheme.example", "website": ""}
TYPED = {
    "mentor-contact": "by e-mail, or by telephone in the afternoon",
    "mentee-contact": "by e-mail",
    "often": "every 4 weeks",
    "set-up": "mentee",
    "notice": "2",
    "between": "by e-mail",
    "phone": "Tuesdays and Thursdays from 4 to 6 pm",
    "notes": "yes",
    "recording": "no",
}
NAMES = (f"Hannah the {number}." for number in count(1))
Way = Callable[[str], bytes]


def agreed(name: str) -> tuple[Document, list[Signed]]:
    """Fill the contract in between Sam and a mentor of this name, and let both sign."""
    typed = TYPED | {"mentor-name": name, "mentee-name": "Sam"}
    values = {field.id: read_value(field, typed[field.id]) for field in WORDING.blanks}
    both = {"mentor": name, "mentee": "Sam"}
    signed = [Signed(occasion="issue", party=key, name=both[key], on=WHEN.date()) for key in both]
    return fill(WORDING, values, SCHEME), signed


def ours(sealer: Sealer) -> Way:
    def make(name: str) -> bytes:
        document, signed = agreed(name)
        return seal(typesetting.typeset(document, signatures=signed, when=WHEN), sealer=sealer, when=WHEN)

    return make


def inputs(name: str) -> Mapping[str, Any]:
    """Give what typst would be handed for this copy, without setting it."""
    document, signed = agreed(name)
    with mock.patch.object(typesetting, "_compile", return_value=b"") as compiling:
        typesetting.typeset(document, signatures=signed, when=WHEN)
    given: Mapping[str, Any] = compiling.call_args.args[1]
    return given


def bare_signing(sealer: Sealer) -> Callable[[bytes], bytes]:
    """Sign as pyHanko's own documentation does, with room reserved."""
    key = sealer.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    certificate = Certificate.load(sealer.certificate.public_bytes(Encoding.DER))
    signer = signers.SimpleSigner(certificate, PrivateKeyInfo.load(key), SimpleCertificateStore())
    metadata = signers.PdfSignatureMetadata(
        field_name="Seal", subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256"
    )

    def sign(pdf: bytes) -> bytes:
        sealed = BytesIO()
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        signers.sign_pdf(writer, metadata, signer=signer, bytes_reserved=ROOM, output=sealed)
        return sealed.getvalue()

    return sign


def bare(prepared: Mapping[str, Mapping[str, Any]], sign: Callable[[bytes], bytes]) -> Way:
    """Call typst and pyHanko and nothing of ours; the inputs were prepared beforehand."""
    compiler = typst.Compiler(ignore_system_fonts=True, font_paths=[str(typesetting.FONTS)])
    source = Path(typesetting.__file__).with_name("agreement.typ").read_bytes()

    def make(name: str) -> bytes:
        made = compiler.compile(
            input=source,
            format="pdf",
            sys_inputs={"data": json.dumps(prepared[name], ensure_ascii=False)},
            pdf_standards=typesetting.STANDARDS,
            timestamp=int(WHEN.timestamp()),
        )
        return sign(made)

    return make


def with_reportlab(platypus: ModuleType, styles: ModuleType, sign: Callable[[bytes], bytes]) -> Way:
    sheet = styles.getSampleStyleSheet()

    def make(name: str) -> bytes:
        document, _ = agreed(name)
        lines = render.text(document).split("\n")
        story = [platypus.Paragraph(html.escape(line), sheet["BodyText"]) for line in lines if line]
        made = BytesIO()
        platypus.SimpleDocTemplate(made, title=document.title).build(story)
        return sign(made.getvalue())

    return make


def with_weasyprint(weasyprint: ModuleType, sign: Callable[[bytes], bytes]) -> Way:
    def make(name: str) -> bytes:
        document, _ = agreed(name)
        page = f'<html lang="en"><title>{html.escape(document.title)}</title>{render.html(document)}</html>'
        return sign(weasyprint.HTML(string=page).write_pdf())

    return make


def peers(sign: Callable[[bytes], bytes]) -> dict[str, Way]:
    """Give the peers that are here; say which is not."""
    found: dict[str, Way] = {}
    try:
        platypus, styles = import_module("reportlab.platypus"), import_module("reportlab.lib.styles")
        found["reportlab + pyHanko"] = with_reportlab(platypus, styles, sign)
    except ImportError:
        print("reportlab is not installed (pip install 'ampersand[bench]'): left out.", file=sys.stderr)
    try:
        found["WeasyPrint + pyHanko"] = with_weasyprint(import_module("weasyprint"), sign)
    except (ImportError, OSError):
        print("WeasyPrint, or the Pango it needs, is not installed: left out.", file=sys.stderr)
    return found


def milliseconds(way: Way, names: list[str]) -> float:
    began = time.process_time()
    for name in names:
        assert way(name).startswith(b"%PDF")
    return (time.process_time() - began) * 1000 / len(names)


def measure(*, quick: bool = False, rounds: int = 7, copies: int = 10) -> list[Row]:
    """Give the table's rows."""
    rounds, copies = (1, 1) if quick else (rounds, copies)
    with tempfile.TemporaryDirectory(prefix="ampersand-copies-") as folder:
        sealer = sealer_in(Path(folder), name="Ampersand on the bench")
    sign = bare_signing(sealer)
    prepared: dict[str, Mapping[str, Any]] = {}
    ways = {"a sealed copy": ours(sealer), "bare typst + pyHanko": bare(prepared, sign), **peers(sign)}
    runs: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for called, way in ways.items():
            names = [next(NAMES) for _ in range(copies)]
            prepared |= {name: inputs(name) for name in names} if called.startswith("bare") else {}
            took = milliseconds(way, names)
            runs[called] += [took] if number or quick else []  # the first round only warms up
    beside = {name: ratio(runs["a sealed copy"], taken) for name, taken in runs.items()}
    own, bare_calls, *others = ways
    return [
        Row(own, runs[own], "ms", ratio=beside[bare_calls], most=GOAL),
        Row("  bare typst + pyHanko", runs[bare_calls], "ms"),
        *(Row(f"  {name}", runs[name], "ms", ratio=1 / beside[name]) for name in others),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--copies", type=int, default=10, help="each round")
    given = parser.parse_args()
    print(table(measure(rounds=given.rounds, copies=given.copies)))


if __name__ == "__main__":
    main()
