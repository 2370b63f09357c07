"""Make a scheme of any size quickly, through COPY.

    python -m bench.generate --pairs 100000

Every pair has two people, a request, an introduction, a signed agreement with its fillings, two
signatures and a copy. One pair in ten is still agreeing, one in ten has ended, and one more mentee
in ten is waiting, so that every list has something to show.
"""

import argparse
import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ampersand.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402

from ampersand.agreements.models import Acceptance, Agreement, Copy, Filling, Signature, Template  # noqa: E402
from ampersand.matching.models import Introduction, Request  # noqa: E402
from ampersand.pairs.models import Pair  # noqa: E402
from ampersand.people.models import Person  # noqa: E402
from ampersand.schemes.models import Member, Organiser, Scheme  # noqa: E402
from ampersand.wording import builtin, fields, parse  # noqa: E402

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
Row = dict[str, object]


def copy_in(model: type[Model], rows: Iterable[Row]) -> int:
    """Write rows with COPY; columns that a row leaves out get the field's default."""
    columns = [field for field in model._meta.concrete_fields if field.column]
    defaults = {field.attname: None if field.null else field.get_default() for field in columns}
    defaults |= {name: START for name, value in defaults.items() if isinstance(value, datetime)}
    names = ", ".join(connection.ops.quote_name(field.column) for field in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            full = defaults | row
            copy.write_row([_plain(full[field.attname]) for field in columns])
            count += 1
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'), max(id)) FROM {table}"
        )
    return count


def _plain(value: object) -> object:
    return json.dumps(value) if isinstance(value, (dict, list)) else value


def first_id(model: type[Model]) -> int:
    """Give the next free id, so that a second scheme can be made beside the first."""
    newest = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return (newest or 0) + 1


class Making:
    """The rows of one generated scheme."""

    def __init__(self, pairs: int, slug: str) -> None:
        self.pairs, self.waiting, self.slug = pairs, max(1, pairs // 10), slug
        self.people = first_id(Person)
        self.text = builtin()["contract"].text
        self.fields = [field.id for field in fields(parse(self.text))]
        tables = [Scheme, Organiser, Template, Acceptance, Request, Introduction, Pair, Agreement]
        self.ids = {model: first_id(model) for model in [*tables, Member, Filling, Signature, Copy]}

    def mentor(self, n: int) -> int:
        return self.people + 1 + 2 * n

    def mentee(self, n: int) -> int:
        return self.people + 2 + 2 * n

    def stage(self, n: int) -> str:
        return {8: "agreeing", 9: "ended"}.get(n % 10, "in_force")

    def when(self, n: int) -> datetime:
        return START + timedelta(minutes=n)

    def rows(self) -> Iterator[tuple[type[Model], Iterable[Row]]]:
        """Give each table's rows, in an order that its references allow."""
        yield Person, self.persons()
        yield Scheme, [self.scheme()]
        yield (
            Organiser,
            [{"id": self.ids[Organiser], "scheme_id": self.ids[Scheme], "person_id": self.people}],
        )
        yield Template, [self.template()]
        yield Member, self.members()
        yield Acceptance, self.acceptances()
        yield Pair, self.pair_rows()
        yield Request, self.requests()
        yield Introduction, self.introductions()
        yield Agreement, self.agreements()
        yield Filling, self.fillings()
        yield Signature, self.signatures()
        yield Copy, self.copies()

    def persons(self) -> Iterator[Row]:
        for n in range(1 + 2 * self.pairs + self.waiting):
            at = self.people + n
            yield {"id": at, "email": f"p{at}@people.example", "called": f"Person {at}", "password": "!"}

    def scheme(self) -> Row:
        return {
            "id": self.ids[Scheme],
            "slug": self.slug,
            "name": f"A scheme of {self.pairs:,} pairs",
            "contact_email": "hello@scheme.example",
            "urgent_help": "In an emergency ring 999.",
            "urgent_help_review_on": (START + timedelta(days=700)).date(),
            "state": "open",
        }

    def template(self) -> Row:
        return {
            "id": self.ids[Template],
            "scheme_id": self.ids[Scheme],
            "number": 1,
            "text": self.text,
            "published_at": START,
        }

    def members(self) -> Iterator[Row]:
        at = self.ids[Member]
        for n in range(self.pairs):
            both = {"scheme_id": self.ids[Scheme], "joined_at": self.when(n)}
            yield both | {"id": at + 2 * n, "person_id": self.mentor(n), "role": "mentor", "capacity": 2}
            yield both | {"id": at + 2 * n + 1, "person_id": self.mentee(n), "role": "mentee"}

    def asker(self, n: int) -> int:
        return self.mentee(n) if n < self.pairs else self.people + 1 + self.pairs + n

    def acceptances(self) -> Iterator[Row]:
        for n in range(self.pairs + self.waiting):
            yield {
                "id": self.ids[Acceptance] + n,
                "template_id": self.ids[Template],
                "person_id": self.asker(n),
                "accepted_at": self.when(n),
                "clauses": [],
                "declarations": ["adult", "has_read"],
                "fingerprint": "0" * 64,
            }

    def pair_rows(self) -> Iterator[Row]:
        for n in range(self.pairs):
            stage = self.stage(n)
            yield {
                "id": self.ids[Pair] + n,
                "scheme_id": self.ids[Scheme],
                "mentor_id": self.mentor(n),
                "mentee_id": self.mentee(n),
                "state": stage,
                "introduced_at": self.when(n),
                "in_force_from": None if stage == "agreeing" else self.when(n),
                "ended_at": self.when(n) if stage == "ended" else None,
            }

    def requests(self) -> Iterator[Row]:
        for n in range(self.pairs + self.waiting):
            yield {
                "id": self.ids[Request] + n,
                "scheme_id": self.ids[Scheme],
                "mentee_id": self.asker(n),
                "acceptance_id": self.ids[Acceptance] + n,
                "state": "paired" if n < self.pairs else "waiting",
                "asked_at": self.when(n),
            }

    def introductions(self) -> Iterator[Row]:
        for n in range(self.pairs):
            yield {
                "id": self.ids[Introduction] + n,
                "request_id": self.ids[Request] + n,
                "mentor_id": self.ids[Member] + 2 * n,
                "state": "accepted",
                "pair_id": self.ids[Pair] + n,
            }

    def agreements(self) -> Iterator[Row]:
        states = {"agreeing": "filling", "ended": "ended", "in_force": "in_force"}
        for n in range(self.pairs):
            signed = self.stage(n) != "agreeing"
            yield {
                "id": self.ids[Agreement] + n,
                "pair_id": self.ids[Pair] + n,
                "template_id": self.ids[Template],
                "state": states[self.stage(n)],
                "evidence": "screen" if signed else "",
                "fingerprint": self.fingerprint(n) if signed else "",
                "scheme_values": {},
            }

    def fingerprint(self, n: int) -> str:
        return hashlib.sha256(f"{self.slug} {n}".encode()).hexdigest()

    def fillings(self) -> Iterator[Row]:
        at = self.ids[Filling]
        for n in range(self.pairs):
            for field in self.fields:
                yield {"id": at, "agreement_id": self.ids[Agreement] + n, "field": field, "agreed": "agreed"}
                at += 1

    def signatures(self) -> Iterator[Row]:
        at = self.ids[Signature]
        for n in range(self.pairs):
            if self.stage(n) == "agreeing":
                continue
            for party, person in (("mentor", self.mentor(n)), ("mentee", self.mentee(n))):
                yield {
                    "id": at,
                    "agreement_id": self.ids[Agreement] + n,
                    "person_id": person,
                    "party": party,
                    "fingerprint": self.fingerprint(n),
                    "way": "typed",
                    "name": f"Person {person}",
                }
                at += 1

    def copies(self) -> Iterator[Row]:
        at = self.ids[Copy]
        for n in range(self.pairs):
            if self.stage(n) != "agreeing":
                yield {
                    "id": at + n,
                    "agreement_id": self.ids[Agreement] + n,
                    "fingerprint": self.fingerprint(n),
                    "pdf": b"%PDF-1.7 generated",
                    "sha256": self.fingerprint(n),
                }


def generate(*, pairs: int, slug: str) -> dict[str, int]:
    """Make the scheme in one transaction and say how many rows each table got."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            # What is generated is consistent by construction: do not look up every reference again.
            cursor.execute("SET LOCAL session_replication_role = replica")
        counts = {model.__name__: copy_in(model, rows) for model, rows in Making(pairs, slug).rows()}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return counts


def main() -> None:
    """Read the size from the command line and make the scheme."""
    reader = argparse.ArgumentParser(description="Make a scheme of any size quickly.")
    reader.add_argument("--pairs", type=int, default=1000)
    wish = reader.parse_args()
    start = time.perf_counter()
    counts = generate(pairs=wish.pairs, slug=f"generated-{int(time.time())}")
    took = time.perf_counter() - start
    sys.stdout.write(f"{wish.pairs:,} pairs, {sum(counts.values()):,} rows in {took:.1f} s\n")


if __name__ == "__main__":
    main()
