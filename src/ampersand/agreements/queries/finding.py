"""Which agreement it is: the one that counts, the one in force, earlier ones."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from ampersand.agreements.models import Agreement, AgreementState, Copy, Template
from ampersand.agreements.queries.standing import standing_of
from ampersand.pairs.models import Pair
from ampersand.people.models import Person
from ampersand.questions import Question
from ampersand.schemes.models import SchemeState
from ampersand.wording import Terms, terms_of


def _with_everyone(pk: int, person: int) -> QuerySet[Agreement]:
    rows = Agreement.objects.visible_to(Person(pk=person)).filter(pk=pk)
    return rows.select_related(
        "pair__mentor", "pair__mentee", "pair__scheme", "template", "predecessor__template"
    )


WITH_EVERYONE = Question(_with_everyone, int, int)


def agreement_for(person: Person, pk: int) -> Agreement | None:
    """Find an agreement that a person is a party of, with everyone it names."""
    return next(iter(WITH_EVERYONE.ask(pk, person.pk)), None)


def revision_for(person: Person, pk: int) -> int | None:
    """Give the revision of an agreement that a person is a party of, as cheaply as can be."""
    return Agreement.objects.visible_to(person).filter(pk=pk).values_list("revision", flat=True).first()


def _in_use(slug: str) -> QuerySet[Template]:
    rows = Template.objects.published().filter(scheme__slug=slug).exclude(scheme__state=SchemeState.DRAFT)
    return rows.select_related("scheme").order_by("-number")[:1]


IN_USE = Question(_in_use, str)


def wording_in_use(slug: str) -> Template:
    """Give the newest published version of a public scheme's wording, with the scheme."""
    for found in IN_USE.ask(slug):
        return found
    raise Http404


def _current(pair: int) -> QuerySet[Agreement]:
    sealed = {"sealed": Exists(Copy.objects.filter(agreement=OuterRef("pk")))}
    rows = Agreement.objects.filter(pair=pair).exclude(state=AgreementState.SUPERSEDED)
    rows = rows.exclude(predecessor__isnull=False, in_force_at=None)
    return rows.select_related("template", "predecessor").annotate(**sealed).order_by("-pk")[:1]


CURRENT = Question(_current, int)


def current_agreement(pair: Pair) -> Agreement | None:
    """Find the agreement of a pair that counts, or counted when it ended; never a change that waits.

    It also says whether its copy is there: `sealed`.
    """
    for found in CURRENT.ask(pair.pk):
        found.pair = pair
        return found
    return None


def terms_in_force(pair: Pair) -> Terms:
    """Give the terms a pair goes by, or went by when it ended; what is only proposed is not in them."""
    found = current_agreement(pair)
    if found is None or found.in_force_at is None:
        return Terms()
    standing = standing_of(found)
    return terms_of(standing.wording, standing.values)


def versions_of(pair: Pair) -> list[Agreement]:
    """Give every agreement that is or was in force for a pair, the newest first."""
    rows = pair.agreements.filter(in_force_at__isnull=False).select_related("template", "copy")
    return list(rows.defer("copy__pdf").order_by("-in_force_at", "-pk"))


def agreement_in_force(pair: Pair) -> Agreement:
    """Find the agreement that binds a pair now; there is never more than one."""
    named = ("pair__mentor", "pair__mentee", "pair__scheme", "template", "predecessor__template")
    return Agreement.objects.select_related(*named).get(pair=pair, state=AgreementState.IN_FORCE)
