"""The PDF says word for word what was signed, in any script, and can be archived and read aloud."""

import re
import subprocess
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from ampersand.wording import Document, Signed, as_json, builtin, fill, parse, render
from ampersand.wording.typesetting import CannotSet, typeset, unsettable
from tests.wording.test_filling import CONTRACT, SCHEME, WHOLE

WHEN = datetime(2026, 11, 21, 16, 32, tzinfo=UTC)
FOOT = 25 / 25.4 * 72  # points from the lower edge to the text
HEAD = 20 / 25.4 * 72

NAMES = {
    "Polish": "Łucja Wiśniewska-Żółkoś",
    "Vietnamese": "Nguyễn Thị Ánh Tuyết",
    "Yoruba": "Ọlámidé Adéṣọlá Ẹ̀bùn",
    "Greek": "Ἀριστοτέλης Σταγειρίτης",
    "Cyrillic": "Николай Александрович Ёлкин",
    "Arabic": "محمد بن عبد الله الفارسي",
    "Hebrew": "שרה בת־אברהם כהן",
    "Chinese": "王小明",
    "Japanese": "山田 太郎",
    "Korean": "김민준",
    "Tamil": "தமிழ்ச்செல்வி",
    "Malayalam": "ശ്രീലക്ഷ്മി",
    "Thai": "สมชาย ใจดี",
    "Georgian": "შოთა რუსთაველი",
    "Armenian": "Արամ Խաչատրյան",
    "Burmese": "အောင်ဆန်း",
    "Amharic": "አበበ ቢቂላ",
    "fi and ffl": "Fjord Affleck-Office",
    "two hundred letters": ("Wolfeschlegelstein " * 11)[:200].strip(),
    "two hundred Arabic letters": ("محمد عبد الله " * 15)[:200].strip(),
    "one word of two hundred letters": "x" * 200,
}


REORDERED = {
    "Hindi": "प्रिया शर्मा क्षत्रिय",
    "Bengali": "রবীন্দ্রনাথ ঠাকুর",
    "Khmer": "សុខ ចាន់",
}


def signed_by(name: str) -> tuple[Document, list[Signed]]:
    document = fill(CONTRACT, WHOLE | {"mentee-name": name, "mentee-contact": name}, SCHEME)
    return document, [
        Signed("issue", "mentor", "Hannah", date(2026, 11, 20)),
        Signed("issue", "mentee", name, date(2026, 11, 21)),
    ]


def words(pdf: bytes) -> list[str]:
    """The words between head and foot, page by page."""
    pages = pypdfium2.PdfDocument(pdf)
    text = " ".join(
        page.get_textpage().get_text_bounded(bottom=FOOT, top=page.get_height() - HEAD) for page in pages
    )
    return unicodedata.normalize("NFC", text.replace("\u00ad", "")).split()


def letters(text: str) -> str:
    """The text without white space and direction marks, which readers of PDF put where they think best."""
    return re.sub(r"[\s\u200b-\u200f\u202a-\u202e]", "", unicodedata.normalize("NFKC", text))


def read_by_poppler(pdf: bytes, folder: Path) -> str:
    file = folder / "agreement.pdf"
    file.write_bytes(pdf)
    crop = ["-x", "0", "-y", str(int(HEAD)), "-W", "600", "-H", str(int(842 - HEAD - FOOT))]
    command = ["pdftotext", "-nopgbrk", *crop, str(file), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_the_words_of_the_pdf_are_the_words_that_were_signed() -> None:
    document, signatures = signed_by("Tomasz Wiśniewski")
    evidence = ["Hannah signed on 20 November 2026 at 14:05.", "Tomasz signed a day later."]
    pdf = typeset(document, signatures=signatures, evidence=evidence, when=WHEN, footer="Fenland")
    assert words(pdf) == [*render.text(document, signed=signatures).split(), *" ".join(evidence).split()]


def test_the_peer_agreement_too() -> None:
    document = fill(parse(builtin()["peer"].text), {}, SCHEME)
    assert words(typeset(document, when=WHEN)) == render.text(document).split()


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES.keys())
def test_names_in_any_script_are_set_and_read_back(name: str, tmp_path: Path) -> None:
    document, signatures = signed_by(name)
    assert unsettable(document) == ()
    read = letters(read_by_poppler(typeset(document, signatures=signatures, when=WHEN), tmp_path))
    # Signatures stand in columns, which poppler may take in another order: the clauses come first, whole.
    clauses = letters(render.text(replace(document, signing=())))
    assert read.startswith(clauses)
    assert sorted(read) == sorted(letters(render.text(document, signed=signatures)))


@pytest.mark.parametrize("name", REORDERED.values(), ids=REORDERED.keys())
def test_scripts_that_reorder_letters_are_read_back_but_for_syllables_said_twice(
    name: str, tmp_path: Path
) -> None:
    """In these typst writes some syllables into the file's text twice (on the page they stand once)."""
    document, signatures = signed_by(name)
    assert unsettable(document) == ()
    read = letters(read_by_poppler(typeset(document, signatures=signatures, when=WHEN), tmp_path))
    clauses = letters(render.text(replace(document, signing=())))
    pieces = [re.escape(piece) for piece in clauses.split(letters(name))]
    assert len(pieces) == 3
    spelt = f"([{re.escape(letters(name))}]+)"
    found = re.match(spelt.join(pieces), read)
    assert found
    assert all(set(group) == set(letters(name)) for group in found.groups())


def test_what_no_font_has_is_named_before_anyone_signs() -> None:
    document, _ = signed_by("Sam 😀 𓀀𓀀")
    assert set(unsettable(document)) == {"“😀” (GRINNING FACE)", "“𓀀” (EGYPTIAN HIEROGLYPH A001)"}
    with pytest.raises(CannotSet, match="GRINNING FACE"):
        typeset(document, when=WHEN)
    assert unsettable("Sam") == ()
    assert unsettable("Sam \ue000 and \ue001") == ("“\ue000” (U+E000)", "“\ue001” (U+E001)")


def test_the_file_claims_archival_and_accessible_and_is_tagged() -> None:
    document, signatures = signed_by("Tomasz")
    pdf = typeset(document, signatures=signatures, when=WHEN, language="en-GB", title="Our contract")
    assert b"<pdfaid:part>3</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in pdf
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    root = pypdf.PdfReader(BytesIO(pdf)).root_object
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == "en-GB"
    assert "/StructTreeRoot" in root
    assert "/JavaScript" not in str(root.get("/Names"))


def test_the_agreement_and_other_files_are_inside_whole() -> None:
    document, signatures = signed_by("Tomasz")
    files = {"agreement.json": as_json(document).encode(), "proof.bin": bytes(range(256)), "empty.txt": b""}
    pdf = typeset(document, signatures=signatures, attachments=files, when=WHEN)
    inside = pypdf.PdfReader(BytesIO(pdf)).attachments
    assert {name: content[0] for name, content in inside.items()} == files


def test_the_same_agreement_makes_the_same_bytes() -> None:
    document, signatures = signed_by("Tomasz")
    first = typeset(document, signatures=signatures, when=WHEN)
    assert typeset(document, signatures=signatures, when=WHEN) == first
    assert typeset(document, signatures=signatures, when=WHEN.replace(minute=33)) != first


def test_every_page_has_its_number_version_and_fingerprint() -> None:
    document, signatures = signed_by("Tomasz")
    pages = pypdfium2.PdfDocument(typeset(document, signatures=signatures, when=WHEN, footer="Fenland"))
    for number, page in enumerate(pages, 1):
        foot = page.get_textpage().get_text_bounded(top=FOOT)
        assert "Fenland · Version 1" in foot
        assert f"Fingerprint {document.fingerprint}" in foot
        assert f"Page {number} of {len(pages)}" in foot


def test_an_unsigned_copy_says_that_it_is_a_draft_unless_it_is_ruled_for_signing() -> None:
    document, signatures = signed_by("Tomasz")

    def head(pdf: bytes) -> str:
        page = pypdfium2.PdfDocument(pdf)[0]
        return str(page.get_textpage().get_text_bounded(bottom=page.get_height() - HEAD))

    assert head(typeset(document, when=WHEN)) == "Draft – not signed"
    assert head(typeset(document, when=WHEN, ruled=True)) == ""
    assert head(typeset(document, signatures=signatures, when=WHEN)) == ""


def test_a_draft_shows_what_is_still_open() -> None:
    draft = fill(CONTRACT, {}, SCHEME, partial=True)
    read = words(typeset(draft, when=WHEN))
    assert read == render.text(draft).split()
    assert "[How often you aim to meet]." in " ".join(read)


def test_a_drawn_signature_stands_with_the_name() -> None:
    document, signatures = signed_by("Tomasz")
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100">'
        '<path d="M10 80 C 60 10, 120 10, 290 60" stroke="black" fill="none"/></svg>'
    )
    drawn = [signatures[0], replace(signatures[1], drawing=drawing)]
    plain, with_drawing = (typeset(document, signatures=some, when=WHEN) for some in (signatures, drawn))
    assert words(plain) == words(with_drawing)
    assert b"/Figure" in with_drawing
    assert b"/Figure" not in plain


def test_what_people_write_is_never_read_as_typst() -> None:
    name = '#panic("x") *bold* $x$ \\ "quoted" #sys.inputs [a] <b> @c // d'
    document, signatures = signed_by(name)
    read = words(typeset(document, signatures=signatures, when=WHEN))
    assert read == render.text(document, signed=signatures).split()


def test_a_clause_longer_than_a_page_goes_on_overleaf() -> None:
    document, signatures = signed_by("Tomasz")
    long = " ".join(f"word{number}" for number in range(1500))
    section = document.sections[0]
    clause = replace(section.clauses[0], parts=(replace(section.clauses[0].parts[0], text=long),))
    longer = replace(document, sections=(replace(section, clauses=(clause,)), *document.sections[1:]))
    read = words(typeset(longer, signatures=signatures, when=WHEN))
    assert read == render.text(longer, signed=signatures).split()
