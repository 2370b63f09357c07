"""The measurements themselves: all of them run, at tiny sizes, so that none is found broken when needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bench.__main__ import main
from bench.apart import measurements
from bench.tables import Row, ratio, table

from tests.settings import MADE

ROOT = Path(__file__).resolve().parent.parent
OURS = {"AMPERSAND_DATABASE_URL", "AMPERSAND_DATA_DIR", "DJANGO_SETTINGS_MODULE", MADE}


def test_every_measurement_is_found() -> None:
    assert {"copies", "pages", "record", "start"} <= set(measurements())


def test_a_measurement_nobody_knows_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nonsense"])
    assert "no measurement called nonsense" in capsys.readouterr().err


# Starting is what the tests of running do at length; that it can be measured too is for `make prove`.
NAMES = [pytest.param(each, marks=[pytest.mark.prove] * (each == "start")) for each in measurements()]


@pytest.mark.parametrize("name", NAMES)
def test_a_measurement_runs(name: str) -> None:
    """With databases of its own: not those of the tests, which may be in use."""
    environment = {key: value for key, value in os.environ.items() if key not in OURS}
    environment["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
    run = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", name],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    lines = run.stdout.splitlines()
    assert "processors" in lines[0]
    assert len([line for line in lines if line.startswith("|")]) > 2


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        (Row("quick enough", [1, 2, 30], "ms", most=2), True),
        (Row("too slow", [1, 3, 30], "ms", most=2), False),
        (Row("often enough", [900, 1000], "a second", least=950), True),
        (Row("too seldom", [900, 900], "a second", least=950), False),
        (Row("by its ratio", [900], "ms", ratio=3.9, most=4), True),
        (Row("ratio too large", [1], "ms", ratio=4.1, most=4), False),
        (Row("without a goal", [1], "ms"), None),
    ],
)
def test_a_goal_is_kept_or_missed(row: Row, kept: bool | None) -> None:
    assert row.kept is kept
    assert {None: "|        |", True: "kept", False: "missed"}[kept] in table([row, Row("", [1], "", most=0)])


def test_a_ratio_is_of_runs_made_side_by_side() -> None:
    assert ratio([10, 200, 30], [5, 100, 15]) == 2
