"""Pages of asking, of requests and of introductions."""

from django.urls import reverse

from ampersand.agreements.actions.accepting import as_shown
from ampersand.matching.actions.introducing import introduce, say_someone_else, say_yes
from ampersand.matching.models import Introduction
from ampersand.people.models import Person
from ampersand.schemes.models import Member, Scheme, SchemeState
from tests.cast import remembering, scheme_of
from tests.matching.asking import ask_quickly
from tests.pages import Shown, page


def fingerprint(scheme: Scheme) -> str:
    return as_shown(scheme.templates.select_related("scheme").get()).fingerprint


def introduced(scheme: Scheme, mentee: Person, organiser: Person) -> Introduction:
    mentor = Member.objects.get(scheme=scheme, role="mentor")
    return introduce(request=ask_quickly(scheme, mentee), mentor=mentor, by=organiser)


def introduction(found: Introduction, who: Person) -> Shown:
    return Shown(reverse("matching:introduction", args=[found.pk]), who)


@page("matching:scheme")
def public(peer_scheme: Scheme) -> Shown:
    return Shown(reverse("matching:scheme", args=[peer_scheme.slug]))


@page("matching:scheme signed by both")
def public_contract(contract_scheme: Scheme) -> Shown:
    return Shown(reverse("matching:scheme", args=[contract_scheme.slug]))


@page("matching:declare")
def declaring(peer_scheme: Scheme) -> Shown:
    return Shown(reverse("matching:declare", args=[peer_scheme.slug]) + f"?read={fingerprint(peer_scheme)}")


@page("matching:declare nothing")
def declaring_nothing(contract_scheme: Scheme) -> Shown:
    read = fingerprint(contract_scheme)
    return Shown(reverse("matching:declare", args=[contract_scheme.slug]) + f"?read={read}")


@page("matching:ask")
def asking(peer_scheme: Scheme, mentee: Person) -> Shown:
    declared = {"fingerprint": fingerprint(peer_scheme), "declarations": ["adult", "has-read"]}
    url = reverse("matching:ask", args=[peer_scheme.slug, "hope"])
    return Shown(url, mentee, client=remembering({f"declared:{peer_scheme.pk}": declared}))


@page("matching:ask check")
def checking(peer_scheme: Scheme, mentee: Person) -> Shown:
    declared = {"fingerprint": fingerprint(peer_scheme), "declarations": ["adult", "has-read"]}
    answers = {
        "name": {"called": "Bea"},
        "reach": {"reach": "", "message_safe": False},
        "hope": {"wish": "I listen."},
    }
    remembered = {f"declared:{peer_scheme.pk}": declared, f"answers:asking-{peer_scheme.pk}": answers}
    url = reverse("matching:ask", args=[peer_scheme.slug, "check"])
    return Shown(url, mentee, client=remembering(remembered))


@page("matching:not_now")
def not_now(peer_scheme: Scheme) -> Shown:
    Scheme.objects.update(state=SchemeState.CLOSED)
    return Shown(reverse("matching:not_now", args=[peer_scheme.slug]))


@page("matching:request")
def waiting(peer_scheme: Scheme, mentee: Person) -> Shown:
    return Shown(reverse("matching:request", args=[ask_quickly(peer_scheme, mentee).pk]), mentee)


@page("matching:introduction as mentee")
def could_be_your_mentor(peer_scheme: Scheme, mentee: Person, organiser: Person) -> Shown:
    return introduction(introduced(peer_scheme, mentee, organiser), mentee)


@page("matching:introduction said yes")
def said_yes(peer_scheme: Scheme, mentee: Person, mentor: Person, organiser: Person) -> Shown:
    found = introduced(peer_scheme, mentee, organiser)
    say_yes(introduction=found, by=mentor)
    return introduction(found, mentor)


@page("matching:introduction accepted")
def accepted(peer_scheme: Scheme, mentee: Person, mentor: Person, organiser: Person) -> Shown:
    found = introduced(peer_scheme, mentee, organiser)
    say_yes(introduction=found, by=mentor)
    say_yes(introduction=found, by=mentee)
    return introduction(found, mentor)


@page("matching:introduction closed")
def closed(peer_scheme: Scheme, mentee: Person, organiser: Person) -> Shown:
    found = introduced(peer_scheme, mentee, organiser)
    say_someone_else(introduction=found, by=mentee)
    return introduction(found, mentee)


@page("matching:introduction as organiser")
def for_organisers(peer_scheme: Scheme, mentee: Person, organiser: Person) -> Shown:
    return introduction(introduced(peer_scheme, mentee, organiser), organiser)


@page("matching:introduce")
def introducing(peer_scheme: Scheme, mentee: Person, organiser: Person) -> Shown:
    made = ask_quickly(peer_scheme, mentee)
    return Shown(reverse("matching:introduce", args=[peer_scheme.slug, made.pk]), organiser)


@page("matching:mentoring")
def mentoring(peer_scheme: Scheme, mentee: Person, mentor: Person, organiser: Person) -> Shown:
    introduced(peer_scheme, mentee, organiser)
    return Shown(reverse("matching:mentoring", args=[peer_scheme.slug]), mentor)


@page("matching:asks_you")
def asks_you(organiser: Person, mentee: Person) -> Shown:
    made = ask_quickly(scheme_of(organiser, "peer", "Just Me", solo=True, capacity=2), mentee)
    return Shown(reverse("matching:asks_you", args=[made.pk]), organiser)
