"""Each private word is read by those its model names, and found on no page and in no letter of anyone else.

A word like no other is put into every private field of the demo's cast; then people walk the whole site: one
of each kind in an ordinary run, everybody in `make prove`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from ampersand.agreements.models import Agreement, Filling
from ampersand.boundaries.models import CheckGrant
from ampersand.matching.models import Request
from ampersand.notifications.models import Letter
from ampersand.people.models import Person
from ampersand.schemes.models import Member
from tests.cast import give_second_step, sign_in
from tests.figures import Figure
from tests.walking import Walk

pytestmark = pytest.mark.django_db
ORGANISERS = {"harbour": {"priya", "tom"}, "small-steps": {"anna"}}
# Runs a scheme, alone or not; sits on a panel; mentors; is at a stage that shows other pages; is a stranger.
ONE_OF_EACH_KIND = ("priya", "anna", "jude", "hannah", "joe", "wei", "ruth", "elin", "dai", "ben", "noor")
Readers = dict[str, set[str]]


def key(person: Person) -> str:
    return person.email.partition("@")[0]


def words_like_no_other() -> Readers:
    """Put one into each private field; give who may read each."""
    readers: Readers = {}
    for person in Person.objects.all():
        pairs = [*person.pairs_as_mentor.all(), *person.pairs_as_mentee.all()]
        readers[f"reach-of-{key(person)}"] = {key(person), *(key(pair.other(person)) for pair in pairs)}
        Person.objects.filter(pk=person.pk).update(reach=f"reach-of-{key(person)}")
        readers[person.email] = {key(person)}
        if CheckGrant.objects.of(person).exists():  # organisers give leave to an address that they know
            readers[person.email] |= ORGANISERS["harbour"]
    for agreement in Agreement.objects.filter(fingerprint="", evidence="").select_related("pair"):
        word = f"blank-of-{agreement.pk}-alone"
        both = {key(agreement.pair.mentor), key(agreement.pair.mentee)}
        blanks = Filling.objects.filter(agreement=agreement, field__endswith="-contact")
        if blanks.update(agreed=word):
            readers[word] = both
    for request in Request.objects.exclude(wish="").select_related("scheme", "mentee"):
        word = f"wish-of-{request.pk}-alone"
        introduced = {key(found.mentor.person) for found in request.introductions.offered()}
        readers[word] = {key(request.mentee)} | introduced | ORGANISERS[request.scheme.slug]
        Request.objects.filter(pk=request.pk).update(wish=word)
    for member in Member.objects.filter(role="mentor").select_related("scheme", "person"):
        word = f"offers-of-{member.pk}-alone"
        introduced = {key(found.request.mentee) for found in member.introductions.offered()}
        readers[word] = {key(member.person)} | introduced | ORGANISERS[member.scheme.slug]
        Member.objects.filter(pk=member.pk).update(offers=word)
    return readers


def pages(people: Iterable[Person]) -> Iterator[tuple[str, str, str]]:
    """Let people walk the whole site; give who read what, where."""
    addresses = ["/s/harbour/", "/s/small-steps/", "/s/harbour/organise/people/", "/pairs/"]
    addresses += [f"/pairs/{pair}/" for pair in Agreement.objects.values_list("pair", flat=True)]
    addresses += [f"/agreements/{pk}/" for pk in Agreement.objects.values_list("pk", flat=True)]
    addresses += [f"/requests/{pk}/" for pk in Request.objects.values_list("pk", flat=True)]
    for person in people:
        if key(person) in {"priya", "tom", "anna"}:
            give_second_step(person)
        walk = Walk(sign_in(Client(), person), often_enough=50)
        walk.through(*addresses, typing=False)
        for address, answer in walk.pages:
            yield key(person), address, answer.content.decode()


def letters() -> Iterator[tuple[str, str, str]]:
    for letter in Letter.objects.all():
        text = f"{letter.subject}\n{letter.body_text}\n{letter.body_html}"
        yield letter.to.partition("@")[0], letter.event, text


def leaks(readers: Readers, people: Iterable[Person]) -> tuple[list[str], dict[str, set[str]]]:
    """Give every word that one of these people reads who may not; and who read each."""
    found, read = [], defaultdict(set)
    for who, where, text in [*pages(people), *letters()]:
        for word, may in readers.items():
            if word in text:
                read[word].add(who)
                if who not in may:
                    found.append(f"{who} reads {word} at {where}")
    return found, read


@pytest.fixture
def readers(told: None, settings: Settings) -> Readers:
    settings.WHO_MAKES_SCHEMES = "anyone"
    return words_like_no_other()


@pytest.mark.parametrize("whom", ["one of each kind", pytest.param("everybody", marks=pytest.mark.prove)])
def test_every_private_word_is_read_by_those_it_is_meant_for_alone(
    whom: str, readers: Readers, figure: Figure
) -> None:
    people = Person.objects.filter(is_active=True)
    if whom != "everybody":
        people = people.filter(email__in=[f"{each}@demo.example" for each in ONE_OF_EACH_KIND])
        assert people.count() == len(ONE_OF_EACH_KIND)
    found, read = leaks(readers, people)
    figure("private words; read by someone they are not for", f"{len(readers)}; {len(found)}", goal="0")
    assert found == [], "\n".join(found)
    assert {word.partition("-")[0] for word in read} >= {"reach", "blank", "wish", "offers"}
    assert read["reach-of-ben"] == {"ben", "anna"}


def test_a_field_that_leaks_is_caught(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Person, "__str__", lambda person: f"{person.called}, {person.reach}")
    found, _read = leaks(readers, Person.objects.filter(called__in=["Priya", "Hannah", "Elin"]))
    assert any(told.startswith("priya reads reach-of-") for told in found)
    assert any(told.startswith("hannah reads reach-of-") or "elin" in told for told in found)
