"""The rows of a generated scheme, table by table. Django is set up before this is imported."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from django.db.models import Model

from ampersand.agreements.models import Acceptance, Agreement, Copy, Filling, Signature, Template
from ampersand.matching.models import Introduction, Request
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.schemes.models import Member, Organiser, Scheme
from ampersand.wording import Kind, builtin, fields, parse, read_value, store_value

START = datetime.now(UTC) - timedelta(days=200)
WAITED = timedelta(days=9)
CONTACT = "hello@scheme.example"
MONTHS = timedelta(days=150)  # in which all of it happened
TYPED = {
    "mentor-contact": "by e-mail, or by telephone in the afternoon",
    "mentee-contact": "by e-mail",
    "often": "every 4 weeks",
    "set-up": "mentee",
    "notice": "2",
    "between": "by e-mail",
    "phone": "Tuesdays and Thursdays from 4 to 6 pm",
    "notes": "no",
    "recording": "yes",
}
OPEN = {"often", "phone", "recording"}  # of those still agreeing
SUGGESTED = {"notice", "notes"}
Row = dict[str, object]


def first_id(model: type[Model]) -> int:
    """Give the next free id, so that a second scheme can be made beside the first."""
    newest = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return (newest or 0) + 1


class Making:
    """The rows of one generated scheme."""

    def __init__(self, pairs: int, slug: str) -> None:
        self.pairs, self.waiting, self.slug = pairs, max(1, pairs // 10), slug
        self.name = f"A scheme of {pairs:,} pairs"
        self.introduced = self.waiting // 10
        self.people = first_id(Person)
        self.text = builtin()["contract"].text
        self.stored = self.in_blanks()
        self.step = MONTHS / pairs
        tables = [Scheme, Organiser, Template, Acceptance, Request, Introduction, Pair, Agreement]
        self.ids = {model: first_id(model) for model in [*tables, Member, Filling, Signature, Copy]}

    def in_blanks(self) -> dict[str, str]:
        """Give what stands in each blank, as the site would keep it; names are put in for each pair."""
        blanks = fields(parse(self.text))
        typed = TYPED | {field.id: "Someone" for field in blanks if field.kind is Kind.PERSON}
        return {field.id: store_value(field, read_value(field, typed[field.id])) for field in blanks}

    def mentor(self, n: int) -> int:
        return self.people + 1 + 2 * n

    def mentee(self, n: int) -> int:
        return self.people + 2 + 2 * n

    def stage(self, n: int) -> str:
        return {8: "agreeing", 9: "ended"}.get(n % 10, "in_force")

    def when(self, n: int) -> datetime:
        return START + n * self.step

    def rows(self) -> Iterator[tuple[type[Model], Iterable[Row]]]:
        """Give each table's rows, in an order that its references allow."""
        yield Person, self.persons()
        yield Scheme, [self.scheme()]
        yield (
            Organiser,
            [{"id": self.ids[Organiser], "scheme_id": self.ids[Scheme], "person_id": self.people}],
        )
        yield Template, [self.template()]
        yield Member, self.members()
        yield Acceptance, self.acceptances()
        yield Pair, self.pair_rows()
        yield Request, self.requests()
        yield Introduction, self.introductions()
        yield Agreement, self.agreements()
        yield Filling, self.fillings()
        yield Signature, self.signatures()
        yield Copy, self.copies()

    def persons(self) -> Iterator[Row]:
        for n in range(1 + 2 * self.pairs + self.waiting):
            at = self.people + n
            yield {"id": at, "email": f"p{at}@people.example", "called": f"Person {at}"}

    def scheme(self) -> Row:
        return {
            "id": self.ids[Scheme],
            "slug": self.slug,
            "name": self.name,
            "contact_email": CONTACT,
            "urgent_help": "In an emergency ring 999.",
            "urgent_help_review_on": (START + timedelta(days=700)).date(),
            "state": "open",
        }

    def template(self) -> Row:
        return {
            "id": self.ids[Template],
            "scheme_id": self.ids[Scheme],
            "number": 1,
            "text": self.text,
            "published_at": START,
        }

    def members(self) -> Iterator[Row]:
        at = self.ids[Member]
        for n in range(self.pairs):
            both = {"scheme_id": self.ids[Scheme], "joined_at": self.when(n)}
            mentor = {"person_id": self.mentor(n), "role": "mentor", "capacity": self.capacity(n)}
            yield both | mentor | {"id": at + 2 * n}
            yield both | {"id": at + 2 * n + 1, "person_id": self.mentee(n), "role": "mentee"}

    def capacity(self, n: int) -> int:
        """Give a fifth of the mentors room for another, beside whom they mentor and have been offered."""
        return 3 if n % 5 == 0 else 2 if self.is_offered(n) else 1

    def is_offered(self, n: int) -> bool:
        return n < self.introduced

    def asker(self, n: int) -> int:
        return self.mentee(n) if n < self.pairs else self.people + 1 + self.pairs + n

    def acceptances(self) -> Iterator[Row]:
        for n in range(self.pairs + self.waiting):
            yield {
                "id": self.ids[Acceptance] + n,
                "template_id": self.ids[Template],
                "person_id": self.asker(n),
                "accepted_at": self.when(n),
                "clauses": [],
                "declarations": ["adult", "has_read"],
                "fingerprint": "0" * 64,
            }

    def pair_rows(self) -> Iterator[Row]:
        for n in range(self.pairs):
            stage = self.stage(n)
            yield {
                "id": self.ids[Pair] + n,
                "scheme_id": self.ids[Scheme],
                "mentor_id": self.mentor(n),
                "mentee_id": self.mentee(n),
                "state": stage,
                "introduced_at": self.when(n) + WAITED,
                "in_force_from": None if stage == "agreeing" else self.when(n) + WAITED,
                "until": None if stage == "agreeing" else (self.when(n) + timedelta(days=365)).date(),
                "ended_at": self.when(n) + 2 * WAITED if stage == "ended" else None,
            }

    def asked(self, n: int) -> str:
        if n < self.pairs:
            return "paired"
        return "introduced" if n < self.pairs + self.introduced else "waiting"

    def requests(self) -> Iterator[Row]:
        for n in range(self.pairs + self.waiting):
            yield {
                "id": self.ids[Request] + n,
                "scheme_id": self.ids[Scheme],
                "mentee_id": self.asker(n),
                "acceptance_id": self.ids[Acceptance] + n,
                "state": self.asked(n),
                "asked_at": self.when(n),
                "closed_at": self.when(n) + WAITED if n < self.pairs else None,
            }

    def introductions(self) -> Iterator[Row]:
        for n in range(self.pairs):
            yield {
                "id": self.ids[Introduction] + n,
                "request_id": self.ids[Request] + n,
                "mentor_id": self.ids[Member] + 2 * n,
                "state": "accepted",
                "pair_id": self.ids[Pair] + n,
                "offered_at": self.when(n) + WAITED / 2,
                "mentor_yes_at": self.when(n) + WAITED,
                "mentee_yes_at": self.when(n) + WAITED,
                "closed_at": self.when(n) + WAITED,
            }
        for n in range(self.introduced):
            yield {
                "id": self.ids[Introduction] + self.pairs + n,
                "request_id": self.ids[Request] + self.pairs + n,
                "mentor_id": self.ids[Member] + 2 * n,
                "state": "offered",
                "offered_at": datetime.now(UTC) - timedelta(days=1),
            }

    def agreements(self) -> Iterator[Row]:
        values = Scheme(name=self.name, contact_email=CONTACT).values()
        states = {"agreeing": "filling", "ended": "ended", "in_force": "in_force"}
        for n in range(self.pairs):
            signed = self.stage(n) != "agreeing"
            yield {
                "id": self.ids[Agreement] + n,
                "pair_id": self.ids[Pair] + n,
                "template_id": self.ids[Template],
                "state": states[self.stage(n)],
                "evidence": "screen" if signed else "",
                "fingerprint": self.fingerprint(n) if signed else "",
                "scheme_values": values,
                "opened_at": self.when(n) + WAITED,
                "in_force_at": self.when(n) + WAITED if signed else None,
                "closed_at": self.when(n) + 2 * WAITED if self.stage(n) == "ended" else None,
            }

    def fingerprint(self, n: int) -> str:
        return hashlib.sha256(f"{self.slug} {n}".encode()).hexdigest()

    def fillings(self) -> Iterator[Row]:
        at = self.ids[Filling]
        for n in range(self.pairs):
            names = {"mentor-name": f"Person {self.mentor(n)}", "mentee-name": f"Person {self.mentee(n)}"}
            for field, stored in (self.stored | names).items():
                row = {"id": at, "agreement_id": self.ids[Agreement] + n, "field": field}
                agreed = {"agreed": stored, "agreed_at": self.when(n)}
                yield row | (self.unsettled(n, field, stored) or agreed)
                at += 1

    def unsettled(self, n: int, field: str, stored: str) -> Row:
        """Give how a blank stands that the two have not agreed on; nothing if they have."""
        if self.stage(n) != "agreeing" or field not in OPEN | SUGGESTED:
            return {}
        if field in OPEN:
            return {"agreed": ""}
        return {"suggested": stored, "suggested_by_id": self.mentor(n), "suggested_at": self.when(n)}

    def signatures(self) -> Iterator[Row]:
        at = self.ids[Signature]
        for n in range(self.pairs):
            if self.stage(n) == "agreeing":
                continue
            for party, person in (("mentor", self.mentor(n)), ("mentee", self.mentee(n))):
                yield {
                    "id": at,
                    "agreement_id": self.ids[Agreement] + n,
                    "person_id": person,
                    "party": party,
                    "fingerprint": self.fingerprint(n),
                    "way": "typed",
                    "name": f"Person {person}",
                }
                at += 1

    def copies(self) -> Iterator[Row]:
        at = self.ids[Copy]
        for n in range(self.pairs):
            if self.stage(n) != "agreeing":
                yield {
                    "id": at + n,
                    "agreement_id": self.ids[Agreement] + n,
                    "fingerprint": self.fingerprint(n),
                    "pdf": b"%PDF-1.7 generated",
                    "sha256": self.fingerprint(n),
                }
