"""When a boundary binds and whom, as an agreement says it."""

import pytest

from ampersand.wording import Scope, WordingErrors, builtin, parse, terms_of, write
from tests.wording.test_mistakes import GOOD


def bounded(said: str, more: str = "") -> str:
    return GOOD.replace("{#writing}", f"{{#writing; {said}}}").replace("blanks:\n", f"blanks:\n{more}")


@pytest.mark.parametrize(
    ("said", "scope"),
    [
        ("boundary-references", Scope("mentor", True, True)),
        ("boundary-references = during", Scope("mentor", True, False)),
        ("boundary-references = after for 5 years", Scope("mentor", False, True, 5)),
        ("boundary-references = by both during and after for 1 year", Scope("both", True, True, 1)),
        ("boundary-references = by mentee", Scope("mentee", True, True)),
        ("boundary-references = no", False),
        ("boundary-research", Scope("both", True, False)),
        ("boundary-research = during and after", Scope("both", True, True)),
    ],
)
def test_a_clause_says_when_it_binds(said: str, scope: Scope | bool) -> None:
    template = parse(bounded(said))
    assert terms_of(template, {})[said.split()[0]] == scope
    assert parse(write(template)) == template


@pytest.mark.parametrize(
    "said",
    [
        "boundary-references = sometimes",
        "boundary-references = for ever",
        "boundary-references = during for 5 years",
        "boundary-references = after for 0 years",
        "boundary-references = by nobody",
    ],
)
def test_what_cannot_be_understood_is_told_with_an_example(said: str) -> None:
    with pytest.raises(WordingErrors, match="by mentor during and after for 5 years"):
        parse(bounded(said))


def test_years_for_all_boundaries_can_stand_in_a_blank() -> None:
    years = "- years: How many years; number 1 to 20 years; term boundary-years\n"
    text = bounded("boundary-references; boundary-review = after for 2 years", years)
    template = parse(text.replace("[way].", "[way], for [years]."))
    terms = terms_of(template, {"years": 7})
    assert terms["boundary-references"] == Scope("mentor", True, True, 7)
    assert terms["boundary-review"] == Scope("mentor", False, True, 2)
    assert terms_of(template, {})["boundary-references"] == Scope("mentor", True, True)


def test_an_either_or_decides_whether_it_stands() -> None:
    choice = "- refs: Whether references are written; choice no / yes; term boundary-references\n"
    template = parse(
        bounded("boundary-references = after", choice).replace(
            "[way].", "[way]. We [refs: do / do not] write them."
        )
    )
    assert terms_of(template, {"refs": "yes"})["boundary-references"] == Scope("mentor", False, True)
    assert terms_of(template, {"refs": "no"})["boundary-references"] is False


def test_the_built_in_contract_says_what_it_means() -> None:
    terms = terms_of(parse(builtin()["contract"].text), {})
    lasting = Scope("mentor", during=True, after=True)
    assert terms["boundary-research"] == Scope("both", during=True, after=False)
    assert terms["boundary-review"] == terms["boundary-promotion"] == terms["boundary-references"] == lasting
