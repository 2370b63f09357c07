"""Reading a 20-page Word file, beside python-docx opening it and going through its paragraphs and tables.

python bench/reading.py
"""

import io
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from docx import Document

sys.path.insert(0, str(Path(__file__).parent.parent))

from ampersand.wording.reading import read
from ampersand.wording.reading.child import read_here

ROUNDS = 5
PAGES = 20


def twenty_pages() -> bytes:
    """A Word file of about 20 pages: points, blanks, tables."""
    document = Document()
    for page in range(PAGES):
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
    """What python-docx alone does."""
    return sum(len(getattr(part, "text", "")) for part in Document(io.BytesIO(data)).iter_inner_content())


def seconds(work: Callable[[], object]) -> float:
    """The median of several rounds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    data = twenty_pages()
    peer, ours, guarded = (
        seconds(lambda: bare(data)),
        seconds(lambda: read_here(data)),
        seconds(lambda: read(data, "a.docx")),
    )
    print(f"{'20-page .docx':34}{'s':>8}{'ratio':>8}")
    for name, taken in (
        ("python-docx, bare parse", peer),
        ("read", ours),
        ("read in a guarded child", guarded),
    ):
        print(f"{name:34}{taken:8.3f}{taken / peer:8.1f}")
    print("goal: under 1 s")


if __name__ == "__main__":
    main()
