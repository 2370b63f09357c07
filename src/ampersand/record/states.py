"""How a row's state may move: each model with a life declares a table, and its actions move it by that alone.

The rules of a room refuse first, with a sentence a person can act on. This is the floor beneath them: a move
that no table knows is a mistake in the program, and nothing of it is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from ampersand.record.models.verbs import Verb


class NotAMove(Exception):
    """An action would have moved something in a way that its table does not know."""


class By(models.TextChoices):
    """Who makes a move. Where it is to stay unknown which of the two did, it is said as “either”."""

    MENTEE = "mentee", _("the mentee")
    MENTOR = "mentor", _("the mentor")
    EITHER = "either", _("either of the two")
    ORGANISER = "organiser", _("an organiser")
    SOFTWARE = "software", _("Ampersand itself")


@dataclass(frozen=True)
class Move:
    """What happens, in which states it may, what state follows, and who may. No state before: it is made."""

    verb: Verb
    before: Sequence[str | None]
    after: str
    by: Sequence[By]


class Stands(Protocol):
    """A row that has a state."""

    state: str


class Moves:
    """The table of one kind of thing: all its states, and all the moves between them."""

    def __init__(self, states: type[models.TextChoices], *moves: Move) -> None:
        self.states = states
        self.moves = moves

    def begin(self, verb: Verb, *, by: By) -> str:
        """Give the state that a new row begins in."""
        return self._after(None, verb, by, None)

    def make(self, row: Stands, verb: Verb, *, by: By, to: str | None = None) -> None:
        """Move a row; `to` says where, if the table leaves a choice. Saving it is left to the action."""
        row.state = self._after(row.state, verb, by, to)

    def _after(self, state: str | None, verb: Verb, by: By, to: str | None) -> str:
        known = {
            move.after
            for move in self.moves
            if verb == move.verb and state in move.before and by in move.by and to in {None, move.after}
        }
        if len(known) != 1:
            towards = f" to “{to}”" if to else ""
            raise NotAMove(f"{self.states.__name__}: “{verb}” by “{by}” from “{state}”{towards} is no move.")
        return known.pop()


def unreached(moves: Moves) -> Iterable[str]:
    """Name the states that no row can come into, and those that a table names and the model does not know."""
    before: set[str | None] = {None}
    while more := {m.after for m in moves.moves if before & set(m.before)} - before:
        before |= more
    return sorted(str(state) for state in before ^ {None, *moves.states.values})
