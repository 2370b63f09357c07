"""Reading the record: who did what, in plain words, and the proofs that nothing was changed."""

import hashlib
import hmac
from collections.abc import Collection

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from ampersand.record.models import Checkpoint, Entry, Verb
from ampersand.sealing import Evidence, SignedCheckpoint, merkle


def pseudonym(person: int) -> str:
    """Give the name a person goes by in the record; only this installation's key connects the two."""
    return hmac.new(settings.RECORD_KEY, b"person %d" % person, hashlib.sha256).hexdigest()[:32]


def history_of(person: int, abouts: Collection[str] = ()) -> QuerySet[Entry]:
    """Find what a person did, and what happened to what is theirs, newest first."""
    return Entry.objects.filter(Q(who=pseudonym(person)) | Q(about__in=list(abouts))).order_by("-number")


def history_of_scheme(scheme: int) -> QuerySet[Entry]:
    """Find what happened in a scheme, newest first. Show it with `in_words`, which names nobody."""
    return Entry.objects.filter(scheme=scheme).order_by("-number")


def in_words(entry: Entry, *, reader: int | None = None) -> str:
    """Tell an entry in a sentence: as "You …" to who did it, without a name to anyone else."""
    if entry.verb is None:
        return _("This entry was erased.")
    verb = Verb(entry.verb)
    if reader is not None and entry.who == pseudonym(reader):
        return str(verb.yours)
    return str(verb.label)


def latest_checkpoint() -> SignedCheckpoint | None:
    """Find the newest checkpoint, if any was made."""
    row = Checkpoint.objects.order_by("-size", "-pk").first()
    return as_signed(row) if row else None


def as_signed(row: Checkpoint) -> SignedCheckpoint:
    """Give a stored checkpoint in the form that can be checked and handed out."""
    return SignedCheckpoint(size=row.size, root=bytes(row.root), at=row.at, signature=bytes(row.signature))


def inclusion_proof(entry: Entry, checkpoint: SignedCheckpoint) -> list[bytes]:
    """Prove that an entry is under a checkpoint."""
    return merkle.inclusion_proof(entry.number - 1, checkpoint.size, _stored_subtree)


def consistency_proof(old: int, size: int) -> list[bytes]:
    """Prove that the record of the old size is the beginning of the record of this size."""
    return merkle.consistency_proof(old, size, _stored_subtree)


def evidence_of(entry: Entry, checkpoint: SignedCheckpoint) -> Evidence:
    """Open an entry together with its proof, for a sealed copy to carry."""
    if entry.content is None or entry.salt is None:
        raise ValueError("An erased entry proves nothing.")
    return Evidence(
        number=entry.number,
        content=entry.content,
        salt=bytes(entry.salt),
        proof=inclusion_proof(entry, checkpoint),
        checkpoint=checkpoint,
    )


def _stored_subtree(start: int, end: int) -> bytes:
    """Give a whole subtree's hash from the rows: left ones are stored, right ones end where two ones meet."""
    if end & -end == end - start:
        return bytes(Entry.objects.values_list("subtree", flat=True).get(number=end))
    if end - start == 1:
        return bytes(Entry.objects.values_list("leaf", flat=True).get(number=end))
    middle = (start + end) // 2
    return merkle.node_hash(_stored_subtree(start, middle), _stored_subtree(middle, end))
