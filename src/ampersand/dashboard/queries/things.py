"""One thing to do, as the first page and an organiser's day list them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One thing to do: what, where, and since when or why."""

    label: str
    url: str
    hint: str = ""
