"""Having time look again: called by whatever changes a pair's meetings, in the same transaction."""

from collections.abc import Iterable

from django.utils import timezone

from ampersand.agreements.models import Agreement
from ampersand.meetings.models import NextLook
from ampersand.pairs.models import Pair
from ampersand.people.models import Person


def look_soon(*pairs: int) -> None:
    """Have the worker's next round work out anew what lies ahead of these pairs' meetings."""
    _look_at(pairs)


def look_at_all_of(*, person: Person) -> None:
    """Have it look at every running pair of a person, whose wishes or clock have changed."""
    _look_at(Pair.objects.of(person).running().order_by("pk").values_list("pk", flat=True))


def look_from_now_on(*, agreement: Agreement) -> None:
    """Begin to look at a pair when their agreement comes into force, or another one does."""
    look_soon(agreement.pair_id)


def _look_at(pairs: Iterable[int]) -> None:
    now = timezone.now()
    NextLook.objects.bulk_create(
        [NextLook(pair_id=pair, at=now) for pair in pairs],
        update_conflicts=True,
        unique_fields=["pair"],
        update_fields=["at"],
    )
