"""The two originals and six agreements of others, lent for tests and kept outside the repository."""

from __future__ import annotations

import pytest

from ampersand.wording import parse
from ampersand.wording.reading.child import read_here
from tests.figures import Figure
from tests.wording.reading.building import text_as_docx, text_as_pdf
from tests.wording.reading.corpus import LENT, lent
from tests.wording.reading.scoring import Score

pytestmark = pytest.mark.skipif(
    not LENT.is_dir(), reason="NOT TESTED: the lent agreements are not beside this checkout"
)

MAKERS = {"text": lambda text: text.encode(), "docx": text_as_docx, "pdf": text_as_pdf}


@pytest.mark.parametrize("made", MAKERS)
def test_both_originals_are_read_without_a_miss_and_without_an_invention(made: str, figure: Figure) -> None:
    score = Score()
    for case in lent("seeds"):
        data = MAKERS[made](case.data.decode())
        reading = read_here(data, f"{case.name}.txt")
        score.add(case.name, reading, case.expected)
        parse(reading.template)
        wanted = {
            name: value
            for name, value in case.expected["facts"].items()
            if value is not None and name in reading.facts
        }
        assert {name: reading.facts[name] for name in wanted} == wanted
        assert reading.occasions == case.expected.get("signature_occasions", 0)
    figure(
        f"originals as {made}: missed, invented", f"{len(score.missed)}, {len(score.invented)}", goal="0, 0"
    )
    assert (score.missed, score.invented) == ([], []), score.told()
    assert (score.choices_missed, score.choices_invented, score.items, score.signatures) == (
        [],
        [],
        [],
        [],
    ), score.told()


def test_the_six_others_are_read_nearly_as_well_as_by_hand(figure: Figure) -> None:
    score = Score()
    for case in lent("agreements"):
        reading = read_here(case.data, f"{case.name}.txt")
        parse(reading.template)
        score.add(case.name, reading, case.expected)
    figure("six lent agreements: blanks F1", score.blanks_f1, goal="≥ 0.90")
    assert score.blanks_f1 >= 0.97, score.told()
    assert score.choices_f1 == 1, score.told()
    assert (score.items, score.signatures, score.from_nothing) == ([], [], []), score.told()


def test_an_organisations_own_pdf_gives_what_its_text_gives() -> None:
    score = Score()
    for case in lent("agreements"):
        pdf = LENT / "agreements" / f"{case.name}.pdf"
        if pdf.exists():
            score.add(case.name, read_here(pdf.read_bytes(), pdf.name), case.expected)
    assert score.documents == 2
    assert (score.missed, score.invented, score.items, score.signatures) == ([], [], [], []), score.told()


def test_the_lost_link_of_the_first_original_is_pointed_out() -> None:
    peer = next(case for case in lent("seeds") if not case.expected["blanks"])
    hints = read_here(peer.data).look_at
    assert [hint.about for hint in hints if "lost" in hint.sentence and "website - -" in hint.about]


def test_the_stray_bracket_and_the_doubled_title_of_the_second_are_pointed_out() -> None:
    contract = next(case for case in lent("seeds") if case.expected["blanks"])
    sentences = " ".join(hint.sentence for hint in read_here(contract.data).look_at)
    assert "bracket" in sentences
    assert "twice" in sentences
