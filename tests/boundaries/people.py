"""A pair whose agreement has boundaries, people around it, and short words for asking."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from ampersand.agreements.tasks import seal_agreement
from ampersand.boundaries.actions.asking import ask
from ampersand.boundaries.actions.granting import grant_to_person, grant_to_program
from ampersand.boundaries.models import Capacity, CheckGrant, Reach
from ampersand.boundaries.queries.answering import Answer
from ampersand.boundaries.queries.asking import Asker
from ampersand.boundaries.queries.recognising import read_who
from ampersand.people.models import Person
from ampersand.schemes.models import Member, Role, Scheme
from tests.agreements.people import ANSWERS, Two, agreeing
from tests.second_step import give_second_step

HANNAH, SAM = "hannah@work.example", "sam@home.example"
PURPOSE = "Appointing a ward manager, May"


def bound() -> Two:
    """Make two people whose contract is in force; each signs with a first and a last name."""
    two = agreeing()
    two.fill_all()
    for someone, name in ((two.hannah, ANSWERS["mentor-name"]), (two.sam, ANSWERS["mentee-name"])):
        someone.called = name
        two.sign(someone)
    seal_agreement(agreement=two.agreement.pk)
    two.pair.refresh_from_db()
    for person, role in ((two.hannah, Role.MENTOR), (two.sam, Role.MENTEE)):
        Member.objects.create(scheme=two.scheme, person=person, role=role)
    give_second_step(two.olive)
    return two


def member(scheme: Scheme, name: str, role: Role = Role.MENTEE) -> Person:
    """Make someone whom the scheme knows and no agreement binds."""
    first = name.split()[0].lower()
    person = Person.objects.create(email=f"{first}@else.example", called=name)
    Member.objects.create(scheme=scheme, person=person, role=role)
    return person


def of_scheme(two: Two) -> Asker:
    """Let Olive ask, who organises the scheme."""
    return Asker(two.scheme, person=two.olive)


def asked(
    asker: Asker, deciding: str, about: str, capacity: Capacity = Capacity.REFERENCE, purpose: str = PURPOSE
) -> Answer:
    """Ask one question, each person in one word as on the page."""
    return ask(
        asker=asker,
        deciding=read_who(deciding),
        decided_about=read_who(about),
        capacity=capacity,
        purpose=purpose,
    )


def panel(two: Two, reach: Reach = Reach.PANEL) -> tuple[Person, CheckGrant]:
    """Let someone of an outside panel ask."""
    someone = give_second_step(Person.objects.create(email="panel@trust.example", called="Jude"))
    grant = grant_to_person(
        scheme=two.scheme,
        called="Appointments at the Trust",
        email=someone.email,
        reach=reach,
        last_day=timezone.localdate() + timedelta(days=30),
        by=two.olive,
    )
    return someone, grant


def token(two: Two, reach: Reach = Reach.LARGE) -> tuple[CheckGrant, str]:
    """Let a program ask."""
    return grant_to_program(
        scheme=two.scheme,
        called="Recruitment system",
        reach=reach,
        last_day=timezone.localdate() + timedelta(days=30),
        by=two.olive,
    )


def everything_in_the_database() -> str:
    """Give every row of every table, in small letters."""
    found: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            found += [row[0] or "" for row in cursor.fetchall()]
    return "\n".join(found).casefold()
