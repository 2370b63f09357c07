"""The sheet as one of the two sees it: its clauses with their gaps, what is left to agree, what changed."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import escape
from itertools import groupby

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ampersand.agreements.queries import Standing
from ampersand.agreements.views.gaps import Gap, hidden, set_gap, set_words
from ampersand.pairs.queries import name_in
from ampersand.people.models import Person
from ampersand.wording import Condition, Field, FilledClause, Part


@dataclass(frozen=True)
class ClauseOnSheet:
    """A clause with its gaps, each with an id of its own, and what is suggested in them.

    It is set in Python: a page has dozens, and a template for each takes longer than all the rest.
    """

    clause: FilledClause
    gaps: tuple[tuple[Gap, str], ...] = ()
    talk: tuple[Gap, ...] = ()
    live: bool = False  # whether there is room below it to write

    @property
    def begins(self) -> SafeString:
        """Set its place and the clause, as far as what is said of its gaps."""
        aim = f' hx-target="#editor-{escape(self.clause.id)}" hx-swap="innerHTML"' if self.live else ""
        return SafeString(f'<div class="clause-place"{aim}>{self._set("")}')

    @property
    def between(self) -> SafeString:
        """Go on after what is said of its gaps, as far as the room to write."""
        room = f'<div class="clause-editor no-print" id="editor-{escape(self.clause.id)}">'
        return SafeString(f"</div>{room}" if self.live else "</div>")

    @property
    def ends(self) -> SafeString:
        return SafeString("</div></div>" if self.live else "</div>")

    @property
    def whole(self) -> SafeString:
        """Set it where nothing is said of its gaps and nobody writes."""
        return SafeString(self.begins + self.between + self.ends)

    @property
    def anew(self) -> SafeString:
        """Set the clause to take the place of itself on a page that is open."""
        return SafeString(self._set(' hx-swap-oob="true"'))

    def _set(self, how: str) -> str:
        gone, inside = (" hidden", "") if self.gone else ("", self._number + self._words)
        named = f'class="{escape(self.classes)}" id="clause-{escape(self.clause.id)}"'
        return f"<div {named}{gone}{how}>{inside}"

    @property
    def _number(self) -> str:
        number = escape(self.clause.number)
        return f'<span class="clause-number">{number}</span> ' if number else ""

    @property
    def _words(self) -> str:
        """Set its words, and the gaps among them."""
        gaps = iter(self.gaps)
        pieces = (set_gap(*next(gaps)) if part.field else set_words(part) for part in self.clause.read)
        before = hidden(_("Not yet known to apply:")) if self.pending else ""
        return f'<p class="clause-words">{before}{"".join(pieces)}</p>'

    @property
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
    return SafeString("".join(ClauseOnSheet(clause).whole for clause in clauses))


@dataclass(frozen=True)
class SectionOnSheet:
    heading: str
    level: int
    clauses: tuple[ClauseOnSheet, ...]
    places: Set[str]
    opened: str = ""  # the clause below which someone writes

    @property
    def runs(self) -> Iterator[tuple[SafeString, ClauseOnSheet | None]]:
        """Give runs of clauses that are set, and by itself each clause that more stands below of.

        Words without a place to write are the same for everyone who reads this wording, so they are laid
        out once.
        """
        for kind, items in groupby(self.clauses, self._kind):
            if kind == "more":
                yield from ((SafeString(""), item) for item in items)
            elif kind == "gaps":
                yield SafeString("".join(item.whole for item in items)), None
            else:
                yield _laid_out(tuple(item.clause for item in items), get_language()), None

    def _kind(self, item: ClauseOnSheet) -> str:
        if item.talk or item.clause.id == self.opened:
            return "more"
        return "gaps" if item.clause.id in self.places else "words"


@dataclass(frozen=True)
class Sheet:
    """The whole agreement for one reader, and what is left to agree."""

    standing: Standing
    reader: Person
    live: bool = False  # whether it is being filled in
    opened: str = ""  # the clause below which the reader writes

    @cached_property
    def sections(self) -> tuple[SectionOnSheet, ...]:
        seen: dict[str, int] = {}
        return tuple(
            SectionOnSheet(
                section.heading,
                section.level + 1,
                tuple(self._clause(clause, seen) for clause in section.clauses),
                self.places,
                self.opened,
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
        if field.id not in self._gaps:
            filling = self.standing.fillings[field.id]
            self._gaps[field.id] = Gap(field, filling, self.reader, self.standing, self.live)
        return self._gaps[field.id]

    @cached_property
    def _gaps(self) -> dict[str, Gap]:
        return {}

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
        return ClauseOnSheet(clause, tuple(gaps), tuple(talk), self.live)

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
