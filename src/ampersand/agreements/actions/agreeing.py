"""Filling in together: one suggests, the other agrees or suggests something else; neither loses a word."""

from contextlib import suppress
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from ampersand.agreements.actions.signing import lapse
from ampersand.agreements.models import Agreement, Filling
from ampersand.agreements.notices import tell_ready_to_sign
from ampersand.agreements.queries import Standing, standing_of
from ampersand.agreements.rules import check_may_answer, check_may_fill, check_not_overtaken
from ampersand.agreements.tasks import tell_of_suggestions
from ampersand.people.models import Person
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.wording import Field, read_value, store_value

QUIET = 15  # minutes before someone who is not looking hears by letter of what was suggested


@dataclass(frozen=True)
class _Blank:
    """A blank taken in hand: its agreement is locked, and nobody has written in it since it was seen."""

    standing: Standing
    field: Field
    filling: Filling
    by: Person


@transaction.atomic
def suggest(*, agreement: Agreement, field: str, typed: str, seen: int, by: Person) -> Filling:
    """Suggest what should stand in a blank, or write it at once if the blank is one's own.

    `seen` is the revision of the blank that the writer looked at. Raises WrongValue and Refused; when
    the other was quicker, Overtaken.
    """
    standing, wanted = _locked(agreement, field)
    stored = store_value(wanted, read_value(wanted, typed))
    blank = _take(standing, wanted, seen, by)
    filling = blank.filling
    same_as_theirs = stored == filling.suggested and filling.suggested_by_id not in {None, by.pk}
    if not wanted.together or same_as_theirs:
        return _settle(blank, stored)
    if stored == filling.agreed:
        return _suggest(blank, "")
    return _suggest(blank, stored)


@transaction.atomic
def agree(*, agreement: Agreement, field: str, seen: int, by: Person) -> Filling:
    """Agree to what is suggested. What the wording itself suggests needs the word of both."""
    standing, wanted = _locked(agreement, field)
    blank = _take(standing, wanted, seen, by)
    filling = blank.filling
    if not filling.suggested or filling.suggested_by_id == by.pk:
        return filling
    if wanted.together and filling.suggested_by_id is None:
        return _suggest(blank, filling.suggested)
    return _settle(blank, filling.suggested)


@transaction.atomic
def take_back(*, agreement: Agreement, field: str, seen: int, by: Person) -> Filling:
    """Take one's own suggestion back; what was agreed before stands again."""
    standing, wanted = _locked(agreement, field)
    blank = _take(standing, wanted, seen, by)
    if blank.filling.suggested_by_id != by.pk:
        return blank.filling
    return _suggest(blank, "")


def _locked(agreement: Agreement, field: str) -> tuple[Standing, Field]:
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    agreement.refresh_from_db(fields=["state", "revision", "fingerprint"])
    agreement.pair.refresh_from_db(fields=["state"])
    standing = standing_of(agreement)
    return standing, standing.wording.field(field)


def _take(standing: Standing, field: Field, seen: int, by: Person) -> _Blank:
    filling = standing.fillings[field.id]
    check_may_fill(standing.agreement)
    check_may_answer(standing.agreement, field, by)
    check_not_overtaken(standing.agreement, field, filling, seen, by)
    return _Blank(standing, field, filling, by)


def _suggest(blank: _Blank, stored: str) -> Filling:
    filling = blank.filling
    filling.suggested = stored
    filling.suggested_by = blank.by if stored else None
    filling.suggested_at = timezone.now() if stored else None
    return _keep(blank, Verb.FIELD_SUGGESTED)


def _settle(blank: _Blank, stored: str) -> Filling:
    filling = blank.filling
    filling.agreed, filling.agreed_at = stored, timezone.now()
    filling.suggested, filling.suggested_by, filling.suggested_at = "", None, None
    return _keep(blank, Verb.FIELD_AGREED)


def _keep(blank: _Blank, verb: Verb) -> Filling:
    agreement, by = blank.standing.agreement, blank.by
    agreement.revision += 1
    agreement.save(update_fields=["revision"])
    blank.filling.revision = agreement.revision
    blank.filling.save()
    lapse(agreement=agreement, by=by)
    _tell(agreement, verb, by)
    note_down(verb=verb, by=by.pk, about=f"agreement:{agreement.pk}", scheme=agreement.pair.scheme_id)
    return blank.filling


def _tell(agreement: Agreement, verb: Verb, by: Person) -> None:
    """Tell both when nothing is left; tell the other of suggestions, once things have been quiet."""
    if not standing_of(agreement).left:
        tell_ready_to_sign(agreement)
    elif verb == Verb.FIELD_SUGGESTED:
        other = agreement.pair.other(by).pk
        lock = f"suggestions-{agreement.pk}-{other}"
        with suppress(AlreadyEnqueued), transaction.atomic():
            tell_of_suggestions.configure(queueing_lock=lock, schedule_in={"minutes": QUIET}).defer(
                agreement=agreement.pk, person=other
            )
