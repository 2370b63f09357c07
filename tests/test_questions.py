"""Questions put together once: they answer as the ORM would, for everyone, and only by the values given."""

import importlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

import ampersand
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.questions import Question
from tests.agreements.people import Two
from tests.cast import person

ROOMS = Path(ampersand.__file__).parent


def every_question() -> Iterator[tuple[str, Question]]:
    """Find the questions of every room."""
    for path in sorted(ROOMS.rglob("*.py")):
        if "Question(" in path.read_text() and path.name != "questions.py":
            name = ".".join(("ampersand", *path.relative_to(ROOMS).with_suffix("").parts))
            module = importlib.import_module(name)
            yield from ((f"{name}.{key}", q) for key, q in vars(module).items() if isinstance(q, Question))


def test_each_asking_puts_its_own_values_in(two: Two) -> None:
    asked = Question(lambda pk: Pair.objects.of(Person(pk=pk)).select_related("scheme", "mentor"), int)
    for someone in (two.hannah, two.sam, two.olive, two.hannah):
        found = asked.ask(someone.pk)
        assert found == list(Pair.objects.of(someone))
        assert [(pair.mentor, pair.scheme) for pair in found] == [(two.hannah, two.scheme)] * len(found)


def test_rows_of_values_come_too(db: None) -> None:
    person("Ana"), person("Bo")
    asked = Question(
        lambda since: Person.objects.filter(joined_at__gte=since).values_list("called"), datetime
    )
    assert sorted(asked.ask(timezone.now() - timedelta(hours=1))) == [("Ana",), ("Bo",)]
    assert asked.ask(timezone.now()) == []


def test_it_is_put_together_once(db: None) -> None:
    times = []

    def build(called: str) -> object:
        times.append(called)
        return Person.objects.filter(called=called)

    asked = Question(build, str)  # type: ignore[arg-type]
    assert [asked.ask(name) for name in ("Ana", "Bo")] == [[], []]
    assert len(times) == 1


def test_a_value_that_was_looked_at_is_refused(db: None) -> None:
    with pytest.raises(ValueError, match="looked at"):
        Question(lambda pk: Person.objects.filter(pk=pk + 1), int).ask(1)
    with pytest.raises(ValueError, match="looked at"):
        Question(lambda: Person.objects.filter(joined_at__lt=timezone.now())).ask()


def test_what_stays_the_same_is_written_as_it_is(db: None) -> None:
    person("50 %s of O'Hara’s")
    asked = Question(lambda pk: Person.objects.filter(called__startswith="50 %s of O'", pk__gt=pk), int)
    assert [found.called for found in asked.ask(0)] == ["50 %s of O'Hara’s"]


def test_the_database_plans_it_once(db: None) -> None:
    asked = Question(lambda pk: Person.objects.filter(pk=pk, called="Ana"), int)
    for pk in (1, 2, 3):
        asked.ask(pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        (planned,) = [statement for (statement,) in cursor.fetchall() if "'Ana'" in statement]
    assert "$1" in planned


def test_every_question_of_the_rooms_can_be_put_together(db: None) -> None:
    questions = dict(every_question())
    assert len(questions) > 10
    for name, question in questions.items():
        assert question._ready, name
