"""`ampersand states`: the diagrams of docs/states.md, drawn from the tables that the actions go by."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db.models import Model
from django.utils.text import capfirst

from ampersand.agreements.models import Agreement
from ampersand.matching.models import Introduction, Request
from ampersand.pairs.models import Pair
from ampersand.record.states import Move, Moves

LIFE: tuple[type[Model], ...] = (Request, Introduction, Pair, Agreement)  # in the order of a pair's life
ABOVE = """# States

Drawn by `make diagrams` from the tables beside the models; a test compares them. Whatever is not in these
tables cannot happen: the actions of every room move rows by them alone. The words are those of the record.
"""


class Command(BaseCommand):
    """Draw what may become of requests, introductions, pairs and agreements."""

    help = "Draw what may become of requests, introductions, pairs and agreements."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it out as markdown."""
        self.stdout.write("\n".join([ABOVE, *drawn()]), ending="")


def with_moves() -> list[type[Model]]:
    """Find the models that declare how their state moves."""
    every = [model for model in apps.get_app_config("ampersand").get_models() if hasattr(model, "moves")]
    return [*LIFE, *(model for model in every if model not in LIFE)]


def drawn() -> Iterator[str]:
    """Draw one part after another."""
    for model in with_moves():
        moves: Moves = model.moves  # type: ignore[attr-defined]
        yield f"## {capfirst(str(model._meta.verbose_name))}\n"
        yield from _diagram(moves)
        yield from _table(moves)


def _diagram(moves: Moves) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in moves.states:
        yield f"    {state.value}: {state.label}"
    for move in moves.moves:
        for before in move.before:
            yield f"    {before or '[*]'} --> {move.after}: {_said(move)}"
    yield "```\n"


def _table(moves: Moves) -> Iterator[str]:
    labels = {None: "–"} | {state.value: str(state.label) for state in moves.states}
    yield "| from | what happens | to | who may |"
    yield "|---|---|---|---|"
    for move in moves.moves:
        before = " or ".join(labels[state] for state in move.before)
        who = ", ".join(str(one.label) for one in move.by)
        yield f"| {before} | {_said(move)} | {labels[move.after]} | {who} |"
    yield ""


def _said(move: Move) -> str:
    return str(move.verb.label).removesuffix(".")
