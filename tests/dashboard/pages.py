"""Home and the pages of organisers."""

from django.urls import reverse

from ampersand.agreements.actions.publishing import draft_from_builtin, draft_from_text
from ampersand.people.models import Person
from ampersand.schemes.models import Scheme
from tests.matching.asking import ask_quickly
from tests.matching.pages import introduced
from tests.pages import Shown, page


def of_organiser(name: str, scheme: Scheme, organiser: Person, *more: int) -> Shown:
    return Shown(reverse(f"dashboard:{name}", args=[scheme.slug, *more]), organiser)


@page("dashboard:home")
def welcome(peer_scheme: Scheme) -> Shown:
    return Shown(reverse("dashboard:home"))


@page("dashboard:home of someone new")
def nothing_yet(outsider: Person) -> Shown:
    return Shown(reverse("dashboard:home"), outsider)


@page("dashboard:home of a mentor")
def things_for_you(peer_scheme: Scheme, mentee: Person, mentor: Person, organiser: Person) -> Shown:
    introduced(peer_scheme, mentee, organiser)
    return Shown(reverse("dashboard:home"), mentor)


@page("dashboard:new_scheme")
def beginning(organiser: Person) -> Shown:
    Person.objects.update(is_operator=True)
    return Shown(reverse("dashboard:new_scheme"), organiser)


@page("dashboard:new_scheme not allowed")
def may_not_begin(outsider: Person) -> Shown:
    return Shown(reverse("dashboard:new_scheme"), outsider)


@page("dashboard:overview")
def today(peer_scheme: Scheme, organiser: Person, mentee: Person, other_mentee: Person) -> Shown:
    introduced(peer_scheme, mentee, organiser)
    ask_quickly(peer_scheme, other_mentee)
    return of_organiser("overview", peer_scheme, organiser)


@page("dashboard:overview with nobody")
def quiet(contract_scheme: Scheme, organiser: Person) -> Shown:
    return of_organiser("overview", contract_scheme, organiser)


@page("dashboard:people")
def people(peer_scheme: Scheme, organiser: Person, mentee: Person) -> Shown:
    introduced(peer_scheme, mentee, organiser)
    return of_organiser("people", peer_scheme, organiser)


@page("dashboard:details")
def details(peer_scheme: Scheme, organiser: Person) -> Shown:
    return of_organiser("details", peer_scheme, organiser)


@page("dashboard:agreement")
def agreement(contract_scheme: Scheme, organiser: Person) -> Shown:
    return of_organiser("agreement", contract_scheme, organiser)


@page("dashboard:agreement draft")
def draft(peer_scheme: Scheme, organiser: Person) -> Shown:
    draft_from_builtin(scheme=peer_scheme, key="contract")
    draft_from_builtin(scheme=peer_scheme, key="peer")
    return of_organiser("agreement", peer_scheme, organiser)


@page("dashboard:version")
def version(contract_scheme: Scheme, organiser: Person) -> Shown:
    return of_organiser("version", contract_scheme, organiser, 1)


@page("dashboard:published")
def published(peer_scheme: Scheme, organiser: Person) -> Shown:
    return of_organiser("published", peer_scheme, organiser, 1)


@page("dashboard:preview")
def preview(peer_scheme: Scheme, organiser: Person) -> Shown:
    return of_organiser("preview", peer_scheme, organiser)


@page("dashboard:edit")
def editing(contract_scheme: Scheme, organiser: Person) -> Shown:
    return of_organiser("edit", contract_scheme, organiser)


@page("dashboard:changes")
def compared(contract_scheme: Scheme, organiser: Person) -> Shown:
    text = contract_scheme.templates.get().text.replace("12 months", "9 months").replace("0 to 60", "1 to 30")
    draft_from_text(scheme=contract_scheme, text=text.replace("renews-months = 12", "renews-months = 9"))
    return of_organiser("changes", contract_scheme, organiser, 2)
