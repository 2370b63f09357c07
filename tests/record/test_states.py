"""What may become of things is a table: nothing moves in any other way, and the docs show that very table."""

import ast
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import TextChoices

from ampersand.agreements.models import Agreement, AgreementState
from ampersand.management.commands.states import with_moves
from ampersand.matching.models import Introduction, IntroductionState, Request, RequestState
from ampersand.pairs.models import Pair, PairState
from ampersand.record.models import Verb
from ampersand.record.states import By, Move, Moves, NotAMove, unreached

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "ampersand"
# The tables themselves, and rows whose state has no table.
ELSEWHERE = {("record/states.py", "row"), ("agreements/actions/by_hand.py", "scan")}


class Light(TextChoices):
    RED = "red", "red"
    GREEN = "green", "green"


LIGHTS = Moves(
    Light,
    Move(Verb.SCHEME_MADE, [None], Light.RED, [By.ORGANISER]),
    Move(Verb.SCHEME_OPENED, [Light.RED], Light.GREEN, [By.ORGANISER, By.SOFTWARE]),
    Move(Verb.SCHEME_CLOSED, [Light.GREEN], Light.RED, [By.ORGANISER]),
)


class Lamp:
    def __init__(self, state: str) -> None:
        self.state = state


def test_what_the_table_knows_happens() -> None:
    lamp = Lamp(LIGHTS.begin(Verb.SCHEME_MADE, by=By.ORGANISER))
    assert lamp.state == Light.RED
    LIGHTS.make(lamp, Verb.SCHEME_OPENED, by=By.SOFTWARE)
    assert lamp.state == Light.GREEN


@pytest.mark.parametrize(
    ("state", "verb", "by"),
    [
        (Light.GREEN, Verb.SCHEME_OPENED, By.ORGANISER),
        (Light.RED, Verb.SCHEME_MADE, By.ORGANISER),
        (Light.GREEN, Verb.SCHEME_CLOSED, By.SOFTWARE),
        (Light.GREEN, Verb.SIGNED_IN, By.ORGANISER),
        ("blue", Verb.SCHEME_CLOSED, By.ORGANISER),
    ],
)
def test_what_it_does_not_know_is_refused(state: str, verb: Verb, by: By) -> None:
    lamp = Lamp(state)
    with pytest.raises(NotAMove, match="is no move"):
        LIGHTS.make(lamp, verb, by=by)
    assert lamp.state == state


def test_where_a_table_leaves_a_choice_the_action_says_where_to() -> None:
    ended = Pair(state=PairState.ENDED)
    with pytest.raises(NotAMove):
        Pair.moves.make(ended, Verb.PAIR_RESUMED, by=By.EITHER)
    with pytest.raises(NotAMove):
        Pair.moves.make(ended, Verb.PAIR_RESUMED, by=By.EITHER, to=PairState.ENDED)
    Pair.moves.make(ended, Verb.PAIR_RESUMED, by=By.EITHER, to=PairState.IN_FORCE)
    assert ended.state == PairState.IN_FORCE


NEVER = [
    (Pair(state=PairState.ENDED), Verb.PAIR_ENDED, By.EITHER),
    (Agreement(state=AgreementState.ENDED), Verb.AGREEMENT_IN_FORCE, By.SOFTWARE),
    (Agreement(state=AgreementState.IN_FORCE), Verb.AGREEMENT_SIGNED_BY_BOTH, By.EITHER),
    (Request(state=RequestState.PAIRED), Verb.REQUEST_WITHDRAWN, By.MENTEE),
    (Request(state=RequestState.WAITING), Verb.REQUEST_WITHDRAWN, By.ORGANISER),
    (Introduction(state=IntroductionState.CLOSED), Verb.PAIR_BEGAN, By.EITHER),
]


@pytest.mark.parametrize(("row", "verb", "by"), NEVER)
def test_what_must_never_become_of_a_pair_cannot(row: Pair, verb: Verb, by: By) -> None:
    with pytest.raises(NotAMove):
        type(row).moves.make(row, verb, by=by)


def test_every_state_that_the_database_knows_is_in_its_table() -> None:
    assert with_moves()[:4] == [Request, Introduction, Pair, Agreement]
    for model in with_moves():
        moves: Moves = model.moves  # type: ignore[attr-defined]
        field = model._meta.get_field("state")
        assert dict(field.choices) == dict(moves.states.choices)
        assert field.default in {move.after for move in moves.moves if None in move.before}
        assert unreached(moves) == []


def test_a_state_that_no_move_reaches_is_caught() -> None:
    class More(TextChoices):
        RED = "red", "red"
        GREEN = "green", "green"
        BROKEN = "broken", "broken"

    class Fewer(TextChoices):
        RED = "red", "red"

    assert unreached(Moves(More, *LIGHTS.moves)) == ["broken"]
    assert unreached(Moves(Fewer, *LIGHTS.moves)) == ["green"]


def written_past_the_table(files: Iterable[tuple[str, str]]) -> list[str]:
    """Name the places where a state with a table is written in another way than by it."""
    governed = {model.moves.states.__name__ for model in with_moves()}  # type: ignore[attr-defined]
    return [
        f"{name}:{node.lineno}"
        for name, text in files
        for node in ast.walk(ast.parse(text))
        for what, value in written(node)
        if (name, what) not in ELSEWHERE and (names_in(value) & governed or not names_a_state(value))
    ]


def written(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Give each thing whose state a piece of code writes, with what it writes."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for part in [part for target in targets for part in ast.walk(target)]:
            if isinstance(part, ast.Attribute) and part.attr == "state" and node.value:
                yield ast.unparse(part.value), node.value
    if isinstance(node, ast.Call):
        called = ast.unparse(node.func).rsplit(".", 1)[-1]
        if called in {"update", "create", *(model.__name__ for model in with_moves())}:
            for keyword in node.keywords:
                if keyword.arg == "state" and not by_table(keyword.value):
                    yield called, keyword.value
        if called == "setattr" and "'state'" in ast.unparse(node):
            yield called, node


def by_table(value: ast.expr) -> bool:
    """Say whether a value comes from a table, as `Pair.moves.begin(…)` or a name given to that."""
    return isinstance(value, ast.Name) or ".moves.begin(" in ast.unparse(value)


def names_in(value: ast.expr) -> set[str]:
    return {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}


def names_a_state(value: ast.expr) -> bool:
    """Say whether a value is a state written out, such as `ScanState.LAPSED`."""
    return any(name.endswith("State") for name in names_in(value))


def test_nobody_writes_a_state_past_its_table() -> None:
    files = [(str(path.relative_to(SOURCE)), path.read_text()) for path in SOURCE.rglob("*.py")]
    assert len(files) > 100
    assert written_past_the_table(files) == []


@pytest.mark.parametrize(
    "careless",
    [
        "pair.state = PairState.ENDED",
        "request.state, request.closed_at = RequestState.PAIRED, now",
        "agreement.state = state",
        "Agreement.objects.filter(pair=pair).update(state=AgreementState.ENDED)",
        "Agreement.objects.create(pair=pair, state=AgreementState.IN_FORCE)",
        "Pair(mentor=mentor, state=PairState.IN_FORCE)",
        "setattr(pair, 'state', ended)",
    ],
)
def test_a_state_written_past_its_table_is_caught(careless: str) -> None:
    assert written_past_the_table([("pairs/actions.py", careless)]) == ["pairs/actions.py:1"]


def test_states_without_a_table_are_left_alone() -> None:
    harmless = "scans.update(state=ScanState.LAPSED)\nletter.state = LetterState.DEAD\n"
    assert written_past_the_table([("agreements/actions/signing.py", harmless)]) == []


def test_the_drawings_in_the_docs_are_those_of_the_tables() -> None:
    drawn = StringIO()
    call_command("states", stdout=drawn)
    shown = (ROOT / "docs" / "states.md").read_text()
    assert drawn.getvalue() == shown, "docs/states.md is stale: run make diagrams"
    for model in with_moves():
        for state in model.moves.states:  # type: ignore[attr-defined]
            assert f"    {state.value}: {state.label}\n" in shown
