"""A scheme with the built-in contract, a pair in it, and what the two do most often."""

import struct
import zlib
from dataclasses import dataclass, field

from django.utils import timezone

from ampersand.agreements.actions.agreeing import agree, suggest
from ampersand.agreements.actions.opening import open_for
from ampersand.agreements.actions.signing import sign
from ampersand.agreements.models import Acceptance, Agreement, Filling, Template
from ampersand.agreements.queries import standing_of
from ampersand.pairs.actions import begin
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.schemes.models import Organiser, Scheme, SchemeState
from ampersand.wording import builtin, fill

ANSWERS = {
    "mentor-contact": "By e-mail, hannah@work.example",
    "mentee-contact": "A text message first",
    "often": "every 4 weeks",
    "set-up": "mentee",
    "notice": "2",
    "between": "By e-mail",
    "phone": "Tuesdays 18:00 to 19:00",
    "notes": "yes",
    "recording": "no",
    "mentor-name": "Hannah Ito",
    "mentee-name": "Sam Reed",
}


@dataclass
class Two:
    """A pair, the people around it, and short words for what they do."""

    scheme: Scheme
    pair: Pair
    hannah: Person
    sam: Person
    olive: Person
    outsider: Person
    agreement: Agreement = field(init=False)

    def fresh(self) -> Agreement:
        return Agreement.objects.select_related("pair__mentor", "pair__mentee", "pair__scheme").get(
            pk=self.agreement.pk
        )

    def blank(self, name: str) -> Filling:
        return Filling.objects.get(agreement=self.agreement, field=name)

    def suggest(self, by: Person, name: str, typed: str) -> Filling:
        return suggest(agreement=self.fresh(), field=name, typed=typed, seen=self.blank(name).revision, by=by)

    def agree(self, by: Person, name: str) -> Filling:
        return agree(agreement=self.fresh(), field=name, seen=self.blank(name).revision, by=by)

    def fill_all(self) -> None:
        wording = self.agreement.template.wording()
        for name, typed in ANSWERS.items():
            owner = {"mentor": self.hannah, "mentee": self.sam}.get(wording.field(name).by, self.hannah)
            self.suggest(owner, name, typed)
            if wording.field(name).together:
                self.agree(self.sam, name)

    def fingerprint(self) -> str:
        return standing_of(self.fresh()).document.fingerprint

    def sign(self, by: Person) -> Agreement:
        return sign(agreement=self.fresh(), by=by, read=self.fingerprint(), name=by.called)


def person(name: str, email: str) -> Person:
    return Person.objects.create(email=email, called=name)


def two_people(*, key: str = "contract", discreet: bool = True) -> Two:
    """Make a scheme, publish its wording, and begin a pair in it."""
    scheme = Scheme.objects.create(
        slug="quiet-hours",
        name="Quiet Hours",
        contact_email="help@quiet.example",
        website="https://quiet.example/",
        urgent_help="Call 999.",
        urgent_help_review_on=timezone.localdate(),
        state=SchemeState.OPEN,
        discreet=discreet,
    )
    Template.objects.create(scheme=scheme, number=1, text=builtin()[key].text, published_at=timezone.now())
    hannah, sam = person("Hannah", "hannah@work.example"), person("Sam", "sam@home.example")
    olive, outsider = person("Olive", "olive@quiet.example"), person("Otto", "otto@else.example")
    Organiser.objects.create(scheme=scheme, person=olive)
    pair = begin(scheme=scheme, mentor=hannah, mentee=sam)
    return Two(scheme, pair, hannah, sam, olive, outsider)


def agreeing(*, discreet: bool = True) -> Two:
    two = two_people(discreet=discreet)
    two.agreement = open_for(pair=two.pair)
    return two


def accepted_by_asking() -> Two:
    two = two_people(key="peer")
    template = two.scheme.templates.get()
    document = fill(template.wording(), {}, two.scheme.values(), partial=True)
    acceptance = Acceptance.objects.create(
        template=template,
        person=two.sam,
        clauses=[{"id": c.id, "number": c.number, "words": c.text} for c in document.clauses()],
        declarations=["adult", "has-read"],
        fingerprint=document.fingerprint,
    )
    two.agreement = open_for(pair=two.pair, acceptance=acceptance)
    return two


def _png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(b"".join(b"\0" + b"\xee" * 300 for _ in range(400)))
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 300, 400, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PNG = _png()
