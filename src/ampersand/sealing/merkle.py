"""The tree over the record, hashed as RFC 9162 says: plain functions on bytes, usable alone.

A tree of n leaves is a row of whole subtrees ("peaks"), largest first, one for each binary one in n.
"""

import hashlib
from collections.abc import Callable, Sequence

DIGEST = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

Subtree = Callable[[int, int], bytes]
"""Gives the hash of the whole subtree over leaves start … end - 1 (counted from nought)."""


def leaf_hash(data: bytes) -> bytes:
    """Hash one leaf's data."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbouring subtrees into the one above them."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def append(size: int, peaks: Sequence[bytes], leaf: bytes) -> list[bytes]:
    """Give the peaks after one more leaf; the last is the largest whole subtree that ends with it."""
    grown = [*peaks, leaf]
    while size & 1:
        right = grown.pop()
        grown[-1] = node_hash(grown[-1], right)
        size >>= 1
    return grown


def root_of(peaks: Sequence[bytes]) -> bytes:
    """Give the root of the tree that has these peaks."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def peak_ranges(size: int) -> list[tuple[int, int]]:
    """Give the ranges of leaves (start, end) under each peak of a tree of this size, largest first."""
    return whole_ranges(0, size)


def whole_ranges(start: int, end: int) -> list[tuple[int, int]]:
    """Split a right-hand part of a tree, as RFC 9162 splits it, into whole subtrees."""
    ranges = []
    while start < end:
        width = 1 << ((end - start).bit_length() - 1)
        ranges.append((start, start + width))
        start += width
    return ranges


def _range_root(start: int, end: int, subtree: Subtree) -> bytes:
    return root_of([subtree(*part) for part in whole_ranges(start, end)])


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """Prove that leaf `index` (from nought) is in the tree of this size: its siblings, lowest first."""
    if not 0 <= index < size:
        raise ValueError(f"A tree of {size} leaves has no leaf {index}.")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(_range_root(middle, end, subtree))
            end = middle
        else:
            proof.append(subtree(start, middle))
            start = middle
    return proof[::-1]


def consistency_proof(old: int, size: int, subtree: Subtree) -> list[bytes]:
    """Prove that the tree of the old size is the beginning of the tree of this size."""
    if not 0 < old <= size:
        raise ValueError(f"A tree of {size} leaves has no beginning of {old}.")
    proof: list[bytes] = []
    start, end, whole = 0, size, True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(_range_root(middle, end, subtree))
            end = middle
        else:
            proof.append(subtree(start, middle))
            start, whole = middle, False
    if not whole:
        proof.append(_range_root(start, end, subtree))
    return proof[::-1]


def _split(width: int) -> int:
    """Give the largest power of two smaller than the width."""
    return 1 << ((width - 1).bit_length() - 1)


def included(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Check an inclusion proof (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    here, last, made = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if here & 1 or here == last:
            made = node_hash(sibling, made)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            made = node_hash(made, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and made == root


def consistent(old: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> bool:
    """Check a consistency proof (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    here, last = old - 1, size - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    made_old = made = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            made_old, made = node_hash(sibling, made_old), node_hash(sibling, made)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            made = node_hash(made, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and made_old == old_root and made == root
