"""Our own documents, in every format: what is found against what a careful person finds."""

from __future__ import annotations

import pytest

from ampersand.wording import parse
from ampersand.wording.reading.child import read_here
from tests.figures import Figure
from tests.wording.reading.corpus import cases
from tests.wording.reading.scoring import Score


@pytest.mark.parametrize("half", ["develop", "held_out"])
def test_our_corpus_is_read_as_a_person_reads_it(half: str, figure: Figure) -> None:
    score = Score()
    for case in cases(half):
        score.add(case.name, read_here(case.data, case.name), case.expected)
    print(score.told())  # noqa: T201
    name = f"own agreements ({half.replace('_', '-')}, {score.documents})"
    figure(f"{name}: blanks F1", score.blanks_f1, goal="≥ 0.90")
    figure(f"{name}: either/ors F1", score.choices_f1, goal="≥ 0.90")
    figure(f"{name}: item counts within 5 %", f"{score.items_right:.0%}", goal="≥ 90 %")
    figure(f"{name}: signature blocks exact", f"{score.signatures_right:.0%}", goal="≥ 90 %")
    figure(
        f"{name}: misses",
        "; ".join([*score.missed, *score.invented, *score.items, *score.signatures]) or "none",
    )
    assert score.documents >= 15
    assert score.blanks_f1 >= 0.9, score.told()
    assert score.choices_f1 >= 0.9, score.told()
    assert score.items_right >= 0.9, score.told()
    assert score.signatures_right >= 0.9, score.told()
    assert score.from_nothing == [], score.told()


@pytest.mark.parametrize("half", ["develop", "held_out"])
def test_what_was_read_is_a_template_in_our_language(half: str) -> None:
    for case in cases(half):
        reading = read_here(case.data, case.name)
        template = parse(reading.template)
        asked = [blank for blank in reading.blanks if blank.kind == "choice" and len(set(blank.options)) > 1]
        short = [blank for blank in asked if all(len(option.split()) <= 6 for option in blank.options)]
        assert sum(field.is_choice for field in template.blanks) == len(short), case.name
        assert bool(template.occasions) == bool(reading.signature_blocks), case.name


def test_facts_are_what_the_text_fixes() -> None:
    wrong = []
    for half in ("develop", "held_out"):
        for case in cases(half):
            facts = read_here(case.data, case.name).facts
            wrong += [
                f"{case.name}: {name} {facts.get(name)}"
                for name, value in case.expected["facts"].items()
                if facts.get(name) != value
            ]
    assert wrong == []
