"""Reading a 20-page Word file, beside python-docx opening it and going through its paragraphs and tables.

    python -m bench.reading --rounds 7

“Read” is what an organiser waits for after uploading: in a process of its own, under limits.
"""

import argparse
import io
import time
from collections.abc import Callable

from docx import Document

from ampersand.wording.reading import read
from ampersand.wording.reading.child import read_here
from bench.tables import Row, ratio, table

PAGES = 20
GOAL = 1.0  # seconds


def word_file(pages: int) -> bytes:
    """Write a Word file of about so many pages: points, blanks, either/ors, tables."""
    document = Document()
    for page in range(pages):
        document.add_heading(f"Part {page + 1}", level=1)
        for point in range(18):
            document.add_paragraph(
                f"Point {point + 1}: both of them will/will not tell the office within ______ days, "
                "unless something else was agreed beforehand and written down where both can see it.",
                style="List Number",
            )
        table = document.add_table(rows=3, cols=2)
        for row in table.rows:
            row.cells[0].text = "Name of the mentor"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def bare(data: bytes) -> int:
    """Do what python-docx alone does."""
    return sum(len(getattr(part, "text", "")) for part in Document(io.BytesIO(data)).iter_inner_content())


def seconds(work: Callable[[bytes], object], data: bytes) -> float:
    began = time.perf_counter()
    work(data)
    return time.perf_counter() - began


def measure(*, quick: bool = False, rounds: int = 7) -> list[Row]:
    """Give the table's rows; each round does all three."""
    data = word_file(2 if quick else PAGES)
    ways: dict[str, Callable[[bytes], object]] = {
        "guarded": lambda data: read(data, "a.docx"),
        "itself": read_here,
        "bare": bare,
    }
    runs: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(1 if quick else rounds + 1):
        for name, way in ways.items():
            took = seconds(way, data)
            runs[name] += [took] if number or quick else []  # the first round only warms up
    beside = {name: ratio(taken, runs["bare"]) for name, taken in runs.items()}
    return [
        Row(f"reading a {PAGES}-page Word file", runs["guarded"], "s", most=GOAL),
        Row("  against python-docx alone", runs["guarded"], "s", ratio=beside["guarded"]),
        Row("  the same in our own process", runs["itself"], "s", ratio=beside["itself"]),
        Row("  python-docx alone", runs["bare"], "s"),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    print(table(measure(rounds=parser.parse_args().rounds)))


if __name__ == "__main__":
    main()
