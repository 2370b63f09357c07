"""The sheet as one of the two sees it: its clauses with their gaps, what is left to agree, what changed."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ampersand.agreements.queries import Standing
from ampersand.agreements.views.gaps import Gap, set_gap, set_words
from ampersand.pairs.queries import name_in
from ampersand.people.models import Person
from ampersand.wording import Condition, Field, FilledClause, Part


@dataclass(frozen=True)
class ClauseOnSheet:
    """A clause with its gaps, each with an id of its own, and what is suggested in them."""

    clause: FilledClause
    gaps: tuple[tuple[Gap, str], ...] = ()
    talk: tuple[Gap, ...] = ()

    @property
    def words(self) -> SafeString:
        """Set the clause: its words, and the gaps among them."""
        gaps = iter(self.gaps)
        pieces = (set_gap(*next(gaps)) if part.field else set_words(part) for part in self.clause.read)
        return SafeString("".join(pieces))

    @cached_property
    def gone(self) -> bool:
        return self.clause.applies is False

    @property
    def pending(self) -> bool:
        return self.clause.applies is None

    @property
    def classes(self) -> str:
        names = ["clause", f"clause--{self.clause.mark}"]
        names += [f"clause--depth-{self.clause.depth}"] if self.clause.depth else []
        names += ["clause--plain"] if self.clause.mark == "note" and not self.clause.number else []
        return " ".join([*names, "clause--pending"] if self.pending else names)


@lru_cache(maxsize=1024)
def _laid_out(clauses: tuple[FilledClause, ...], language: str | None) -> SafeString:
    items = [ClauseOnSheet(clause) for clause in clauses]
    return render_to_string("agreements/sheet/plain.html", {"items": items})


@dataclass(frozen=True)
class SectionOnSheet:
    heading: str
    level: int
    clauses: tuple[ClauseOnSheet, ...]
    places: Set[str]

    @property
    def runs(self) -> Iterator[tuple[SafeString | None, ClauseOnSheet | None]]:
        """Give the clauses one by one; those without a place to write, together and laid out.

        Such words are the same for everyone who reads this wording, so they are laid out once.
        """
        for writable, items in groupby(self.clauses, lambda item: item.clause.id in self.places):
            if writable:
                yield from ((None, item) for item in items)
            else:
                yield _laid_out(tuple(item.clause for item in items), get_language()), None


@dataclass(frozen=True)
class Sheet:
    """The whole agreement for one reader, and what is left to agree."""

    standing: Standing
    reader: Person
    live: bool = False  # whether it is being filled in

    @cached_property
    def sections(self) -> tuple[SectionOnSheet, ...]:
        seen: dict[str, int] = {}
        return tuple(
            SectionOnSheet(
                section.heading,
                section.level + 1,
                tuple(self._clause(clause, seen) for clause in section.clauses),
                self.places,
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
        places = self.standing.wording.places.values()
        return {clause.id for here in places for clause, _part in here}

    def gap(self, field: Field) -> Gap:
        return Gap(field, self.standing.fillings[field.id], self.reader, self.standing, self.live)

    def clause_of(self, field: str) -> ClauseOnSheet:
        """Find the clause in which a blank first stands."""
        first, _part = self.standing.wording.places[field][0]
        return next(clause for clause in self.clauses if clause.clause.id == first.id)

    def changed(self, since: int) -> list[ClauseOnSheet]:
        return [clause for clause in self.clauses if self._revision(clause.clause) > since]

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
        gaps, talk = [], []
        for part in () if clause.applies is False else clause.read:
            if part.field:
                gap, nth = self.gap(part.field), seen.get(part.field.id, 0) + 1
                seen[part.field.id] = nth
                gaps.append((gap, f"gap-{part.field.id}" + (f"-{nth}" if nth > 1 else "")))
                talk += [gap] if nth == 1 and self._to_be_said(gap) else []
        return ClauseOnSheet(clause, tuple(gaps), tuple(talk))

    def _to_be_said(self, gap: Gap) -> bool:
        return bool(gap.filling.suggested) and (gap.mine or gap.filling.suggested_by_id is not None)

    def _revision(self, clause: FilledClause) -> int:
        """When anything last changed that this clause shows or depends on."""
        origin = self.standing.wording.clause(clause.id)
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
            for clause, part in self.standing.wording.places[name]
            for condition in (clause.when, part.when)
            if condition
        ]


def _field_of(part: Part) -> str:
    return part.field if part.kind in ("gap", "choice") else ""
