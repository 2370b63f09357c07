"""Whoever of the demo's cast is erased, wherever they stand: nothing names them, and nobody's pages break."""

import re

import pytest
from django.test import Client

from ampersand.demo.cast import EVERYONE
from ampersand.journeys.leaving import leave
from ampersand.notifications.models import Letter
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.record.queries import verify_record
from ampersand.record.writing import sealer
from tests.cast import sign_in
from tests.jobs import run_jobs
from tests.journeys.test_erasing_both import tables_that_name

pytestmark = pytest.mark.django_db
ADDRESS = "{}@demo.example"
WHO_MAY_NOT = {"anna"}  # the only organiser of a scheme in which somebody is mentored
IN_EVERY_RUN = {"aisha", "hannah", "marek", "owen"}  # the others with `make prove`
UNLIKE_OTHER_WORDS = {"aisha", "carys", "marek"}  # none of whom has an agreement that both signed
CAST = [
    pytest.param(role.key, marks=[] if role.key in IN_EVERY_RUN else pytest.mark.prove)
    for role in EVERYONE
    if role.key not in WHO_MAY_NOT
]
LINK = re.compile(r'href="(/[^"#?]+)"')


def opens_what_is_linked(who: Person) -> int:
    """Open every page that a first page leads to; give how many."""
    browser = sign_in(Client(), who)
    first = browser.get("/")
    assert first.status_code == 200
    links = set(LINK.findall(first.content.decode().split("<main", 1)[1]))
    for link in links:
        assert browser.get(link, follow=True).status_code == 200, f"{who.email} at {link}"
    return len(links)


@pytest.mark.parametrize("key", CAST)
def test_whoever_is_erased_leaves_nothing_and_breaks_nothing(told: None, key: str) -> None:
    gone = Person.objects.get(email=ADDRESS.format(key))
    with_whom = {pair.other(gone) for pair in Pair.objects.of(gone).select_related("mentor", "mentee")}
    organisers = Person.objects.filter(email__in=[ADDRESS.format(each) for each in ("priya", "tom", "anna")])
    assert tables_that_name((gone.email,))
    leave(person=gone, by=gone.pk)
    run_jobs()
    words = (ADDRESS.format(key), *({key} & UNLIKE_OTHER_WORDS))
    assert tables_that_name(words) == set()
    assert not Letter.objects.filter(person=gone.pk).exists()
    for person in with_whom | set(organisers.exclude(pk=gone.pk)):
        assert opens_what_is_linked(person) >= 3
    assert verify_record(certificates=[sealer().certificate]).sound
