"""Lists of people as spreadsheets write them, and answers as spreadsheets can safely open them."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ampersand.boundaries.queries.recognising import Who, read_who, who

COLUMNS = {
    "email": {"email", "e mail", "mail", "email address", "e mail address", "address"},
    "number": {"number", "professional number", "registration number", "pin", "gmc", "nmc", "hcpc", "gdc"},
    "name": {"name", "full name", "person", "candidate", "panel member", "member"},
    "first": {"first name", "forename", "given name", "first", "forenames"},
    "last": {"last name", "surname", "family name", "last"},
}
NOBODY = Who()
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
BREAKS = re.compile(r"[\r\n]+")


@dataclass(frozen=True)
class Line:
    """One person of a list: where, what was written, and who that is; or why it cannot be read."""

    number: int
    written: str
    who: Who = NOBODY
    problem: str = ""


@dataclass
class Lines:
    """A list as it was read: nothing is left out."""

    good: list[Line] = field(default_factory=list)
    bad: list[Line] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.good) + len(self.bad)

    @property
    def people(self) -> list[Who]:
        return [line.who for line in self.good]


def read_people(content: bytes, *, most: int) -> Lines:
    """Read a list in any encoding and with any separator that spreadsheets use; say what is wrong by line."""
    text = _decoded(content)
    separator, text, skipped = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    lines = Lines()
    seen: dict[tuple[str, ...], int] = {}
    columns = None
    for number, row in _rows(reader, skipped):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if columns is None:
            columns = _columns(cells)
            if columns:
                continue
        line = _line(number, cells, columns)
        if (
            not line.problem
            and (first := seen.setdefault(tuple(line.who.strong or line.who.marks), number)) != number
        ):
            line = Line(number, line.written, problem=_("stands on line %(line)d already") % {"line": first})
        (lines.bad if line.problem else lines.good).append(line)
        if len(lines) > most:
            raise ValueError(_("This list is longer than %(most)d lines. Send it in parts.") % {"most": most})
    if not len(lines):
        raise ValueError(_("There is nobody on this list."))
    return lines


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\x00", "\ufffd")


def _separator(text: str) -> tuple[str, str, int]:
    """Find what parts the cells, and take away the line by which Excel says so."""
    first, _break, rest = text.partition("\n")
    if said := re.fullmatch(r"\"?sep=(.)\"?\s*", first, re.IGNORECASE):
        return said[1], rest, 1
    sample = [line for line in text.splitlines() if line.strip()][:10]
    counts = {sign: min((line.count(sign) for line in sample), default=0) for sign in "\t;,"}
    best = max(counts, key=lambda sign: counts[sign])
    return (best if counts[best] else max("\t;,", key=lambda sign: text.count(sign))), text, 0


def _rows(reader: Iterator[list[str]], skipped: int) -> Iterator[tuple[int, list[str]]]:
    before = skipped
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = ["\ufffd"]
        yield before + 1, row
        before = skipped + reader.line_num  # type: ignore[attr-defined]


def _columns(cells: Sequence[str]) -> dict[str, int] | None:
    """Read a heading line; None if this is none."""
    words = [" ".join(re.sub(r"[^a-z]+", " ", cell.casefold()).split()) for cell in cells]
    found = {
        column: place
        for column, names in COLUMNS.items()
        for place, word in reversed(list(enumerate(words)))
        if word in names
    }
    return found or None


def _line(number: int, cells: Sequence[str], columns: dict[str, int] | None) -> Line:
    written = ", ".join(cell for cell in cells if cell)[:200]
    if "\ufffd" in written:
        return Line(number, written, problem=_("has a character that cannot be read"))
    if columns is None:
        found = _by_looks(cells)
    else:
        said = {name: cells[place] for name, place in columns.items() if place < len(cells)}
        name = said.get("name") or f"{said.get('first', '')} {said.get('last', '')}"
        found = who(email=said.get("email", ""), number=said.get("number", ""), name=name)
        if said.get("email") and not found.email:
            return Line(number, written, problem=_("the e-mail address is none"))
    if not found:
        return Line(number, written, problem=_("has no e-mail address, number, or first and last name"))
    return Line(number, written, found)


def _by_looks(cells: Sequence[str]) -> Who:
    each = [read_who(cell) for cell in cells if cell]
    parts = [
        cell
        for cell, found in zip([c for c in cells if c], each, strict=True)
        if not (found.email or found.number)
    ]
    return Who(
        next((found.email for found in each if found.email), ""),
        next((found.number for found in each if found.number), ""),
        who(name=" ".join(parts)).name,
    )


def as_csv(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Write rows that a spreadsheet opens as text and never as a formula. Begins with a byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out)
    out.write("\ufeff")
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def safe(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    cell = BREAKS.sub(" ", cell)
    return f"'{cell}" if cell.lstrip(" ").startswith(RISKY) or cell.startswith(RISKY) else cell


def table_of(panel: Lines, candidates: Lines, answers: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Lay out answers: a line for each candidate, a column for each of the panel; then what was not read."""
    names = [f"{line.written} ({_('line')} {line.number})" for line in panel.good]
    yield [_("line"), _("decided about"), *names, _("not read because")]
    for line, column in zip(candidates.good, zip(*answers, strict=True), strict=True):
        yield [str(line.number), line.written, *column, ""]
    nothing = [""] * len(names)
    for line in candidates.bad:
        yield [str(line.number), line.written, *nothing, line.problem]
    for line in panel.bad:
        where = _("%(line)d of those who decide") % {"line": line.number}
        yield [where, line.written, *nothing, line.problem]
