"""Figures that tests measure, told at the end of the run with what was promised.

A test asks for the fixture `figure` and says `figure("appends per second", 1240, goal="≥ 1,000")`.
Only figures of tests that passed are told. Works with several workers.
"""

from collections.abc import Callable

import pytest

Figure = Callable[..., None]
KEY = "figure"


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Note a figure: its name, its value and the goal, each as it should be read."""

    def note(name: str, value: object, *, goal: str = "") -> None:
        told = (
            f"{value:,}" if isinstance(value, int) else f"{value:,.2f}" if isinstance(value, float) else value
        )
        request.node.user_properties.append((KEY, [name, str(told), goal]))

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of this run."""
    figures = [
        value
        for report in terminalreporter.stats.get("passed", [])
        if getattr(report, "when", "") == "call"
        for key, value in report.user_properties
        if key == KEY
    ]
    if not figures:
        return
    terminalreporter.section("figures")
    widths = [max(len(row[column]) for row in figures) for column in range(3)]
    for name, value, goal in figures:
        terminalreporter.line(f"{name:<{widths[0]}}  {value:>{widths[1]}}  {goal and 'goal: ' + goal}")
