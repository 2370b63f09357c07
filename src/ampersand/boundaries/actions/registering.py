"""Duties enter the register when an agreement comes into force, and their days move with the pair."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ampersand.agreements.models import Agreement
from ampersand.agreements.queries import Standing, standing_of
from ampersand.boundaries.models import Capacity, Duty, Identifier, Kind, ProfessionalNumber, Subject
from ampersand.boundaries.queries.recognising import alike_email, alike_name, alike_number, key_in_use, keyed
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.schemes.models import Scheme
from ampersand.wording import Kind as Blank
from ampersand.wording.covering import terms_of
from ampersand.wording.scopes import Scope

CAPACITIES = {
    "boundary-review": (Capacity.PEER_REVIEW, Capacity.PANEL),
    "boundary-promotion": (Capacity.PROMOTION,),
    "boundary-references": (Capacity.REFERENCE,),
    "boundary-research": (Capacity.RESEARCH,),
}
MANY = 500  # agreements entered afterwards in one night


@transaction.atomic
def enter_duties(*, agreement: Agreement) -> list[Duty]:
    """Enter what an agreement in force binds its two people to; what an earlier text of theirs said is over.

    Called in the transaction in which it comes into force. Entering twice is entering once.
    """
    earlier = list(Duty.objects.select_for_update().filter(pair_number=agreement.pair_id))
    if agreement.in_force_at is None or any(duty.agreement_number == agreement.pk for duty in earlier):
        return []
    for duty in earlier:
        duty.replaced_at = duty.replaced_at or agreement.in_force_at
    _move(earlier)
    entered = _enter(agreement)
    if entered or earlier:
        about, scheme = f"agreement:{agreement.pk}", agreement.pair.scheme_id
        note_down(verb=Verb.BOUNDARIES_ENTERED, by=None, about=about, scheme=scheme)
    return entered


def _enter(agreement: Agreement) -> list[Duty]:
    standing, pair = standing_of(agreement), agreement.pair
    terms = terms_of(standing.wording, standing.values)
    scopes = {key: scope for key in CAPACITIES if isinstance(scope := terms.get(key), Scope)}
    if not scopes or agreement.in_force_at is None:
        return []
    mentor, mentee = (_known(standing, person) for person in (pair.mentor, pair.mentee))
    duties = [
        Duty(
            scheme=pair.scheme,
            holder=holder,
            towards=towards,
            capacity=capacity,
            pair_number=pair.pk,
            agreement_number=agreement.pk,
            during=scope.during,
            after=scope.after,
            years=scope.years,
            since=agreement.in_force_at,
            ended_at=pair.ended_at,
        )
        for key, scope in scopes.items()
        for capacity in CAPACITIES[key]
        for holder, towards in _bound(scope, mentor, mentee)
    ]
    for duty in duties:
        _set_days(duty)
    return Duty.objects.bulk_create(duties)


def _bound(scope: Scope, mentor: Subject, mentee: Subject) -> Iterator[tuple[Subject, Subject]]:
    if scope.by in {"mentor", "both"}:
        yield mentor, mentee
    if scope.by in {"mentee", "both"}:
        yield mentee, mentor


def _known(standing: Standing, person: Person) -> Subject:
    """Enter a person with all that they are recognised by, in the agreement and in their account."""
    subject = _subject(standing.agreement.pair.scheme, person)
    found = {(Kind.EMAIL, alike_email(person.email))}
    found |= {(Kind.NAME, alike_name(name)) for name in _names(standing, person)}
    number = ProfessionalNumber.objects.filter(person=person).first()
    if number:
        found.add((Kind.NUMBER, alike_number(number.number)))
    recognised_by(subject, found)
    return subject


def _subject(scheme: Scheme, person: Person) -> Subject:
    subject, _made = Subject.objects.get_or_create(
        scheme=scheme, person=person, defaults={"key": key_in_use(), "entered_at": timezone.now()}
    )
    return subject


def recognised_by(subject: Subject, found: Iterable[tuple[Kind, str]]) -> None:
    """Keep the hashes of what someone is recognised by; what is empty identifies nobody."""
    Identifier.objects.bulk_create(
        [
            Identifier(subject=subject, kind=kind, keyed_hash=keyed(kind, alike))
            for kind, alike in found
            if alike
        ],
        ignore_conflicts=True,
    )


def _names(standing: Standing, person: Person) -> Iterator[str]:
    """Give the names a person wrote into the agreement and under it; what they are called may be any word."""
    term = f"{standing.agreement.pair.party_of(person)}-name"
    for field in standing.wording.blanks:
        if field.kind is Blank.PERSON and field.term == term and field.id in standing.values:
            yield str(standing.values[field.id])
    signatures = standing.agreement.signatures.filter(person=person, lapsed_at=None)
    yield from signatures.values_list("name", flat=True)


@transaction.atomic
def follow_the_pair(*, pair: Pair, ended_at: datetime | None) -> None:
    """Move the days of a pair's duties to when it ends, or back if the ending is taken back.

    Called in the transaction that ends or resumes the pair, which notes it down.
    """
    duties = list(Duty.objects.select_for_update().filter(pair_number=pair.pk, replaced_at=None))
    for duty in duties:
        duty.ended_at = ended_at
    _move(duties)


def _move(duties: list[Duty]) -> None:
    for duty in duties:
        _set_days(duty)
    Duty.objects.bulk_update(duties, ["ended_at", "replaced_at", "begins_at", "over_at"])


def _set_days(duty: Duty) -> None:
    """Work out from when and until when a duty binds."""
    duty.begins_at = duty.since if duty.during else None
    duty.over_at = None
    if duty.replaced_at:
        duty.over_at = duty.replaced_at
    elif duty.ended_at:
        duty.begins_at = duty.begins_at or duty.ended_at
        duty.over_at = _last(duty, duty.ended_at)


def _last(duty: Duty, ended_at: datetime) -> datetime | None:
    if not duty.after:
        return ended_at
    return _years_after(ended_at, duty.years) if duty.years else None


def _years_after(moment: datetime, years: int) -> datetime:
    try:
        return moment.replace(year=moment.year + years)
    except ValueError:  # 29 February
        return moment.replace(year=moment.year + years, day=28)


def enter_what_is_missing() -> int:
    """Enter the duties of agreements that were in force before there was a register; say of how many."""
    entered = Duty.objects.filter(pair_number=OuterRef("pair"))
    rows = Agreement.objects.exclude(in_force_at=None).filter(~Exists(entered))
    rows = rows.filter(
        Q(template__text__contains="boundary-") | Q(reworded__contains="boundary-"),
        pair__mentor__erased_at=None,
        pair__mentee__erased_at=None,
    ).select_related("pair__mentor", "pair__mentee", "pair__scheme", "template")
    return sum(bool(enter_duties(agreement=agreement)) for agreement in rows.order_by("pk")[:MANY])
