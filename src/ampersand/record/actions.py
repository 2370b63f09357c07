"""Writing to the record, and erasing from it."""

import re
import secrets
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ampersand.record.models import Checkpoint, Entry, Head, Verb
from ampersand.record.queries import pseudonym
from ampersand.sealing import Sealer, SignedCheckpoint, merkle, sealer_in

ABOUT = re.compile(r"[a-z_]+(:[0-9a-z,-]+)?")
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
RUNS_AT_ONCE = 100  # runs of numbers told of in one entry, so that its index stays small


def note_down(
    *, verb: Verb, by: int | None, about: str, scheme: int | None = None, fingerprint: str = ""
) -> Entry:
    """Append one entry, in the transaction of what it tells about.

    Call it as late in that transaction as you can: until the end, everyone else's entries wait behind it.
    `about` names a thing by its id ("agreement:12"); `fingerprint` is that of the text concerned, if any.
    Nothing private belongs in either.
    """
    if not ABOUT.fullmatch(about):
        raise ValueError(f"“{about}” is not a thing and its id, such as agreement:12.")
    if fingerprint and not FINGERPRINT.fullmatch(fingerprint):
        raise ValueError("A fingerprint is 64 hexadecimal digits.")
    head = _locked_head()
    words = (
        head.size + 1,
        _microseconds(timezone.now()),
        "-" if by is None else pseudonym(by),
        verb.value,
        about,
        "-" if scheme is None else scheme,
        fingerprint or "-",
    )
    return _append(head, " ".join(map(str, words)))


@transaction.atomic
def make_checkpoint() -> SignedCheckpoint:
    """Sign what the record's root is now, keep that, and note it down."""
    head = _locked_head()
    made = SignedCheckpoint(size=head.size, root=head.root, at=timezone.now()).signed(sealer())
    row = Checkpoint.objects.create(size=made.size, root=made.root, at=made.at, signature=made.signature)
    note_down(verb=Verb.CHECKPOINT_MADE, by=None, about=f"checkpoint:{row.pk}", fingerprint=made.root.hex())
    return made


@transaction.atomic
def forget(*, person: int, abouts: Collection[str] = ()) -> int:
    """Erase the content of a person's entries, and of those about the given things; give how many.

    The tree stays valid. New entries, by nobody, tell which numbers were erased, so that a deletion
    cannot be passed off as an erasure; those are never erased themselves.
    """
    _locked_head()
    theirs = Entry.objects.filter(Q(who=pseudonym(person)) | Q(about__in=list(abouts)))
    theirs = theirs.exclude(verb=Verb.ENTRIES_ERASED)
    numbers = list(theirs.order_by("number").values_list("number", flat=True))
    theirs.update(content=None, salt=None)
    runs = list(_runs(numbers))
    for start in range(0, len(runs), RUNS_AT_ONCE):
        about = "entries:" + ",".join(runs[start : start + RUNS_AT_ONCE])
        note_down(verb=Verb.ENTRIES_ERASED, by=None, about=about)
    return len(numbers)


def sealer() -> Sealer:
    """Load what this installation seals with."""
    return sealer_in(
        settings.SEALING, name=settings.SEALED_BY, timestamp_authority=settings.TIMESTAMP_AUTHORITY
    )


def _locked_head() -> Head:
    """Lock the row that every entry is appended under; the very first append puts it there."""
    head = Head.objects.select_for_update().filter(pk=1).first()
    if head is None:
        Head.objects.bulk_create([Head(pk=1)], ignore_conflicts=True)
        head = Head.objects.select_for_update().get(pk=1)
    return head


def _append(head: Head, content: str) -> Entry:
    salt = secrets.token_bytes(merkle.DIGEST)
    leaf = merkle.leaf_hash(salt + content.encode())
    peaks = merkle.append(head.size, head.hashes(), leaf)
    entry = Entry.objects.create(
        number=head.size + 1, content=content, salt=salt, leaf=leaf, subtree=peaks[-1]
    )
    Head.objects.filter(pk=1).update(size=entry.number, peaks=b"".join(peaks))
    return entry


def _microseconds(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def _runs(numbers: Iterable[int]) -> Iterator[str]:
    """Write numbers as 3,7-9: short, and without a space."""
    run: list[int] = []
    for number in [*numbers, -1]:
        if run and number != run[-1] + 1:
            yield str(run[0]) if run[0] == run[-1] else f"{run[0]}-{run[-1]}"
            run = []
        run.append(number)
