"""A pair's life from signing to its end, on its own pages, and every letter that each of them got."""

import re

from ampersand.notifications.models import Letter
from ampersand.pairs.models import PairState
from ampersand.people.models import Person
from tests.agreements.people import Two
from tests.agreements.visiting import as_, words_of
from tests.figures import Figure
from tests.journeys.living import DAY, last_day, on, worker_at

WHOM = {"hannah": "mentor", "sam": "mentee", "help": "organisers"}


def answers(two: Two, who: Person, word: str) -> None:
    as_(who).post(f"/pairs/{two.pair.pk}/carry-on/", {"answer": word})


def signs_on_the_page(two: Two, who: Person) -> None:
    address = f"/pairs/{two.pair.pk}/carry-on/sign/"
    read = re.search(r'name="read" value="(\w+)"', words_of(as_(who).get(address)))
    assert read
    as_(who).post(address, {"name": who.called, "read": read[1], "strokes": ""})


def test_sign_carry_on_renew_and_end(in_force: Two, figure: Figure) -> None:
    end = last_day(in_force)
    worker_at(end - 25 * DAY)
    with on(end - 24 * DAY):
        answers(in_force, in_force.sam, "no")
    with on(end - 20 * DAY):
        answers(in_force, in_force.hannah, "yes")
    with on(end - 15 * DAY):
        answers(in_force, in_force.sam, "yes")
    with on(end - 14 * DAY):
        signs_on_the_page(in_force, in_force.sam)
    worker_at(end - 7 * DAY)
    with on(end - 5 * DAY):
        signs_on_the_page(in_force, in_force.hannah)
    worker_at(end - 5 * DAY)
    later = last_day(in_force)
    assert later.year == end.year + 1
    for day in (later - 25 * DAY, later, later + DAY):
        worker_at(day)
    in_force.pair.refresh_from_db()
    assert in_force.pair.state == PairState.ENDED
    got = [
        (letter.queued_at.date(), WHOM[letter.to.split("@")[0]], letter.event.split("/")[1], letter.subject)
        for letter in Letter.objects.order_by("queued_at", "pk")
    ]
    told = [(whom, event) for _day, whom, event, _subject in got if event not in {"opened", "ready_to_sign"}]
    assert told == [
        ("mentor", "sealed"),
        ("mentee", "sealed"),
        ("organisers", "sealed_for_organisers"),
        ("mentor", "carry_on"),
        ("mentee", "carry_on"),
        ("mentor", "both_carry_on"),
        ("mentee", "both_carry_on"),
        ("mentor", "sign_renewal"),
        ("mentor", "renewed"),
        ("mentee", "renewed"),
        ("organisers", "renewed_for_organisers"),
        ("mentor", "ends_soon"),
        ("mentee", "ends_soon"),
        ("mentor", "ended"),
        ("mentee", "ended"),
        ("organisers", "ended_for_organisers"),
    ]
    for number, (day, whom, _event, subject) in enumerate(got, start=1):
        figure(f"letter {number:2} of a life, to the {whom}", f"{day} {subject}")
