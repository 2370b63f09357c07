"""docs/security.md names every requirement of levels 1 and 2, and only tests that exist."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "security.md"
# How far each section's numbers of levels 1 and 2 go; those of level 3 stand at the end of each.
ASKED = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
}  # fmt: skip
ROW = re.compile(r"^\| ([\d.]+)(?: – ([\d.]+))? \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def numbers(text: str) -> Iterator[str]:
    for first, last, *_words in ROW.findall(text):
        section, _dot, begin = first.rpartition(".")
        until = last.rpartition(".")[2] if last else begin
        yield from (f"{section}.{number}" for number in range(int(begin), int(until) + 1))


def missing_files(text: str) -> list[str]:
    return [name for name in re.findall(r"`(tests/[^`]+)`", text) if not (ROOT / name).exists()]


def test_every_requirement_has_its_row() -> None:
    asked = [f"{section}.{n}" for section, last in ASKED.items() for n in range(1, last + 1)]
    assert list(numbers(PAGE.read_text())) == asked


def test_every_row_names_a_test_that_exists_or_says_why_there_is_none() -> None:
    text = PAGE.read_text()
    assert missing_files(text) == []
    for number, _last, _asks, what, shown in ROW.findall(text):
        assert "`tests/" in shown or len(what) > 3, number


def test_a_test_that_does_not_exist_is_caught() -> None:
    assert missing_files("| 1.1.1 | a | b | `tests/nowhere.py` |") == ["tests/nowhere.py"]
