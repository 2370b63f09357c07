"""What the software does about each clause of a wording, in the reader's language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ampersand.agreements.models import Template
from ampersand.wording import Verdict, coverage

WORDS = {
    "does": gettext_lazy("does"),
    "asks": gettext_lazy("asks"),
    "keeps": gettext_lazy("keeps"),
    "not yet": gettext_lazy("not yet"),
    "only words": gettext_lazy("only words"),
}
KINDS = {"does": "done", "keeps": "done", "not yet": "waiting"}


@dataclass(frozen=True)
class Said:
    """What the software does about one term of a clause, in the reader's language."""

    word: str
    sentence: str
    kind: str


@dataclass(frozen=True)
class Covered:
    """A clause and what the software does about it."""

    number: str
    text: str
    verdicts: tuple[Said, ...]


def covered(template: Template) -> list[Covered]:
    """Say for each clause of a wording what the software does about it."""
    return [
        Covered(row.number, row.text, tuple(_said(verdict) for verdict in row.verdicts))
        for row in coverage(template.wording())
    ]


def _said(verdict: Verdict) -> Said:
    return Said(str(WORDS[verdict.word]), _(verdict.sentence), KINDS.get(verdict.word, ""))
