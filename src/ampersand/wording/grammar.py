"""Reading and writing the agreement language. docs/agreement-language.md explains it for organisers."""

from __future__ import annotations

from dataclasses import dataclass

from ampersand.wording.template import Template


@dataclass(frozen=True, order=True)
class Problem:
    """Something in a template that cannot stand: line and column (both from 1) and a sentence to act on."""

    line: int
    column: int
    sentence: str


class WordingErrors(ValueError):
    """A template could not be read; `problems` are all that were found, in order of place."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(f"line {p.line}, column {p.column}: {p.sentence}" for p in problems))


def parse(text: str) -> Template:
    """Read a template. Raises WordingErrors with every problem found, not only the first."""
    raise NotImplementedError


def write(template: Template) -> str:
    """The template as text, ids and all: `parse(write(t)) == t`."""
    raise NotImplementedError
