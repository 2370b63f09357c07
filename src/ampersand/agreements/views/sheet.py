"""The sheet as one of the two sees it: what stands in each gap, and what they can do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ampersand.agreements.models import Filling
from ampersand.agreements.queries import Standing
from ampersand.pairs.queries import name_in, people_of
from ampersand.people.models import Person
from ampersand.wording import Condition, Field, FilledClause, FilledPart, Part, read_value, show_value


@dataclass(frozen=True)
class Gap:
    """A blank or an either/or as it stands for its reader."""

    field: Field
    filling: Filling
    reader: Person
    standing: Standing

    @cached_property
    def mine(self) -> bool:
        """Whether the reader may write here."""
        pair = self.standing.agreement.pair
        return self.field.together or self.field.by == pair.party_of(self.reader)

    @property
    def agreed(self) -> str:
        return self._shown(self.filling.agreed)

    @property
    def suggested(self) -> str:
        return self._shown(self.filling.suggested)

    @property
    def by(self) -> str:
        """The party who suggests, for the colour; "" when the wording itself does."""
        pair = self.standing.agreement.pair
        return {pair.mentor_id: "mentor", pair.mentee_id: "mentee"}.get(self.filling.suggested_by_id or 0, "")

    @property
    def by_reader(self) -> bool:
        return self.filling.suggested_by_id == self.reader.pk

    @property
    def state(self) -> str:
        if self.filling.suggested:
            return "suggested"
        return "agreed" if self.filling.agreed else "open"

    @property
    def options(self) -> list[tuple[str, bool]]:
        """The either/or's words, each with whether it is struck out."""
        taken = self.filling.suggested or self.filling.agreed
        return [(option.words, bool(taken) and option.key != taken) for option in self.field.options]

    @property
    def url(self) -> str:
        return reverse("agreements:blank", args=[self.standing.agreement.pk, self.field.id])

    @property
    def agree_url(self) -> str:
        return reverse("agreements:agree", args=[self.standing.agreement.pk, self.field.id])

    @property
    def take_back_url(self) -> str:
        return reverse("agreements:take_back", args=[self.standing.agreement.pk, self.field.id])

    @property
    def owner(self) -> str:
        """What the one is called who fills this in alone."""
        pair = self.standing.agreement.pair
        return "" if self.field.together else name_in(pair, people_of(pair)[self.field.by])

    @property
    def hint(self) -> str:
        """Whose turn it is, for “Left to agree”."""
        pair = self.standing.agreement.pair
        other = name_in(pair, pair.other(self.reader))
        if not self.mine:
            return _("%(name)s fills this in") % {"name": other}
        if not self.filling.suggested:
            return _("for you to fill in") if not self.field.together else _("for either of you to suggest")
        if self.by_reader:
            return _("waiting for %(name)s") % {"name": other}
        return _("waiting for you")

    def _shown(self, stored: str) -> str:
        return show_value(self.field, read_value(self.field, stored)) if stored else ""


@dataclass(frozen=True)
class Piece:
    """A run of words in a clause; one with a gap has an id of its own."""

    words: str
    kind: str
    pending: bool
    gap: Gap | None = None
    id: str = ""


@dataclass(frozen=True)
class ClauseOnSheet:
    """A clause with its gaps, and what is suggested in them."""

    clause: FilledClause
    pieces: tuple[Piece, ...]
    talk: tuple[Gap, ...]
    gaps: tuple[Gap, ...]
    revision: int

    @property
    def gone(self) -> bool:
        return self.clause.applies is False

    @property
    def pending(self) -> bool:
        return self.clause.applies is None

    @property
    def laid_out(self) -> SafeString | None:
        """The clause as it reads, if it holds no blank: such clauses are laid out once for everyone."""
        return None if self.gaps else _laid_out(self.clause, get_language())

    @property
    def classes(self) -> str:
        names = ["clause", f"clause--{self.clause.mark}"]
        names += [f"clause--depth-{self.clause.depth}"] if self.clause.depth else []
        names += ["clause--plain"] if self.clause.mark == "note" and not self.clause.number else []
        return " ".join([*names, "clause--pending"] if self.pending else names)


@lru_cache(maxsize=1024)
def _laid_out(clause: FilledClause, language: str | None) -> SafeString:
    pieces = tuple(
        Piece(part.text, part.kind, part.applies is None)
        for part in (() if clause.applies is False else clause.read)
    )
    item = ClauseOnSheet(clause, pieces, talk=(), gaps=(), revision=0)
    return render_to_string("agreements/sheet/clause.html", {"item": item})


@dataclass(frozen=True)
class SectionOnSheet:
    heading: str
    level: int
    clauses: tuple[ClauseOnSheet, ...]


@dataclass(frozen=True)
class Sheet:
    """The whole agreement for one reader, and what is left to agree."""

    standing: Standing
    reader: Person

    @cached_property
    def sections(self) -> tuple[SectionOnSheet, ...]:
        seen: dict[str, int] = {}
        return tuple(
            SectionOnSheet(
                section.heading, section.level + 1, tuple(self._clause(c, seen) for c in section.clauses)
            )
            for section in self.standing.draft.sections
        )

    @property
    def clauses(self) -> Iterator[ClauseOnSheet]:
        for section in self.sections:
            yield from section.clauses

    @cached_property
    def left(self) -> list[dict[str, str]]:
        return [
            {"label": field.label, "url": f"#gap-{field.id}", "hint": str(self.gap(field).hint)}
            for field in self.standing.left
        ]

    @cached_property
    def places(self) -> set[str]:
        """The clauses under which something can be written."""
        clauses = self.standing.wording.clauses()
        return {clause.id for clause in clauses if any(map(_field_of, clause.parts))}

    def gap(self, field: Field) -> Gap:
        return Gap(field, self.standing.fillings[field.id], self.reader, self.standing)

    def clause_of(self, field: str) -> ClauseOnSheet:
        """Find the clause in which a blank first stands."""
        origins = self.standing.wording.clauses()
        first = next(c.id for c in origins if any(_field_of(part) == field for part in c.parts))
        return next(clause for clause in self.clauses if clause.clause.id == first)

    def changed(self, since: int) -> list[ClauseOnSheet]:
        return [clause for clause in self.clauses if clause.revision > since]

    def news(self, since: int) -> list[tuple[str, str]]:
        """Say what has changed, by blank, for those who do not see it."""
        pair = self.standing.agreement.pair
        other = name_in(pair, pair.other(self.reader))
        news = []
        for field in self.standing.wording.blanks:
            gap = self.gap(field)
            words = {"name": other, "blank": field.label, "words": gap.suggested or gap.agreed}
            if gap.filling.revision <= since or gap.by_reader:
                continue
            if gap.filling.suggested:
                sentence = _("%(name)s suggests “%(words)s” for “%(blank)s”.")
            elif gap.filling.agreed:
                sentence = _("“%(words)s” now stands in “%(blank)s”.")
            else:
                sentence = _("“%(blank)s” is open again.")
            news.append((field.id, sentence % words))
        return news

    def _clause(self, clause: FilledClause, seen: dict[str, int]) -> ClauseOnSheet:
        pieces, gaps, talk = [], [], []
        for part in () if clause.applies is False else clause.read:
            gap = self.gap(part.field) if part.field else None
            pieces.append(self._piece(part, gap, seen))
            if gap:
                gaps.append(gap)
                talk += [gap] if seen[gap.field.id] == 1 and self._to_be_said(gap) else []
        return ClauseOnSheet(clause, tuple(pieces), tuple(talk), tuple(gaps), self._revision(clause))

    def _piece(self, part: FilledPart, gap: Gap | None, seen: dict[str, int]) -> Piece:
        if gap is None:
            return Piece(part.text, part.kind, part.applies is None)
        nth = seen[gap.field.id] = seen.get(gap.field.id, 0) + 1
        return Piece(
            part.text,
            part.kind,
            part.applies is None,
            gap,
            f"gap-{gap.field.id}" + (f"-{nth}" if nth > 1 else ""),
        )

    def _to_be_said(self, gap: Gap) -> bool:
        return bool(gap.filling.suggested) and (gap.mine or gap.filling.suggested_by_id is not None)

    def _revision(self, clause: FilledClause) -> int:
        """When anything last changed that this clause shows or depends on."""
        origin = next(c for c in self.standing.wording.clauses() if c.id == clause.id)
        conditions = [origin.when, *(part.when for part in origin.parts)]
        names = {_field_of(part) for part in origin.parts} | {c.field for c in conditions if c}
        return max((self._revision_of(name) for name in names if name), default=0)

    def _revision_of(self, name: str) -> int:
        """When a blank last changed, or one that decides whether it applies."""
        deciders = [c.field for c in self._conditions_of(name)]
        own = self.standing.fillings[name].revision
        return max([own, *(self.standing.fillings[decider].revision for decider in deciders)])

    def _conditions_of(self, name: str) -> list[Condition]:
        return [
            condition
            for clause in self.standing.wording.clauses()
            for part in clause.parts
            if _field_of(part) == name
            for condition in (clause.when, part.when)
            if condition
        ]


def _field_of(part: Part) -> str:
    return part.field if part.kind in ("gap", "choice") else ""
