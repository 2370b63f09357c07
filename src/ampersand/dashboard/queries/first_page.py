"""What is a person's own, and what waits for them, in every room."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ampersand.agreements.models import Agreement, AgreementState, Renewal, RenewalState, Signature, Template
from ampersand.agreements.queries import renewals_left_to
from ampersand.boundaries.queries.asking import grants_of
from ampersand.dashboard.queries.things import Task
from ampersand.matching.models import Introduction, Request
from ampersand.matching.queries import (
    asked_directly,
    asks_me,
    open_requests_of,
    to_answer,
)
from ampersand.meetings.models import Meeting, Suggestion
from ampersand.meetings.queries.arranging import ToArrange, suggested_to, to_arrange, without_a_meeting
from ampersand.meetings.queries.page import soon, to_say
from ampersand.pairs.models import Pair, PairState
from ampersand.people.models import Person
from ampersand.questions import Question
from ampersand.schemes.models import Invitation, Member, Role, Scheme
from ampersand.schemes.queries import invitations_for
from ampersand.templatetags.readers import moment


def _left_to_agree(person: Person) -> QuerySet[Agreement]:
    """Give the agreements and changes of a person's that they have not signed yet."""
    mine = Q(pair__mentor=person) | Q(pair__mentee=person)
    signed = Signature.objects.filter(agreement=OuterRef("pk"), person=person, lapsed_at=None)
    waiting = [AgreementState.FILLING, AgreementState.PROPOSED]
    rows = Agreement.objects.filter(mine, ~Exists(signed), state__in=waiting)
    return rows.exclude(pair__state=PairState.ENDED).order_by("opened_at")


def _mentors_in(person: Person) -> QuerySet[Member]:
    rows = Member.objects.filter(person=person, role=Role.MENTOR, left_at=None)
    return rows.select_related("scheme").order_by("scheme__name")


def _unpublished(person: Person) -> QuerySet[Template]:
    rows = Template.objects.drafts().filter(scheme__in=Scheme.objects.organised_by(person))
    return rows.select_related("scheme").defer("text").order_by("scheme__name")


# What a first page may show of a person's own, beside their pairs; most people have little of it.
LISTS: dict[str, Callable[[Person, datetime], QuerySet[Any]]] = {
    "organises": lambda person, now: Scheme.objects.organised_by(person).order_by("name"),
    "mentors_in": lambda person, now: _mentors_in(person),
    "requests": lambda person, now: open_requests_of(person),
    "to_answer": lambda person, now: to_answer(person),
    "to_agree": lambda person, now: _left_to_agree(person),
    "to_carry_on": lambda person, now: renewals_left_to(person).filter(
        pair__state=PairState.IN_FORCE, ends_on=F("pair__until")
    ),
    "soon": soon,
    "suggested": lambda person, now: suggested_to(person),
    "to_arrange": lambda person, now: without_a_meeting(person, now),
    "to_say": to_say,
    "asked": lambda person, now: asks_me(person),
    "invited": lambda person, now: invitations_for(person.email, now),
    "unpublished": lambda person, now: _unpublished(person),
    "checks": lambda person, now: grants_of(person, now),
}

# Where a sign that a list may hold something is found more quickly than whether it does.
SIGNS: dict[str, Callable[[Person, datetime], QuerySet[Any]]] = {
    "asked": lambda person, now: asked_directly(person),
}

# What is read otherwise than it is looked for.
READ: dict[str, Callable[[Person, datetime], Iterable[Any]]] = LISTS | {"to_arrange": to_arrange}


def _which_hold_anything(pk: int, email: str, now: datetime) -> QuerySet[Person, tuple[bool, ...]]:
    person = Person(pk=pk, email=email)
    there = [Exists(SIGNS.get(name, rows)(person, now)) for name, rows in LISTS.items()]
    return Person.objects.filter(pk=pk).values_list(*there)


WHICH = Question(_which_hold_anything, int, str, datetime)
PAIRS = Question(
    lambda pk, now: (
        Pair.objects.of(Person(pk=pk))
        .select_related("scheme", "mentor", "mentee")
        .annotate(meets_next=Meeting.objects.ahead(now).filter(pair=OuterRef("pk")).values("starts")[:1])
        .order_by("-introduced_at")
    ),
    int,
    datetime,
)


def what_is_theirs(person: Person) -> dict[str, list[Any]]:
    """Ask once which of a person's lists hold anything, then fetch only those."""
    now = timezone.now()
    [holds] = WHICH.ask(person.pk, person.email, now)
    return {
        name: list(READ[name](person, now)) if there else [] for name, there in zip(LISTS, holds, strict=True)
    }


def my_pairs(person: Person) -> list[Pair]:
    """Give a person's pairs, running ones first, each with when it meets next."""
    return sorted(PAIRS.ask(person.pk, timezone.now()), key=lambda pair: pair.state == PairState.ENDED)


def things_for(person: Person, pairs: Sequence[Pair], theirs: dict[str, list[Any]]) -> list[Task]:
    """Give what waits for a person, in every room. Only a scheme's sole mentor is asked directly."""
    return [
        *_soon(person, {pair.pk: pair for pair in pairs}, theirs["soon"]),
        *_to_answer(person, theirs["to_answer"]),
        *_asked(theirs["asked"]),
        *_to_agree(person, {pair.pk: pair for pair in pairs}, theirs["to_agree"]),
        *_to_carry_on(person, {pair.pk: pair for pair in pairs}, theirs["to_carry_on"]),
        *_to_say(person, {pair.pk: pair for pair in pairs}, theirs["to_say"]),
        *_suggested(person, {pair.pk: pair for pair in pairs}, theirs["suggested"]),
        *_to_arrange(person, {pair.pk: pair for pair in pairs}, theirs["to_arrange"]),
        *_invited(theirs["invited"]),
        *_to_publish(theirs["unpublished"]),
    ]


def _to_answer(person: Person, introductions: Iterable[Introduction]) -> list[Task]:
    tasks = []
    for found in introductions:
        as_mentor = found.mentor.person_id == person.pk
        other = found.request.mentee if as_mentor else found.mentor.person
        words = _("%(name)s could be your mentee") if as_mentor else _("%(name)s could be your mentor")
        tasks.append(
            Task(
                label=words % {"name": other},
                url=reverse("matching:introduction", args=[found.pk]),
                hint=_("Say yes, or someone else, please."),
            )
        )
    return tasks


def _asked(requests: Iterable[Request]) -> list[Task]:
    return [
        Task(
            label=_("%(name)s asks you to be their mentor") % {"name": found.mentee},
            url=reverse("matching:asks_you", args=[found.pk]),
            hint=found.scheme.name,
        )
        for found in requests
    ]


def _to_agree(person: Person, pairs: Mapping[int, Pair], agreements: Iterable[Agreement]) -> list[Task]:
    tasks = [_about(found, pairs[found.pair_id], person) for found in agreements]
    return [task for task in tasks if task]


def _about(found: Agreement, pair: Pair, person: Person) -> Task | None:
    """Say what an agreement asks of a person; one's own proposal asks nothing."""
    name, url = {"name": pair.other(person)}, reverse("agreements:agreement", args=[found.pk])
    if found.state == AgreementState.PROPOSED:
        if found.proposed_by == pair.party_of(person):
            return None
        label, hint = _("%(name)s proposes a change"), _("Your agreement holds until both have signed.")
    elif found.predecessor_id:
        label, hint = _("Sign the change with %(name)s"), _("Your agreement holds until both have signed.")
    else:
        label, hint = _("Agree and sign with %(name)s"), _("You fill in the agreement together.")
    return Task(label=label % name, url=url, hint=hint)


def _to_carry_on(person: Person, pairs: Mapping[int, Pair], renewals: Iterable[Renewal]) -> list[Task]:
    """Say which questions whether to carry on a person has not answered, and which renewals wait for them."""
    tasks = []
    for renewal in renewals:
        other = pairs[renewal.pair_id].other(person)
        if renewal.state == RenewalState.ASKED:
            label = _("Carry on with %(name)s?") % {"name": other}
            hint = _("Both of you are asked, each alone.")
            url = reverse("journeys:carry_on", args=[renewal.pair_id])
        else:
            label = _("Sign the renewal with %(name)s") % {"name": other}
            hint = _("You both said yes.")
            url = reverse("agreements:sign_renewal", args=[renewal.pair_id])
        tasks.append(Task(label=label, url=url, hint=hint))
    return tasks


def _soon(person: Person, pairs: Mapping[int, Pair], meetings: Iterable[Meeting]) -> list[Task]:
    """Lead to the meetings that are on, or begin within a day."""
    return _of_meetings(_("Your meeting with %(name)s"), person, pairs, meetings)


def _suggested(person: Person, pairs: Mapping[int, Pair], suggestions: Iterable[Suggestion]) -> list[Task]:
    """Say who suggests times that a person has not answered."""
    return [
        Task(
            label=_("%(name)s suggests times to meet") % {"name": pairs[found.pair_id].other(person)},
            url=reverse("meetings:pick", args=[found.pk]),
            hint=_("Pick one, or suggest others."),
        )
        for found in suggestions
    ]


def _to_arrange(person: Person, pairs: Mapping[int, Pair], found: Iterable[ToArrange]) -> list[Task]:
    """Say with whom a person is to arrange a meeting."""
    return [
        Task(
            label=(
                _("Book your first meeting with %(name)s")
                if each.first
                else _("Book your next meeting with %(name)s")
            )
            % {"name": pairs[each.pair].other(person)},
            url=reverse("meetings:book", args=[each.pair]),
            hint=_("Choose a free time, or suggest three."),
        )
        for each in found
    ]


def _to_say(person: Person, pairs: Mapping[int, Pair], meetings: Iterable[Meeting]) -> list[Task]:
    """Ask of each meeting of late whether it happened, until the person has said or it is long past."""
    return _of_meetings(_("Did your meeting with %(name)s happen?"), person, pairs, meetings)


def _of_meetings(
    words: str, person: Person, pairs: Mapping[int, Pair], meetings: Iterable[Meeting]
) -> list[Task]:
    return [
        Task(
            label=words % {"name": pairs[found.pair_id].other(person)},
            url=reverse("meetings:meeting", args=[found.pk]),
            hint=moment(found.starts),
        )
        for found in meetings
    ]


def _invited(invitations: Iterable[Invitation]) -> list[Task]:
    return [
        Task(
            label=_("You are invited to %(scheme)s as %(role)s")
            % {"scheme": found.scheme, "role": found.get_invited_as_display()},
            url="",
            hint=_("The link is in the letter sent to %(email)s.") % {"email": found.email},
        )
        for found in invitations
    ]


def _to_publish(drafts: Iterable[Template]) -> list[Task]:
    """Lead an organiser back to an agreement that was begun and is seen by nobody yet."""
    return [
        Task(
            label=_("The agreement of %(scheme)s is not published yet: go on") % {"scheme": found.scheme},
            url=reverse("dashboard:agreement", args=[found.scheme.slug]),
            hint=_("Version %(number)d is a draft. Only organisers see it.") % {"number": found.number},
        )
        for found in drafts
    ]
