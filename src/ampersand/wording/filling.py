"""Filling in a template: what is left, what applies, and the document that comes of it."""

from __future__ import annotations

from collections.abc import Mapping

from ampersand.wording.document import Document
from ampersand.wording.template import Condition, Field, Template
from ampersand.wording.values import Value

Values = Mapping[str, Value]
"""What stands in the blanks so far, by field id, as `read_value` gave it."""


class Unfilled(ValueError):
    """Something is missing for a whole document: `fields` still open, `scheme` keys without a value."""

    def __init__(self, fields: tuple[Field, ...], scheme: tuple[str, ...]) -> None:
        self.fields = fields
        self.scheme = scheme
        missing = [field.label for field in fields] + [f"the scheme’s {key}" for key in scheme]
        super().__init__("Still to be filled in: " + "; ".join(missing) + ".")


def fields(template: Template) -> tuple[Field, ...]:
    """Every blank and either/or, once each, in the order in which they are first read."""
    raise NotImplementedError


def applies(template: Template, condition: Condition | None, values: Values) -> bool | None:
    """Whether text under this condition applies: None while the field it depends on is still open."""
    raise NotImplementedError


def left_to_fill(template: Template, values: Values, *, by: str | None = None) -> tuple[Field, ...]:
    """The needed fields still open, in reading order; with `by`, only those ("together" or a party's key).

    A field that stands only in dependent text is left out until that text is known to apply.
    """
    raise NotImplementedError


def fill(
    template: Template, values: Values, scheme_values: Mapping[str, str], *, partial: bool = False
) -> Document:
    """The agreement with these values in it. `scheme_values` has the SCHEME_KEYS the text uses.

    Raises Unfilled when something needed is missing, unless `partial`: then open fields stay as gaps, and
    dependent text stays in with its `applies`, for the page on which the agreement is filled in.
    """
    raise NotImplementedError
