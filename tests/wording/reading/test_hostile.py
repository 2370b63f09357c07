"""Hostile and broken files are refused with a sentence, or read, in two seconds and 300 MB; nobody else is harmed.

Seconds are counted in every run and demanded in `make prove`: on a busy machine, counting them is not exact.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import signal
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from ampersand.wording.reading import Unreadable, read
from tests.figures import Figure
from tests.wording.reading.hostile import good_files, hostile_files, mutated, read_all

SECONDS = 2.0
MEGABYTES = 300
ENDLESS = 300  # seconds of computing for some hundred files, where a few are usual


_MEASURE = """
import json, resource, sys
from pathlib import Path
from ampersand.wording.reading import Unreadable, read
for path in sorted(Path(sys.argv[1]).iterdir()):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        said = "" if read(path) else ""
    except Unreadable as sentence:
        said = str(sentence)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps([path.name, said, used, after.ru_maxrss / 1024]), flush=True)
"""


def read_each(tmp_path: Path, figure: Figure) -> list[tuple[str, float]]:
    """Measured from a small process of its own, so that what is counted is the child's."""
    for name, data in hostile_files():
        (tmp_path / name).write_bytes(data)
    count = len(list(tmp_path.iterdir()))
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(tmp_path)], capture_output=True, text=True, check=True
    )
    told = [json.loads(row) for row in done.stdout.splitlines()]
    assert len(told) == count
    for name, said, _used, peak in told:
        assert not said or said.endswith("."), name
        assert peak <= MEGABYTES, f"{name}: {peak:.0f} MB"
    slowest = max(told, key=lambda row: row[2])
    refused = sum(bool(row[1]) for row in told)
    figure("hostile files: refused, read", f"{refused}, {count - refused} of {count}")
    figure("hostile files: longest computing", f"{slowest[2]:.2f} s ({slowest[0]})", goal="≤ 2 s")
    figure("hostile files: most memory", f"{max(row[3] for row in told):.0f} MB", goal="≤ 300 MB")
    return [(name, used) for name, _said, used, _peak in told]


def test_each_hostile_file_is_refused_with_a_sentence_or_read(tmp_path: Path, figure: Figure) -> None:
    assert read_each(tmp_path, figure)


@pytest.mark.prove
def test_each_hostile_file_is_refused_or_read_in_two_seconds(tmp_path: Path, figure: Figure) -> None:
    assert [each for each in read_each(tmp_path, figure) if each[1] > SECONDS + 0.3] == []


@pytest.mark.parametrize(
    ("endless", "status", "said"),
    [
        ("while True: pass", -signal.SIGXCPU, b""),
        ("kept = []\n    while True: kept.append(bytes(10**7))", 0, b"too much memory"),
    ],
)
def test_what_never_ends_is_ended(endless: str, status: int, said: bytes) -> None:
    script = (
        "from ampersand.wording.reading import child\n"
        f"def read_for_ever(data, name):\n    {endless}\n"
        "child.read_here = read_for_ever\n"
        "child.main()"
    )
    done = subprocess.run([sys.executable, "-c", script], input=b"", capture_output=True, check=False)
    assert done.returncode == status
    assert said in done.stdout


def test_a_good_file_is_still_read_after_a_bad_one() -> None:
    with pytest.raises(Unreadable):
        read(b"%PDF-1.7\n", "bad.pdf")
    assert read(b"Mentoring\n\nName: __________\n").blanks[0].kind == "person"


def _not_for_ever() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (ENDLESS, ENDLESS))


def _in_a_process(files: Iterable[tuple[str, bytes]]) -> tuple[float, int]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=_not_for_ever) as pool:
        return pool.submit(read_all, list(files)).result()


def test_two_hundred_mutated_files_are_refused_or_read(figure: Figure) -> None:
    worst, good = _in_a_process(mutated(good_files(), 200))
    figure("200 mutated files: read, the others refused; longest", f"{good}, {worst:.2f} s", goal="≤ 2 s")


@pytest.mark.prove
def test_ten_thousand_mutated_files_are_refused_or_read(figure: Figure) -> None:
    worst, good = 0.0, 0
    for batch in range(100):
        longest, read_well = _in_a_process(mutated(good_files(), 100, salt=batch))
        worst, good = max(worst, longest), good + read_well
    figure(
        "10,000 mutated files: read, the others refused; longest", f"{good:,}, {worst:.2f} s", goal="≤ 2 s"
    )
    assert worst <= SECONDS


@pytest.mark.parametrize("sign", ["(", "…", "? ", "____ "])
def test_one_endless_line_is_read_before_its_time_is_up(sign: str) -> None:
    assert read(f"Agreement\n\n{sign * (60_000 // len(sign))}\n".encode(), "a.txt").parts


def test_more_places_than_anyone_fills_in_are_refused_in_words_of_their_own() -> None:
    with pytest.raises(Unreadable, match="far more places to fill in"):
        read(f"Agreement\n\n{'Name: ' * 15_000}\n".encode(), "a.txt")
