"""Accepting an agreement by asking: every clause is kept as it was shown."""

from collections.abc import Collection
from functools import lru_cache

from django.db import transaction
from django.utils.translation import gettext as _

from ampersand.agreements.models import Acceptance, Template
from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.wording import Document, fill
from ampersand.wording import Template as Wording


def as_shown(template: Template) -> Document:
    """Give the agreement as someone reads it before asking: the scheme's values in, blanks still open."""
    return _as_shown(template.wording(), frozenset(template.scheme.values().items()))


@lru_cache(maxsize=128)
def _as_shown(wording: Wording, scheme_values: frozenset[tuple[str, str]]) -> Document:
    """Fill in what the scheme itself says. The same words come out the same, so once is enough."""
    return fill(wording, {}, dict(scheme_values), partial=True)


@transaction.atomic
def accept(
    *, template: Template, person: Person, declarations: Collection[str], fingerprint: str
) -> Acceptance:
    """Keep what a person accepted, or read before asking: each clause, and what they declared.

    `fingerprint` is that of the text they read; if the text is another by now, they must read it first.
    """
    document = as_shown(template)
    if document.fingerprint != fingerprint:
        raise Refused(_("The agreement has changed since you read it. Please read it again, then ask."))
    missing = [d.sentence for d in template.wording().declarations if d.term not in declarations]
    if missing:
        raise Refused(_("Still to be declared: %(sentences)s") % {"sentences": " ".join(missing)})
    acceptance = Acceptance.objects.create(
        template=template,
        person=person,
        clauses=[{"id": c.id, "number": c.number, "words": c.text} for c in document.clauses()],
        declarations=sorted(declarations),
        fingerprint=document.fingerprint,
    )
    if template.by_asking():
        note_down(
            verb=Verb.AGREEMENT_ACCEPTED,
            by=person.pk,
            about=f"acceptance:{acceptance.pk}",
            scheme=template.scheme_id,
            fingerprint=document.fingerprint,
        )
    return acceptance
