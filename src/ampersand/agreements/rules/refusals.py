"""Refusals that a page answers in a way of its own."""

from ampersand.agreements.models import Filling
from ampersand.people.rules import Refused


class Overtaken(Refused):
    """Someone wrote in the same blank since it was opened. What both wrote is kept and shown."""

    def __init__(self, sentence: str, *, filling: Filling) -> None:
        super().__init__(sentence)
        self.filling = filling


class TextChanged(Refused):
    """The text is another than the one that was read before signing."""


class StillOpen(Refused):
    """Something is left to agree before this can be done."""
