"""Asking a conflict check. Everything is decided and written in one transaction, whatever is found."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from ampersand.boundaries.models import AskedAbout, Capacity, CheckGrant, Question
from ampersand.boundaries.queries.answering import Answer, Found, answers, find
from ampersand.boundaries.queries.asking import Asker
from ampersand.boundaries.queries.recognising import Who
from ampersand.boundaries.rules import (
    check_asked_about_seldom,
    check_asks_seldom,
    check_is_not_the_whole_scheme,
    check_purpose,
    check_shape,
    check_size,
    check_two_people,
)
from ampersand.record.actions import note_down
from ampersand.record.models import Verb


@transaction.atomic
def ask(*, asker: Asker, deciding: Who, decided_about: Who, capacity: Capacity, purpose: str) -> Answer:
    """May the one take part in deciding about the other? Names are not kept; both see that it was asked."""
    check_purpose(purpose)
    check_two_people(deciding, decided_about)
    check_asks_seldom(asker, lists=False)
    both = [deciding, decided_about]
    found = find(asker.scheme, both)
    check_asked_about_seldom(asker, both, found, lists=False)
    table = answers(asker.scheme, found[:1], found[1:], capacity)
    _keep(asker, found[:1], found[1:], table, capacity, purpose)
    return table[0][0]


@transaction.atomic
def ask_list(
    *, asker: Asker, deciding: Sequence[Who], decided_about: Sequence[Who], capacity: Capacity, purpose: str
) -> list[list[Answer]]:
    """Ask about each of a panel towards each of the candidates, at once."""
    check_purpose(purpose)
    check_size(asker, len(deciding), len(decided_about))
    check_shape(deciding, decided_about)
    check_asks_seldom(asker, lists=True)
    both = [*deciding, *decided_about]
    found = find(asker.scheme, both)
    panel, candidates = found[: len(deciding)], found[len(deciding) :]
    check_is_not_the_whole_scheme(asker, panel, candidates)
    check_asked_about_seldom(asker, both, found, lists=True)
    table = answers(asker.scheme, panel, candidates, capacity)
    _keep(asker, panel, candidates, table, capacity, purpose)
    return table


def _keep(
    asker: Asker,
    panel: Sequence[Found],
    candidates: Sequence[Found],
    table: Sequence[Sequence[Answer]],
    capacity: Capacity,
    purpose: str,
) -> None:
    question = Question.objects.create(
        scheme=asker.scheme,
        grant=asker.grant,
        asked_by=asker.person,
        asked_as=asker.grant.called if asker.grant else "",
        capacity=capacity,
        purpose=purpose,
        deciding=len(panel),
        decided_about=len(candidates),
    )
    rows = [*_shown(panel, table, True), *_shown(candidates, list(zip(*table, strict=True)), False)]
    if len(panel) * len(candidates) > 1:
        rows = [row for row in rows if row.person_id]
    for row in rows:
        row.question, row.capacity, row.purpose = question, capacity, purpose
        row.asked_as, row.asked_at = question.asked_as, question.asked_at
    AskedAbout.objects.bulk_create(rows, batch_size=5000)
    # Always asked of the database, with or without a grant, so that it takes as long.
    CheckGrant.objects.filter(pk=asker.grant.pk if asker.grant else 0).update(last_used_at=timezone.now())
    by = asker.person.pk if asker.person else None
    note_down(verb=Verb.CONFLICT_ASKED, by=by, about=f"question:{question.pk}", scheme=asker.scheme.pk)


def _shown(side: Sequence[Found], table: Sequence[Sequence[Answer]], was_to_decide: bool) -> list[AskedAbout]:
    """Make what each will see of it: someone with two accounts sees it in both, a stranger in none."""
    return [
        AskedAbout(
            person_id=person,
            was_to_decide=was_to_decide,
            yes=row.count(Answer.YES),
            no=row.count(Answer.NO),
            not_known=row.count(Answer.NOT_KNOWN),
        )
        for found, row in zip(side, table, strict=True)
        for person in _accounts(found)
    ]


def _accounts(found: Found) -> list[int | None]:
    return [*sorted(found.people)] or [None]
