"""What an organiser sees of a scheme that has grown: the beginning of each list, and a way to the rest."""

from copy import copy
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from ampersand.agreements.models import Agreement
from ampersand.dashboard.queries import day as queries
from ampersand.dashboard.views import overview
from ampersand.matching.actions.introducing import introduce
from ampersand.pairs.models import Pair, PairState
from ampersand.people.models import Person
from ampersand.schemes.models import Member, Scheme
from tests.agreements.people import Two
from tests.cast import mentor_of, person, sign_in
from tests.dashboard.test_home import TODAY, paired
from tests.matching.asking import ask_quickly
from tests.second_step import give_second_step


@pytest.fixture
def grown(peer_scheme: Scheme, mentor: Person, organiser: Person, monkeypatch: pytest.MonkeyPatch) -> Scheme:
    """A scheme with three of everything, seen on pages made for two."""
    monkeypatch.setattr(overview, "AT_ONCE", 2)
    monkeypatch.setattr(overview, "ON_A_PAGE", 2)
    monkeypatch.setattr(queries, "AT_ONCE", 2)
    monkeypatch.setattr(queries, "MANY", 2)
    put_together_anew(monkeypatch)
    Member.objects.update(capacity=50)
    for number in range(3):
        extra = mentor_of(peer_scheme, person(f"Mentor{number}"), capacity=1)
        paired(peer_scheme, person(f"Paired{number}"), mentor, organiser)
        introduce(request=ask_quickly(peer_scheme, person(f"Meets{number}")), mentor=extra, by=organiser)
    for number in range(3):
        ask_quickly(peer_scheme, person(f"Waits{number}"))
    return peer_scheme


def put_together_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the day's questions put together again, for other numbers than the usual."""
    for name in ("WAITING", "UNANSWERED", "NEWEST_MENTORS", "GLANCE"):
        anew = copy(getattr(queries, name))
        vars(anew).pop("_ready", None)
        monkeypatch.setattr(queries, name, anew)


def test_the_day_shows_the_first_of_each_list_and_leads_to_the_rest(
    client: Client, grown: Scheme, organiser: Person
) -> None:
    page = sign_in(client, organiser).get(TODAY).content.decode()
    assert "Waits1" in page
    assert "Waits2" not in page
    assert f"{TODAY}people/#waiting" in page
    assert "Meets1" in page
    assert "Meets2" not in page
    assert "Mentor2" in page
    assert "Mentor0" not in page.split("joined last")[0].split("Mentors and their room")[1]
    assert "more than 2 in force" in page


@pytest.mark.parametrize("name", ["waiting", "pairs", "mentors", "mentees"])
def test_every_list_of_people_has_its_pages(
    client: Client, grown: Scheme, organiser: Person, name: str
) -> None:
    on_first = {"waiting": "Waits1", "pairs": "Paired1", "mentors": "Mentor0", "mentees": "Paired0"}
    on_second = {"waiting": "Waits2", "pairs": "Paired0", "mentors": "Mentor2", "mentees": "Paired1"}
    first = sign_in(client, organiser).get(f"{TODAY}people/").content.decode()
    assert f"?{name}=2#{name}" in first
    second = client.get(f"{TODAY}people/?{name}=2").content.decode()
    assert f"?{name}=1#{name}" in second
    part_of_first, part_of_second = (_list(page, name) for page in (first, second))
    assert on_first[name] in part_of_first
    assert on_second[name] not in part_of_first
    assert on_second[name] in part_of_second
    assert on_first[name] not in part_of_second


def _list(page: str, name: str) -> str:
    return page.split(f'<h2 id="{name}">')[1].split("<h2")[0]


def test_agreements_that_rest_or_end_soon_are_counted_until_there_are_many(
    client: Client, two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    def today() -> str:
        return client.get(f"/s/{two.scheme.slug}/organise/").content.decode()

    sign_in(client, give_second_step(two.olive))
    assert "resting unsigned" not in today()
    long_ago = timezone.now() - timedelta(days=20)
    Agreement.objects.update(opened_at=long_ago)
    Pair.objects.update(introduced_at=long_ago)
    assert "One agreement is resting unsigned" in today()
    with monkeypatch.context() as few:
        few.setattr(queries, "TO_LOOK_AT", 0)
        put_together_anew(few)
        assert "More than 0 agreements are resting unsigned" in today()
    two.suggest(two.sam, "often", "every 4 weeks")
    assert "resting unsigned" not in today()
    Pair.objects.update(state=PairState.IN_FORCE, until=timezone.localdate() + timedelta(days=3))
    assert "One agreement reaches its last day soon" in today()


def test_the_day_of_a_large_scheme_is_planned_once(two: Two) -> None:
    """A plan made for any moment is as good as one for this; otherwise PostgreSQL plans at each opening."""
    long_ago = timezone.now() - timedelta(days=20)
    agreement, pair = Agreement.objects.get(), Pair.objects.get()
    mentors = Person.objects.bulk_create(
        Person(email=f"m{number}@example.org", called=f"M{number}") for number in range(3000)
    )
    pairs = Pair.objects.bulk_create(
        Pair(scheme=pair.scheme, mentor=each, mentee=pair.mentee, introduced_at=long_ago) for each in mentors
    )
    Agreement.objects.bulk_create(
        Agreement(pair=each, template=agreement.template, opened_at=long_ago) for each in pairs
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ampersand_pair, ampersand_agreement, ampersand_filling")
        for _ in range(8):
            assert queries.day_of(two.scheme).resting > queries.TO_LOOK_AT
        cursor.execute(
            "SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE '%ampersand_filling%'"
            " AND statement LIKE '%counted%'"
        )
        assert [times for (times,) in cursor.fetchall()] == [3]  # five of its own, then one for good
