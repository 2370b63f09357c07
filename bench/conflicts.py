"""How long a panel's list against its candidates takes, file in to file out, and how many questions it costs.

    python -m bench.conflicts

A scheme with a register of some thousand pairs, all with lasting boundaries. Everyone on both lists is
known, one line in ten by name, one by number. Beside it in the same run: one person against one.
"""

import time
from itertools import cycle

from bench.record import database  # sets Django up
from bench.tables import Row, table

# isort: split
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ampersand.boundaries.actions.asking import ask_list
from ampersand.boundaries.forms.spreadsheets import as_csv, read_people, table_of
from ampersand.boundaries.models import Capacity, Duty, Identifier, Kind, Subject
from ampersand.boundaries.queries.answering import Answer
from ampersand.boundaries.queries.asking import Asker
from ampersand.boundaries.queries.recognising import alike_email, alike_name, alike_number, key_in_use, keyed
from ampersand.people.models import Knock, Person
from ampersand.schemes.models import Member, Role, Scheme

PANEL, CANDIDATES, PAIRS = 200, 2000, 5000
GOAL = 5.0  # seconds


def fill(pairs: int) -> Scheme:
    """Make a scheme with so many pairs in its register."""
    scheme = Scheme.objects.create(
        slug="bench", name="Bench", contact_email="a@bench.example", urgent_help="999",
        urgent_help_review_on=timezone.localdate(),
    )  # fmt: skip
    people = Person.objects.bulk_create(
        Person(email=f"p{number}@bench.example", called=f"Person {number}") for number in range(2 * pairs)
    )
    Member.objects.bulk_create(Member(scheme=scheme, person=person, role=Role.MENTEE) for person in people)
    now, key = timezone.now(), key_in_use()
    subjects = Subject.objects.bulk_create(
        Subject(scheme=scheme, person=person, key=key, entered_at=now) for person in people
    )
    Identifier.objects.bulk_create(
        Identifier(subject=subject, kind=kind, keyed_hash=keyed(kind, alike))
        for number, subject in enumerate(subjects)
        for kind, alike in (
            (Kind.EMAIL, alike_email(f"p{number}@bench.example")),
            (Kind.NAME, alike_name(f"First{number} Last{number}")),
            (Kind.NUMBER, alike_number(f"{1_000_000 + number}")),
        )
    )
    Duty.objects.bulk_create(
        Duty(
            scheme=scheme, holder=mentor, towards=mentee, capacity=capacity, pair_number=number,
            agreement_number=number, during=True, after=True, since=now, begins_at=now,
        )
        for number, (mentor, mentee) in enumerate(zip(subjects[::2], subjects[1::2], strict=True))
        for capacity in Capacity
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return scheme


def listed(first: int, count: int, step: int) -> bytes:
    """Write a list as a spreadsheet would, most by address, some by name and some by number."""
    ways = cycle(["email"] * 8 + ["name", "number"])
    lines = ["name;email;number"]
    for number, way in zip(range(first, first + count * step, step), ways, strict=False):
        cells = {
            "name": f"Last{number}, First{number};;",
            "email": f";p{number}@bench.example;",
            "number": f";;{1_000_000 + number}",
        }
        lines.append(cells[way])
    return "\r\n".join(lines).encode()


def seconds(asker: Asker, panel: bytes, candidates: bytes, expected: int) -> tuple[float, int]:
    """Check a list from file to file; give how long it took and how often it asked the database."""
    Knock.objects.all().delete()
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        deciding = read_people(panel, most=CANDIDATES * 2)
        about = read_people(candidates, most=CANDIDATES * 2)
        answers = ask_list(
            asker=asker,
            deciding=deciding.people,
            decided_about=about.people,
            capacity=Capacity.REFERENCE,
            purpose="A round of the bench",
        )
        written = "".join(as_csv(table_of(deciding, about, answers)))
        took = time.perf_counter() - began
    assert sum(row.count(Answer.NO) for row in answers) == expected
    assert written.count("\n") == len(about) + 1
    return took, len(queries)


def measure(*, quick: bool = False, rounds: int = 5) -> list[Row]:
    """Give the table's rows."""
    deciding, about, pairs = (4, 20, 30) if quick else (PANEL, CANDIDATES, PAIRS)
    with database():
        scheme = fill(pairs)
        organiser = Person.objects.create(email="o@bench.example", called="O")
        asker = Asker(scheme, person=organiser)
        panel, candidates = listed(0, deciding, 2), listed(1, about, 2)
        single = listed(0, 1, 2), listed(1, 1, 2)
        times, counts, alone = [], [], []
        for _ in range(1 if quick else rounds):
            one, few = seconds(asker, *single, expected=1)
            took, many = seconds(asker, panel, candidates, expected=deciding)
            times.append(took)
            alone.append(one)
            counts += [float(few), float(many)]
    same = max(counts) / min(counts)
    goal = None if quick else GOAL
    name = f"conflict check, {deciding} × {about:,}"
    return [
        Row(name, times, "s", most=goal),
        Row("  one against one in its place", alone, "s"),
        Row("  questions to the database", counts, "questions", ratio=same, most=1),
    ]


if __name__ == "__main__":
    print(table(measure()))
