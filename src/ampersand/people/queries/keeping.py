"""Everything kept about a person, in every room, without knowing the rooms.

A row is a person's if it points to them or names their address; so is a row that points to one of theirs and
to no person of its own, as the agreement of their pair does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ampersand.people.models import Person
from ampersand.record.keeping import Keeping

Rows = QuerySet[Any]

# What lies in tables that are not ours, and so declares nothing.
OF_OTHERS = (
    Keeping(
        what=_("where you are signed in: browser and network address"),
        personal=(),
        readers=_("you"),
        until=_("until the night after the session ended"),
        on_erasure=_("removed"),
    ),
    Keeping(
        what=_("passkeys, authenticator apps and recovery codes"),
        personal=(),
        readers=_("you see their names; nobody sees the secrets in them"),
        until=_("until you take them away"),
        on_erasure=_("removed"),
    ),
)


@dataclass(frozen=True)
class Kept:
    """One kind of thing kept about a person."""

    model: type[Model]
    keeping: Keeping
    rows: Rows

    @property
    def name(self) -> str:
        return str(self.model._meta.verbose_name)


def everything_about(person: Person) -> list[Kept]:
    """Give what is kept about a person, model by model, leaving out what holds nothing."""
    found = {model: rows_of(model, person) for model in _declaring() if model is not Person}
    theirs = {model: rows for model, rows in found.items() if rows is not None and rows.exists()}
    theirs |= dict(_hanging_from(theirs, {model for model, rows in found.items() if rows is None}))
    return [Kept(model, model.keeping, rows) for model, rows in theirs.items()]  # type: ignore[attr-defined]


def everything_kept() -> list[Keeping]:
    """Give what is kept about people here, kind by kind, for everyone to read."""
    ours: list[Keeping] = [model.keeping for model in _declaring()]  # type: ignore[attr-defined]
    ours.sort(key=lambda keeping: Person.keeping is not keeping)  # the account comes first
    return [*(keeping for keeping in ours if keeping.personal), *OF_OTHERS]


def rows_of(model: type[Model], person: Person) -> Rows | None:
    """Give the rows of a model that point to a person or name their address; None if it knows no people."""
    keeping: Keeping = model.keeping  # type: ignore[attr-defined]
    which = [Q(**{key.name: person}) for key in _keys(model) if key.related_model is Person]
    if keeping.by_address:
        which.append(Q(**{f"{keeping.by_address}__iexact": person.email}))
    if keeping.by_address and "person" in keeping.personal and not _is_key(model, "person"):
        which.append(Q(person=person.pk))
    if not which:
        return None
    condition = which[0]
    for more in which[1:]:
        condition |= more
    return model._default_manager.filter(condition)


def _hanging_from(
    theirs: dict[type[Model], Rows], strangers: set[type[Model]]
) -> Iterator[tuple[type[Model], Rows]]:
    """Follow keys down from their rows to models that know no people themselves."""
    reached = dict(theirs)
    for _depth in range(4):
        for model in sorted(strangers - set(reached), key=lambda each: each.__name__):
            keys = [key for key in _keys(model) if key.related_model in reached]
            if not keys or not model.keeping.personal:  # type: ignore[attr-defined]
                continue
            condition = Q()
            for key in keys:
                condition |= Q(**{f"{key.name}__in": reached[key.related_model].values("pk")})
            rows = model._default_manager.filter(condition)
            if rows.exists():
                reached[model] = rows
                yield model, rows


def _declaring() -> list[type[Model]]:
    return [model for model in apps.get_app_config("ampersand").get_models() if hasattr(model, "keeping")]


def _keys(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.get_fields() if isinstance(field, ForeignKey)]


def _is_key(model: type[Model], name: str) -> bool:
    return any(key.name == name for key in _keys(model))
