"""The one way to add to the record, for its actions and for the worker.

Other rooms know it as `record.actions`; it stands lower so that the hourly task can use it too.
"""

import re
import secrets
import threading
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from ampersand.questions import preparing_cursor
from ampersand.record.models import Checkpoint, Entry, Head, Verb
from ampersand.record.queries import pseudonym
from ampersand.sealing import Sealer, SignedCheckpoint, merkle, sealer_in

ABOUT = re.compile(r"[a-z_]+(:[0-9a-z,-]+)?")
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
COLUMNS = [field.attname for field in Entry._meta.concrete_fields]
# The commit after an append does not wait for the disk, so that the next append need not wait for it either;
# whoever is to be told that it is done waits then (`_write_through`).
APPEND = f"""
SELECT {", ".join(COLUMNS)} FROM set_config('synchronous_commit', 'off', true), record_append(%s, %s)
"""  # noqa: S608 - our own names
WRITE_THROUGH = "SELECT pg_logical_emit_message(true, 'ampersand', '')"


class _Due(threading.local):
    """Whether something this thread has committed may not be on the disk yet."""

    writing = False


_due = _Due()


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
    if not connection.in_atomic_block:
        raise TransactionManagementError("An entry belongs in the transaction of what it tells about.")
    words = (
        _microseconds(timezone.now()),
        "-" if by is None else pseudonym(by),
        verb.value,
        about,
        "-" if scheme is None else scheme,
        fingerprint or "-",
    )
    salt = secrets.token_bytes(merkle.DIGEST)
    _due.writing = True
    transaction.on_commit(_write_through)
    with preparing_cursor() as cursor:
        cursor.execute(APPEND, [" ".join(map(str, words)), salt])
        return Entry.from_db(connection.alias, COLUMNS, cursor.fetchone())


def _write_through() -> None:
    """Wait until all that was committed is on the disk, as every other commit does by itself.

    An empty word in the database's own log is a commit like any other, and comes after ours. Many who wait
    at once share one writing, because nobody holds the record's head meanwhile.
    """
    if _due.writing:
        with preparing_cursor() as cursor:
            cursor.execute(WRITE_THROUGH)
        _due.writing = False


@transaction.atomic
def make_checkpoint() -> SignedCheckpoint:
    """Sign what the record's root is now, keep that, and note it down."""
    head = locked_head()
    made = SignedCheckpoint(size=head.size, root=head.root, at=timezone.now()).signed(sealer())
    row = Checkpoint.objects.create(size=made.size, root=made.root, at=made.at, signature=made.signature)
    note_down(verb=Verb.CHECKPOINT_MADE, by=None, about=f"checkpoint:{row.pk}", fingerprint=made.root.hex())
    return made


def sealer() -> Sealer:
    """Load what this installation seals with."""
    return sealer_in(
        settings.SEALING, name=settings.SEALED_BY, timestamp_authority=settings.TIMESTAMP_AUTHORITY
    )


def locked_head() -> Head:
    """Wait in line to append; until the transaction ends, nobody else does. Give the head as it is now."""
    (head,) = Head.objects.raw("SELECT * FROM record_hold()")
    return head


def _microseconds(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
