"""The one way to add to the record, for its actions and for the worker.

Other rooms know it as `record.actions`; it stands lower so that the hourly task can use it too.
"""

import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Final, cast

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.transaction import TransactionManagementError
from django.utils import timezone
from psycopg import sql

from ampersand.database.base import DatabaseWrapper, SaidLast
from ampersand.record.models import Checkpoint, Head, Verb
from ampersand.record.queries import pseudonym
from ampersand.sealing import Sealer, SignedCheckpoint, merkle, sealer_in

ABOUT = re.compile(r"[a-z_]+(:[0-9a-z,-]+)?")
FINGERPRINT = re.compile(r"[0-9a-f]{64}")
# The commit after an append does not wait for the disk, so that the next append need not wait for it either;
# whoever is to be told that it is done waits then. An empty word in the database's own log is a commit like
# any other, and comes after ours; many who wait at once share one writing, for nobody holds the head then.
APPEND = sql.SQL("SELECT FROM set_config('synchronous_commit', 'off', true), record_append({}, {})")
WRITE_THROUGH: Final = "SELECT pg_logical_emit_message(true, 'ampersand', '')"


def note_down(
    *, verb: Verb, by: int | None, about: str, scheme: int | None = None, fingerprint: str = ""
) -> None:
    """Append one entry, in the transaction of what it tells about.

    It travels with the commit: everyone else's entries wait while the database writes it, and for nothing
    else that we do. `about` names a thing by its id ("agreement:12"); `fingerprint` is that of the text
    concerned, if any. Nothing private belongs in either.
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
    append = APPEND.format(" ".join(map(str, words)), secrets.token_bytes(merkle.DIGEST))
    put_last(SaidLast(append, WRITE_THROUGH))


def put_last(append: SaidLast) -> None:
    """Have an entry appended with the commit, unless all of this is taken back."""
    transaction.on_commit(append)


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


def append_noted() -> None:
    """Append what this transaction has noted down so far: its entries are about to be read."""
    database().say_now()


def locked_head() -> Head:
    """Wait in line to append; until the transaction ends, nobody else does. Give the head as it is now."""
    append_noted()
    (head,) = Head.objects.raw("SELECT * FROM record_hold()")
    return head


def database() -> DatabaseWrapper:
    """Give this thread's connection, as what it is."""
    return cast(DatabaseWrapper, connections[DEFAULT_DB_ALIAS])


def _microseconds(at: datetime) -> int:
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
