"""Writing to the record, and erasing from it."""

from collections.abc import Collection, Iterable, Iterator

from django.db import transaction
from django.db.models import Q

from ampersand.record.models import Entry, Verb
from ampersand.record.queries import pseudonym
from ampersand.record.writing import append_noted, locked_head, make_checkpoint, note_down, sealer

__all__ = ["append_noted", "forget", "make_checkpoint", "note_down", "sealer"]

RUNS_AT_ONCE = 100  # runs of numbers told of in one entry, so that its index stays small


@transaction.atomic
def forget(*, person: int, abouts: Collection[str] = ()) -> int:
    """Erase the content of a person's entries, and of those about the given things; give how many.

    The tree stays valid. New entries, by nobody, tell which numbers were erased, so that a deletion
    cannot be passed off as an erasure; those are never erased themselves.
    """
    locked_head()
    theirs = Entry.objects.filter(Q(who=pseudonym(person)) | Q(about__in=list(abouts)))
    theirs = theirs.exclude(verb=Verb.ENTRIES_ERASED)
    numbers = list(theirs.order_by("number").values_list("number", flat=True))
    theirs.update(content=None, salt=None)
    runs = list(_runs(numbers))
    for start in range(0, len(runs), RUNS_AT_ONCE):
        about = "entries:" + ",".join(runs[start : start + RUNS_AT_ONCE])
        note_down(verb=Verb.ENTRIES_ERASED, by=None, about=about)
    return len(numbers)


def _runs(numbers: Iterable[int]) -> Iterator[str]:
    """Write numbers as 3,7-9: short, and without a space."""
    run: list[int] = []
    for number in [*numbers, -1]:
        if run and number != run[-1] + 1:
            yield str(run[0]) if run[0] == run[-1] else f"{run[0]}-{run[-1]}"
            run = []
        run.append(number)
