"""What needs someone today: a person across their schemes, an organiser across a scheme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ampersand.agreements.models import Agreement, AgreementState, RenewalState, Signature, Template
from ampersand.agreements.queries import renewals_left_to
from ampersand.calendars import months_after
from ampersand.journeys.queries import resting_drafts
from ampersand.matching.models import Introduction, Request
from ampersand.matching.queries import anyone_has_room, asks_me, mentors, to_answer
from ampersand.pairs.models import Pair, PairState
from ampersand.people.models import Person
from ampersand.schemes.models import Invitation, Scheme, SchemeState
from ampersand.schemes.queries import expiring_invitations, invitations_for
from ampersand.wording import Verdict, coverage

ANSWERS_WITHIN = timedelta(days=5)
AT_ONCE = 10  # of one kind of task; the next show themselves as these are done
MANY = 1000  # how far pairs are counted on the page opened most


@dataclass(frozen=True)
class Task:
    """One thing to do: what, where, and since when or why."""

    label: str
    url: str
    hint: str = ""


def things_for(person: Person, *, pairs: Sequence[Pair], organises: Sequence[Scheme]) -> list[Task]:
    """Give what waits for a person, in every room. Only a scheme's sole mentor is asked directly."""
    asked = _asked(person) if any(scheme.solo for scheme in organises) else []
    return [
        *_to_answer(person),
        *asked,
        *_to_agree(person, pairs),
        *_to_carry_on(person, pairs),
        *_invited(person),
    ]


def _to_answer(person: Person) -> list[Task]:
    tasks = []
    for found in to_answer(person):
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


def _asked(person: Person) -> list[Task]:
    return [
        Task(
            label=_("%(name)s asks you to be their mentor") % {"name": found.mentee},
            url=reverse("matching:asks_you", args=[found.pk]),
            hint=found.scheme.name,
        )
        for found in asks_me(person)
    ]


def _to_agree(person: Person, pairs: Sequence[Pair]) -> list[Task]:
    running = {pair.pk: pair for pair in pairs if pair.state != PairState.ENDED}
    signed = Signature.objects.filter(agreement=OuterRef("pk"), person=person, lapsed_at=None)
    waiting = [AgreementState.FILLING, AgreementState.PROPOSED]
    rows = Agreement.objects.filter(~Exists(signed), pair__in=running, state__in=waiting)
    tasks = [_about(found, running[found.pair_id], person) for found in rows.order_by("opened_at")]
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


def _to_carry_on(person: Person, pairs: Sequence[Pair]) -> list[Task]:
    """Give the questions whether to carry on that a person has not answered, and renewals to sign."""
    running = {pair.pk: pair for pair in pairs if pair.state == PairState.IN_FORCE}
    tasks = []
    for renewal in renewals_left_to(person).filter(pair__in=running, ends_on=F("pair__until")):
        other = running[renewal.pair_id].other(person)
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


def _invited(person: Person) -> list[Task]:
    return [
        Task(
            label=_("You are invited to %(scheme)s as %(role)s")
            % {"scheme": found.scheme, "role": found.get_invited_as_display()},
            url="",
            hint=_("The link is in the letter sent to %(email)s.") % {"email": found.email},
        )
        for found in invitations_for(person.email)
    ]


def needs_organiser(
    scheme: Scheme, *, waiting: Sequence[Request], unanswered: Sequence[Introduction]
) -> list[Task]:
    """Give what an organiser of a scheme should look at today, the longest wait first.

    `waiting` and `unanswered` are the scheme's, longest first; the first few of them become tasks.
    """
    return [
        *_unpublished(scheme),
        *_who_waits(scheme, waiting[:AT_ONCE]),
        *_slow_answers(unanswered),
        *_resting(scheme),
        *_ending(scheme),
        *_running_out(scheme),
        *_help_lines(scheme),
    ]


def _unpublished(scheme: Scheme) -> list[Task]:
    if scheme.state != SchemeState.DRAFT:
        return []
    url = reverse("dashboard:agreement", args=[scheme.slug])
    hint = _("Until then nobody but you sees it.")
    return [Task(label=_("Read the agreement and publish it"), url=url, hint=hint)]


def _who_waits(scheme: Scheme, waiting: Sequence[Request]) -> list[Task]:
    room = anyone_has_room(scheme)
    return [
        Task(
            label=_("Introduce %(name)s to a mentor") % {"name": found.mentee}
            if room
            else _("Find a mentor for %(name)s") % {"name": found.mentee},
            url=reverse("matching:introduce", args=[scheme.slug, found.pk]),
            hint=days_waiting((timezone.now() - found.asked_at).days),
        )
        for found in waiting
    ]


def days_waiting(days: int) -> str:
    if days == 0:
        return _("Asked today.")
    return ngettext("Waiting for %(days)d day.", "Waiting for %(days)d days.", days) % {"days": days}


def _slow_answers(unanswered: Sequence[Introduction]) -> list[Task]:
    slow = [found for found in unanswered if found.offered_at <= timezone.now() - ANSWERS_WITHIN]
    return [
        Task(
            label=_("%(mentor)s & %(mentee)s: no pair yet")
            % {"mentor": found.mentor.person, "mentee": found.request.mentee},
            url=reverse("matching:introduction", args=[found.pk]),
            hint=days_waiting((timezone.now() - found.offered_at).days),
        )
        for found in slow[:AT_ONCE]
    ]


def _resting(scheme: Scheme) -> list[Task]:
    """Count the agreements that nobody has moved for a while; whose turn it is, is not said."""
    count = resting_drafts(scheme.pairs.all(), timezone.now()).count()
    if not count:
        return []
    label = ngettext("One agreement is resting unsigned", "%(count)d agreements are resting unsigned", count)
    return [
        Task(
            label=label % {"count": count},
            url=reverse("dashboard:people", args=[scheme.slug]) + "#pairs",
            hint=_("Nothing has moved for two weeks."),
        )
    ]


def _ending(scheme: Scheme) -> list[Task]:
    """Count the agreements in their last weeks, and give their days; nothing of what was answered."""
    soon = months_after(timezone.localdate(timezone=ZoneInfo(scheme.time_zone)), scheme.asks_months)
    ending = scheme.pairs.filter(state=PairState.IN_FORCE, until__lte=soon)
    found = ending.aggregate(count=Count("pk"), first=Min("until"), last=Max("until"))
    if not found["count"]:
        return []
    days = {name: formats.date_format(found[name], "j F") for name in ("first", "last")}
    label = ngettext(
        "One agreement reaches its last day soon",
        "%(count)d agreements reach their last day soon",
        found["count"],
    )
    hint = _("On %(first)s.") if found["first"] == found["last"] else _("Between %(first)s and %(last)s.")
    asked = _("Each is asked alone whether to carry on; you hear whether it is renewed or ends.")
    return [
        Task(
            label=label % {"count": found["count"]},
            url=reverse("dashboard:people", args=[scheme.slug]) + "#pairs",
            hint=f"{hint % days} {asked}",
        )
    ]


def _running_out(scheme: Scheme) -> list[Task]:
    return [
        Task(
            label=_("The invitation of %(email)s has run out") % {"email": found.email}
            if found.expires_at <= timezone.now()
            else _("The invitation of %(email)s runs out soon") % {"email": found.email},
            url=reverse("schemes:invitations", args=[scheme.slug]),
            hint=_("Send it again, or withdraw it."),
        )
        for found in expiring_invitations(scheme)[:AT_ONCE]
    ]


def _help_lines(scheme: Scheme) -> list[Task]:
    if scheme.urgent_help_review_on > timezone.localdate():
        return []
    url = reverse("dashboard:details", args=[scheme.slug])
    hint = _("Then choose the next day to check them.")
    return [Task(label=_("Check that the urgent help lines are still right"), url=url, hint=hint)]


@dataclass(frozen=True)
class Counts:
    """How many pairs a scheme has in each state; dates and counts are all an organiser sees of them."""

    agreeing: int = 0
    in_force: int = 0
    ended: int = 0


def pair_counts(scheme: Scheme) -> Counts:
    rows = scheme.pairs.order_by().values_list("state").annotate(Count("pk"))
    return Counts(**dict(rows))


def newest_mentors(scheme: Scheme, count: int) -> list[Any]:
    """Give the mentors who joined last, by name, with the room they have."""
    newest = mentors(scheme).order_by("-joined_at", "-pk")[:count]
    return sorted(newest, key=lambda member: str(member.person).casefold())


def pair_counts_at_a_glance(scheme: Scheme) -> dict[str, str]:
    """Count pairs as far as MANY, and say so beyond."""
    counts = {}
    for state in PairState:
        count = scheme.pairs.filter(state=state).order_by()[: MANY + 1].count()
        counts[str(state)] = _("more than %(many)d") % {"many": MANY} if count > MANY else str(count)
    return counts


def invitations_of(scheme: Scheme) -> dict[str, int]:
    """Count a scheme's invitations by what became of them."""
    run_out, unused = Q(expires_at__lte=timezone.now()), Q(accepted_at=None, withdrawn_at=None)
    return Invitation.objects.filter(scheme=scheme).aggregate(
        accepted=Count("pk", filter=~Q(accepted_at=None)),
        withdrawn=Count("pk", filter=Q(accepted_at=None) & ~Q(withdrawn_at=None)),
        run_out=Count("pk", filter=unused & run_out),
        open=Count("pk", filter=unused & ~run_out),
    )


def my_pairs(person: Person) -> list[Pair]:
    """Give a person's pairs, running ones first."""
    rows = Pair.objects.of(person).select_related("scheme", "mentor", "mentee")
    return sorted(rows.order_by("-introduced_at"), key=lambda pair: pair.state == PairState.ENDED)


WORDS = {
    "does": gettext_lazy("does"),
    "asks": gettext_lazy("asks"),
    "keeps": gettext_lazy("keeps"),
    "not yet": gettext_lazy("not yet"),
    "only words": gettext_lazy("only words"),
}
KINDS = {"does": "done", "keeps": "done", "not yet": "waiting"}


@dataclass(frozen=True)
class Said:
    """What the software does about one term of a clause, in the reader's language."""

    word: str
    sentence: str
    kind: str


@dataclass(frozen=True)
class Covered:
    """A clause and what the software does about it."""

    number: str
    text: str
    verdicts: tuple[Said, ...]


def covered(template: Template) -> list[Covered]:
    """Say for each clause of a wording what the software does about it."""
    return [
        Covered(row.number, row.text, tuple(_said(verdict) for verdict in row.verdicts))
        for row in coverage(template.wording())
    ]


def _said(verdict: Verdict) -> Said:
    return Said(str(WORDS[verdict.word]), _(verdict.sentence), KINDS.get(verdict.word, ""))
