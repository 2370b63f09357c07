"""The sheet as one of the two sees it: what stands in each gap, and what they can do about it."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
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
    live: bool

    @cached_property
    def mine(self) -> bool:
        """Whether the reader may write here."""
        pair = self.standing.agreement.pair
        return self.field.together or self.field.by == pair.party_of(self.reader)

    @cached_property
    def agreed(self) -> str:
        return self._shown(self.filling.agreed)

    @cached_property
    def suggested(self) -> str:
        return self._shown(self.filling.suggested)

    @cached_property
    def by(self) -> str:
        """The party who suggests, for the colour; "" when the wording itself does."""
        pair = self.standing.agreement.pair
        return {pair.mentor_id: "mentor", pair.mentee_id: "mentee"}.get(self.filling.suggested_by_id or 0, "")

    @property
    def by_reader(self) -> bool:
        return self.filling.suggested_by_id == self.reader.pk

    @cached_property
    def state(self) -> str:
        if self.filling.suggested:
            return "suggested"
        return "agreed" if self.filling.agreed else "open"

    @cached_property
    def options(self) -> list[tuple[str, str]]:
        """The either/or's words, each with what became of it: "open", "struck", "suggested" or "agreed"."""
        taken = self.filling.suggested or self.filling.agreed
        return [
            (option.words, "struck" if taken and option.key != taken else self.state)
            for option in self.field.options
        ]

    @property
    def between(self) -> str:
        """What stands between an either/or's options."""
        return " " if self.state == "agreed" else " / "

    @property
    def classes(self) -> str:
        kind = "choice" if self.field.is_choice else "gap"
        names = [kind, f"{kind}--{self.state}", f"by-{self.by}" if self.by else ""]
        return " ".join(filter(None, names))

    @cached_property
    def url(self) -> str:
        return reverse("agreements:blank", args=[self.standing.agreement.pk, self.field.id])

    @cached_property
    def way_in(self) -> str:
        """Where the reader writes here, while they may."""
        return self.url if self.live and self.mine else ""

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


def _words(part: FilledPart) -> SafeString:
    """Set words as they read, with a mark on those that the scheme put in or that may not apply."""
    if part.kind == "scheme":
        return format_html('<bdi class="of-scheme">{}</bdi>', part.text)
    if part.applies is None:
        return format_html('<span class="part--pending">{}</span>', part.text)
    return conditional_escape(part.text)


def _gap(gap: Gap, anchor: str) -> SafeString:
    """Set a gap: what stands in it, and the way in for whoever may write there."""
    inside = _options(gap) if gap.options else _blank(gap)
    if not gap.way_in:
        return format_html('<span class="{}" id="{}">{}</span>', gap.classes, anchor, inside)
    return format_html(
        '<a href="{0}" hx-get="{0}" class="{1}" id="{2}">{3}</a>', gap.way_in, gap.classes, anchor, inside
    )


def _blank(gap: Gap) -> SafeString:
    if gap.state == "open":
        return conditional_escape(gap.field.label)
    if gap.state == "agreed":
        return format_html("<bdi>{}</bdi>", gap.agreed)
    before = format_html("<del>{}</del> ", gap.agreed) if gap.agreed else ""
    return format_html("{}<ins>{}</ins>", before, gap.suggested)


def _options(gap: Gap) -> SafeString:
    """Set the options of an either/or; a line through one is also told in words."""
    label = format_html('<span class="visually-hidden">{}: </span>', gap.field.label)
    options = [(_option(words, fate),) for words, fate in gap.options]
    return label + format_html_join(gap.between, "{}", options)


def _option(words: str, fate: str) -> SafeString:
    if fate == "struck":
        told = _("struck out:")
        return format_html('<s><span class="visually-hidden">{} </span>{}</s>', told, words)
    return format_html("<strong>{}</strong>" if fate == "agreed" else "<span>{}</span>", words)


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
        pieces = (_gap(*next(gaps)) if part.field else _words(part) for part in self.clause.read)
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
