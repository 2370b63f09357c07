"""What Word and PDF mark as a place to fill in, one mark at a time, as their programs write it."""

from __future__ import annotations

import io

import pytest
from docx import Document
from docx.oxml import parse_xml

from ampersand.wording.reading.child import read_here
from tests.wording.reading.building import typst_pdf

_SPACES = " ".join(
    f'xmlns:{name}="http://schemas.{rest}"'
    for name, rest in {
        "w": "openxmlformats.org/wordprocessingml/2006/main",
        "w14": "microsoft.com/office/word/2010/wordml",
        "mc": "openxmlformats.org/markup-compatibility/2006",
        "wps": "microsoft.com/office/word/2010/wordprocessingShape",
        "a": "openxmlformats.org/drawingml/2006/main",
    }.items()
)
SAID = "Whoever walks with us says beforehand which path it is to be, and waits at every gate for the slower one."


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _control(properties: str, shown: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"


def _field(instruction: str, shown: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText> {instruction} </w:instrText></w:r>{marks[1]}{shown}{marks[2]}"


def _word(inner: str, below: str = SAID) -> bytes:
    document = Document()
    document.add_paragraph(SAID)
    document.element.body.insert(1, parse_xml(inner.replace(">", f" {_SPACES}>", 1)))
    document.add_paragraph(below)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


_WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
_LINE = "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:wsp><wps:cNvCnPr/></wps:wsp></w:drawing></mc:Choice></mc:AlternateContent></w:r>"
_RULE = '<w:pPr><w:pBdr><w:bottom w:val="single"/></w:pBdr></w:pPr>'


@pytest.mark.parametrize(
    ("inner", "near"),
    [
        (_run("Town: ") + _control("<w:text/>", _run("Click or tap here to enter text.")), "Town:"),
        (_run("Path: ") + _control("<w:text/>", _run("Klicken oder tippen Sie hier, um Text einzugeben.")), "Path:"),
        (_run("Hut: ") + _field("MACROBUTTON NoMacro [Type the hut here]", ""), "Hut:"),
        (_run("We walk with ") + _field("MERGEFIELD Walker", _run("Anna")) + _run(" on foot."), "We walk with"),
        (_run("We rest with ") + f'<w:fldSimple w:instr=" MERGEFIELD Keeper ">{_run("Anna")}</w:fldSimple>', "We rest with"),
        (_run("Bread: ") + _LINE, "Bread:"),
        (_RULE + _run("Songs:"), "Songs:"),
    ],
)  # fmt: skip
def test_what_word_marks_to_be_filled_in_is_a_blank(inner: str, near: str) -> None:
    assert [blank.near for blank in read_here(_word(f"<w:p>{inner}</w:p>"), "a.docx").blanks] == [near]


@pytest.mark.parametrize(
    "inner",
    [
        _run("Town: ") + _control("<w:text/>", _run("Bath, as agreed")),
        _LINE + _run("A walk in three parts."),
        _run("We walk.") + _run(" Not for print: ____ ", "<w:vanish/>"),
        _RULE + _run("Part one: by the lake"),
    ],
)
def test_what_word_shows_filled_in_or_for_looks_or_not_at_all_is_none(inner: str) -> None:
    assert read_here(_word(f"<w:p>{inner}</w:p>"), "a.docx").blanks == ()


def test_a_rule_across_word_is_to_sign_on_only_if_someone_signs_below() -> None:
    rule = '<w:p><w:r><w:pict><v:rect o:hr="t"/></w:pict></w:r></w:p>'
    spaces = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    rule = rule.replace("<w:p>", f"<w:p {spaces}>")
    assert read_here(_word(rule), "a.docx").blanks == ()
    signed = read_here(_word(rule, below="Walker’s signature"), "a.docx").blanks
    assert [blank.near for blank in signed] == ["Walker’s signature"]


def test_labels_in_word_whose_paragraphs_leave_no_room_are_told_by_their_neighbours() -> None:
    document = Document()
    for label in (
        "What we hope to see on the way",
        "What each of us brings along",
        "Where we rest",
        "Songs",
        "Bread",
    ):
        document.add_paragraph(f"{label}:")
    document.add_paragraph("Thank you for walking with us.")
    stream = io.BytesIO()
    document.save(stream)
    assert len(read_here(stream.getvalue(), "a.docx").blanks) == 4  # the last may lead to the thanks


def test_letters_set_in_wingdings_are_boxes_to_tick() -> None:
    inner = _run("o", _WINGDINGS) + _run(" by day ") + _run("\uf0a8", _WINGDINGS) + _run(" by night")
    assert read_here(_word(f"<w:p>{inner}</w:p>"), "a.docx").alternatives == (("by day", "by night"),)


def test_a_cell_that_is_a_control_with_nothing_in_it_is_a_blank() -> None:
    held = "<w:tc><w:p><w:r><w:t>Click or tap here to enter text.</w:t></w:r></w:p></w:tc>"
    row = f"<w:tr><w:tc><w:p>{_run('Boots')}</w:p></w:tc>{_control('<w:showingPlcHdr/>', held)}</w:tr>"
    assert [b.near for b in read_here(_word(f"<w:tbl>{row}</w:tbl>"), "a.docx").blanks] == ["Boots"]


def test_paragraphs_of_a_pdf_that_stand_close_are_told_apart_by_their_longer_step() -> None:
    asked = [f"In month {number} we take the path by the lake, and come back by the gate of the garden, with:" for number in range(14)]  # fmt: skip
    page = "#set text(size: 10pt)\n#set par(spacing: 1.1em)\n" + "\n\n".join([SAID * 4, *asked, SAID])
    assert [part.text for part in read_here(typst_pdf(page)).parts][1:15] == asked


def test_a_line_in_the_middle_of_a_pdf_parts_and_is_no_blank_unless_someone_signs_below() -> None:
    line = "#align(center, line(length: 50%))"
    asked = f"{SAID} {SAID}\n\nOn foot and by boat\n\n{line}\n\n{SAID} {SAID}\n\n"
    assert read_here(typst_pdf(asked)).blanks == ()
    signed = read_here(typst_pdf(f"{asked}#v(2em)\n{line}\n#align(center)[Signature of walker]")).blanks
    assert [blank.near for blank in signed] == ["Signature of walker"]


def test_words_that_begin_bold_go_on_in_the_next_row_of_a_pdf() -> None:
    page = f"#set page(width: 9cm)\n#par[*What we take with us, for a walk of one day*, as for example bread]\n\n{SAID}\n"
    assert [part.text.split()[0] for part in read_here(typst_pdf(page)).parts] == ["What", "Whoever"]


def test_hollow_squares_of_a_pdf_are_boxes_to_tick() -> None:
    page = f"{SAID}\n\nWhen do we walk?\n\n□ By day\n\n□ By night\n\n{SAID}"
    assert read_here(typst_pdf(page)).alternatives == (("By day", "By night"),)


def test_a_second_column_that_is_short_is_still_read_after_the_first() -> None:
    left = "\n\n".join(f"+ {SAID}" for _ in range(12))
    page = f"#set page(columns: 2)\n#set text(size: 9pt)\n{left}\n#colbreak()\n#v(5pt)\nOn the way\n\n+ Bring bread.\n+ Bring boots.\n\nWhoever comes along on the day rings the bell twice\n\n#v(7pt)\nDate:\n\nTown:\n\nSong:"
    reading = read_here(typst_pdf(page))
    assert [blank.near for blank in reading.blanks] == ["Date:", "Town:", "Song:"]
    assert reading.items == 14
