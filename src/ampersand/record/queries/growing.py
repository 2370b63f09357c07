"""The tree grown again, many leaves at a time: what `sealing.merkle` does for one, quickly for millions."""

from collections.abc import Sequence
from hashlib import sha256

from ampersand.sealing import merkle

WIDTH = 1 << 13  # leaves at a time: a power of two, so that each full batch is one whole subtree


class Batch:
    """At most WIDTH leaves, the first of which begins a whole subtree."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.levels = [leaves]
        while len(below := self.levels[-1]) > 1:
            pairs = zip(below[::2], below[1::2], strict=False)  # an odd one out waits for its neighbour
            self.levels.append([sha256(b"\x01" + left + right).digest() for left, right in pairs])

    def peaks(self, size: int) -> list[bytes]:
        """Give the peaks over the first so many leaves."""
        ranges = merkle.whole_ranges(0, size)
        return [self.levels[(end - start).bit_length() - 1][start // (end - start)] for start, end in ranges]

    def subtrees(self) -> list[bytes]:
        """Give for each leaf the largest whole subtree within the batch that ends with it."""
        largest = list(self.levels[0])
        for height, level in enumerate(self.levels):
            largest[(1 << height) - 1 :: 2 << height] = level[::2]
        return largest


class GrowingTree:
    """A tree that takes batches, all of them full but the last."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []
        self._before: list[bytes] = []
        self._batch = Batch([])

    def add(self, leaves: Sequence[bytes]) -> list[bytes]:
        """Take the next batch; give for each of its leaves the largest whole subtree that ends with it."""
        self._before, self._batch = self._peaks, Batch(leaves)
        subtrees = self._batch.subtrees()
        if len(leaves) == WIDTH:
            self._peaks = merkle.append(self.size // WIDTH, self._before, self._batch.levels[-1][0])
            subtrees[-1] = self._peaks[-1]
        else:
            self._peaks = [*self._before, *self._batch.peaks(len(leaves))]
        self.size += len(leaves)
        return subtrees

    @property
    def root(self) -> bytes:
        """Give the root over all leaves so far."""
        return merkle.root_of(self._peaks)

    def root_within(self, size: int) -> bytes:
        """Give the root over the first so many leaves, the last of which is in the latest batch."""
        latest = len(self._batch.levels[0])
        return merkle.root_of([*self._before, *self._batch.peaks(size - (self.size - latest))])
