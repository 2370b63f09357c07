"""A conflict check answers yes, no, or not known here; and nobody can fish with it."""

import random
import time
from contextlib import suppress
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from ampersand.boundaries import rules
from ampersand.boundaries.actions.asking import ask
from ampersand.boundaries.actions.declaring import declare_conflict, give_number
from ampersand.boundaries.models import AskedAbout, Capacity, Question, Subject
from ampersand.boundaries.queries.answering import Answer
from ampersand.boundaries.queries.asking import Asker
from ampersand.boundaries.queries.recognising import alike_email, alike_name, alike_number, read_who, who
from ampersand.boundaries.rules import AskedTooOften
from ampersand.boundaries.views import asking
from ampersand.journeys.leaving import leave
from ampersand.people.models import Knock, Person
from ampersand.people.rules import Refused
from ampersand.record.models import Entry, Verb
from ampersand.schemes.models import Member, Role
from tests.agreements.people import Two
from tests.boundaries.people import HANNAH, PURPOSE, SAM, asked, member, of_scheme, panel
from tests.cast import sign_in
from tests.figures import Figure
from tests.people.test_enumeration import auc
from tests.work import work_of

NO, YES, NOT_KNOWN = Answer.NO, Answer.YES, Answer.NOT_KNOWN


@pytest.mark.parametrize(
    ("capacity", "answer"),
    [
        (Capacity.PEER_REVIEW, NO),
        (Capacity.PANEL, NO),
        (Capacity.PROMOTION, NO),
        (Capacity.REFERENCE, NO),
        (Capacity.RESEARCH, NO),
    ],
)
def test_no_in_every_capacity_that_the_contract_rules_out(
    two: Two, capacity: Capacity, answer: Answer
) -> None:
    assert asked(of_scheme(two), HANNAH, SAM, capacity) == answer


def test_yes_only_where_both_are_known_and_nothing_stands(two: Two) -> None:
    mia = member(two.scheme, "Mia Berg")
    assert asked(of_scheme(two), HANNAH, mia.email) == YES
    assert asked(of_scheme(two), SAM, HANNAH) == YES  # the mentor owes it, not the mentee
    assert asked(of_scheme(two), HANNAH, "stranger@nowhere.example") == NOT_KNOWN
    assert asked(of_scheme(two), "stranger@nowhere.example", SAM) == NOT_KNOWN
    assert asked(of_scheme(two), "one@nowhere.example", "two@nowhere.example") == NOT_KNOWN


def test_someone_of_another_scheme_is_not_known_here(two: Two) -> None:
    Person.objects.create(email="else@where.example", called="Else Where")
    assert asked(of_scheme(two), "else@where.example", SAM) == NOT_KNOWN


def test_by_name_address_and_number_alike(two: Two) -> None:
    give_number(person=two.hannah, number="NMC 12A3456E")
    for hannah in (
        HANNAH,
        " Hannah@Work.Example ",
        "HANNAH ITO",
        "Ito, Hannah",
        "Dr. Hánnah Ito",
        "12a 3456e",
    ):
        assert asked(of_scheme(two), hannah, SAM) == NO, hannah


def test_what_someone_likes_to_be_called_is_no_name(two: Two) -> None:
    mia = member(two.scheme, "Mia Berg")
    assert asked(of_scheme(two), HANNAH, "Mia Berg") == NOT_KNOWN
    assert asked(of_scheme(two), HANNAH, mia.email) == YES
    with pytest.raises(Refused, match="first and a last name"):
        asked(of_scheme(two), "Hannah", SAM)


def test_a_name_that_two_people_signed_with_is_nobodys(two: Two) -> None:
    other = member(two.scheme, "Hannah Ito")
    twin = Subject.objects.create(
        scheme=two.scheme, person=other, key=Subject.objects.first().key, entered_at=two.pair.introduced_at
    )
    name = Subject.objects.get(person=two.hannah).identifiers.get(kind="name")
    twin.identifiers.create(kind="name", keyed_hash=name.keyed_hash)
    assert asked(of_scheme(two), "Hannah Ito", SAM) == NOT_KNOWN
    assert asked(of_scheme(two), HANNAH, SAM) == NO
    assert asked(of_scheme(two), other.email, SAM) == YES


def test_whoever_was_erased_and_came_back_is_still_the_same(two: Two) -> None:
    leave(person=two.hannah, by=two.hannah.pk)
    again = Person.objects.create(email=HANNAH, called="Hannah")
    Member.objects.create(scheme=two.scheme, person=again, role=Role.MENTOR)
    assert asked(of_scheme(two), HANNAH, SAM) == NO
    assert asked(of_scheme(two), "Hannah Ito", SAM) == NO
    assert AskedAbout.objects.filter(person=again).count() == 1  # by name alone, only the register is found


def test_an_address_and_a_number_of_two_people_lead_to_neither(two: Two) -> None:
    give_number(person=two.sam, number="1234567")
    both = who(email=HANNAH, number="1234567")
    assert (
        ask(
            asker=of_scheme(two),
            deciding=both,
            decided_about=read_who("x@y.example"),
            capacity=Capacity.REFERENCE,
            purpose=PURPOSE,
        )
        == NOT_KNOWN
    )


def test_the_same_person_twice_is_not_known(two: Two) -> None:
    give_number(person=two.hannah, number="1234567")
    assert asked(of_scheme(two), HANNAH, "1234567") == NOT_KNOWN
    with pytest.raises(Refused, match="same person"):
        asked(of_scheme(two), HANNAH, "HANNAH@work.example")


def test_without_the_key_of_the_register_nobody_is_told_yes(two: Two) -> None:
    mia = member(two.scheme, "Mia Berg")
    before, settings.REGISTER_KEY = settings.REGISTER_KEY, b"another key"
    try:
        assert asked(of_scheme(two), HANNAH, mia.email) == NOT_KNOWN
        assert asked(of_scheme(two), HANNAH, SAM) == NO  # the account still leads there
    finally:
        settings.REGISTER_KEY = before


def test_what_someone_declared_themselves_does_not_count(two: Two) -> None:
    mia = member(two.scheme, "Mia Berg")
    declare_conflict(by=mia, written=HANNAH)
    assert asked(of_scheme(two), HANNAH, mia.email) == YES


def test_each_question_is_recorded_and_shown_to_both_without_the_other(two: Two) -> None:
    asker = of_scheme(two)
    assert asked(asker, HANNAH, SAM) == NO
    question = Question.objects.get()
    entry = Entry.objects.get(verb=Verb.CONFLICT_ASKED)
    assert (entry.about, entry.scheme) == (f"question:{question.pk}", two.scheme.pk)
    for person, words in ((two.hannah, "May you take part"), (two.sam, "about you?")):
        page = sign_in(Client(), person).get("/account/boundaries/").content.decode()
        shown = page[page.index('id="asked"') :]
        assert words in shown
        assert all(each in shown for each in ("A reference", PURPOSE, "The answer was no", "Olive"))
        other = two.sam if person == two.hannah else two.hannah
        assert other.called not in shown
    assert two.hannah.email not in str(list(Question.objects.values()) + list(AskedAbout.objects.values()))


def test_a_question_says_what_it_is_for(two: Two) -> None:
    with pytest.raises(Refused, match="what it is for"):
        asked(of_scheme(two), HANNAH, SAM, purpose="check")


def test_an_asker_has_so_many_questions_a_day(two: Two, figure: Figure) -> None:
    asker = of_scheme(two)
    for number in range(rules.QUESTIONS_A_DAY):
        asked(asker, f"a{number}@nowhere.example", f"b{number}@nowhere.example")
    with pytest.raises(AskedTooOften, match="tomorrow"):
        asked(asker, "a@nowhere.example", "b@nowhere.example")
    assert Question.objects.count() == rules.QUESTIONS_A_DAY
    figure("questions answered to one asker in a day", Question.objects.count(), goal="30, and not 31")


@pytest.mark.parametrize("about", [HANNAH, "nobody.known@nowhere.example"])
def test_the_same_person_is_asked_about_so_often_known_or_not(
    two: Two, about: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "QUESTIONS_A_DAY", 1000)
    someone, grant = panel(two)
    askers = [of_scheme(two), Asker(two.scheme, person=someone, grant=grant)]  # together, not each
    for number in range(rules.QUESTIONS_ABOUT_ONE):
        asked(askers[number % 2], about, f"b{number}@nowhere.example")
    with pytest.raises(AskedTooOften, match="in a month"):
        asked(askers[0], about, "b@nowhere.example")
    with pytest.raises(AskedTooOften, match="in a month"):
        asked(askers[1], "b@nowhere.example", about)  # on whichever side
    assert asked(askers[0], "a@nowhere.example", "b@nowhere.example") == NOT_KNOWN


def ruled_out(asker: Asker, email: str) -> bool:
    """Ask, as long as there is an answer, whether Hannah is not this one's mentor."""
    with suppress(AskedTooOften):
        return asked(asker, HANNAH, email) == YES
    return False


def test_whoever_fishes_for_a_mentors_mentees_is_stopped_and_seen(two: Two, figure: Figure) -> None:
    """A panel that knows everyone's address tries to learn whom Hannah mentors."""
    everyone = [member(two.scheme, f"Member{n} Unrelated").email for n in range(60)]
    someone, grant = panel(two)
    asker = Asker(two.scheme, person=someone, grant=grant)
    random.Random(7).shuffle(everyone)
    learnt = sum(ruled_out(asker, email) for email in everyone)
    figure("people ruled out about one mentor, of 60, by asking one by one", learnt, goal="at most 20")
    assert learnt <= rules.QUESTIONS_ABOUT_ONE
    assert AskedAbout.objects.filter(person=two.hannah).count() == learnt  # and she sees every one


def ask_on_the_page(browser: Client, one: str, other: str) -> None:
    asked = {"deciding": one, "decided_about": other, "capacity": "reference", "purpose": PURPOSE}
    assert browser.post("/s/quiet-hours/check/", asked).status_code == 200
    Knock.objects.all().delete()


def test_the_database_is_asked_the_same_whatever_is_found(two: Two, figure: Figure) -> None:
    mia = member(two.scheme, "Mia Berg")
    browser = sign_in(Client(), two.olive)
    strangers = ("one@nowhere.example", "two@nowhere.example")
    asks = [(HANNAH, SAM), (HANNAH, mia.email), (HANNAH, strangers[0]), strangers]
    ask_on_the_page(browser, *asks[0])
    first, *others = [work_of(partial(ask_on_the_page, browser, *each))[1].questions for each in asks]
    assert others == [first] * 3
    figure("questions to the database for a no, a yes and a not known here", f"{len(first)}, the same")


@pytest.mark.parametrize("took", [0.001, 0.049])
def test_whatever_is_found_the_answer_comes_at_the_next_twentieth_of_a_second(
    two: Two, took: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a clock that moves only while something is looked up, or while nothing is done on purpose."""
    now = [100.0]

    def pass_by(seconds: float) -> None:
        now[0] += seconds

    def look_up(**question: Any) -> Answer:
        pass_by(took)
        return ask(**question)

    monkeypatch.setattr(asking, "time", SimpleNamespace(monotonic=lambda: now[0], sleep=pass_by))
    monkeypatch.setattr(asking, "ask", look_up)
    ask_on_the_page(sign_in(Client(), two.olive), HANNAH, SAM)
    assert now[0] == pytest.approx(100 + asking.STEP)
    with pytest.raises(Refused):  # as quickly as it is answered
        asking.in_even_time(
            asker=of_scheme(two),
            deciding=who(email=HANNAH),
            decided_about=who(email=HANNAH),
            capacity=Capacity.REFERENCE,
            purpose=PURPOSE,
        )
    assert now[0] == pytest.approx(100 + 2 * asking.STEP)


def by_clock(two: Two, samples: int) -> float:
    """Say how well a stopwatch tells a no from a not known here."""
    browser = sign_in(Client(), two.olive)
    turns = ["no", "not known"] * samples
    random.Random(5).shuffle(turns)
    times: dict[str, list[float]] = {"no": [], "not known": []}
    for turn in ["no", "not known"] * 5 + turns:
        whom = (HANNAH, SAM) if turn == "no" else ("hxnnah@work.example", "sxm@home.example")
        began = time.perf_counter()
        ask_on_the_page(browser, *whom)
        times[turn].append(time.perf_counter() - began)
    return auc(times["no"][5:], times["not known"][5:])


@pytest.mark.prove
def test_a_stopwatch_tells_nothing_of_the_answer(two: Two, figure: Figure) -> None:
    area = by_clock(two, 500)
    figure("no or not known here by the clock, 500 samples each, AUC", area, goal="≤ 0.55")
    assert area <= 0.55


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Hannah Ito", "  ITO   hannah ", True),
        ("Prof. Zoë O’Brien-Łuc", "zoe obrien luc", True),
        ("Jürgen Groß", "Jurgen Gross", True),
        ("Jürgen Groß", "Juergen Gross", False),
        ("Hannah M. Ito", "Hannah Ito", False),
        ("山田 太郎", "太郎 山田", True),
        ("Ana Ruiz", "Anna Ruiz", False),
    ],
)
def test_names_alike_and_not(one: str, other: str, alike: bool) -> None:
    assert bool(alike_name(one)) is True
    assert (alike_name(one) == alike_name(other)) is alike


def test_what_identifies_nobody() -> None:
    assert not alike_name("Hannah")
    assert not alike_name("Dr Ito")
    assert not alike_email("hannah at work")
    assert not alike_number("123")
    assert alike_number("GMC: 765 4321") == alike_number("7654321")
    assert alike_email("<Ana@Example.ORG>") == "ana@example.org"
