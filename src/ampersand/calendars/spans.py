"""Stretches of time, and what is left of them. All instants are aware and in UTC; an end is not included."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, order=True)
class Span:
    """From one instant up to, but not including, a later one. Both are given in UTC, whatever they came in.

    Raises ValueError if an instant has no time zone, or if the end is not after the start.
    """

    starts: datetime
    ends: datetime

    def __post_init__(self) -> None:
        if self.starts.tzinfo is None or self.ends.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        object.__setattr__(self, "starts", self.starts.astimezone(UTC))
        object.__setattr__(self, "ends", self.ends.astimezone(UTC))
        if self.ends <= self.starts:
            raise ValueError("a span ends after it starts")

    @property
    def lasts(self) -> timedelta:
        """How long it is, in real time."""
        return self.ends - self.starts

    def widened(self, by: timedelta) -> "Span":
        """Give the same with `by` more on either side."""
        return Span(self.starts - by, self.ends + by)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Give the same time in order, without overlaps; spans that touch become one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.starts <= joined[-1].ends:
            joined[-1] = Span(joined[-1].starts, max(joined[-1].ends, span.ends))
        else:
            joined.append(span)
    return joined


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Give what is left of `spans` when `taken` is taken away, in order."""
    left: list[Span] = []
    cuts = merged(taken)
    first = 0
    for span in merged(spans):
        starts = span.starts
        while first < len(cuts) and cuts[first].ends <= starts:
            first += 1
        for cut in _from(cuts, first):
            if cut.starts >= span.ends:
                break
            if cut.starts > starts:
                left.append(Span(starts, cut.starts))
            starts = max(starts, cut.ends)
        if starts < span.ends:
            left.append(Span(starts, span.ends))
    return left


def common(one: Iterable[Span], other: Iterable[Span]) -> list[Span]:
    """Give the time that lies in both, in order."""
    shared: list[Span] = []
    ours, theirs = merged(one), merged(other)
    i = j = 0
    while i < len(ours) and j < len(theirs):
        starts, ends = max(ours[i].starts, theirs[j].starts), min(ours[i].ends, theirs[j].ends)
        if starts < ends:
            shared.append(Span(starts, ends))
        if ours[i].ends <= theirs[j].ends:
            i += 1
        else:
            j += 1
    return shared


def _from(cuts: Sequence[Span], first: int) -> Iterable[Span]:
    return (cuts[index] for index in range(first, len(cuts)))
