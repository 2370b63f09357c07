"""A reading in our agreement language, blanks and either/ors in place, for its author to correct and publish."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ampersand.wording.ids import free, options_for, slug
from ampersand.wording.reading.finding.signers import parties_of, signing_lines
from ampersand.wording.reading.finding.words import cleaned, language_of, without_label, words_beside
from ampersand.wording.reading.findings import Blank, Part, Reading
from ampersand.wording.reading.kinds import EXAMPLE, UNIT
from ampersand.wording.reading.lines import BOX, Line, is_bullet, squeeze
from ampersand.wording.template import (
    Choice,
    Clause,
    Entered,
    Field,
    Gap,
    Kind,
    Mark,
    Occasion,
    Section,
    Template,
    Words,
)
from ampersand.wording.template import Part as Piece
from ampersand.wording.writing import write

_KINDS = {
    "text": Kind.TEXT, "date": Kind.DATE, "person": Kind.PERSON, "contact": Kind.CONTACT, "number": Kind.NUMBER,
    "duration": Kind.FREQUENCY, "choice": Kind.CHOICE,
}  # fmt: skip
_NAMED_IN = re.compile(
    r"[\[<{]+\s*(?:(?:please )?(?:insert|enter|add|your|the) )*([^\W\d_][\w’'-]+(?: [\w’'-]+){0,4})\s*[\]>}]+",
    re.IGNORECASE,
)
"""A placeholder of a few words, without what tells to put them in."""

_OCCASIONS = (("issue", "Date of issue"), ("renewal", "Date of renewal"))


def template_of(lines: Sequence[Line], reading: Reading) -> str:
    """The text of a template that `ampersand.wording.parse` accepts."""
    return write(_Maker(lines, reading).template())


class _Maker:
    def __init__(self, lines: Sequence[Line], reading: Reading) -> None:
        self.lines, self.reading = lines, reading
        self.used: set[str] = {"opening"}
        self.fields: list[Field] = []
        self.parties = parties_of(reading)
        self.by_line: dict[int, list[Blank]] = {}
        for blank in reading.blanks:
            self.by_line.setdefault(blank.line, []).append(blank)
        self.signing = signing_lines(lines, reading.blanks)

    def template(self) -> Template:
        """The whole template."""
        title = cleaned(self.reading.title) or "Agreement"
        signed = self.reading.signature_blocks > 0
        keys = tuple(party.key for party in self.parties)
        count = max(1, min(self.reading.occasions, len(_OCCASIONS)))
        return Template(
            id=self._id(title),
            title=title,
            sections=tuple(self._sections(title)),
            parties=self.parties,
            entered=Entered.SIGNED if signed else Entered.BY_ASKING,
            language=language_of(" ".join(line.text for line in self.lines)),
            blanks=tuple(self.fields),
            occasions=self._occasions(count, keys) if signed else (),
            copies=keys[:2],
            by_section=_counts_by_section(self.reading.parts),
        )

    def _occasions(self, count: int, keys: tuple[str, ...]) -> tuple[Occasion, ...]:
        named = [
            cleaned(blank.near).strip(" :.")
            for blank in self.reading.blanks
            if blank.line in self.signing and blank.kind == "date"
        ]
        named = [label for label in named if re.match(r"date of (?!birth)", label, re.IGNORECASE)]
        labels = named if len(named) == count else [label for _, label in _OCCASIONS]
        return tuple(Occasion(_OCCASIONS[number][0], labels[number], keys) for number in range(count))

    def _id(self, words: str) -> str:
        made = slug(words) or "part"
        made = made if made[:1].isalpha() else f"part-{made}"
        chosen = free(made[:40].strip("-"), self.used)
        self.used.add(chosen)
        return chosen

    def _sections(self, title: str) -> Iterator[Section]:
        heading, id, level = "", "opening", 2
        clauses: list[Clause] = []
        depth = -1
        titles = 0
        for index, part in enumerate(self.reading.parts):
            if part.role == "contents" or (squeeze(part.text).lower() == title.lower() and not titles):
                titles += part.role != "contents"
                continue
            if part.role == "heading" and index not in self.by_line and cleaned(part.text):
                if clauses or id != "opening":
                    yield Section(id, heading, tuple(clauses), level)
                heading = cleaned(f"{part.marker} {part.text}")
                id, level, clauses, depth = (
                    self._id(heading),
                    3 if part.level > 2 and id != "opening" else 2,
                    [],
                    -1,
                )
                continue
            pieces = self._pieces(index)
            if clauses and pieces and self._continues(index, pieces, clauses[-1]):
                clauses[-1] = _joined(clauses[-1], pieces)
                continue
            clause = self._clause(index, part, depth, pieces)
            if clause is not None:
                clauses.append(clause)
                depth = clause.depth if clause.mark in (Mark.NUMBERED, Mark.BULLET) else -1
        if clauses or id != "opening":
            yield Section(id, heading, tuple(clauses), level)

    def _continues(self, index: int, pieces: Sequence[Piece], last: Clause) -> bool:
        """Whether a line begins with the blank that the clause above asks for."""
        first = pieces[0]
        if isinstance(first, Words) or self.reading.parts[index].marker or last.mark is Mark.STEP:
            return False
        return isinstance(last.parts[-1], Words) and not last.parts[-1].text.endswith(".")

    def _clause(self, index: int, part: Part, depth: int, pieces: list[Piece]) -> Clause | None:
        words = "".join(piece.text for piece in pieces if isinstance(piece, Words))
        asked = any(not isinstance(piece, Words) for piece in pieces)
        if not asked and (index in self.signing or not re.search(r"[^\W_]", words)):
            return None
        if asked and not re.search(r"[^\W_]", words):
            label, own = self.fields[-1].label, squeeze(self.lines[index].text).strip("[]<>{}() ")
            said = own if own and label.endswith(own) else label  # without what leads to its list
            pieces = [Words(f"{said}: "), *pieces]
        if part.role == "step":
            mark, level = Mark.STEP, 0
        elif part.marker and part.role in ("item", "form"):
            mark = Mark.BULLET if is_bullet(part.marker) else Mark.NUMBERED
            level = min(part.depth, depth + 1, 2)
        else:
            mark, level = Mark.NOTE if part.role == "note" and not asked else Mark.PLAIN, 0
        return Clause(self._id(words or self.fields[-1].id), tuple(pieces), mark, level)

    def _pieces(self, index: int) -> list[Piece]:
        """The words of a line and, between them, its blanks."""
        text = self.lines[index].text
        pieces: list[Piece] = []
        place = 0
        blanks = self.by_line.get(index, [])
        ends = [*(blank.start for blank in blanks[1:]), len(text)]
        for blank, end in zip(blanks, ends, strict=False):
            piece = self._place(blank, text[blank.end : max(blank.end, end)])
            if piece is None and blank.kind == "choice":
                continue  # no either/or: its words stay where they stand
            before = text[place : blank.start]
            before = before if piece is not None else without_label(before)
            pieces += words_beside(before, before=piece is not None, after=bool(pieces))
            if piece is not None:
                pieces.append(piece)
            place = max(place, blank.end)
        if not self._continues_boxes(index):
            pieces += words_beside(text[place:], before=False, after=bool(pieces))
        if pieces and isinstance(pieces[-1], Words):
            pieces[-1] = Words(pieces[-1].text.rstrip())
        return [piece for piece in pieces if not isinstance(piece, Words) or piece.text]

    def _continues_boxes(self, index: int) -> bool:
        """Whether this line is an option of a group of boxes that has become one either/or."""
        text = self.lines[index].text
        return BOX in text and any(
            blank.boxes and _is_one_choice(blank) and 0 <= index - blank.line <= len(blank.options)
            for blank in self.reading.blanks
        )

    def _place(self, blank: Blank, after: str) -> Piece | None:
        if blank.kind == "signature" or (blank.kind == "date" and blank.line in self.signing):
            return None
        if blank.kind == "choice" and not _is_one_choice(blank):
            return None
        label = self._told_in(blank) or cleaned(blank.near).strip(" :.") or "Blank"
        field = _field(self._id(label), label[:90], blank, after)
        self.fields.append(field)
        return Choice(field.id) if field.is_choice else Gap(field.id)

    def _told_in(self, blank: Blank) -> str:
        """What a placeholder itself says, "name of the club", where the words before it are no label."""
        inside = self.lines[blank.line].text[blank.start : blank.end]
        named = _NAMED_IN.fullmatch(cleaned(inside)) if not blank.near.endswith((":", "?")) else None
        return named[1] if named and not re.match(EXAMPLE, named[1], re.IGNORECASE) else ""


def _counts_by_section(parts: Sequence[Part]) -> bool:
    """Whether numbers begin again at 1 under each heading that has any."""
    firsts: list[str] = []
    fresh = True
    for part in parts:
        fresh = fresh or part.role == "heading"
        if part.role == "item" and not is_bullet(part.marker) and part.depth == 0:
            firsts += [re.sub(r"\W", "", part.marker)] if fresh else []
            fresh = False
    return len(firsts) > 1 and set(firsts) == {"1"}


def _joined(clause: Clause, pieces: Sequence[Piece]) -> Clause:
    mark = Mark.PLAIN if clause.mark is Mark.NOTE else clause.mark
    return replace(clause, parts=(*clause.parts, Words(" "), *pieces), mark=mark)


def _is_one_choice(blank: Blank) -> bool:
    """Whether options are to be chosen from; long ones are statements to tick one by one, but for yes and no."""
    first = {re.split(r"\W", option.strip().casefold())[0] for option in blank.options}
    outside = [re.sub(r"\([^()]*\)", "", option).split() for option in blank.options]
    short = first == {"yes", "no"} or all(len(words) <= 6 for words in outside)
    return len(set(blank.options)) >= 2 and short and all(cleaned(option) for option in blank.options)


def _field(id: str, label: str, blank: Blank, after: str) -> Field:
    kind = _KINDS[blank.kind]
    unit = UNIT.match(after) if kind is Kind.NUMBER else None
    options = (
        options_for(tuple(dict.fromkeys(cleaned(option) for option in blank.options)))
        if kind is Kind.CHOICE
        else ()
    )
    if kind is Kind.CHOICE and len(options) < 2:
        kind, options = Kind.TEXT, ()
    named = re.sub(r"[^a-z ]", "", unit[0].lower()).strip() if unit else ""
    return Field(id, kind, label, options=tuple(options), unit=named, said=bool(named))
