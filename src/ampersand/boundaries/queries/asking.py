"""Who may ask, under what, and what they have asked."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.boundaries.models import AskedAbout, CheckGrant, Duty, Question, Reach, Subject
from ampersand.people.models import Person
from ampersand.schemes.models import Scheme

SIZES = {Reach.ONE: (1, 1), Reach.PANEL: (20, 200), Reach.LARGE: (200, 2000)}
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Asker:
    """Who asks: an organiser of the scheme, or whoever holds a grant of it."""

    scheme: Scheme
    person: Person | None = None
    grant: CheckGrant | None = None

    @property
    def key(self) -> str:
        """Under which their questions are counted."""
        return f"grant {self.grant.pk}" if self.grant else f"organiser {self.person.pk if self.person else 0}"

    @property
    def called(self) -> str:
        return (
            self.grant.called if self.grant else _("the organisers of %(scheme)s") % {"scheme": self.scheme}
        )

    @property
    def reach(self) -> Reach:
        return Reach(self.grant.reach) if self.grant else Reach.LARGE


def asker_in(person: Person, slug: str) -> Asker:
    """Find under what a person may ask in a scheme; to anyone else it does not exist."""
    scheme = get_object_or_404(Scheme, slug=slug)
    if scheme.organisers.filter(person=person).exists():
        return Asker(scheme, person=person)
    grant = CheckGrant.objects.of(person).filter(scheme=scheme).first()
    if grant is None:
        raise Http404
    return Asker(scheme, person=person, grant=grant)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def asker_by_token(token: str) -> Asker | None:
    """Find the grant that a token belongs to, if it still holds."""
    rows = CheckGrant.objects.good().select_related("scheme").exclude(token_hash="")
    grant = rows.filter(token_hash=token_hash(token)).first()
    return Asker(grant.scheme, grant=grant) if grant else None


def grants_of(person: Person, now: datetime | None = None) -> QuerySet[CheckGrant]:
    """Give the grants under which a person may ask, wherever they are."""
    return CheckGrant.objects.of(person, now).select_related("scheme").order_by("scheme__name")


def grants_in(scheme: Scheme) -> QuerySet[CheckGrant]:
    """Give a scheme's grants with how often each was used lately, those that hold first."""
    lately = Count("questions", filter=Q(questions__asked_at__gt=timezone.now() - LATELY))
    return scheme.check_grants.annotate(asked_lately=lately).order_by("-withdrawn_at", "-given_at", "-pk")


def asked_about(person: Person) -> QuerySet[AskedAbout]:
    """Give the questions that concerned a person, newest first."""
    rows = AskedAbout.objects.visible_to(person).select_related("question__scheme", "question__asked_by")
    return rows.order_by("-asked_at", "-pk")


def asked_by(asker: Asker) -> QuerySet[Question]:
    """Give what this asker has asked, newest first; not about whom."""
    rows = Question.objects.filter(scheme=asker.scheme, grant=asker.grant)
    if asker.grant is None:
        rows = rows.filter(asked_by=asker.person)
    return rows.order_by("-asked_at", "-pk")


def people_known(scheme: Scheme) -> int:
    """Count whom a scheme knows: members with an account, and whom the register alone remembers."""
    members = Person.objects.filter(memberships__scheme=scheme, erased_at=None).distinct().count()
    return members + Subject.objects.filter(scheme=scheme, person__erased_at__isnull=False).count()


def duties_to_remind(before: timedelta) -> QuerySet[Duty]:
    """Give the duties that bind during a mentoring, have for so long, and were never brought to mind."""
    rows = Duty.objects.filter(during=True, ended_at=None, replaced_at=None, reminded_at=None)
    return rows.filter(since__lte=timezone.now() - before).order_by("pair_number", "pk")
