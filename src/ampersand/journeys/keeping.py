"""Keeping times, applied: what has been kept as long as its model declares goes.

It knows no room: it reads what every model declares. docs/decisions/0018-kept-long-enough.md says why so.
"""

from collections import Counter
from datetime import datetime
from graphlib import TopologicalSorter

from django.apps import apps
from django.db import connection, transaction
from django.db.models import PROTECT, Exists, ForeignKey, Model, OuterRef

from ampersand.record.actions import note_down
from ampersand.record.keeping import Keeping, Limit
from ampersand.record.models import Verb

Key = ForeignKey[Model, Model]


@transaction.atomic
def apply_keeping(*, now: datetime) -> Counter[str]:
    """Remove or empty what is over, and note down that it was done, kind by kind; say how many of each."""
    done: Counter[str] = Counter()
    _let_frozen_rows_go("over")
    for model in _what_rests_on_others_first():
        keeping: Keeping = model.keeping  # type: ignore[attr-defined]
        for limit in keeping.limits:
            done[str(model._meta.model_name)] += _apply(model, limit, now)
    _let_frozen_rows_go("")
    for kind in sorted(+done):
        note_down(verb=Verb.KEEPING_APPLIED, by=None, about=kind)
    note_down(verb=Verb.KEEPING_APPLIED, by=None, about="keeping")
    return +done


def _apply(model: type[Model], limit: Limit, now: datetime) -> int:
    over = model._base_manager.filter(limit.over(now))
    if limit.emptied:
        nothing = dict.fromkeys(limit.emptied, "")
        return over.exclude(**nothing).update(**nothing)
    for key in _keys_to(model):
        # What something else still rests on stays as long as that.
        if key.remote_field.on_delete is PROTECT:
            resting = key.model._base_manager.filter(**{key.name: OuterRef("pk")})
            over = over.exclude(Exists(resting))
    _all, by_kind = over.delete()
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
