"""The sheet on which an organiser corrects what was found: every finding in its place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ampersand.agreements.forms.asking import KINDS
from ampersand.agreements.models import Brought
from ampersand.wording import (
    Choice,
    Clause,
    Condition,
    Entered,
    Field,
    Gap,
    SchemeValue,
    Section,
    Template,
    Words,
)
from ampersand.wording.catalogue import CATALOGUE
from ampersand.wording.reading.correcting import counted, seen
from ampersand.wording.reading.correcting.noticing import Notice, notices
from ampersand.wording.reading.correcting.suggesting import Suggestion, suggestions


@dataclass(frozen=True)
class Piece:
    """A run of words of a clause, or one finding among them."""

    kind: str
    text: str = ""
    field: Field | None = None
    by: str = ""  # who alone fills it in, as the agreement calls them
    pending: bool = False
    first: bool = False  # the first place of its blank: the one that is linked to
    number: int = 0  # of the word, where the words are counted

    @property
    def options(self) -> str:
        """What can be chosen, where it is an either/or."""
        return " / ".join(option.words for option in self.field.options) if self.field else ""

    @property
    def asks(self) -> str:
        """What kind of thing is written there, and by whom if not by both."""
        kind = str(KINDS[self.field.kind]) if self.field else ""
        return _("%(kind)s; %(name)s alone") % {"kind": kind, "name": self.by} if self.by else kind


@dataclass(frozen=True)
class FoundClause:
    """A clause as it was found, with what depends and what the software goes by."""

    clause: Clause
    pieces: tuple[Piece, ...]
    only_if: tuple[str, ...]
    goes_by: tuple[tuple[str, str, str], ...]  # key, name and value of each term
    counted: tuple[Piece, ...] = ()

    @property
    def name(self) -> str:
        """How a page speaks of this clause: by its number, or else by its first words."""
        words = "".join(
            piece.text if piece.kind == "words" else piece.options or "…" for piece in self.pieces
        ).split()
        return self.clause.number or _("“%(words)s”") % {
            "words": " ".join([*words[:6], "…"] if len(words) > 6 else words)
        }


@dataclass(frozen=True)
class FoundSection:
    """A heading with its clauses."""

    section: Section
    clauses: tuple[FoundClause, ...]


@dataclass(frozen=True)
class Offered:
    """A term that the agreement seems to hold, as a page shows it."""

    key: str
    name: str
    words: str
    sentence: str

    @classmethod
    def of(cls, one: Suggestion) -> "Offered":
        """Say it in the reader's language; the agreement's own words stay as they are."""
        term = CATALOGUE[one.term]
        name = f"{_(term.name)} ({_(term.unit)})" if one.value and term.unit else _(term.name)
        if one.value:
            name = f"{name}: {one.value}"
        return cls(one.key, name, one.words, _(one.sentence))


def _told(notice: Notice) -> str:
    """Say in the reader's language what there is to look at; words of the agreement stay as they are."""
    named = {**notice.named, "term": _(CATALOGUE[notice.term].name)} if notice.term else notice.named
    sentence = _(notice.sentence)
    return sentence % named if named else sentence


class Found:
    """All that was found in an agreement, as corrected so far."""

    def __init__(self, brought: Brought, wording: Template) -> None:
        self.brought, self.wording = brought, wording
        prefetch_related_objects([brought], "corrections")
        self.corrections = list(brought.corrections.all())
        self.counting = self.corrections[: brought.standing]
        self.seen = seen(correction.changes for correction in self.counting)

    @property
    def may_undo(self) -> bool:
        return self.brought.standing > 0

    @property
    def may_redo(self) -> bool:
        return self.brought.standing < len(self.corrections)

    def sections(self, counting: str = "") -> list[FoundSection]:
        """Give the sheet; the words of one clause counted, for marking some of them."""
        met: set[str] = set()
        return [
            FoundSection(
                section, tuple(self._clause(clause, met, clause.id == counting) for clause in section.clauses)
            )
            for section in self.wording.sections
        ]

    def _clause(self, clause: Clause, met: set[str], counting: bool) -> FoundClause:
        conditions = dict.fromkeys([clause.when, *(part.when for part in clause.parts)])
        terms = [(stated.term, stated.value) for stated in clause.states]
        return FoundClause(
            clause=clause,
            pieces=tuple(self._pieces(clause, met)),
            only_if=tuple(self.said(condition) for condition in conditions if condition),
            goes_by=tuple(
                (key, _(CATALOGUE[key].name) if key in CATALOGUE else key, "" if value == "yes" else value)
                for key, value in terms
            ),
            counted=tuple(self._counted(clause)) if counting else (),
        )

    def _pieces(self, clause: Clause, met: set[str]) -> Iterator[Piece]:
        for part in clause.parts:
            pending = part.when is not None
            if isinstance(part, Words):
                yield Piece("words", part.text, pending=pending)
            elif isinstance(part, SchemeValue):
                yield Piece("scheme", part.key, pending=pending)
            else:
                field = self.wording.field(part.field)
                kind = "gap" if isinstance(part, Gap) else "choice"
                by = next((party.label for party in self.wording.parties if party.key == field.by), "")
                yield Piece(kind, field.label, field, by, pending, first=field.id not in met)
                met.add(field.id)

    def _counted(self, clause: Clause) -> Iterator[Piece]:
        """The words of a clause one by one, with their numbers, and the findings between them."""
        words = counted(clause)
        for place, part in enumerate(clause.parts):
            if isinstance(part, Gap | Choice):
                field = self.wording.field(part.field)
                yield Piece("found", " / ".join(o.words for o in field.options) or str(KINDS[field.kind]))
            for word in words:
                if word.part == place:
                    yield Piece("word", word.text, number=word.number)

    def said(self, condition: Condition) -> str:
        """Tell in words when something applies."""
        field = self.wording.field(condition.field)
        chosen = next(
            (option.words for option in field.options if option.key == condition.value), condition.value
        )
        if not condition.value:
            words = _("only if “%(label)s” is filled in") % {"label": field.label}
            return (
                _("only if “%(label)s” is left empty") % {"label": field.label}
                if condition.negated
                else words
            )
        if condition.negated:
            return _("only if “%(words)s” is not chosen") % {"words": chosen}
        return _("only if “%(words)s” is chosen") % {"words": chosen}

    @property
    def clauses(self) -> list[Clause]:
        return [clause for clause in self.wording.clauses() if clause.binds]

    @property
    def counted(self) -> str:
        """Tell what was found in one sentence, and ask."""
        choices = sum(field.is_choice for field in self.wording.blanks)
        blanks = len(self.wording.blanks) - choices
        found = [
            ngettext("one clause", "%(count)d clauses", len(self.clauses)) % {"count": len(self.clauses)},
            ngettext("one blank", "%(count)d blanks", blanks) % {"count": blanks},
            ngettext("one either/or", "%(count)d either/ors", choices) % {"count": choices},
        ]
        return _("We found %(clauses)s, %(blanks)s, %(choices)s; %(signing)s. Right?") % {
            "clauses": found[0],
            "blanks": found[1],
            "choices": found[2],
            "signing": self._signing(),
        }

    def _signing(self) -> str:
        if self.wording.entered is Entered.BY_ASKING:
            return _("nobody signs it")
        people = len({key for occasion in self.wording.occasions for key in occasion.signers})
        times = len(self.wording.occasions)
        who = ngettext("one person signs", "%(count)d people sign", people) % {"count": people}
        when = ngettext("on one occasion", "on %(count)d occasions", times) % {"count": times}
        return f"{who}, {when}"

    def to_look_at(self) -> list[tuple[Notice, bool]]:
        """Give what a careful reader would notice, and whether it was looked at."""
        found = [
            (replace(notice, sentence=_told(notice), named={}), notice.key in self.seen)
            for notice in notices(self.brought.reading, self.wording)
        ]
        return sorted(found, key=lambda one: one[1])

    @property
    def unseen(self) -> int:
        """How much of it nobody has looked at yet."""
        return sum(not seen for _notice, seen in self.to_look_at())

    def suggested(self) -> list[Suggestion]:
        """Give the terms that the agreement seems to hold, without those that were not wanted."""
        return [one for one in suggestions(self.wording) if one.key not in self.seen]

    def original(self, field: Field) -> str:
        """Give what stood in the paper where a blank was found, as far as it has words."""
        if field.is_choice:
            return "/".join(option.words for option in field.options)
        for blank in self.brought.reading.blanks:
            if blank.near.strip(" :.") == field.label and blank.line < len(self.brought.reading.parts):
                text = self.brought.reading.parts[blank.line].text[blank.start : blank.end]
                return text if any(letter.isalpha() for letter in text) else ""
        return ""
