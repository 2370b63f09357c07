"""What is asked of whoever runs rooms, and how they may answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Call:
    """What is told of a meeting, and no more: when, how long, and a bland title."""

    starts: datetime
    minutes: int
    title: str


@dataclass(frozen=True)
class Room:
    """A room: what its provider calls it, and the way in."""

    number: str
    link: str


class NotNow(Exception):
    """It may work later; `after` is in how many seconds, if they said so."""

    def __init__(self, words: str, after: float | None = None) -> None:
        super().__init__(words)
        self.after = after


class NotMade(Exception):
    """It was refused, and asking again would not help."""


class Gone(NotMade):
    """There is no such room any more."""


class Provider(Protocol):
    """Somebody who runs rooms. Each verb raises NotNow or NotMade."""

    def make(self, call: Call, *, host: str) -> Room:
        """Make a room in the name of one of the provider's users."""

    def change(self, number: str, call: Call) -> None:
        """Tell of another time; Gone if there is no such room."""

    def drop(self, number: str) -> None:
        """Let a room go; one that is gone already is let go."""
