"""The tree grown again, many leaves at a time: what `sealing.merkle` does for one, quickly for millions."""

from hashlib import sha256

from ampersand.sealing import merkle
from ampersand.sealing.merkle import DIGEST

WIDTH = 1 << 15  # leaves at a time: a power of two, so that each full batch is one whole subtree


class Batch:
    """At most WIDTH leaves, the first of which begins a whole subtree; each level is one run of bytes."""

    def __init__(self, leaves: bytes) -> None:
        self.size = len(leaves) // DIGEST
        self.levels = [leaves]
        while len(below := self.levels[-1]) > DIGEST:  # an odd one out waits for its neighbour
            pairs = range(0, len(below) - DIGEST, 2 * DIGEST)
            self.levels.append(b"".join([sha256(b"\x01" + below[at : at + 64]).digest() for at in pairs]))

    def peaks(self, size: int) -> list[bytes]:
        """Give the peaks over the first so many leaves."""
        peaks = []
        for start, end in merkle.whole_ranges(0, size):
            at = start // (end - start) * DIGEST
            peaks.append(self.levels[(end - start).bit_length() - 1][at : at + DIGEST])
        return peaks

    def subtrees(self) -> list[bytes]:
        """Give for each leaf the largest whole subtree within the batch that ends with it."""
        largest = [b""] * self.size
        for height, level in enumerate(self.levels):
            lefts = [level[at : at + DIGEST] for at in range(0, len(level), 2 * DIGEST)]
            largest[(1 << height) - 1 :: 2 << height] = lefts
        return largest


class GrowingTree:
    """A tree that takes batches, all of them full but the last."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []
        self._before: list[bytes] = []
        self._batch = Batch(b"")

    def add(self, leaves: bytes) -> list[bytes]:
        """Take the next batch; give for each of its leaves the largest whole subtree that ends with it."""
        self._before, self._batch = self._peaks, Batch(leaves)
        subtrees = self._batch.subtrees()
        if self._batch.size == WIDTH:
            self._peaks = merkle.append(self.size // WIDTH, self._before, self._batch.levels[-1])
            subtrees[-1] = self._peaks[-1]
        else:
            self._peaks = [*self._before, *self._batch.peaks(self._batch.size)]
        self.size += self._batch.size
        return subtrees

    @property
    def root(self) -> bytes:
        """Give the root over all leaves so far."""
        return merkle.root_of(self._peaks)

    def root_within(self, size: int) -> bytes:
        """Give the root over the first so many leaves, the last of which is in the latest batch."""
        return merkle.root_of([*self._before, *self._batch.peaks(size - (self.size - self._batch.size))])
