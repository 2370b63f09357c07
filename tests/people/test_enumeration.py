"""Nobody learns who has an account, not even with a stopwatch."""

import random
import time

import pytest
from django.core.cache import cache
from django.test import Client

from ampersand.people import actions
from ampersand.people.models import Knock, Person
from tests.figures import Figure
from tests.work import Work, work_of

pytestmark = pytest.mark.django_db


def asking_for_a_code(email: str) -> Work:
    """Ask on the page, from a fresh browser; give what that makes the site do."""
    browser = Client()
    answer, work = work_of(lambda: browser.post("/sign-in/", {"email": email}))
    assert answer.status_code == 302
    Knock.objects.all().delete()
    return work


def test_known_or_unknown_the_same_is_done(figure: Figure) -> None:
    Person.objects.create(email="known@example.org")
    asking_for_a_code("warms@example.org")
    known, unknown = asking_for_a_code("known@example.org"), asking_for_a_code("other@example.org")
    assert known == unknown
    figure("done for a known address and for an unknown one: questions, calls", f"{known.told()}, the same")


@pytest.mark.parametrize("more", ["a question", "a calculation"])
def test_anything_more_for_whoever_is_known_is_caught(more: str, monkeypatch: pytest.MonkeyPatch) -> None:
    careful = actions.code_letter

    def careless(*, email: str, **given: object) -> object:
        known = Person.objects.filter(email=email)
        if known.exists():
            assert known.count() if more == "a question" else actions._digits("12")
        return careful(email=email, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "code_letter", careless)
    Person.objects.create(email="known@example.org")
    asking_for_a_code("warms@example.org")
    assert asking_for_a_code("known@example.org") != asking_for_a_code("other@example.org")


def stopwatch(samples: int) -> tuple[list[float], list[float]]:
    """Time asking for a code, known and unknown addresses in random turn; each from a fresh browser."""
    turns = [("known", n) for n in range(samples)] + [("unknown", n) for n in range(samples)]
    random.Random(5).shuffle(turns)
    Person.objects.bulk_create(Person(email=f"known{n}@example.org") for n in range(samples))
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    for _warming in range(20):
        Client().post("/sign-in/", {"email": "warm@example.org"})
        Knock.objects.all().delete()
    for kind, number in turns:
        browser = Client()
        began = time.perf_counter()
        answer = browser.post("/sign-in/", {"email": f"{kind}{number}@example.org"})
        times[kind].append(time.perf_counter() - began)
        assert answer.status_code == 302
        Knock.objects.all().delete()
    cache.clear()
    return times["known"], times["unknown"]


def auc(ones: list[float], others: list[float]) -> float:
    """Say how well the one kind can be told from the other: 0.5 is a coin."""
    ranked = sorted([(value, 1) for value in ones] + [(value, 0) for value in others])
    ranks = sum(rank for rank, (_value, one) in enumerate(ranked, 1) if one)
    area = (ranks - len(ones) * (len(ones) + 1) / 2) / (len(ones) * len(others))
    return max(area, 1 - area)


@pytest.mark.prove
def test_a_stopwatch_tells_nothing(figure: Figure) -> None:
    area = auc(*stopwatch(500))
    figure("known or unknown by the clock, 500 samples each, AUC", area, goal="≤ 0.55")
    assert area <= 0.55


def test_a_planted_lookup_would_be_seen_by_the_clock() -> None:
    slow = [0.0105 + n / 1e6 for n in range(60)]
    quick = [0.0100 + n / 1e6 for n in range(60)]
    assert auc(slow, quick) > 0.65
