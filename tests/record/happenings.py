"""A record with something in it."""

from itertools import cycle, islice

from ampersand.record.actions import note_down
from ampersand.record.models import Verb

VERBS = (Verb.REQUEST_MADE, Verb.INTRODUCTION_OFFERED, Verb.AGREEMENT_SIGNED, Verb.PAIR_ENDED)


def happen(times: int, *, by: int | None = None, about: str = "") -> None:
    """Let a few things happen, by different people unless one is named."""
    for number, verb in enumerate(islice(cycle(VERBS), times)):
        note_down(
            verb=verb,
            by=number % 5 if by is None else by,
            about=about or f"agreement:{number % 7}",
            scheme=number % 3 or None,
        )
