"""Does the stored record still fit its own tree, its head, and every checkpoint that anyone kept of it?"""

from collections import deque
from collections.abc import Collection, Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from operator import ne
from typing import NamedTuple, cast

from cryptography.x509 import Certificate
from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg import Cursor

from ampersand.record.models import Checkpoint, Entry, Head, Verb
from ampersand.record.queries.growing import WIDTH, GrowingTree
from ampersand.sealing import SignedCheckpoint

Row = tuple[int, bytes, int]
CHANGED, SHOWN_OTHERWISE = 1, 2
LOWEST = -(2**63)

# Each row is looked at where it lies: whether the content still fits its hash, and whether the columns that
# pages read are what the content says.
STATE = r"""
CASE
    WHEN length(leaf) <> 32 OR length(subtree) <> 32 THEN 1
    WHEN content IS NULL OR salt IS NULL THEN
        CASE WHEN num_nonnulls(content, salt, at, who, verb, about, scheme, fingerprint) = 0 THEN 0 ELSE 1 END
    WHEN leaf <> pg_catalog.sha256('\x00'::bytea || salt || convert_to(content, 'UTF8')) THEN 1
    WHEN at = to_timestamp(split_part(content, ' ', 2)::float8 / 1e6)
        AND content = concat_ws(' ', number, split_part(content, ' ', 2), coalesce(who, '-'), verb, about,
            coalesce(scheme::text, '-'), coalesce(fingerprint, '-')) THEN 0
    ELSE 2 END
"""
# Only hashes travel, a batch of them in one piece. Where something does not fit, the rows are asked for.
BATCH = f"""
SELECT count(DISTINCT number), min(number), max(number),
    coalesce(string_agg(leaf, ''::bytea ORDER BY number), ''),
    coalesce(string_agg(subtree, ''::bytea ORDER BY number), ''), count(*) FILTER (WHERE state IN (1, 2)),
    coalesce(array_agg(number) FILTER (WHERE erased), '{{}}')
FROM (
    SELECT number, content IS NULL AS erased, leaf, subtree, {STATE} AS state
    FROM ampersand_entry WHERE number BETWEEN %s AND %s ORDER BY number
) AS looked_at
"""  # noqa: S608 - our own words
# A long record is looked at by as many processes of PostgreSQL at once as it is allowed for one question.
TOGETHER = """
SELECT set_config(name, '0', true) FROM unnest(ARRAY[
    'parallel_setup_cost', 'parallel_tuple_cost',
    'min_parallel_table_scan_size', 'min_parallel_index_scan_size'
]) AS name
"""
ROWS = f"""
SELECT number, subtree, {STATE} FROM ampersand_entry WHERE number BETWEEN %s AND %s ORDER BY number
"""  # noqa: S608 - our own words


class Stretch(NamedTuple):
    """What the database says of the entries in one range of numbers."""

    entries: int
    first: int | None
    last: int | None
    leaves: bytes
    subtrees: bytes
    misfits: int
    erased: list[int]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether the record is sound; if not, the first entry that does not fit, or the run it lies in."""

    sound: bool
    sentence: str
    size: int
    root: bytes
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class _Mark:
    """A size at which the root is known: from a checkpoint, or from the head (which has no time)."""

    size: int
    root: bytes
    at: datetime | None


class _Misfit(Exception):
    """Something that does not fit, where, and how to say so."""

    def __init__(self, sentence: str, first: int | None = None, last: int | None = None) -> None:
        super().__init__(sentence)
        self.first, self.last = first, first if last is None else last


def verify_record(
    *, certificates: Collection[Certificate], against: Collection[SignedCheckpoint] = ()
) -> Verdict:
    """Read the whole record and check it against itself and every checkpoint, kept here or given.

    Given ones count when the holder of any of the certificates signed them.
    """
    tree = GrowingTree()
    try:
        with transaction.atomic():
            _check(tree, certificates, against)
    except _Misfit as misfit:
        return Verdict(
            sound=False,
            sentence=str(misfit),
            size=tree.size,
            root=tree.root,
            first=misfit.first,
            last=misfit.last,
        )
    sentence = _("The record is sound: %(size)s entries, each in its place and unchanged.")
    return Verdict(sound=True, sentence=sentence % {"size": tree.size}, size=tree.size, root=tree.root)


def _check(
    tree: GrowingTree, certificates: Collection[Certificate], against: Collection[SignedCheckpoint]
) -> None:
    for one in against:
        if not any(one.signed_by(certificate) for certificate in certificates):
            sentence = _("The checkpoint of %(size)s entries was not signed by this installation.")
            raise _Misfit(sentence % {"size": one.size})
    head = Head.objects.filter(pk=1).first() or Head(size=0, peaks=b"")
    marks = [_Mark(one.size, one.root, one.at) for one in against]
    # Those kept here need no look at their signatures: they agree with the entries, or they do not.
    marks += [
        _Mark(size, bytes(root), at)
        for size, root, at in Checkpoint.objects.values_list("size", "root", "at")
    ]
    marks.append(_Mark(head.size, head.root, None))
    marks.sort(key=lambda mark: mark.size)
    erased = _check_entries(tree, marks)
    _check_end(tree, marks)
    _check_erasures(erased)


def _check_entries(tree: GrowingTree, marks: Sequence[_Mark]) -> list[int]:
    """Check every entry in its order; give the numbers of those that were emptied."""
    erased: list[int] = []
    sound = 0  # up to here a known root has confirmed the entries
    ahead = deque(marks)
    with closing(_batches()) as batches:
        for batch in batches:
            fault = _first_fault(tree, batch)
            until = fault.first - 1 if fault and fault.first else tree.size
            while ahead and ahead[0].size <= until:
                mark = ahead.popleft()
                if tree.root_within(mark.size) != mark.root:
                    raise _unlike(mark, sound)
                sound = mark.size
            if fault:
                raise fault
            erased += batch.erased
    return erased


def _first_fault(tree: GrowingTree, batch: Stretch) -> _Misfit | None:
    """Check one batch against itself, adding it to the tree."""
    first = tree.size + 1
    subtrees = tree.add(batch.leaves)
    in_place = batch.first == first and batch.last == first + batch.entries - 1
    if in_place and not batch.misfits and tree.size == batch.last and b"".join(subtrees) == batch.subtrees:
        return None
    rows = _rows(first)
    numbers, kept, states = zip(*rows, strict=True) if rows else ((0,), (b"",), (CHANGED,))
    expected = range(first, first + len(numbers))
    checks: tuple[tuple[str, Iterable[bool]], ...] = (
        (_("Entry %(number)s is missing."), map(ne, numbers, expected)),
        (_("Entry %(number)s was changed: it does not fit its hash."), map(CHANGED.__eq__, states)),
        (_("What pages show of entry %(number)s is not what it says."), map(SHOWN_OTHERWISE.__eq__, states)),
        (
            _("The hashes kept with entry %(number)s do not fit the entries before it."),
            map(ne, subtrees, kept),
        ),
    )
    faults = [
        (number, sentence)
        for sentence, misfits in checks
        if (number := next(compress(expected, misfits), None)) is not None
    ]
    number, sentence = min(faults, key=lambda fault: fault[0])
    return _Misfit(sentence % {"number": number}, number)


def _unlike(mark: _Mark, sound: int) -> _Misfit:
    if mark.at is None:
        sentence = _("The record's head does not fit: the fault lies between entries %(first)s and %(last)s.")
    else:
        sentence = _(
            "The record differs from the checkpoint of %(last)s entries made on %(day)s: "
            "the first entry that does not fit lies between %(first)s and %(last)s."
        )
    names = {"first": sound + 1, "last": mark.size, "day": mark.at and f"{mark.at:%Y-%m-%d}"}
    return _Misfit(sentence % names, sound + 1, mark.size)


def _check_end(tree: GrowingTree, marks: Sequence[_Mark]) -> None:
    """Check that the entries end where the head and the checkpoints say."""
    furthest = max(mark.size for mark in marks)
    if furthest > tree.size:
        sentence = _("Entry %(number)s is missing: the record once had %(size)s entries.")
        raise _Misfit(sentence % {"number": tree.size + 1, "size": furthest}, tree.size + 1)
    grown = Head.objects.filter(pk=1).first()  # read again: entries may have been added since
    if tree.size > (grown.size if grown else 0):
        number = (grown.size if grown else 0) + 1
        raise _Misfit(_("Entry %(number)s was added past the record's head.") % {"number": number}, number)


def _check_erasures(erased: Sequence[int]) -> None:
    """Check that each emptied entry is told of by a later one."""
    told: set[int] = set()
    tellers = Entry.objects.filter(verb=Verb.ENTRIES_ERASED).values_list("number", "about")
    for teller, about in tellers:
        for run in about.removeprefix("entries:").split(","):
            first, _dash, last = run.partition("-")
            if not first.isdecimal() or not (last or first).isdecimal():
                raise _Misfit(_("Entry %(number)s tells of no erasure.") % {"number": teller}, teller)
            told.update(range(int(first), min(int(last or first) + 1, teller)))
    for number in erased:
        if number not in told:
            sentence = _("Entry %(number)s was emptied, and no entry tells of its erasure.")
            raise _Misfit(sentence % {"number": number}, number)


def _batches() -> Generator[Stretch, None, None]:
    """Ask for batch after batch, for the next one while the one before is looked at."""
    last = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    with Cursor(connection.connection) as cursor, ThreadPoolExecutor(1) as ahead:
        if last > WIDTH:
            cursor.execute(TOGETHER)

        def ask(first: int) -> Stretch:
            # The first batch would also show what stands before the first entry.
            given = [LOWEST if first == 1 else first, min(first + WIDTH - 1, last)]
            cursor.execute(BATCH, given, binary=True)
            return Stretch(*cast(tuple[int, int, int, bytes, bytes, int, list[int]], cursor.fetchone()))

        waiting = ahead.submit(ask, 1)
        for first in range(1, last + 1, WIDTH):
            batch = waiting.result()
            if first + WIDTH <= last:
                waiting = ahead.submit(ask, first + WIDTH)
            yield batch


def _rows(first: int) -> list[Row]:
    """Ask for the rows of one batch, one by one."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [LOWEST if first == 1 else first, first + WIDTH - 1])
        return [(number, bytes(subtree), state) for number, subtree, state in cursor.fetchall()]
