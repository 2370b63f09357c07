"""The tree gives the same roots and proofs as RFC 9162 read aloud."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ampersand.sealing import merkle

some_leaves = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


def mth(leaves: list[bytes]) -> bytes:
    """RFC 9162, 2.1.1."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = largest_power_below(len(leaves))
    return hashlib.sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 9162, 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = largest_power_below(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def subproof(m: int, leaves: list[bytes], whole: bool) -> list[bytes]:
    """RFC 9162, 2.1.4.1."""
    if m == len(leaves):
        return [] if whole else [mth(leaves)]
    k = largest_power_below(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], False), mth(leaves[:k])]


def largest_power_below(n: int) -> int:
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def grown(leaves: list[bytes]) -> list[bytes]:
    peaks: list[bytes] = []
    for size, leaf in enumerate(leaves):
        peaks = merkle.append(size, peaks, merkle.leaf_hash(leaf))
    return peaks


def test_an_empty_tree_has_the_root_that_the_standard_gives_it() -> None:
    assert merkle.root_of([]) == mth([])


@given(some_leaves)
def test_growing_leaf_by_leaf_gives_the_root_of_the_whole(leaves: list[bytes]) -> None:
    assert merkle.root_of(grown(leaves)) == mth(leaves)
    assert len(grown(leaves)) == len(leaves).bit_count()


@given(some_leaves, st.data())
def test_an_inclusion_proof_is_the_standard_one_and_holds_for_nothing_else(
    leaves: list[bytes], data: st.DataObject
) -> None:
    size, index = len(leaves), data.draw(st.integers(0, len(leaves) - 1))
    made = merkle.inclusion_proof(index, size, lambda start, end: mth(leaves[start:end]))
    root, leaf = mth(leaves), merkle.leaf_hash(leaves[index])
    assert made == path(index, leaves)
    assert merkle.included(index, size, leaf, made, root)
    assert not merkle.included(index, size, merkle.leaf_hash(leaves[index] + b"!"), made, root)
    assert not merkle.included(index, size, leaf, [*made, leaf], root)
    assert not merkle.included(size, size, leaf, made, root)
    assert not merkle.included(index, size, leaf, made, root[::-1])
    if made:
        assert not merkle.included(index, size, leaf, made[:-1], root)


@given(some_leaves, st.data())
def test_a_consistency_proof_is_the_standard_one_and_holds_for_no_other_beginning(
    leaves: list[bytes], data: st.DataObject
) -> None:
    size, old = len(leaves), data.draw(st.integers(1, len(leaves)))
    made = merkle.consistency_proof(old, size, lambda start, end: mth(leaves[start:end]))
    old_root, root = mth(leaves[:old]), mth(leaves)
    assert made == subproof(old, leaves, True)
    assert merkle.consistent(old, size, made, old_root, root)
    assert not merkle.consistent(old, size, made, old_root[::-1], root)
    assert not merkle.consistent(old, size, made, old_root, root[::-1])
    assert not merkle.consistent(old, size, [*made, root], old_root, root)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 150))
def test_a_proof_asks_only_for_whole_subtrees(size: int) -> None:
    def subtree(start: int, end: int) -> bytes:
        width = end - start
        assert width & (width - 1) == 0
        assert start % width == 0
        return bytes(32)

    for index in range(size):
        merkle.inclusion_proof(index, size, subtree)
        merkle.consistency_proof(index + 1, size, subtree)


def test_what_is_not_in_the_tree_has_no_proof() -> None:
    with pytest.raises(ValueError, match="no leaf 3"):
        merkle.inclusion_proof(3, 3, lambda start, end: b"")
    with pytest.raises(ValueError, match="no beginning of 4"):
        merkle.consistency_proof(4, 3, lambda start, end: b"")
