"""May these decide about those? Yes, no, or not known here: for two people or for two lists, alike.

The number of questions to the database does not depend on how many are asked about, nor on what is found.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ampersand.boundaries.models import Capacity, Duty, Identifier, Kind, ProfessionalNumber, Subject
from ampersand.boundaries.queries.recognising import Who, key_in_use, keyed
from ampersand.people.models import Person
from ampersand.schemes.models import Scheme


class Answer(StrEnum):
    """All that a conflict check ever says."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not known here"


WORDS = {Answer.YES: _("yes"), Answer.NO: _("no"), Answer.NOT_KNOWN: _("not known here")}


@dataclass(frozen=True)
class Found:
    """Whom something written down points to: entries of the register, accounts, both or nothing."""

    subjects: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.subjects or self.people)

    def same_as(self, other: "Found") -> bool:
        return not (self.subjects.isdisjoint(other.subjects) and self.people.isdisjoint(other.people))


@dataclass
class _Index:
    """What the database knows of everything that was written down."""

    by_hash: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # strong ones and names
    hashes_of: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))  # strong ones alone
    person_of: dict[int, int | None] = field(default_factory=dict)
    subjects_of: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    accounts: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # by strong hashes

    def people_by(self, mark: str) -> set[int]:
        return self.accounts.get(mark, set())


def answers(
    scheme: Scheme, deciding: Sequence[Found], decided_about: Sequence[Found], capacity: Capacity
) -> list[list[Answer]]:
    """Answer for each who would decide, towards each who would be decided about."""
    bound = _bound(deciding, decided_about, capacity)
    sure = not registered_under_another_key(scheme)
    table = []
    for one in deciding:
        against: set[int] = set().union(*(bound[subject] for subject in one.subjects))
        free = Answer.YES if one and sure else Answer.NOT_KNOWN
        table.append([_answer(one, other, against, free) for other in decided_about])
    return table


def _answer(one: Found, other: Found, against: set[int], free: Answer) -> Answer:
    if not other or one.same_as(other):
        return Answer.NOT_KNOWN
    return Answer.NO if not against.isdisjoint(other.subjects) else free


def _bound(deciding: Iterable[Found], about: Iterable[Found], capacity: Capacity) -> dict[int, set[int]]:
    """Give for each entry of the register those it owes something that stands today."""
    holders: set[int] = set().union(*(found.subjects for found in deciding))
    owed: set[int] = set().union(*(found.subjects for found in about))
    standing = Duty.objects.standing(timezone.now()).filter(
        capacity=capacity, holder__in=holders or [0], towards__in=owed or [0]
    )
    bound: dict[int, set[int]] = defaultdict(set)
    for holder, towards in standing.values_list("holder", "towards"):
        bound[holder].add(towards)
    return bound


def registered_under_another_key(scheme: Scheme | None = None) -> bool:
    """Say whether the register holds entries that cannot be found any more, for want of their key."""
    entries = Subject.objects.filter(scheme=scheme) if scheme else Subject.objects.all()
    return entries.exclude(key=key_in_use()).exists()


def find(scheme: Scheme, written: Sequence[Who]) -> list[Found]:
    """Find whom each of those written down is, as far as this scheme knows them."""
    index = _index(scheme, written)
    return [_found(index, one) for one in written]


def _found(index: _Index, one: Who) -> Found:
    """Go by address and number where there is one: a name alone can be two people, or nobody's here."""
    if one.email or one.number:
        each = [_joined(index, index.by_hash[mark], index.people_by(mark)) for mark in one.strong]
    else:
        each = [_joined(index, {subject}, set()) for mark in one.marks for subject in index.by_hash[mark]]
    known = [found for found in each if found]
    if not known or not all(known[0].same_as(other) for other in known):
        return Found()
    return Found(
        frozenset().union(*(found.subjects for found in known)),
        frozenset().union(*(found.people for found in known)),
    )


def _joined(index: _Index, subjects: set[int], people: set[int]) -> Found:
    """Take together what is one person: an account, and entries under the same address or number."""
    found = set(subjects)
    for person in people:
        found |= index.subjects_of[person]
    for subject in list(found):
        for each in index.hashes_of[subject]:
            found |= index.by_hash[each]
    accounts = {account for subject in found if (account := index.person_of.get(subject))}
    return Found(frozenset(found), frozenset(people | accounts))


def _index(scheme: Scheme, written: Sequence[Who]) -> _Index:
    index = _Index()
    hashes = {mark for one in written for mark in one.marks}
    members = Person.objects.filter(memberships__scheme=scheme, erased_at=None)
    emails = {one.email for one in written if one.email}
    for pk, email in members.filter(email__in=emails or [""]).values_list("pk", "email"):
        index.accounts[keyed(Kind.EMAIL, email)].add(pk)
    numbers = ProfessionalNumber.objects.filter(keyed_hash__in=hashes or [""], person__in=members)
    for person, keyed_hash in numbers.values_list("person", "keyed_hash"):
        index.accounts[keyed_hash].add(person)
    people = set().union(*index.accounts.values())
    # Whoever is found stands there with everything they are recognised by, also under an earlier account.
    _take_in(index, scheme, _subjects(scheme, hashes, people))
    return index


def _subjects(scheme: Scheme, hashes: set[str], people: set[int]) -> set[int]:
    by_hash = Subject.objects.filter(scheme=scheme, identifiers__keyed_hash__in=hashes or [""])
    by_account = Subject.objects.filter(scheme=scheme, person__in=people or [0])
    return set(by_hash.values_list("pk", flat=True).union(by_account.values_list("pk", flat=True)))


def _take_in(index: _Index, scheme: Scheme, first: set[int]) -> None:
    own = Identifier.objects.filter(subject__in=first or [0]).values("keyed_hash")
    rows = Identifier.objects.filter(subject__scheme=scheme, keyed_hash__in=own)
    names = ("subject", "kind", "keyed_hash", "subject__person", "subject__person__erased_at")
    for subject, kind, keyed_hash, account, erased_at in rows.values_list(*names):
        person = None if erased_at else account
        index.by_hash[keyed_hash].add(subject)
        index.person_of[subject] = person
        if kind != Kind.NAME:
            index.hashes_of[subject].add(keyed_hash)
        if person:
            index.subjects_of[person].add(subject)
