"""How an agreement stands: what is suggested, what is agreed, what is left."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from ampersand.agreements.models import Agreement, Filling
from ampersand.people.models import Person
from ampersand.questions import Question
from ampersand.wording import (
    Change,
    Document,
    Field,
    Kind,
    Mark,
    Value,
    Values,
    compare,
    fill,
    left_to_fill,
    read_value,
    show_value,
)
from ampersand.wording import Template as Wording


@dataclass(frozen=True)
class Standing:
    """An agreement as it stands: its wording, what is suggested and agreed, and what follows from that."""

    agreement: Agreement
    wording: Wording
    fillings: Mapping[str, Filling]

    @cached_property
    def values(self) -> dict[str, Value]:
        """What both have agreed, or the one whose blank it is has written."""
        return {
            name: read_value(self.wording.field(name), filling.agreed)
            for name, filling in self.fillings.items()
            if filling.agreed
        }

    @cached_property
    def draft(self) -> Document:
        """The text with its open blanks and with everything that may yet apply."""
        return self._filled(self.values)

    @cached_property
    def proposed(self) -> Document:
        """The text as it would read if everything suggested were agreed."""
        return self._filled(self.values | self.suggested)

    @cached_property
    def document(self) -> Document:
        """The whole text, as it is signed; raises Unfilled while something needed is open."""
        agreement = self.agreement
        return fill(self.wording, self.values, agreement.scheme_values, replaces=agreement.replaces)

    @cached_property
    def suggested(self) -> dict[str, Value]:
        """What one of the two has suggested and the other not answered."""
        return {
            name: read_value(self.wording.field(name), filling.suggested)
            for name, filling in self.fillings.items()
            if filling.suggested and filling.suggested_by_id
        }

    def _filled(self, values: Values) -> Document:
        agreement = self.agreement
        return fill(self.wording, values, agreement.scheme_values, partial=True, replaces=agreement.replaces)

    @cached_property
    def left(self) -> tuple[Field, ...]:
        """What is still to be agreed, in reading order: needed blanks, and suggestions without an answer."""
        needed = set(left_to_fill(self.wording, self.values))
        standing = {
            part.field.id
            for clause in self.draft.clauses()
            for part in clause.parts
            if part.field and clause.applies is True and part.applies is True
        }
        return tuple(
            field
            for field in self.wording.blanks
            if field in needed or (field.id in standing and self._unanswered(field))
        )

    def _unanswered(self, field: Field) -> bool:
        filling = self.fillings.get(field.id)
        return bool(filling and filling.suggested and filling.suggested_by_id)


FILLINGS = Question(lambda agreement: Filling.objects.filter(agreement=agreement), int)


def standing_of(agreement: Agreement) -> Standing:
    """Read how an agreement stands: one query."""
    fillings = {filling.field: filling for filling in FILLINGS.ask(agreement.pk)}
    return Standing(agreement=agreement, wording=agreement.wording(), fillings=fillings)


def changes_in(standing: Standing) -> tuple[Change, ...]:
    """Compare what an amendment says, or would say, with the text whose place it takes."""
    before = standing.agreement.predecessor
    if before is None:
        return ()
    return compare(standing_of(before).draft, standing.proposed)


def waits_for_answer(agreement: Agreement, person: Person) -> bool:
    """Say whether the other has suggested something that a person has not answered."""
    return agreement.fillings.filter(suggested_by=agreement.pair.other(person)).exists()


def contact_wishes(standing: Standing, party: str) -> list[dict[str, str]]:
    """Give how one of the two wishes to be reached, and when, as they wrote it; for the other alone."""
    return [
        {"label": field.label, "value": show_value(field, standing.values[field.id])}
        for field in standing.wording.blanks
        if field.kind in {Kind.CONTACT, Kind.TIMES} and field.by == party and field.id in standing.values
    ]


def clauses_stating(standing: Standing, terms: Collection[str]) -> dict[str, list[str]]:
    """Give the clauses that state any of these terms, in their own words: each with its points, if any."""
    wanted = {
        clause.id for clause in standing.wording.clauses() if {s.term for s in clause.states} & {*terms}
    }
    found: dict[str, list[str]] = {}
    lead = ""
    for clause in standing.draft.clauses():
        is_point = clause.mark is Mark.BULLET
        if not is_point:
            lead = clause.text
        if clause.id in wanted and clause.applies is not False:
            found.setdefault(lead, []).extend([clause.text] if is_point else [])
    return found
