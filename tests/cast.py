"""The cast that every story is played by, and the two schemes they meet in."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from ampersand.agreements.actions.publishing import publish
from ampersand.journeys.joining import begin_scheme
from ampersand.people.models import Person
from ampersand.schemes.actions.making import Details
from ampersand.schemes.models import Member, Organiser, Role, Scheme
from tests.second_step import give_second_step


def person(called: str, *, operator: bool = False) -> Person:
    """Make someone with an account, by a first name that is also their address."""
    return Person.objects.create(email=f"{called.lower()}@example.org", called=called, is_operator=operator)


def sign_in(client: Client, someone: Person) -> Client:
    """Sign someone in and give their browser back."""
    client.force_login(someone, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def remembering(what: Mapping[str, object]) -> Client:
    """Give a browser in whose login session stands what earlier pages would have put there."""
    client = Client()
    session = client.session
    session.update(dict(what))
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client


def scheme_of(
    organiser: Person, agreement: str, name: str, *, solo: bool = False, capacity: int = 0
) -> Scheme:
    """Make a scheme and publish version 1 of its agreement."""
    maker = Person.objects.get(pk=organiser.pk)
    maker.is_operator = True
    scheme = begin_scheme(
        details=Details(
            name=name,
            slug=name.lower().replace(" ", "-"),
            contact_email="help@example.org",
            website="https://example.org",
            urgent_help="Ring 999",
            urgent_help_review_on=timezone.localdate() + timedelta(days=180),
            solo=solo,
        ),
        agreement=agreement,
        by=maker,
        capacity=capacity,
    )
    publish(template=scheme.templates.get(), by=organiser)
    scheme.refresh_from_db()
    return scheme


def mentor_of(scheme: Scheme, someone: Person, *, capacity: int = 1) -> Member:
    """Let someone be a mentor in a scheme."""
    return Member.objects.create(
        scheme=scheme, person=someone, role=Role.MENTOR, capacity=capacity, offers="I listen."
    )


@pytest.fixture
def organiser(db: None) -> Person:
    found = person("Olive")
    give_second_step(found)
    return found


@pytest.fixture
def second_organiser(db: None) -> Person:
    found = person("Oscar")
    give_second_step(found)
    return found


@pytest.fixture
def other_organiser(db: None) -> Person:
    """Someone who runs a scheme of their own, and none of the others."""
    found = person("Otto")
    give_second_step(found)
    scheme_of(found, "peer", "Elsewhere")
    return found


@pytest.fixture
def mentor(db: None) -> Person:
    return person("Hannah")


@pytest.fixture
def mentee(db: None) -> Person:
    return person("Bea")


@pytest.fixture
def other_mentee(db: None) -> Person:
    return person("Carl")


@pytest.fixture
def outsider(db: None) -> Person:
    return person("Uma")


@pytest.fixture
def peer_scheme(organiser: Person, second_organiser: Person, mentor: Person) -> Scheme:
    """An open scheme accepted by asking, with two organisers and a mentor who can take one person."""
    scheme = scheme_of(organiser, "peer", "Quiet Hours")
    Organiser.objects.create(scheme=scheme, person=second_organiser)
    mentor_of(scheme, mentor)
    return scheme


@pytest.fixture
def contract_scheme(organiser: Person, second_organiser: Person, mentor: Person) -> Scheme:
    """An open scheme signed by both, with two organisers and a mentor who can take one person."""
    scheme = scheme_of(organiser, "contract", "Long Road")
    Organiser.objects.create(scheme=scheme, person=second_organiser)
    mentor_of(scheme, mentor)
    return scheme
