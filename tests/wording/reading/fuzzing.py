"""Files made at random, a target for each reader: what can be typed, what a format can hold, and broken bytes."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from ampersand.wording import parse
from ampersand.wording.reading import Unreadable
from ampersand.wording.reading.child import read_here
from tests.wording.reading.building import docx_of, odt_of
from tests.wording.reading.hostile import good_files, mutated

PIECES = st.sampled_from([
    "Name:", "____", "……", "....", "/", "will/will not", "(days/weeks)", "[ ]", "[insert date]", "<name>", "{x}", "1.", "(a)", "- ", "•", "§ 2",
    "\n", "\n\n", "\t", "     ", "Signature", "Date:", "*delete as appropriate", "Mentor", "mentee", "and/or", "?", ":", "☐", "yes/no", "12 months",
    "|", "#", "**", "```", "<table>", "<td></td>", "</p>", "<input>", "\n<div>", "<li>", "<h2>", "\\textbf{", "}", "\\item", "\\underline{\\hspace{2cm}}", "&", "\\\\", "%", "20__", "é", "签字：",
    "(name)", "{{startDate}}", "1.1 We meet.", "Please tick one of the boxes below.", "Mentor’s signature", "How often?", "By:", "> (e.g. weekly)",
])  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=40).map(" ".join)
SCRIPTS = st.lists(
    st.tuples(
        st.sampled_from(["title", "h1", "p", "n", "n2", "b"]),
        st.lists(PIECES.filter(lambda p: "\n" not in p) | st.sampled_from(["⟦under⟧", "⟦text⟧"]), max_size=8),
    ),
    max_size=12,
).map(lambda rows: "\n".join(f"{kind}: {' '.join(words)}" for kind, words in rows))

_NUMBERS = st.sampled_from(
    ["0", "1", "-5", "12", "72", "300.5", "595", "842", "99999", "1e9", "null", "(x)", "<< >>"]
)
_WORDS = st.lists(PIECES.filter(str.isascii), max_size=4).map(
    lambda words: "".join(" ".join(words).split("\n"))
)
_DRAWN = st.one_of(
    st.tuples(_NUMBERS, _NUMBERS, _WORDS).map(
        lambda t: (
            f"BT /F1 {t[0]} Tf 1 0 0 1 {t[1]} {t[0]} Tm ({t[2].translate({40: None, 41: None, 92: None})}) Tj ET"
        )
    ),
    st.tuples(_NUMBERS, _NUMBERS, _NUMBERS, _NUMBERS).map(lambda n: f"{' '.join(n)} re S"),
    st.tuples(_NUMBERS, _NUMBERS, _NUMBERS).map(lambda n: f"{n[0]} {n[1]} m {n[2]} {n[1]} l S"),
    st.sampled_from(["q", "Q", "BT", "ET", "/X1 Do", "0 0 0 0 0 0 cm", "2 0 0 2 0 0 cm", "W n", "EI"]),
)
_VALUES = st.recursive(
    _NUMBERS
    | st.integers(1, 9).map(lambda n: f"{n} 0 R")
    | st.sampled_from(["/Tx", "/Btn", "/Ch", "/Sig", "/Widget", "true", "[0 0 50 20]"]),
    lambda inner: st.lists(inner, max_size=4).map(lambda some: f"[{' '.join(some)}]"),
    max_leaves=5,
)
_ENTRIES = st.dictionaries(
    st.sampled_from(["Type", "Subtype", "FT", "T", "Ff", "Rect", "Kids", "Parent", "Opt", "Annots", "MediaBox", "Rotate", "Resources", "Contents", "Count", "TU"]),
    _VALUES, max_size=6,
).map(lambda entries: " ".join(f"/{key} {value}" for key, value in entries.items()))  # fmt: skip
PDFS = st.tuples(
    st.lists(_DRAWN, max_size=20), st.lists(_ENTRIES, min_size=4, max_size=4), st.integers(0, 12)
)


def pdf_of(drawn: list[str], entries: list[str], lost: int) -> bytes:
    """A PDF with a page, a form and a field, whose dictionaries hold odd entries; object number `lost` is missing."""
    content = "\n".join(drawn)
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R 7 0 R] >> {entries[0]} >>",
        f"<< /Type /Pages /Kids [3 0 R] /Count 1 {entries[1]} >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R 7 0 R]"
        f" /Resources << /Font << /F1 5 0 R >> /XObject << /X1 8 0 R >> >> {entries[2]} >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /Rect [72 700 200 720] {entries[3]} >>",
        "<< /Type /Annot /Subtype /Widget /FT /Btn /T (b) /Rect [72 650 84 662] >>",
        "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 8 0 R >> >> /Length 6 >>\nstream\n/X1 Do\nendstream",
    ]
    body, places = "%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{'null' if number == lost else text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(body)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    return body.encode("latin-1", errors="replace")


def check(data: bytes, name: str) -> None:
    """A file is refused with a sentence, or what comes out holds together and is a template."""
    with suppress(Unreadable):
        reading = read_here(data, name)
        parse(reading.template)
        assert reading.signature_blocks <= len(reading.blanks)
        assert reading.from_dict(reading.as_dict()).as_dict() == reading.as_dict()


def _typed(name: str, head: str = "") -> st.SearchStrategy[tuple[bytes, str]]:
    return TEXTS.map(lambda text: ((head + text).encode("utf-8", errors="ignore"), name))


TARGETS: dict[str, st.SearchStrategy[tuple[bytes, str]]] = {
    "plain": _typed("a.txt"),
    "markdown": _typed("a.md"),
    "html": _typed("a.html", "<html><body><p>"),
    "latex": _typed("a.tex", "\\documentclass{article}\\begin{document}\n"),
    "docx": SCRIPTS.map(lambda script: (docx_of(script), "a.docx")),
    "odt": SCRIPTS.map(lambda script: (odt_of(script), "a.odt")),
    "pdf": PDFS.map(lambda made: (pdf_of(*made), "a.pdf")),
}
"""What each reader is given, by its format."""


def fuzz(format: str, examples: int, round: int = 0) -> None:
    """Gives a reader so many files made at random."""
    quiet = settings(
        max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    seed(round)(quiet(given(TARGETS[format])(lambda made: check(*made))))()


def broken(format: str, count: int, round: int = 0) -> None:
    """Gives a reader so many good files with bytes changed."""
    ending = {"plain": "txt", "markdown": "md", "latex": "tex"}.get(format, format)
    seeds = [(name, data) for name, data in good_files() if Path(name).suffix == f".{ending}"]
    for name, data in mutated(seeds, count, salt=round):
        check(data, name.rpartition(" ")[2])


def for_minutes(minutes: float, *work: Callable[[int], None]) -> int:
    """Does the work in rounds until the time is up; how many rounds there were."""
    until, rounds = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < until:
        rounds += 1
        for part in work:
            part(rounds)
    return rounds
