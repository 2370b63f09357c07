"""Making a scheme and changing its details."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ampersand.people.models import Person
from ampersand.people.rules import Refused
from ampersand.record.actions import note_down
from ampersand.record.models import Verb
from ampersand.schemes.models import Member, Organiser, Role, Scheme, SchemeState
from ampersand.schemes.rules import check_may_make_schemes, check_review_is_ahead, check_slug_is_free


@dataclass(frozen=True, kw_only=True)
class Details:
    """What an organiser says of a scheme."""

    name: str
    slug: str
    contact_email: str
    urgent_help: str
    urgent_help_review_on: date
    website: str = ""
    welcome: str = ""
    discreet: bool = True
    leave_button: bool = False
    time_zone: str = "Europe/London"
    pairs_may_reword: bool = False
    solo: bool = False
    asks_months: int = 1

    def fields(self) -> dict[str, Any]:
        return dict(vars(self))


@transaction.atomic
def make_scheme(*, details: Details, by: Person, capacity: int = 0) -> Scheme:
    """Make a scheme as a draft, with its first organiser, who may be its only mentor."""
    check_may_make_schemes(by)
    check_slug_is_free(details.slug)
    check_review_is_ahead(details.urgent_help_review_on)
    try:
        with transaction.atomic():
            scheme = Scheme.objects.create(**details.fields())
    except IntegrityError as error:  # someone took the address a moment ago
        check_slug_is_free(details.slug)
        raise Refused(_("The scheme could not be saved. Please try once more.")) from error
    Organiser.objects.create(scheme=scheme, person=by)
    if details.solo:
        Member.objects.create(scheme=scheme, person=by, role=Role.MENTOR, capacity=capacity)
    note_down(verb=Verb.SCHEME_MADE, by=by.pk, about=f"scheme:{scheme.pk}", scheme=scheme.pk)
    return scheme


@transaction.atomic
def change_scheme(*, scheme: Scheme, details: Details, by: Person) -> Scheme:
    """Change a scheme's details; what was signed keeps the ones it was signed with."""
    scheme = Scheme.objects.select_for_update(no_key=True).get(pk=scheme.pk)
    if scheme.state != SchemeState.DRAFT and details.slug != scheme.slug:
        raise Refused(_("The address stays once the scheme is open: people have it in their letters."))
    check_slug_is_free(details.slug, besides=scheme.pk)
    if details.urgent_help_review_on != scheme.urgent_help_review_on:
        check_review_is_ahead(details.urgent_help_review_on)
    for name, value in details.fields().items():
        setattr(scheme, name, value)
    scheme.save()
    if scheme.solo:
        Member.objects.update_or_create(
            scheme=scheme, person=by, role=Role.MENTOR, defaults={"left_at": None}
        )
    note_down(verb=Verb.SCHEME_CHANGED, by=by.pk, about=f"scheme:{scheme.pk}", scheme=scheme.pk)
    return scheme


@transaction.atomic
def close_to_requests(*, scheme: Scheme, by: Person) -> None:
    """Take no new requests; those who wait go on waiting and pairs go on."""
    if Scheme.objects.filter(pk=scheme.pk, state=SchemeState.OPEN).update(state=SchemeState.CLOSED):
        note_down(verb=Verb.SCHEME_CLOSED, by=by.pk, about=f"scheme:{scheme.pk}", scheme=scheme.pk)


@transaction.atomic
def open_to_requests(*, scheme: Scheme, by: Person) -> None:
    """Take requests again."""
    if Scheme.objects.filter(pk=scheme.pk, state=SchemeState.CLOSED).update(state=SchemeState.OPEN):
        note_down(verb=Verb.SCHEME_OPENED, by=by.pk, about=f"scheme:{scheme.pk}", scheme=scheme.pk)
