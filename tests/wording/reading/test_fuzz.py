"""Anything typed, in any format, is read without a crash, and what comes out is a template. A target a reader."""

from __future__ import annotations

import os
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ampersand.wording import parse
from ampersand.wording.reading import Unreadable
from ampersand.wording.reading.child import read_here
from tests.wording.reading.building import docx_of, odt_of

SMALL = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
MINUTES = int(os.environ.get("AMPERSAND_FUZZ_MINUTES", "10"))

PIECES = st.sampled_from([
    "Name:", "____", "……", "....", "/", "will/will not", "(days/weeks)", "[ ]", "[insert date]", "<name>", "{x}", "1.", "(a)", "- ", "•", "§ 2",
    "\n", "\n\n", "\t", "     ", "Signature", "Date:", "*delete as appropriate", "Mentor", "mentee", "and/or", "?", ":", "☐", "yes/no", "12 months",
    "|", "#", "**", "```", "<table>", "<td></td>", "</p>", "<input>", "\\textbf{", "}", "\\item", "\\underline{\\hspace{2cm}}", "&", "\\\\", "%", "20__", "é", "签字：",
])  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=40).map(" ".join)
HEADS = {
    "plain": ("a.txt", ""), "markdown": ("a.md", ""), "html": ("a.html", "<html><body><p>"),
    "latex": ("a.tex", "\\documentclass{article}\\begin{document}\n"),
}  # fmt: skip
SCRIPT_WORDS = ["title", "h1", "p", "n", "n2", "b"]
SCRIPTS = st.lists(
    st.tuples(
        st.sampled_from(SCRIPT_WORDS),
        st.lists(PIECES.filter(lambda p: "\n" not in p) | st.sampled_from(["⟦under⟧", "⟦text⟧"]), max_size=8),
    ),
    max_size=12,
).map(lambda rows: "\n".join(f"{kind}: {' '.join(words)}" for kind, words in rows))


def _is_read(data: bytes, name: str) -> None:
    with suppress(Unreadable):
        reading = read_here(data, name)
        parse(reading.template)
        assert reading.signature_blocks <= len(reading.blanks)
        assert reading.from_dict(reading.as_dict()).as_dict() == reading.as_dict()


def _typed(format: str, text: str) -> None:
    name, head = HEADS[format]
    _is_read((head + text).encode("utf-8", errors="ignore"), name)


@pytest.mark.parametrize("format", HEADS)
def test_anything_typed_is_read(format: str) -> None:
    SMALL(given(TEXTS)(lambda text: _typed(format, text)))()


def test_any_word_file_is_read() -> None:
    SMALL(given(SCRIPTS)(lambda script: _is_read(docx_of(script), "a.docx")))()


def test_any_opendocument_text_is_read() -> None:
    SMALL(given(SCRIPTS)(lambda script: _is_read(odt_of(script), "a.odt")))()


@pytest.mark.prove
@pytest.mark.parametrize("format", [*HEADS, "docx", "odt"])
def test_anything_is_read_for_minutes(format: str) -> None:
    long = settings(SMALL, max_examples=MINUTES * 1500)
    if format in HEADS:
        long(given(TEXTS)(lambda text: _typed(format, text)))()
    else:
        maker = docx_of if format == "docx" else odt_of
        long(given(SCRIPTS)(lambda script: _is_read(maker(script), f"a.{format}")))()
