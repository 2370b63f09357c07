"""The one table that all measurements are printed in."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One thing measured: several runs, perhaps the ratio to something measured beside it, and its goal.

    `most` and `least` are limits of the ratio if there is one, otherwise of the median.
    """

    name: str
    runs: Sequence[float]
    unit: str
    ratio: float | None = None
    most: float | None = None
    least: float | None = None

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    @property
    def goal(self) -> str:
        if self.most is not None:
            return f"≤ {self.most:,g}"
        return f"≥ {self.least:,g}" if self.least is not None else ""

    @property
    def kept(self) -> bool | None:
        """Whether the goal is kept; None without a goal."""
        if not self.goal:
            return None
        judged = self.median if self.ratio is None else self.ratio
        return judged <= self.most if self.most is not None else judged >= (self.least or 0)

    def cells(self) -> tuple[str, ...]:
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} ×"
        verdict = {None: "", True: "kept", False: "missed"}[self.kept]
        spread = f"{shown(min(self.runs))} – {shown(max(self.runs))}"
        return self.name, f"{shown(self.median)} {self.unit}", spread, ratio, self.goal, verdict


HEAD = ("", "median", "spread", "ratio", "goal", "")


def shown(value: float) -> str:
    """Write a figure with about three digits that count."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.3g}"


def ratio(these: Sequence[float], those: Sequence[float]) -> float:
    """Give the median ratio of runs made side by side, so that a busy machine slows both."""
    return statistics.median(one / other for one, other in zip(these, those, strict=True))


def table(rows: Iterable[Row]) -> str:
    """Lay rows out as text; it is also a table of Markdown."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    rule = [("-" * width if column == 0 else "-" * (width - 1) + ":") for column, width in enumerate(widths)]
    laid = [_line(line, widths) for line in lines]
    return "\n".join([laid[0], "| " + " | ".join(rule) + " |", *laid[1:]])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        cell.ljust(widths[0]) if n == 0 else cell.rjust(widths[n]) for n, cell in enumerate(cells)
    )
    return "| " + " | ".join([first, *rest]) + " |"
