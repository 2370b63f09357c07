"""Tables as lines: an empty cell beside or under a label is a place to fill in, an empty cell in a data table is not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ampersand.wording.reading.lines import BOX, FILL, WIDE, Fill, Line, squeeze

Cell = Sequence[Line]

_RATING = re.compile(
    r"\d|(?:strongly |somewhat )?(?:agree|disagree)|neutral|unsure|always|often|sometimes|rarely|never|excellent|good|fair|poor|high|medium|low"
    r"|yes|no|maybe|n/?a|ja|nein|nee|oui|non|s[íi]|sim|não",
    re.IGNORECASE,
)
_SIGNING = re.compile(
    r"sign|date|name|unterschrift|firma|datum|fecha|handtekening|assinatura|underskrift", re.I
)
_PLACEHOLDER = re.compile(r"@?\[[^\[\]]+\]")
_LONGEST_LABEL = 14


@dataclass(frozen=True)
class _Grid:
    rows: list[list[str]]
    cells: Sequence[Sequence[Cell]]

    def is_empty(self, row: int, column: int) -> bool:
        return not self.rows[row][column]

    def row_is_empty(self, row: int) -> bool:
        return not any(self.rows[row])

    @cached_property
    def colons(self) -> bool:
        """Whether most of its cells are labels that end in a colon."""
        texts = [text for row in self.rows for text in row if text]
        return sum(text.endswith(":") for text in texts) >= max(3, 0.6 * len(texts))

    def asks(self, row: int, column: int) -> bool:
        """Whether a cell is a label, and the one beside it empty."""
        texts = self.rows[row]
        beside = column + 1 < len(texts) and not texts[column + 1]
        return beside and _is_label(texts[column]) and (texts[column].endswith((":", "?")) or not self.colons)


def flatten(cells: Sequence[Sequence[Cell]], number: int) -> list[Line]:
    """The table's lines in reading order; `number` tells tables of a document apart."""
    width = max((len(row) for row in cells), default=0)
    padded = [[*row, *[[] for _ in range(width - len(row))]] for row in cells]
    padded = [row for number, row in enumerate(padded) if not (number > 1 and _goes_on(row))]
    padded = _without_spacers(padded)
    grid = _Grid([[_text(cell) for cell in row] for row in padded], padded)
    if not width:
        return []
    if width == 1 and len(grid.rows) == 1 and grid.row_is_empty(0):
        return [Line(text=FILL, fills=(Fill(),), table=number)]
    if _labels_below(grid):
        lines = _lines_labels_below(grid)
    elif _has_header(grid):
        lines = _lines_with_header(grid)
    elif width == 2 and _is_list_of_words(grid):
        lines = [line for row in range(len(grid.rows)) for line in _row_of_words(grid, row)]
    else:
        lines = [line for row in range(len(grid.rows)) for line in _lines_of_pairs(grid, row)]
    return [replace(line, table=number) for line in lines]


def _without_spacers(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The rows without columns that only keep words apart: empty throughout, with long passages in the next one."""
    texts = [[_text(cell) for cell in row] for row in rows]
    apart = set()
    for column in range(1, len(rows[0]) - 1 if len(rows) > 1 else 0):
        beside = [row[column + 1] for row in texts if row[column + 1]]
        long = sum(len(text.split()) > _LONGEST_LABEL for text in beside)
        if beside and long >= len(beside) / 2 and not any(row[column] for row in texts):
            apart.add(column)
    return [[cell for column, cell in enumerate(row) if column not in apart] for row in rows]


def _text(cell: Cell) -> str:
    """A cell's words; one that holds only dots or rules is empty."""
    text = squeeze(" ".join(line.text for line in cell))
    return "" if re.fullmatch(rf"(?:\(?\w[.)])?[_.…＿\s{FILL}•]*", text) else text


def _goes_on(row: Sequence[Cell]) -> bool:
    """Whether a row only says that others may follow: three dots in each cell."""
    return all(re.fullmatch(r"\.\.\.|…", squeeze(" ".join(line.text for line in cell))) for cell in row)


def _is_label(text: str) -> bool:
    """Whether a cell's text asks for an answer in the cell beside it."""
    if not text or FILL in text or "___" in text or "...." in text or BOX in text:
        return False
    if re.fullmatch(r"[\[<{][^\[\]<>{}]*[\]>}]", text):
        return False
    words = len(text.split())
    return words <= _LONGEST_LABEL or text.rstrip().endswith((":", "?"))


def _has_header(grid: _Grid) -> bool:
    first, rest = grid.rows[0], grid.rows[1:]
    if not rest or len(first) < 2:
        return False
    named = [column for column, text in enumerate(first) if text]
    if not all(len(text.split()) <= 8 for text in first):
        return False
    if any(FILL in text for text in first) or any(
        text.endswith(":") for text in first[:1] if len(first) == 2
    ):
        return False
    if named == list(range(1, len(first))):
        return True
    if len(named) < len(first):
        return False
    if len(first) == 2:
        repeated = any(row[1:] == [f"[{first[1]}]"] for row in rest)
        return not grid.rows[1][0] or repeated or bool(_SIGNING.search(first[1]))
    return any(not text or text == BOX or _PLACEHOLDER.fullmatch(text) for row in rest for text in row)


def _is_data(grid: _Grid) -> bool:
    """Whether most cells beside the first column are written already: gaps in data are not blanks."""
    body = [text for row in grid.rows[1:] for text in row[1:]]
    if any(re.fullmatch(r"[✓✔✗✘xX×•●√]|[Yy]es|[Nn]o", text) for text in body):
        return True
    return bool(body) and sum(1 for text in body if text) > len(body) / 2


def _is_list_of_words(grid: _Grid) -> bool:
    """Whether two columns say something about each of several things, one gap notwithstanding."""
    body = [row[1] for row in grid.rows[1:] if len(row) == 2]
    return len(body) >= 3 and sum(1 for text in body if text) >= 2 * len(body) / 3


def _row_of_words(grid: _Grid, row: int) -> list[Line]:
    """A row of two short cells as one line, longer ones as they are."""
    texts = [text for text in grid.rows[row] if text]
    inner = [line for cell in grid.cells[row] for line in cell]
    if len(inner) == 2 == len(texts) and all(len(text.split()) <= 8 for text in texts):
        return [Line(text=WIDE.join(texts), fills=tuple(fill for line in inner for fill in line.fills))]
    return inner


def _rows_to_choose(grid: _Grid) -> list[Line]:
    """Rows of short words of which one is chosen, by a box at the end of each."""
    body = grid.rows[1:]
    alike = len(grid.rows[0]) > 2 <= len(body) and all(all(row) and row[-1] == BOX for row in body)
    if not alike or any(len(row[0].split()) > 8 or BOX in row[1:-1] for row in body):
        return []
    return [Line(text=f"{BOX} {WIDE.join(row[:-1])}") for row in body]


def _lines_with_header(grid: _Grid) -> list[Line]:
    header = grid.rows[0]
    data = _is_data(grid)
    boxed = all(text == BOX for row in grid.rows[1:] for text in row[1:])
    to_tick = len(header) > 2 and (
        boxed or (all(_RATING.fullmatch(text) for text in header[1:]) and not data)
    )
    signing = any(re.search(r"signature", text, re.IGNORECASE) for text in header)
    lines = [Line(text=WIDE.join(text for text in header if text))] if data and not boxed else []
    lines += _rows_to_choose(grid)
    for row in range(1, 1 if _rows_to_choose(grid) else len(grid.rows)):
        name = next((text for text in grid.rows[row] if text and len(text.split()) <= _LONGEST_LABEL), "")
        if to_tick and (name or boxed):
            named = grid.rows[row][0] != BOX
            boxes = " ".join(f"{BOX} {text}" for text in header[named:])
            lines.append(Line(text=f"{grid.rows[row][0] if named else ''} {boxes}".strip()))
            continue
        for column, text in enumerate(grid.rows[row]):
            signed = re.search(r"sign(?!ed)", header[column], re.IGNORECASE)
            told = signed or text.strip("@[]").lower() in header[column].lower()
            if told and text.strip("[]") == header[column].strip() and not re.search(r"[^\W\d]", name):
                lines.append(Line(text=f"{header[column]} {FILL}", fills=(Fill(),)))
                continue
            if _PLACEHOLDER.fullmatch(text) and column and told and name:
                place = FILL if signed else text.lstrip("@")
                fills = (Fill(),) if signed else ()
                lines.append(Line(text=f"{squeeze(f'{name} {header[column]}')} {place}", fills=fills))
            elif text and not column and _PLACEHOLDER.fullmatch(text):
                lines.append(Line(text=squeeze(f"{header[column]} {text}")))
            elif text:
                lines += grid.cells[row][column]
            elif header[column] or name:
                label = squeeze(f"{'' if _PLACEHOLDER.fullmatch(name) else name} {header[column]}")
                if not data or (signing and grid.row_is_empty(row)):
                    lines.append(Line(text=f"{label} {FILL}", fills=(Fill(),)))
    return lines


def _labels_below(grid: _Grid) -> bool:
    """Whether empty cells stand over the labels that say what to write in them, as under a signature line."""
    if len(grid.rows) < 2 or not grid.row_is_empty(0):
        return False
    below = [text for text in grid.rows[1] if text]
    return bool(below) and all(_is_label(text) for text in below) and not grid.row_is_empty(1)


def _lines_labels_below(grid: _Grid) -> list[Line]:
    lines: list[Line] = []
    for row in range(1, len(grid.rows)):
        if grid.row_is_empty(row):
            continue
        labels = [text for text in grid.rows[row] if text]
        if grid.row_is_empty(row - 1):
            text = WIDE.join(f"{label} {FILL}" for label in labels)
            lines.append(Line(text=text, fills=(Fill(),) * len(labels)))
        else:
            lines += _lines_of_pairs(grid, row)
    return lines


def _lines_of_pairs(grid: _Grid, row: int) -> list[Line]:
    """A row of labels with empty cells beside them, or of plain text."""
    texts = grid.rows[row]
    if grid.row_is_empty(row):
        above = next((text for text in grid.rows[row - 1] if text), "") if row else ""
        alone = row > 0 and _is_label(above) and sum(1 for text in grid.rows[row - 1] if text) == 1
        return [Line(text=FILL, fills=(Fill(),))] if alone else []
    if not any(grid.asks(row, column) for column in range(len(texts))):
        return [line for column in range(len(texts)) for line in grid.cells[row][column]]
    pieces: list[str] = []
    fills: list[Fill] = []
    for column, text in enumerate(texts):
        if not text:
            continue
        fills += [fill for line in grid.cells[row][column] for fill in line.fills]
        if grid.asks(row, column):
            fills.append(Fill())
            text = f"{text} {FILL}"
        pieces.append(text)
    return [Line(text=WIDE.join(pieces), fills=tuple(fills))]
