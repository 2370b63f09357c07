"""Proofs for those who hold a checkpoint: that an entry is under it, that one record continues another."""

from collections.abc import Callable
from functools import partial

from ampersand.record.models import Checkpoint, Entry, Head
from ampersand.sealing import Evidence, SignedCheckpoint, merkle


def latest_checkpoint() -> SignedCheckpoint | None:
    """Find the newest checkpoint, if any was made."""
    row = Checkpoint.objects.order_by("-size", "-pk").first()
    return as_signed(row) if row else None


def grown_since_checkpoint() -> bool:
    """Say whether anything was noted down since the newest checkpoint but the checkpoint itself."""
    latest = Checkpoint.objects.order_by("-size", "-pk").first()
    head = Head.objects.filter(pk=1).first()
    return head is not None and head.size > (latest.size + 1 if latest else 0)


def as_signed(row: Checkpoint) -> SignedCheckpoint:
    """Give a stored checkpoint in the form that can be checked and handed out."""
    return SignedCheckpoint(size=row.size, root=bytes(row.root), at=row.at, signature=bytes(row.signature))


def inclusion_proof(entry: Entry, checkpoint: SignedCheckpoint) -> list[bytes]:
    """Prove that an entry is under a checkpoint."""
    return _proved(partial(merkle.inclusion_proof, entry.number - 1, checkpoint.size))


def consistency_proof(old: int, size: int) -> list[bytes]:
    """Prove that the record of the old size is the beginning of the record of this size."""
    return _proved(partial(merkle.consistency_proof, old, size))


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


def _proved(prove: Callable[[merkle.Subtree], list[bytes]]) -> list[bytes]:
    """Make a proof from the rows, which are all fetched at once: first ask what it needs, then give it."""
    needed: set[int] = set()

    def ask(start: int, end: int) -> bytes:
        needed.update([*_halves(start, end), end])
        return b""

    def give(start: int, end: int) -> bytes:
        leaf, subtree = rows[end]
        made = subtree if end & -end == end - start else leaf
        for half in reversed(_halves(start, end)):
            made = merkle.node_hash(rows[half][1], made)
        return made

    prove(ask)
    found = Entry.objects.filter(number__in=needed).values_list("number", "leaf", "subtree")
    rows = {number: (bytes(leaf), bytes(subtree)) for number, leaf, subtree in found}
    return prove(give)


def _halves(start: int, end: int) -> list[int]:
    """Give the rows whose stored subtrees make up a whole subtree, but for its last leaf.

    None, when the row at its end keeps just that subtree. Otherwise that row keeps a larger one, and this
    one is made of left halves, each kept by the row it ends with, down to that row's leaf.
    """
    halves: list[int] = []
    if end & -end != end - start:
        while end - start > 1:
            start = (start + end) // 2
            halves.append(start)
    return halves
