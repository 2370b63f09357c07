"""Keeping times, applied: what has been kept as long as its model declares goes.

It knows no room: it reads what every model declares. docs/decisions/0018-kept-long-enough.md says why so.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from graphlib import TopologicalSorter
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import PROTECT, Exists, ForeignKey, Model, OuterRef, QuerySet

from ampersand.record.actions import note_down
from ampersand.record.keeping import Keeping, Limit
from ampersand.record.models import Verb

Key = ForeignKey[Model, Model]


AT_ONCE = 1000  # rows in one transaction, so that neither memory nor locks grow with the installation


def apply_keeping(*, now: datetime) -> Counter[str]:
    """Remove or empty what is over, and note down that it was done, kind by kind; say how many of each.

    Some rows at a time, each time in a transaction of its own: when it is stopped in the middle, what was
    done stays done and noted, and the next run goes on with what is left.
    """
    done: Counter[str] = Counter()
    for model in _what_rests_on_others_first():
        keeping: Keeping = model.keeping  # type: ignore[attr-defined]
        kind = str(model._meta.model_name)
        for limit in keeping.limits:
            for count in _apply(model, limit, now, noted=bool(done[kind])):
                done[kind] += count
    with transaction.atomic():
        note_down(verb=Verb.KEEPING_APPLIED, by=None, about="keeping")
    return +done


def _apply(model: type[Model], limit: Limit, now: datetime, *, noted: bool) -> Iterator[int]:
    """Apply one limit; the first rows to go are noted down together with their going."""
    over = _over(model, limit, now).order_by("pk")
    while True:
        with transaction.atomic():
            _let_frozen_rows_go("over")
            keys = list(over.values_list("pk", flat=True)[:AT_ONCE])
            count = _let_go(model, limit, keys)
            _let_frozen_rows_go("")
            if count and not noted:
                note_down(verb=Verb.KEEPING_APPLIED, by=None, about=str(model._meta.model_name))
                noted = True
        if not keys:
            return
        yield count


def _over(model: type[Model], limit: Limit, now: datetime) -> QuerySet[Model]:
    over = model._base_manager.filter(limit.over(now))
    if limit.emptied:
        return over.exclude(**dict.fromkeys(limit.emptied, ""))
    for key in _keys_to(model):
        # What something else still rests on stays as long as that.
        if key.remote_field.on_delete is PROTECT:
            resting = key.model._base_manager.filter(**{key.name: OuterRef("pk")})
            over = over.exclude(Exists(resting))
    return over


def _let_go(model: type[Model], limit: Limit, keys: Sequence[Any]) -> int:
    rows = model._base_manager.filter(pk__in=keys)
    if limit.emptied:
        return rows.update(**dict.fromkeys(limit.emptied, ""))
    _all, by_kind = rows.delete()
    return by_kind.get(model._meta.label, 0)


def _let_frozen_rows_go(word: str) -> None:
    """Tell the database that what it removes now has been kept for its time; until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('ampersand.keeping', %s, true)", [word])


def _what_rests_on_others_first() -> list[type[Model]]:
    models = _models()
    resting = {model: {key.model for key in _keys_to(model)} - {model} for model in models}
    return list(TopologicalSorter(resting).static_order())


def _keys_to(model: type[Model]) -> list[Key]:
    return [
        field
        for other in _models()
        for field in other._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is model
    ]


def _models() -> list[type[Model]]:
    return list(apps.get_app_config("ampersand").get_models())
