"""Leaving altogether: nothing of a person is left but what others rely on."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from ampersand.journeys.leaving import leave
from ampersand.journeys.notices import tell_of_ending
from ampersand.notifications.models import Letter
from ampersand.pairs.models import Pair, PairState
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.schemes.models import Invitation, InvitedAs, Member, Organiser, Role, Scheme, SchemeState
from tests.people.conftest import sign_in
from tests.second_step import give_second_step

pytestmark = pytest.mark.django_db
ADDRESS = "unmistakable.mei@example.org"


@pytest.fixture
def scheme() -> Scheme:
    return Scheme.objects.create(
        slug="hope",
        name="Hope House",
        contact_email="a@example.org",
        urgent_help="999",
        urgent_help_review_on="2030-01-01",
    )


@pytest.fixture
def mei(scheme: Scheme) -> Person:
    mei = Person.objects.create(email=ADDRESS, called="Mei Unmistakable", reach="07700 900123 Unmistakable")
    Member.objects.create(scheme=scheme, person=mei, role=Role.MENTOR, offers="Unmistakable gardening")
    Invitation.objects.create(
        scheme=scheme,
        email=ADDRESS.upper(),
        invited_as=InvitedAs.MENTOR,
        token_hash="x",
        expires_at=timezone.now() + timezone.timedelta(days=1),
    )
    return give_second_step(mei)


def everything_in_the_database() -> str:
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] or "" for row in cursor.fetchall()]
    return "\n".join(found).casefold()


def test_a_person_leaves_by_one_press_and_no_byte_of_them_is_left(client: Client, mei: Person) -> None:
    client.force_login(mei)
    other = Client()
    sign_in_somewhere(other, mei)
    assert "unmistakable" in everything_in_the_database()
    assert "Erase my account now" in client.get("/account/leave/").content.decode()
    assert client.post("/account/leave/")["Location"] == "/left/"
    assert client.get("/left/").status_code == 200
    assert "unmistakable" not in everything_in_the_database()
    assert client.get("/account/").status_code == 302
    assert other.get("/account/").status_code == 302
    mei.refresh_from_db()
    assert mei.erased_at
    assert not mei.is_active


def sign_in_somewhere(browser: Client, person: Person) -> None:
    browser.post("/sign-in/", {"email": person.email})
    browser.force_login(person)


def test_whoever_left_may_come_back_as_someone_new(client: Client, mei: Person) -> None:
    leave(person=mei, by=mei.pk)
    sign_in(client, ADDRESS)
    assert Person.objects.get(email=ADDRESS).pk != mei.pk


def test_a_running_pair_ends_and_stays_without_a_name(client: Client, mei: Person, scheme: Scheme) -> None:
    other = Person.objects.create(email="o@example.org")
    pair = Pair.objects.create(scheme=scheme, mentor=mei, mentee=other)
    client.force_login(mei)
    client.post("/account/leave/")
    pair.refresh_from_db()
    assert (pair.state, pair.mentor_id) == (PairState.ENDED, mei.pk)
    for party in ("mentor", "mentee"):
        tell_of_ending(pair, party)
    assert set(Letter.objects.values_list("to", flat=True)) == {"o@example.org"}


def test_the_only_organiser_hands_over_first(mei: Person, scheme: Scheme) -> None:
    Scheme.objects.update(state=SchemeState.OPEN)
    Organiser.objects.create(scheme=scheme, person=mei)
    with pytest.raises(CommandError, match="only organiser of Hope House"):
        call_command("person", "erase", ADDRESS)
    other = Person.objects.create(email="o@example.org")
    Organiser.objects.create(scheme=scheme, person=other)
    call_command("person", "erase", ADDRESS)
    assert not Organiser.objects.filter(person=mei).exists()


def test_the_only_organiser_of_a_closed_scheme_leaves_once_nothing_runs_there(
    mei: Person, scheme: Scheme
) -> None:
    Organiser.objects.create(scheme=scheme, person=mei)
    other, third = (Person.objects.create(email=f"{name}@example.org") for name in "ot")
    pair = Pair.objects.create(scheme=scheme, mentor=other, mentee=third)
    Scheme.objects.update(state=SchemeState.CLOSED)
    with pytest.raises(Refused, match="once nobody waits there and no mentoring runs"):
        leave(person=mei, by=mei.pk)
    Pair.objects.filter(pk=pair.pk).update(state=PairState.ENDED, ended_at=timezone.now())
    leave(person=mei, by=mei.pk)
    assert "unmistakable" not in everything_in_the_database()


def test_an_organiser_whose_address_is_the_contact_puts_another_there_first(
    mei: Person, scheme: Scheme
) -> None:
    for someone in (mei, Person.objects.create(email="o@example.org")):
        Organiser.objects.create(scheme=scheme, person=someone)
    Scheme.objects.update(contact_email=ADDRESS.title())
    with pytest.raises(Refused, match="Put another in its details first"):
        leave(person=mei, by=mei.pk)


def test_a_model_declares_what_erasure_empties_by_the_names_of_its_fields() -> None:
    for model in apps.get_app_config("ampersand").get_models():
        names = {field.name for field in model._meta.get_fields()}
        keeping = model.keeping
        assert set(keeping.emptied) <= names
        assert not keeping.by_address or keeping.by_address in names
        assert not (keeping.removed and keeping.emptied)
